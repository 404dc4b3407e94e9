"""Words: what they put together, how the two engines agree, and that neither leaves traces."""

import subprocess
import sys
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.components import USER_DATA, language, words_of
from extract.tokens import Segmenter, WordCutter, segmenter
from tests.mentions import EXAMPLES, tokenizer

SENTENCES = [
    line.partition(" => ")[0]
    for origin in ("in_the_wild", "made_up", "must_stay_untouched")
    for line in (EXAMPLES / "places" / f"{origin}.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
LEAST_AGREEMENT = 0.97


@pytest.fixture(scope="module")
def fast() -> Segmenter:
    """The Rust engine."""
    return segmenter("rjieba")


@pytest.fixture(scope="module")
def reference() -> Segmenter:
    """jieba itself."""
    return segmenter("jieba")


def cuts(segment: Segmenter, text: str) -> set[int]:
    """Where words end."""
    return set(accumulate(len(word) for word, _ in segment(text)))


def test_the_engines_cut_alike(fast: Segmenter, reference: Segmenter) -> None:
    """Sentences made of rare names are the hardest; running text agrees in 99 of 100 sentences."""
    same = sum(len(cuts(fast, s) & cuts(reference, s)) for s in SENTENCES)
    all_cuts = sum(len(cuts(fast, s) | cuts(reference, s)) for s in SENTENCES)
    assert same / all_cuts >= LEAST_AGREEMENT


def test_the_engines_tag_alike(fast: Segmenter, reference: Segmenter) -> None:
    text = "近日，社区组织居民清理积雪。"
    assert fast(text) == reference(text)


@pytest.mark.parametrize("name", ["rjieba", "jieba"])
def test_no_noise_and_no_file_in_a_shared_folder(name: str, tmp_path: Path) -> None:
    code = f"from extract.tokens import segmenter; print(len(segmenter({name!r})('社区组织居民')))"
    root = Path(__file__).parent.parent
    env = {"TMPDIR": str(tmp_path), "PYTHONPATH": str(root), "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-c", code], env=env, cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "3"
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_locked_spans_stay_whole(fast: Segmenter) -> None:
    text = "发放三千余份材料"
    words = WordCutter(fast, lambda _: [(2, 5)])(text)
    assert (words.words[1], words.tags[1]) == ("三千余", "m")


def test_a_doc_has_the_same_words() -> None:
    doc = language()("3月5日，社区发放三千余份材料。")
    words = words_of(doc)
    assert (words.words, words.tags) == ([t.text for t in doc], [t.tag_ for t in doc])
    del doc.user_data[USER_DATA]  # as where a Doc comes from a file
    assert (words_of(doc).starts, words_of(doc).tags) == (words.starts, words.tags)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=60))
def test_words_put_together_are_the_text(text: str) -> None:
    words = tokenizer()(text)
    assert words.text == text
    assert "".join(words.words) == text
    for offset in range(len(text)):
        i = words.at(offset)
        assert words.starts[i] <= offset < words.starts[i + 1]
