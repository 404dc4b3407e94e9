"""A tidy table: one row an observation, named columns that say what they hold (Wickham 2014)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "integer", "number", "boolean"]
Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what kind of values it holds, and what they mean, in English and in Chinese."""

    name: str
    kind: Kind
    meaning: str
    meaning_zh: str


@dataclass(frozen=True, slots=True)
class Table:
    """Named columns over rows; `rows` may be read once only. Values are of their column's kind, or None: unknown."""

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Value]]


DICTIONARY = (
    Column("table", "text", "the table", "表名"),
    Column("column", "text", "the column", "列名"),
    Column("kind", "text", "text, integer, number or boolean; an empty cell is unknown", "类型；空格表示未知"),
    Column("meaning", "text", "what the column holds", "英文说明"),
    Column("meaning_zh", "text", "the same in Chinese", "中文说明"),
)


def data_dictionary(tables: Iterable[Table]) -> Table:
    """What every column of the tables means, as a table itself; their rows are not touched.

    >>> counts = Table("counts", (Column("value", "number", "the figure", "数值"),), [(30,)])
    >>> list(data_dictionary([counts]).rows)
    [('counts', 'value', 'number', 'the figure', '数值')]
    """
    rows = [(table.name, c.name, c.kind, c.meaning, c.meaning_zh) for table in tables for c in table.columns]
    return Table("dictionary", DICTIONARY, rows)
