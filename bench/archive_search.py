"""How fast an archive is searched, side by side in one run with a bare FTS5 query on the same machine and texts.

    python -m bench.archive_search [--articles 100000] [--archive FILE] [--bare FILE]

Bare FTS5 is what one gets without thinking: the same pairs of characters in a table of its own with all positions, a
phrase query, ORDER BY rank, the first 20 rowids and nothing else. FILEs are made where they are not there, and used
again where they are. Times are of the processor, with the file in memory: what a page takes where nothing else runs.
"""

import argparse
import functools
import itertools
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import jieba  # type: ignore[import-untyped]

from corpus.archive import migrations
from corpus.archive.bigrams import tokens
from corpus.archive.filters import Filters
from corpus.archive.folding import fold
from corpus.archive.search import search

MEDIAN, WORST, RATIO = 20.0, 100.0, 2.0
"""Milliseconds for a page of results, and times a bare query: the bars of the issue."""
PAGE = 20
TIMES = 5
USUAL = (
    "社区",
    "居民",
    "志愿者",
    "活动",
    "街道",
    "开展",
    "服务",
    "党员",
    "反诈",
    "垃圾分类",
    "网格员",
    "老人",
    "社区居民",
)
"""Words of the genre; more than half of all sentences have one."""
RARE = ("流动图书车", "智慧养老驿站", "2024年3月12日", "百家宴", "旧衣回收箱")


class Case(NamedTuple):
    """One query of the measurement; `bare`: the FTS5 expression for the same, where there is one."""

    query: str
    filters: Filters = Filters()
    offset: int = 0
    bare: str | None = None


def cases() -> list[Case]:
    """One-character, common, rare and long terms, phrases, operators, fields, filters, later pages, nothing found."""
    phrases = [
        "社区", "反诈", "居民", "志愿者", "社区居民", "垃圾分类", "网格员", "社", "的", "诈", "百家宴", "流动图书车",
        "智慧养老驿站", "2024年3月12日", "的社区", "社区的", "区社区", "无此词语", "旧衣回收箱",
    ]  # fmt: skip
    made = [Case(phrase, bare=_phrase(phrase)) for phrase in phrases]
    made += [
        Case("社区 居民", bare=f"{_phrase('社区')} AND {_phrase('居民')}"),
        Case("反诈 OR 百家宴", bare=f"{_phrase('反诈')} OR {_phrase('百家宴')}"),
        Case("社区 -居民", bare=f"{_phrase('社区')} NOT {_phrase('居民')}"),
        Case("社区 -社区居民"), Case("-社区"), Case("title:社区"), Case("body:社区"), Case("title:社区居民"),
        Case("社区", offset=400), Case("社区", offset=5000), Case("社区居民", offset=1000), Case(""),
        Case("社区", Filters(districts=("海河区",))), Case("百家宴", Filters(districts=("海河区",))),
        Case("反诈", Filters(since="2024-03-01", until="2024-03-31")), Case("", Filters(communities=("明珠社区",))),
        Case("社区居民", Filters(types=("antifraud",))), Case("place:海河区 社区"),
    ]  # fmt: skip
    return made


def articles(count: int) -> Iterator[tuple[str, list[str], str, str]]:
    """Title, paragraphs, day and community of so many made-up articles: words as often as in jieba's dictionary."""
    chance = random.Random(20240312)
    jieba.setLogLevel(60)
    jieba.initialize()
    known = [(word, often) for word, often in jieba.dt.FREQ.items() if often and all("一" <= c <= "鿿" for c in word)]
    words, sums = [word for word, _ in known], list(itertools.accumulate(often for _, often in known))

    def clause() -> str:
        chosen = chance.choices(words, cum_weights=sums, k=chance.randint(4, 12))
        if chance.random() < 0.6:
            chosen.insert(chance.randint(0, len(chosen)), chance.choice(USUAL))
        if chance.random() < 0.002:
            chosen.insert(0, chance.choice(RARE))
        return "".join(chosen)

    for _ in range(count):
        title = "".join(chance.choices(words, cum_weights=sums, k=4)) + chance.choice(USUAL)
        paragraphs = [
            "，".join(clause() for _ in range(chance.randint(3, 7))) + "。" for _ in range(chance.choice((3, 4, 5, 6)))
        ]
        day = f"20{chance.randint(15, 24)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        yield title, paragraphs, day, f"{chance.choice('明玉金银翠')}{chance.choice('珠湖山泉林')}社区"


