"""What a user would take instead, each behind one call: a line of text in, strings or values out.

Optional: `pip install '.[peers]'`. A tool that cannot be imported is reported with its error, never skipped in silence.
"""

import datetime
import functools
import importlib
import importlib.metadata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

ISSUE = datetime.date(2024, 3, 12)
"""Resolving dates needs a day; only what is found is compared."""

Find = Callable[[str], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Tool:
    """A peer: its package, and what it finds by measure."""

    name: str
    package: str
    finds: Mapping[str, Find]

    @property
    def version(self) -> str:
        """As installed."""
        return importlib.metadata.version(self.package)


def jieba_tags() -> Tool:
    """jieba's part-of-speech tags for names of people, places and organizations."""
    cut = functools.cache(importlib.import_module("jieba.posseg").lcut)

    def tagged(tag: str) -> Find:
        return lambda line: [word for word, flag in cut(line) if flag.startswith(tag) and len(word) > 1]

    finds = {"persons": tagged("nr"), "organizations": tagged("nt"), "divisions": tagged("ns"), "places": tagged("ns")}
    return Tool("jieba, part of speech", "jieba", finds)


def cpca() -> Tool:
    """Provinces, cities and districts of addresses."""
    library: Any = importlib.import_module("cpca")

    def divisions(line: str) -> Iterator[str]:
        try:
            rows = library.transform_text_with_addrs(line, pos_sensitive=True).to_dict("records")
        except KeyError:  # 0.5.5 raises it for a text without any division (pandas 3)
            return
        for row in rows:
            for column in "省市区":  # what it adds of itself has no position in the text
                if row[f"{column}_pos"] >= 0:
                    yield row[column]

    return Tool("cpca", "cpca", {"divisions": divisions})


def jionlp() -> Tool:
    """Times, money and locations."""
    library: Any = importlib.import_module("jionlp")
    base = {"year": ISSUE.year, "month": ISSUE.month, "day": ISSUE.day}

    def dates(line: str) -> Iterator[str]:
        yield from (found["text"] for found in library.ner.extract_time(line, time_base=base))

    def money(line: str) -> Iterator[str]:
        for found in library.ner.extract_money(line, with_parsing=True):
            yield from _values([found["detail"]["num"]])

    def divisions(line: str) -> Iterator[str]:
        for place, _ in library.recognize_location(line)["domestic"] or ():
            yield from (place[k] for k in ("province", "city", "county") if place[k])

    return Tool("jionlp", "jionlp", {"dates": dates, "money": money, "divisions": divisions})


def recognizers() -> Tool:
    """Microsoft's Recognizers-Text, Chinese: numbers, currency and dates."""
    number: Any = importlib.import_module("recognizers_number")
    unit: Any = importlib.import_module("recognizers_number_with_unit")
    date: Any = importlib.import_module("recognizers_date_time")
    chinese = number.Culture.Chinese
    numbers, currency = number.NumberRecognizer(chinese).get_number_model(), unit.NumberWithUnitRecognizer(chinese)
    moments, money_model = date.DateTimeRecognizer(chinese).get_datetime_model(), currency.get_currency_model()

    when = functools.cache(moments.parse)

    def dates(line: str) -> Iterator[str]:
        yield from (found.text for found in when(line))

    def values(line: str) -> Iterator[str]:
        taken = [range(found.start, found.end + 1) for found in when(line)]
        free = (n for n in numbers.parse(line) if not any(n.start in span for span in taken))
        return _values(n.resolution["value"] for n in free)

    def money(line: str) -> Iterator[str]:
        return _values(found.resolution["value"] for found in money_model.parse(line))

    return Tool("Recognizers-Text", "recognizers-text-suite", {"dates": dates, "numbers": values, "money": money})


def _values(found: Iterable[Any]) -> Iterator[str]:
    """Numbers as one spelling; what is none is left out."""
    for value in found:
        try:
            yield f"{float(value):g}"
        except (TypeError, ValueError):
            continue


TOOLS: tuple[Callable[[], Tool], ...] = (jieba_tags, cpca, jionlp, recognizers)
