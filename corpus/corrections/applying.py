"""All corrections over the pages of one source: first its parts, then a new reading, then what is read.

Within each the wider comes before the narrower (everywhere, a paper, an article) and the earlier line before the
later, so that the narrower and the later one holds. The same extraction and the same lines give the same records.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal

from ahocorasick_rs import AhoCorasick

from corpus.archive.packing import PageContent
from corpus.corrections import facts, structure
from corpus.corrections.correction import Correction, LostError, Quote
from corpus.corrections.kinds import REVIEWED, STRUCTURE
from corpus.corrections.matching import concerns, find_article
from corpus.corrections.renumbering import whole
from corpus.corrections.sheet import Sheet
from corpus.workers import WorkersError
from schemas.layout import Article, Leftover, Source
from schemas.record import ArticleRecord

Read = Callable[[Source, str, Sequence[Article]], Sequence[ArticleRecord]]
"""What extraction reads from the articles of a page, given its source and text; work.py gives it."""
Status = Literal["applied", "unneeded", "lost"]
BREADTH = {"everywhere": 0, "paper": 1, "article": 2}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a correction in one source: `lost` and why, `unneeded` where extraction says so by itself."""

    correction: str
    status: Status
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Corrected:
    """The pages and records of a source as corrected; `touched`: for each record the corrections that changed it."""

    pages: tuple[PageContent, ...]
    records: tuple[ArticleRecord, ...]
    outcomes: tuple[Outcome, ...]
    touched: tuple[tuple[str, ...], ...]


class Corrections:
    """Corrections in the order of their file, found by what they concern."""

    def __init__(self, corrections: Iterable[Correction]) -> None:
        self.every = tuple(corrections)
        self._taught: dict[str, list[Correction]] = {}
        for each in self.every:
            if each.article is None:
                self._taught.setdefault(name_of(each), []).append(each)
        self._names = tuple(self._taught)
        self._finder = AhoCorasick(list(self._names)) if self._names else None
        # what another correction may bring into an article is not in its text
        self._given = {name for each in self.every for name in _gives(each)} & self._taught.keys()
        self._by_id: dict[str, list[Correction]] = {}
        self._by_page: dict[str, list[Correction]] = {}
        for each in self.every:
            if each.article:
                self._by_id.setdefault(each.article.id, []).append(each)
                self._by_page.setdefault(each.article.sha256, []).append(each)
        self._order = {each.id: (BREADTH[each.scope], at) for at, each in enumerate(self.every)}

    def concerning(self, records: Sequence[ArticleRecord]) -> list[Correction]:
        """Those that may change the records of a source, in the order in which they are applied."""
        found = {}
        for record in records:
            for each in self._by_id.get(record.article.id, ()):
                found[each.id] = each
            for each in self._by_page.get(record.source.sha256, ()):
                found[each.id] = each
        for name in self._named(records):
            for each in self._taught[name]:
                if each.paper is None or any(each.paper == record.source.paper for record in records):
                    found[each.id] = each
        return sorted(found.values(), key=lambda each: self._order[each.id])

    def _named(self, records: Sequence[ArticleRecord]) -> set[str]:
        """The names taught that any of these records prints or has, or that a correction may bring into them."""
        if self._finder is None:
            return set()
        words = chain.from_iterable((r.article.text, *(e.name for e in r.entities)) for r in records)
        found = self._finder.find_matches_as_indexes("\0".join(words), overlapping=True)
        return {self._names[index] for index, _, _ in found} | self._given


def name_of(correction: Correction) -> str:
    """The name that a taught correction is about."""
    values = correction.values
    name: str = values["name"] if correction.kind == "is" else values["entity"]["name"]
    return name


def _gives(correction: Correction) -> list[str]:
    """The names that a correction brings into an article, which others may be about."""
    values = correction.values
    told = [values.get("as", {}).get("name"), values.get("in", {}).get("name"), values.get("name")]
    if correction.kind == "entity":
        told += [values["set"].get("name"), (values["set"].get("in") or {}).get("name")]
    return [name for name in told if name is not None and correction.kind != "is"]


def _is_taught(correction: Correction, record: ArticleRecord) -> bool:
    """Whether a taught correction may change a record as it is now."""
    if correction.paper is not None and correction.paper != record.source.paper:
        return False
    name = name_of(correction)
    return name in record.article.text or any(each.name == name for each in record.entities)


