"""What a correction changes, as lines for people: what an article said before, and what it says now."""

import difflib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Protocol

from corpus.corrections.matching import short
from schemas.record import ArticleRecord

NUMBER = "#"


def pairs(
    before: Sequence[ArticleRecord], after: Sequence[ArticleRecord]
) -> Iterator[tuple[ArticleRecord | None, ArticleRecord | None]]:
    """The articles of a source that are not as they were; None where one is new or gone."""
    was = {(record.source.page, record.article.id): record for record in before}
    now = {(record.source.page, record.article.id): record for record in after}
    for key in dict.fromkeys((*was, *now)):
        if was.get(key) != now.get(key):
            yield was.get(key), now.get(key)


class Speech(Protocol):
    """A language: texts with values for `%(name)s`, and what people call a value of a record."""

    def text(self, msgid: str, **values: object) -> str:
        """The text."""

    def name(self, kind: str, value: str) -> str:
        """The name of a value: name("place", "street")."""


class _English:
    """The words of the program and of the records as they are."""

    def text(self, msgid: str, **values: object) -> str:
        return msgid % values

    def name(self, kind: str, value: str) -> str:
        return value


ENGLISH = _English()


def difference(before: ArticleRecord | None, after: ArticleRecord | None, speech: Speech = ENGLISH) -> Iterator[str]:
    """The lines that are gone, with `-`, and those that have come, with `+`."""
    was, now = (list(described(record, speech)) if record else [] for record in (before, after))
    for line in difflib.ndiff(was, now):
        if line[0] in "+-":
            yield line


def described(record: ArticleRecord, speech: Speech = ENGLISH) -> Iterator[str]:
    """What an article is and says, a line each; without numbers of its things, which a correction may change."""
    text, name = speech.text, speech.name
    article = record.article
    yield f"{name('kind', article.kind)}: {record.title or text('(no title)')}"
    if article.bylines:
        yield text("by %(names)s", names=", ".join(f"{b.role} {b.name}".strip() for b in article.bylines))
    for number, block in enumerate(article.blocks, 1):
        torn = f" [{text('incomplete')}]" if block.incomplete else ""
        quote, role = short(article.quote(block)), name("block", block.role)
        yield text("block %(number)s %(role)s: %(words)s", number=number, role=role, words=quote) + torn
    names = {each.id: each.name for each in record.entities}
    for each in record.entities:
        printed = Counter(article.text[m.start : m.end] for m in each.mentions)
        forms = ", ".join(form if n == 1 else f"{form} ×{n}" for form, n in printed.items()) or text("not printed")
        where = text(" in %(place)s", place=names[each.parent]) if each.parent else ""
        yield f"{name('place', each.type)} {each.name}{where}{f' {each.code}' if each.code else ''} ({forms})"
    for count in record.counts:
        most = text(" to %(most)s", most=f"{count.max:g}") if count.max is not None else ""
        role = f", {name('count', count.role)}" if count.role else ""
        told = " ".join(filter(None, (f"{count.value:g}{most}", count.unit, count.object)))
        yield text("count %(words)s = %(told)s", words=count.text, told=f"{told} ({name('mod', count.mod)}{role})")
    for date in record.dates:
        yield text("date %(words)s = %(told)s", words=date.text, told=date.value or text("undecided"))
    days = {each.id: each.text for each in record.dates}
    figures = {each.id: each.text for each in record.counts}
    for activity in record.activities:
        kind = f"{name('type', activity.type)}, {name('status', activity.status)}"
        yield text("activity %(name)s [%(kind)s]", name=activity.name, kind=kind)
        slots = (
            ("organizers", [names[each] for each in activity.organizers]),
            ("partners", [names[each] for each in activity.partners]),
            ("places", [names[each] for each in activity.places]),
            ("date", [days[activity.date]] if activity.date else []),
            ("audience", list(activity.audience)),
            ("counts", [figures[each] for each in activity.counts]),
        )
        for label, values in slots:
            if values:
                slot = text("%(slot)s of %(name)s: ", slot=name("slot", label), name=activity.name)
                yield f"  {slot}{', '.join(values)}"
