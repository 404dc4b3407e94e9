"""What the tests of people and organizations share: tables of `输入 => 名 | 名` and a way to read one sentence."""

from functools import cache
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from extract.places import PlaceReader
from extract.tokens import WordCutter, Words, segmenter
from schemas.annotations import Mention
from schemas.layout import Article

EXAMPLES = Path(__file__).with_name("examples")


@cache
def tokenizer() -> WordCutter:
    """The words of a sentence, nothing locked."""
    return WordCutter(segmenter(), lambda _: ())


@cache
def place_reader() -> PlaceReader:
    """One for all tests: it loads the gazetteer."""
    return PlaceReader()


def examples(subject: str, origin: str) -> list[ParameterSet]:
    """The cases of one table as pytest parameters: the sentence and the names it should give."""
    path = EXAMPLES / subject / f"{origin}.txt"
    cases = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        sentence, arrow, expected = line.partition(" => ")
        assert arrow, f"{path}:{number}: no ' => '"
        names = [] if expected.strip() == "-" else [name.strip() for name in expected.split("|")]
        cases.append(pytest.param(sentence, names, id=f"{origin}-{number}"))
    return cases


def prepared(text: str) -> tuple[Words, Article, tuple[Mention, ...]]:
    """Words, article and places of a sentence."""
    words = tokenizer()(text)
    article = Article("0" * 16, "article", text, ())
    return words, article, place_reader().read(words, article)


def names(mentions: tuple[Mention, ...]) -> list[str]:
    """Each name once, in the order of first mention."""
    return list(dict.fromkeys(m.name for m in mentions))