def fill(database: sqlite3.Connection, count: int) -> None:
    """An archive of made-up articles, without the parts that search does not read."""
    for step in migrations.steps():
        for statement in migrations.statements(step):
            database.execute(statement)
    run = database.execute
    run("INSERT INTO maker VALUES (1, '', '')")
    names: dict[str, int] = {}
    for number, (title, paragraphs, day, community) in enumerate(articles(count), 1):
        text = "\n".join((title, *paragraphs))
        run("INSERT INTO file (id, location, path) VALUES (?, ?, ?)", (number, f"/{number}", f"{number}.txt"))
        run("INSERT INTO source (id, file, member, sha256, maker) VALUES (?, ?, '', '', 1)", (number, number))
        run(
            "INSERT INTO page (id, source, number, paper, issue_date, format, encoding) VALUES (?, ?, 1, ?, ?, '', '')",
            (number, number, "海河社区报", day),
        )
        run(
            "INSERT INTO article VALUES (?, ?, 1, ?, 'article', ?, ?, ?)",
            (number, number, f"{number * 2654435761 % 2**64:016x}", title, text, bytes(500)),
        )
        for at, (kind, name) in enumerate((("community", community), ("district", "海河区")), 1):
            if kind == "district" and number % 3:
                continue
            if name not in names:
                names[name] = len(names) + 1
                run("INSERT INTO name VALUES (?, ?, ?)", (names[name], kind, name))
            run("INSERT INTO entity VALUES (?, ?, ?, NULL, NULL, 'stated', 1)", (number, at, names[name]))
        kind = ("antifraud", "care", "health", "culture")[number % 4]
        run("INSERT INTO activity VALUES (?, ?, 1, '', ?, 'done', NULL, NULL, 0, 1)", (number, number, kind))
        run(
            "INSERT INTO search_entry VALUES (?, ?, ?, ?)",
            (number, day, f"{number * 2654435761 % 2**64:016x}", len(title)),
        )
        run("INSERT INTO article_words (rowid, tokens) VALUES (?, ?)", (number, tokens(text, len(title))))


def fill_bare(database: sqlite3.Connection, count: int) -> None:
    """The same texts in a bare FTS5 table."""
    database.execute("CREATE VIRTUAL TABLE bare USING fts5 (title, body, content = '', tokenize = 'ascii')")
    for number, (title, paragraphs, _, _) in enumerate(articles(count), 1):
        values = number, _pairs(title), " ".join(map(_pairs, paragraphs))
        database.execute("INSERT INTO bare (rowid, title, body) VALUES (?, ?, ?)", values)


def opened(path: Path, make: Callable[[sqlite3.Connection, int], None], count: int) -> sqlite3.Connection:
    """The database at `path`, made first where it is not there."""
    if not path.exists():
        began = time.perf_counter()
        with sqlite3.connect(path) as database:
            database.execute("PRAGMA page_size = 8192")
            database.execute("PRAGMA journal_mode = off")
            database.execute("BEGIN")
            make(database, count)
        database.close()
        print(
            f"made {path} in {time.perf_counter() - began:.0f} s, {path.stat().st_size / 1e6:.0f} MB", file=sys.stderr
        )
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    database.execute("PRAGMA cache_size = -65536")
    return database


def milliseconds(work: Callable[[], object]) -> float:
    """The least of several runs, in the processor's time: others may use the machine."""
    taken = []
    for _ in range(TIMES):
        began = time.process_time()
        work()
        taken.append((time.process_time() - began) * 1000)
    return min(taken)


def main() -> int:
    """Measure, print, and fail where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--archive", type=Path)
    parser.add_argument("--bare", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        archive = opened(given.archive or Path(folder) / "archive.db", fill, given.articles)
        bare = opened(given.bare or Path(folder) / "bare.db", fill_bare, given.articles)
        return measure(archive, bare)


def measure(archive: sqlite3.Connection, bare: sqlite3.Connection) -> int:
    """Every case, both ways where there are two; 1 where a bar is missed."""
    ours, against = [], []
    print(f"{'query':34}{'found':>12}{'ms':>9}{'bare FTS5 ms':>14}{'ratio':>8}")
    for case in cases():
        found = search(archive, case.query, case.filters, PAGE, case.offset)
        taken = milliseconds(functools.partial(search, archive, case.query, case.filters, PAGE, case.offset))
        ours.append(taken)
        total = f"{'' if found.exact else '≤ '}{found.total:,}"
        filters = " ".join(case.filters.given()) + (f" +{case.offset}" if case.offset else "")
        line = f"{case.query or '(all)'} {filters}"
        compared = ""
        if case.bare:
            asked = "SELECT rowid FROM bare WHERE bare MATCH ? ORDER BY rank LIMIT 20"
            other = milliseconds(functools.partial(_all, bare, asked, case.bare))
            against.append((taken, other))
            compared = f"{other:14.2f}{taken / other:8.2f}"
        print(f"{line:34}{total:>12}{taken:9.2f}{compared}", flush=True)
    median, worst = statistics.median(ours), max(ours)
    ratio = statistics.median(one / other for one, other in against)
    together = sum(one for one, _ in against) / sum(other for _, other in against)
    print(f"median {median:.1f} ms (at most {MEDIAN:.0f}), worst {worst:.1f} ms (at most {WORST:.0f})")
    print(f"against bare FTS5: median {ratio:.2f} times (at most {RATIO:.0f}), all together {together:.2f} times")
    return int(median > MEDIAN or worst > WORST or ratio > RATIO)


def _all(database: sqlite3.Connection, asked: str, match: str) -> list[object]:
    return database.execute(asked, (match,)).fetchall()


def _pairs(text: str) -> str:
    folded = fold(text)
    return " ".join(folded[at : at + 2] for at in range(len(folded)))


def _phrase(text: str) -> str:
    folded = fold(text)
    if len(folded) == 1:
        return f'"{folded}"*'
    return '"' + " ".join(folded[at : at + 2] for at in range(len(folded) - 1)) + '"'


if __name__ == "__main__":
    sys.exit(main())
