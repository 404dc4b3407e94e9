"""The articles that the index gives for a query and filters: how many there are, and which, newest first."""

import sqlite3
from collections.abc import Iterator

from corpus.archive.conditions import Condition, Every, Nothing, Rows, Words, all_of, as_rows

FEW = 5000
"""Articles up to which looking each of them up costs less than walking through the days of all."""


class Candidates:
    """The articles of `possible`, what the query asks of the index, among those that filters want."""

    def __init__(self, connection: sqlite3.Connection, possible: Condition, filtered: Condition) -> None:
        self._connection = connection
        self._possible = possible
        self._filtered = filtered
        self.total = self._total()

    def newest(self, among: Condition | None = None, settled: bool = False) -> Iterator[int]:
        """The candidates, or those `among` them, newest first; `settled`: what is among is known to be possible."""
        asked = self._possible if among is None else among if settled else all_of((self._possible, among))
        few = isinstance(asked, Words) and self.count(asked) <= FEW
        rows = as_rows(all_of((asked, self._filtered)))
        # of many the index gives the order, and its rows hold all that is needed; with few SQLite may begin
        sql, index = (rows.sql.replace("+", "", 1), "") if few else (rows.sql, "INDEXED BY search_by_day")
        query = f"SELECT article FROM search_entry {index} WHERE {sql} ORDER BY day DESC, record_id, article"
        return (row[0] for row in self._connection.execute(query, rows.values))

    def count(self, words: Words) -> int:
        """How many articles an expression of FTS5 gives."""
        query = "SELECT count(*) FROM article_words WHERE article_words MATCH ?"
        return int(self._connection.execute(query, (words.match,)).fetchone()[0])

    def every(self) -> str:
        """The ids of all of them, with commas between, in no order."""
        return str(self._ask("coalesce(group_concat(article), '')"))

    def _total(self) -> int:
        match self._possible, self._filtered:
            case (Nothing(), _) | (_, Nothing()):
                return 0
            case Words(), Every():
                return self.count(self._possible)
        return int(self._ask("count(*)"))

    def _ask(self, what: str) -> str | int:
        match self._possible, self._filtered:
            case Words(match), Rows(sql, values, days=False):
                rows = Rows(sql, (match, *values))
            case Words(match), Every():
                rows = Rows("1", (match,))
            case _:
                rows = as_rows(all_of((self._possible, self._filtered)))
                return self._one(f"SELECT {what} FROM search_entry WHERE {rows.sql}", rows)
        # the limit keeps SQLite from asking the index once for every article that the filters want
        table = "(SELECT rowid AS article FROM article_words WHERE article_words MATCH ? LIMIT -1) AS search_entry"
        return self._one(f"SELECT {what} FROM {table} WHERE {rows.sql}", rows)

    def _one(self, query: str, rows: Rows) -> str | int:
        [(value,)] = self._connection.execute(query, rows.values)
        return value if isinstance(value, int) else str(value)
