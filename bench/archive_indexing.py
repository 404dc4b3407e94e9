"""What an archive costs: indexing against extraction alone, a run without changes against the first, size against text.

    python -m bench.archive_indexing [--short] [--pages N] [--sources N]

On pages of bench.generate with our samples among them, each a little different. Whole pages are extracted and indexed
in this process, so that the processor's time can be told whatever else the machine does; very many small sources are
indexed by the program as its user runs it, workers and all, by the clock. Exit status 1 where a bar is missed.
"""

import argparse
import contextlib
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterable, Iterator
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time

import work
from bench.generate import pages
from corpus.archive import database
from corpus.archive.indexing import Indexing
from corpus.archive.tasks import How
from corpus.rejects import Reject
from corpus.sources import PageFile
from inputs import Inputs

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "corpus" / "samples"
INDEXING, AGAIN, SIZE = 1.5, 0.05, 3.0
"""The bars: times extraction alone, share of the first run, times the text."""


ROW = "{:46}{:9.2f}{:8.3f}"


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="a twentieth of it, for CI")
    parser.add_argument("--pages", type=int)
    parser.add_argument("--sources", type=int)
    told = parser.parse_args()
    page_count = told.pages or (60 if told.short else 1200)
    source_count = told.sources or (1000 if told.short else 20_000)
    print(f"{'':46}{'seconds':>9}{'ratio':>8}  bar")
    with tempfile.TemporaryDirectory() as name:
        missed = newspaper(Path(name), page_count, told.short) + many_small(Path(name), source_count, told.short)
    return int(missed > 0)


def newspaper(top: Path, count: int, short: bool) -> int:
    """Whole pages: the cost of storing, and the size."""
    folder = top / "pages"
    total = write_pages(folder, count)
    inputs = Inputs((str(folder),))
    warm = top / "warm"
    write_pages(warm, 3)
    store(top / "warm.db", Inputs((str(warm),)))  # what is loaded at the first page is nobody's cost
    # what else the machine does makes a run dearer, never cheaper
    rounds = range(3 if short else 1)
    alone = min(extract_only(inputs, top / f"records{turn}.jsonl") for turn in rounds)
    stored = min(store(top / f"archive{turn}.db", inputs) for turn in rounds)
    print(f"{count} pages, {total / 1e6:.1f} MB; processor's time of one process")
    print(ROW.format("  extract", alone, 1))
    missed = row("  index", stored, alone, INDEXING)
    return missed + sizes(top / "archive0.db", bar=None if short else SIZE)


def extract_only(inputs: Inputs, target: Path) -> float:
    """Extract the inputs into a file; the processor's seconds that it took."""
    began = process_time()
    with target.open("wb") as out:
        for outcome in extracted(inputs.files()):
            out.write(outcome.records + outcome.leftovers)
    return process_time() - began


def store(archive: Path, inputs: Inputs) -> float:
    """Index the inputs into a new archive; the processor's seconds that it took."""
    began = process_time()
    with database.writing(archive) as opened:
        how = How("bench", "{}", "{}")
        Indexing(opened, how, lambda event: None).run(
            inputs.given(), lambda given, known: inputs.files((), given, known), extracted
        )
    return process_time() - began


def extracted(files: Iterable[PageFile | Reject]) -> Generator[work.Outcome, None, None]:
    """What becomes of every file, here and one after the other."""
    for file in files:
        yield work.process(work.Settings(), file)


def many_small(top: Path, count: int, short: bool) -> int:
    """Very many small sources: what a run costs that finds nothing new."""
    folder, archive = top / "small", top / "small.db"
    write_small(folder, count)
    first = program("index", folder, "--archive", archive)
    again = program("index", folder, "--archive", archive)
    for path in folder.rglob("*.txt"):
        os.utime(path)
    touched = program("index", folder, "--archive", archive)
    print(f"{count} sources of one short article each; the program, by the clock")
    print(ROW.format("  first run", first, 1))
    # with few sources the program's start is nearly all of it
    missed = row("  again, nothing changed", again, first, None if short else AGAIN)
    row("  again, all with new times: told by their bytes", touched, first, None)
    return missed


def row(what: str, seconds: float, reference: float, bar: float | None) -> int:
    """Print a row; 1 where it misses its bar."""
    missed = bar is not None and seconds > bar * reference
    print(ROW.format(what, seconds, seconds / reference) + _verdict(bar, missed))
    return int(missed)


def _verdict(bar: float | None, missed: bool) -> str:
    return "" if bar is None else f"  {bar} {'MISSED' if missed else 'ok'}"


def sizes(archive: Path, bar: float | None) -> int:
    """Print what the archive's bytes are; 1 where there are too many."""
    with contextlib.closing(sqlite3.connect(archive)) as opened:
        (text,) = opened.execute("SELECT sum(length(CAST(text AS BLOB))) FROM article").fetchone()
        (articles,) = opened.execute("SELECT count(*) FROM article").fetchone()
        used: list[tuple[str, int]] = []
        with contextlib.suppress(sqlite3.OperationalError):  # dbstat is not in every build
            used = opened.execute(
                "SELECT coalesce(tbl_name, dbstat.name), sum(pgsize) FROM dbstat LEFT JOIN sqlite_master USING (name)"
                " GROUP BY 1 ORDER BY 2 DESC"
            ).fetchall()
    size = archive.stat().st_size
    missed = bar is not None and size > bar * text
    print(f"{articles} articles, {text / 1e6:.2f} MB of text (UTF-8); archive {size / 1e6:.2f} MB")
    print(f"{'  size / text':55}{size / text:8.3f}{_verdict(bar, missed)}")
    for name, part in used:
        if part > 0.01 * size:
            print(f"    {name:51}{part / text:8.3f}")
    return int(missed)


def program(*arguments: str | Path) -> float:
    """One run of the program, which must end well; its seconds."""
    began = perf_counter()
    subprocess.run([sys.executable, str(ROOT / "cli.py"), *map(str, arguments), "-q"], check=True)
    return perf_counter() - began


def write_pages(folder: Path, count: int) -> int:
    """Generated pages, with our samples among them, each a little different; their bytes."""
    samples = [path.read_text("utf-8") for path in sorted(SAMPLES.glob("*.txt"))]
    total = 0
    for number, made in enumerate(islice(pages(), count)):
        file = folder / made.path
        file.parent.mkdir(parents=True, exist_ok=True)
        sample = f"{samples[number // 10 % len(samples)]}\n第{number}页\n"
        text = made.text if number % 10 else sample
        file.write_text(text, "utf-8")
        total += file.stat().st_size
    return total


def write_small(folder: Path, count: int) -> None:
    """Single paragraphs of the generated pages under a headline, a file each, a thousand in a folder."""
    for number, paragraph in enumerate(islice(paragraphs(), count)):
        inner = folder / f"{number // 1000:03}"
        inner.mkdir(parents=True, exist_ok=True)
        (inner / f"{number:06}.txt").write_text(f"社区新闻{number}\n\n{paragraph}\n", "utf-8")


def paragraphs() -> Iterator[str]:
    """Lines of generated pages that are long enough to be paragraphs."""
    for made in pages(seed=2):
        for line in made.text.split("\n"):
            if 40 <= len(line) <= 200:
                yield line


if __name__ == "__main__":
    sys.exit(main())