def apply(
    corrections: Corrections, pages: Sequence[PageContent], records: Sequence[ArticleRecord], read: Read
) -> Corrected:
    """The pages and records of one source, corrected; `pages` and `records` in their order, as extraction gave them."""
    wanted = corrections.concerning(records)
    if not wanted:
        return Corrected(tuple(pages), tuple(records), (), tuple(() for _ in records))
    sheets, ahead = [], iter(records)
    for page in pages:
        own = [next(ahead) for _ in range(page.articles)]
        sheets.append(Sheet(page.source, page.text, own, list(page.leftovers)))
    before = [(tuple(sheet.records), tuple(sheet.leftovers)) for sheet in sheets]
    outcomes: dict[str, Outcome] = {}
    for each in wanted:
        if each.kind in STRUCTURE:
            outcomes[each.id] = _structured(each, sheets)
    failed = [sheet for sheet, own in zip(sheets, before, strict=True) if not _read_anew(sheet, own, read)]
    for outcome in outcomes.values():
        if any(outcome.correction in hands for sheet in failed for hands in sheet.touched.values()):
            reason = "reading what it makes failed; the page is as extraction left it"
            outcomes[outcome.correction] = Outcome(outcome.correction, "lost", reason)
    for sheet in failed:
        sheet.touched.clear()
    for each in wanted:
        if each.kind not in STRUCTURE:
            outcomes[each.id] = _annotated(each, sheets) if each.article else _taught(each, sheets)
    made, touched = [], []
    changing = {each.id for each in wanted if each.kind != REVIEWED}
    for sheet in sheets:
        for record in sheet.records:
            hands = tuple(dict.fromkeys(sheet.touched.get(record.article.id, ())))
            made.append(record if changing.isdisjoint(hands) else whole(record))
            touched.append(hands)
    after = tuple(
        replace(page, leftovers=tuple(sheet.leftovers), articles=len(sheet.records))
        for page, sheet in zip(pages, sheets, strict=True)
    )
    told = tuple(outcomes[each.id] for each in wanted if each.article or outcomes[each.id].status == "applied")
    return Corrected(after, tuple(made), told, tuple(touched))


def _structured(correction: Correction, sheets: Sequence[Sheet]) -> Outcome:
    """Correct the parts of the page that the article is on."""
    words = _words(correction)
    found = _found(correction, sheets, words)
    if found is None:
        return _lost(correction)
    sheet, at = found
    article_id = sheet.records[at].article.id
    before = (
        list(sheet.records),
        list(sheet.leftovers),
        set(sheet.anew),
        {k: list(v) for k, v in sheet.touched.items()},
    )
    try:
        changed = structure.STEPS[correction.kind](sheet, at, correction)
    except LostError as error:
        sheet.records, sheet.leftovers, sheet.anew, sheet.touched = before
        return Outcome(correction.id, "lost", str(error))
    if not changed:
        return Outcome(correction.id, "unneeded")
    sheet.touched.setdefault(article_id, []).append(correction.id)
    return Outcome(correction.id, "applied")


Before = tuple[tuple[ArticleRecord, ...], tuple[Leftover, ...]]


def _read_anew(sheet: Sheet, before: Before, read: Read) -> bool:
    """Read the articles whose text is another now; where that fails the page is as before, and the answer is False."""
    if not sheet.anew & {record.article.id for record in sheet.records}:
        return True
    articles = [record.article for record in sheet.records]
    try:
        again = {record.article.id: record for record in read(sheet.source, sheet.text, articles)}
    except WorkersError:
        raise
    except Exception:
        sheet.records, sheet.leftovers = list(before[0]), list(before[1])
        return False
    sheet.records = [
        replace(again[record.article.id], article=record.article, source=sheet.source)
        if record.article.id in sheet.anew
        else record
        for record in sheet.records
    ]
    return True


def _annotated(correction: Correction, sheets: Sequence[Sheet]) -> Outcome:
    """Correct what was read from one article."""
    found = _found(correction, sheets, _words(correction))
    if found is None:
        return _lost(correction)
    sheet, at = found
    before = sheet.records[at]
    try:
        after = facts.STEPS[correction.kind](before, correction)
    except LostError as error:
        return Outcome(correction.id, "lost", str(error))
    if after == before and correction.kind != REVIEWED:
        return Outcome(correction.id, "unneeded")
    sheet.records[at] = after
    sheet.touched.setdefault(after.article.id, []).append(correction.id)
    return Outcome(correction.id, "applied")


def _taught(correction: Correction, sheets: Sequence[Sheet]) -> Outcome:
    """Correct what was read from every article that names it."""
    status: Status = "unneeded"
    for sheet in sheets:
        for at, before in enumerate(sheet.records):
            if not _is_taught(correction, before):
                continue
            try:
                after = facts.STEPS[correction.kind](before, correction)
            except LostError:
                continue  # a name may mean other things elsewhere
            if after != before:
                sheet.records[at] = after
                sheet.touched.setdefault(after.article.id, []).append(correction.id)
                status = "applied"
    return Outcome(correction.id, status)


def _found(correction: Correction, sheets: Sequence[Sheet], words: Quote | None) -> tuple[Sheet, int] | None:
    assert correction.article is not None
    for sheet in sheets:
        at = find_article(correction.article, sheet.records, words)
        if at is not None and (concerns(correction.article, sheet.records)):
            return sheet, at
    return None


def _words(correction: Correction) -> Quote | None:
    """What a correction quotes of its article, by which the right half of a divided one is known."""
    values = correction.values
    for field in ("before", "block", "words", "count", "date"):
        if field in values and correction.kind != "take":
            return Quote.from_dict(values[field])
    if "evidence" in values.get("activity", {}):
        return Quote.from_dict(values["activity"]["evidence"])
    return Quote(values["title"]) if correction.kind == "title" else None


def _lost(correction: Correction) -> Outcome:
    assert correction.article is not None
    quotes = "/".join(correction.article.quotes[:1])
    return Outcome(correction.id, "lost", f"no article of its page reads {quotes!r} any more, or more than one does")
