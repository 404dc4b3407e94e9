"""What extraction costs beside segmenting the same text by jieba in the same run; where it goes; start and memory.

    python -m bench.speed [--short]

Pages: our samples, those of ../shared where they are, and a hundred that bench.generate makes; none is found again in
a cache that was filled in the round before. Processor time, the best of some rounds page by page, so that others on
the machine do not count; ratios hold on any machine, milliseconds only on the one that printed them. --short (samples
and made pages only) fails where extraction has become half as fast as KEPT says.
"""

import argparse
import functools
import gc
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from corpus import readers, records
from corpus.sources import PageFile, page_files
from extract.pipeline import Extractor
from extract.restoration import restore_page
from extract.steps import Draft, Step, cutter, steps
from extract.tokens import dictionary
from schemas.layout import Leftover, Page
from schemas.record import ArticleRecord

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "corpus" / "samples"
SHARED = ROOT.parent / "shared" / "pages"
MADE, MADE_SHORT = 100, 12
ROUNDS, ROUNDS_SHORT = 4, 2
STARTS = 3
LEAST_OF_PAGES = 8
"""Caches of fewer entries hold lexicons."""
KEPT = 3.9
"""How many times what jieba.lcut needs the whole way needed on the pages of --short, when this was last looked at."""
WORST = 2 * KEPT


def pages(short: bool) -> list[Page]:
    """The pages, always the same ones."""
    from bench import generate  # not in the process whose memory is told

    folders = [str(folder) for folder in ((SAMPLES,) if short else (SAMPLES, SHARED)) if folder.exists()]
    files = [file for file in page_files(folders) if isinstance(file, PageFile)]
    made = islice(generate.pages(), MADE_SHORT if short else MADE)
    files += [PageFile(each.path, each.text.encode()) for each in made]
    return [page for file in files for page in readers.read(file).pages]


class Stopwatch:
    """The least processor time that each task took on each page."""

    def __init__(self) -> None:
        self._best: dict[tuple[str, int], float] = {}

    def time(self, task: str, page: int, work: Callable[[], object]) -> None:
        """Do `work` and take its time, in which nothing may be left over from another page."""
        began = time.process_time()
        work()
        taken = time.process_time() - began
        self._best[task, page] = min(taken, self._best.get((task, page), taken))

    def total(self, task: str) -> float:
        """Seconds for all pages."""
        return sum(taken for (name, _), taken in self._best.items() if name == task)


class Stages:
    """The way from a page to lines, stage by stage."""

    def __init__(self, extractor: Extractor) -> None:
        self._extractor = extractor
        self._words = dictionary()
        self._cut = cutter(self._words.tag)
        self._steps = steps()
        self.names = ("pages to articles", "articles to words", *self._steps, "records to lines")

    def time(self, watch: Stopwatch, number: int, page: Page) -> None:
        """Every stage on one page; what the page's context costs is in none of them."""
        restored = [restore_page(page, self._words)]
        articles = restored[0].articles
        drafts: list[Draft] = []
        forget()
        watch.time("pages to articles", number, lambda: restored.append(restore_page(page, self._words)))
        watch.time("articles to words", number, lambda: drafts.extend(Draft(a, self._cut(a.text)) for a in articles))
        for name, step in self._steps.items():
            watch.time(name, number, functools.partial(_each, step, drafts))
        made = self._extractor.annotate(page.source, articles)
        watch.time("records to lines", number, lambda: _lines(made, page, restored[0].leftovers))


def _each(step: Step, drafts: Sequence[Draft]) -> None:
    for draft in drafts:
        step(draft)


def _lines(made: Sequence[ArticleRecord], page: Page, leftovers: Sequence[Leftover]) -> tuple[bytes, bytes]:
    return records.article_lines(made), records.leftover_lines(page, leftovers)


def forget() -> None:
    """Empty the caches that hold something of pages: those that are bounded, and larger than one of lexicons."""
    for each in _caches():
        each.cache_clear()


@functools.cache
def _caches() -> tuple[Any, ...]:
    found = [each for each in gc.get_objects() if isinstance(each, functools._lru_cache_wrapper)]
    return tuple(each for each in found if (each.cache_parameters()["maxsize"] or 0) >= LEAST_OF_PAGES)


