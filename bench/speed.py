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
from spacy.language import Language

from corpus import readers, records
from corpus.sources import PageFile, page_files
from extract.components import language
from extract.pipeline import Extractor
from schemas.layout import Article, Page

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
    taken = stages(extractor, pages)
    cutting = seconds(jieba.lcut, texts)
    rows = {
        "jieba.lcut (words)": cutting,
        "jieba.posseg.lcut (words with tags)": seconds(jieba.posseg.lcut, texts),
        "rjieba.cut (words)": seconds(rjieba.cut, texts),
        "rjieba.tag (words with tags)": seconds(rjieba.tag, texts),
        "pages to records, the whole way": sum(taken.values()),
    }
    print(f"{len(pages)} pages, {megabytes:.2f} MB")
    print(f"{'':38}{'MB/s':>8}{'time as a multiple of jieba.lcut':>36}")
    for name, needed in rows.items():
        print(f"{name:38}{megabytes / needed:8.2f}{needed / cutting:36.2f}")
    print("\nshare of the whole way")
    for name, needed in taken.items():
        print(f"  {name:36}{needed / sum(taken.values()):8.1%}")
    return 0


def stages(extractor: Extractor, pages: Sequence[Page]) -> dict[str, float]:
    """How long each stage of the whole way takes on all pages, in order.

    Measured page by page, so that a machine that slows down does so for all. Reading articles is timed as a whole; the
    shares of its steps come from running them one by one.
    """
    restoring = reading = writing = 0.0
    steps: defaultdict[str, float] = defaultdict(float)
    nlp = language()
    for page in pages:
        began = time.perf_counter()
        result = extractor.extract(page)
        extracted = time.perf_counter()
        articles = [record.article for record in result.records]
        extractor.annotate(page.source, articles)
        annotated = time.perf_counter()
        records.article_lines(result.records)
        records.leftover_lines(page, result.leftovers)
        writing += time.perf_counter() - annotated
        reading += annotated - extracted
        restoring += (extracted - began) - (annotated - extracted)
        for article in articles:
            one_by_one(nlp, article, steps)
    scale = reading / sum(steps.values())
    return {
        "pages to articles": restoring,
        **{name: needed * scale for name, needed in steps.items()},
        "records to lines": writing,
    }


def one_by_one(nlp: Language, article: Article, steps: defaultdict[str, float]) -> None:
    """Run the steps that read an article, adding to `steps` how long each takes."""
    began = time.perf_counter()
    doc = nlp.make_doc(article.text)
    steps["article to words"] += time.perf_counter() - began
    doc._.article = article
    for name, step in nlp.pipeline:
        began = time.perf_counter()
        doc = step(doc)
        steps[name] += time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
