"""What a correction changes, as lines for people: what an article said before, and what it says now."""

import difflib
from collections import Counter
from collections.abc import Iterator, Sequence

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


def difference(before: ArticleRecord | None, after: ArticleRecord | None) -> Iterator[str]:
    """The lines that are gone, with `-`, and those that have come, with `+`."""
    was, now = (list(described(record)) if record else [] for record in (before, after))
    for line in difflib.ndiff(was, now):
        if line[0] in "+-":
            yield line


def described(record: ArticleRecord) -> Iterator[str]:
    """What an article is and says, a line each; without numbers of its things, which a correction may change."""
    article = record.article
    yield f"{article.kind}: {record.title or '(no title)'}"
    if article.bylines:
        yield "by " + ", ".join(f"{b.role} {b.name}".strip() for b in article.bylines)
    for number, block in enumerate(article.blocks, 1):
        yield f"block {number} {block.role}: {short(article.quote(block))}{' [incomplete]' if block.incomplete else ''}"
    names = {each.id: each.name for each in record.entities}
    for each in record.entities:
        printed = Counter(article.text[m.start : m.end] for m in each.mentions)
        forms = ", ".join(form if n == 1 else f"{form} ×{n}" for form, n in printed.items()) or "not printed"
        where = f" in {names[each.parent]}" if each.parent else ""
        yield f"{each.type} {each.name}{where}{f' {each.code}' if each.code else ''} ({forms})"
    for count in record.counts:
        most = f" to {count.max:g}" if count.max is not None else ""
        role = f", {count.role}" if count.role else ""
        told = " ".join(filter(None, (f"{count.value:g}{most}", count.unit, count.object)))
        yield f"count {count.text} = {told} ({count.mod}{role})"
    for date in record.dates:
        yield f"date {date.text} = {date.value or 'undecided'}"
    days = {each.id: each.text for each in record.dates}
    figures = {each.id: each.text for each in record.counts}
    for activity in record.activities:
        yield f"activity {activity.name} [{activity.type}, {activity.status}]"
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
                yield f"  {label} of {activity.name}: {', '.join(values)}"