def whole_way(extractor: Extractor, page: Page) -> object:
    """What is measured: page text to JSON lines with everything on."""
    result = extractor.extract(page)
    return _lines(result.records, page, result.leftovers)


def start() -> float:
    """Seconds from the start of a fresh `cli.py extract` of one page, with its worker, to the first record."""
    page = min(SAMPLES.glob("*.txt"))
    command = [sys.executable, str(ROOT / "cli.py"), "extract", str(page), "-o", "-", "-q", "--jobs", "1"]
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as running:
        assert running.stdout is not None
        running.stdout.readline()
        first = time.perf_counter() - began
        running.stdout.read()
    return first


def alone(corpus: Sequence[Page]) -> tuple[float, float, float]:
    """A fresh process that extracts the pages: its processor time to the first record, its megabytes then, at most."""
    with tempfile.TemporaryDirectory() as folder:
        for number, page in enumerate(corpus):
            (Path(folder) / f"{number:04}.txt").write_text(page.text, "utf-8")
        command = [sys.executable, "-m", "bench.speed", "--memory", folder]
        told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    return float(told[1]), float(told[0]), float(told[-2])


def _tell_memory(folder: str) -> None:
    extractor = Extractor()
    for file in page_files([folder]):
        for page in readers.read(file).pages if isinstance(file, PageFile) else ():
            whole_way(extractor, page)
            print(_most_memory(), time.process_time())


def _most_memory() -> float:
    """Megabytes that this process has had at most; a child's `ru_maxrss` may still be that of its parent."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024


def main() -> int:
    """Measure and print; 1 where the ratio is worse than it may be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="fewer pages, and a verdict")
    parser.add_argument("--memory", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.memory:
        _tell_memory(given.memory)
        return 0
    return _compare(pages(given.short), given.short)


def _compare(corpus: Sequence[Page], short: bool) -> int:
    import jieba  # type: ignore[import-untyped]  # not in the process whose memory is told
    import jieba.posseg  # type: ignore[import-untyped]

    extractor, watch = Extractor(), Stopwatch()
    stages = Stages(extractor)
    jieba.setLogLevel(60)
    jieba.initialize()
    whole_way(extractor, corpus[0])  # what is loaded on first use is not the pages' cost
    tasks = {"jieba.lcut": jieba.lcut, "jieba.posseg.lcut": jieba.posseg.lcut}
    for _ in range(ROUNDS_SHORT if short else ROUNDS):
        forget()
        for number, page in enumerate(corpus):
            for task, work in tasks.items():
                watch.time(task, number, functools.partial(work, page.text))
            watch.time("the whole way", number, functools.partial(whole_way, extractor, page))
    for number, page in enumerate(corpus):
        stages.time(watch, number, page)
    megabytes = sum(len(page.text.encode()) for page in corpus) / 1e6
    whole, cutting = watch.total("the whole way"), watch.total("jieba.lcut")
    print(f"{len(corpus)} pages, {megabytes:.2f} MB, one process, processor time")
    print(f"{'':24}{'MB/s':>8}{'ms a page':>12}{'x jieba.lcut':>14}")
    for task in (*tasks, "the whole way"):
        taken = watch.total(task)
        print(f"{task:24}{megabytes / taken:8.2f}{taken / len(corpus) * 1000:12.2f}{taken / cutting:14.2f}")
    print(f"the whole way is {whole / watch.total('jieba.posseg.lcut'):.2f} x jieba.posseg.lcut")
    together = sum(watch.total(name) for name in stages.names)
    print("\nshare of the whole way, and milliseconds a page")
    for name in stages.names:
        print(f"  {name:22}{watch.total(name) / together:8.1%}{watch.total(name) / len(corpus) * 1000:12.2f}")
    used, one, most = alone(corpus)
    print(f"\nfirst record of a fresh process: {used:.2f} s of processor time (with the command line and a worker")
    print(
        f"{min(start() for _ in range(STARTS)):.2f} s by the clock); memory: {one:.0f} MB then, {most:.0f} MB at most"
    )
    if short and whole > WORST * cutting:
        print(
            f"the whole way: {whole / cutting:.1f} x jieba.lcut, more than twice the {KEPT} of before", file=sys.stderr
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
