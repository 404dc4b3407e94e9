"""How fast, side by side in one run: reading and extracting pages against segmenting their text with jieba.

    python -m bench.speed [--short]

Ratios hold on any machine; MB/s (of UTF-8 text, one process) only on the one that printed them.
"""

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import jieba  # type: ignore[import-untyped]
import jieba.posseg  # type: ignore[import-untyped]
import rjieba

from corpus import readers, records
from corpus.sources import PageFile, page_files
from extract.components import language
from extract.pipeline import Extractor
from schemas.layout import Page
from schemas.record import ArticleRecord

ROOT = Path(__file__).parent.parent
FOLDERS = (ROOT / "corpus" / "samples", ROOT.parent / "shared" / "pages")
SHORT, LONG = 100_000, 1_000_000


def sample(size: int) -> list[Page]:
    """At least `size` bytes of pages: all there are, again and again, each copy a little different."""
    files = [f for f in page_files([str(f) for f in FOLDERS if f.exists()]) if isinstance(f, PageFile)]
    pages = [page for file in files for page in readers.read(file).pages]
    taken: list[Page] = []
    total = 0
    while total < size:
        page = pages[len(taken) % len(pages)]
        # a number of its own, so that nothing is found in a cache that real pages would not find
        page = replace(page, text=f"{page.text}\n第{len(taken)}页")
        taken.append(page)
        total += len(page.text.encode())
    return taken


def seconds(work: Callable[[str], object], texts: Sequence[str]) -> float:
    """How long `work` takes on all texts."""
    began = time.perf_counter()
    for text in texts:
        work(text)
    return time.perf_counter() - began


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="on a tenth of the text")
    pages = sample(SHORT if parser.parse_args().short else LONG)
    texts = [page.text for page in pages]
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    extractor = Extractor()
    extractor.extract(pages[0])  # what is loaded on first use is not the pages' cost
    jieba.setLogLevel(60)
    jieba.initialize()
    began = time.perf_counter()
    found = [extractor.extract(page) for page in pages]
    extracting = time.perf_counter() - began
    began = time.perf_counter()
    for page, result in zip(pages, found, strict=True):
        records.article_lines(result.records)
        records.leftover_lines(page, result.leftovers)
    writing = time.perf_counter() - began
    cutting = seconds(jieba.lcut, texts)
    rows = {
        "jieba.lcut (words)": cutting,
        "jieba.posseg.lcut (words with tags)": seconds(jieba.posseg.lcut, texts),
        "rjieba.cut (words)": seconds(rjieba.cut, texts),
        "rjieba.tag (words with tags)": seconds(rjieba.tag, texts),
        "pages to records, the whole way": extracting + writing,
    }
    print(f"{len(pages)} pages, {megabytes:.2f} MB")
    print(f"{'':38}{'MB/s':>8}{'time as a multiple of jieba.lcut':>36}")
    for name, taken in rows.items():
        print(f"{name:38}{megabytes / taken:8.2f}{taken / cutting:36.2f}")
    print("\nshare of the whole way")
    steps = reading([record for result in found for record in result.records])
    restoring = max(0.0, extracting - sum(steps.values()))
    for name, taken in {"pages to articles": restoring, **steps, "records to lines": writing}.items():
        print(f"  {name:36}{taken / (extracting + writing):8.1%}")
    return 0


def reading(found: Sequence[ArticleRecord]) -> dict[str, float]:
    """How long each step of reading an article takes, in the pipeline's order."""
    nlp = language()
    taken: defaultdict[str, float] = defaultdict(float)
    for record in found:
        began = time.perf_counter()
        doc = nlp.make_doc(record.article.text)
        taken["article to words"] += time.perf_counter() - began
        doc._.article = record.article
        for name, step in nlp.pipeline:
            began = time.perf_counter()
            doc = step(doc)
            taken[name] += time.perf_counter() - began
    return dict(taken)


if __name__ == "__main__":
    sys.exit(main())
