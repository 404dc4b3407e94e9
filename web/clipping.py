"""The restored article as it is shown: its blocks with what stands in them marked, and where each leads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.archive.counting.parties import Party
from schemas.layout import Block, BlockRole
from schemas.record import ArticleRecord
from web import addresses
from web.annotated import Mark, Step, steps
from web.language import Language

FIGURE, DATE, TOLD = "figure", "date", "told"
"""Kinds of marks beside the types of entities; `told`: the words that an activity rests on."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A block (`number` from 1) with what stands in it."""

    number: int
    role: BlockRole
    incomplete: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks that are one paragraph or heading to a reader: the lines of a headline, else one."""

    role: BlockRole
    blocks: tuple[Shown, ...]
    first_headline: bool = False


def parts(record: ArticleRecord, marks: Sequence[Mark]) -> tuple[Part, ...]:
    """The article from top to bottom; the first lines in the role of the headline are its title."""
    made = list[Part]()
    titled = False
    ordered = sorted(marks, key=lambda mark: mark.start)
    for number, block in enumerate(record.article.blocks, 1):
        shown = Shown(number, block.role, block.incomplete, tuple(_steps(record, block, ordered)))
        if block.role == "main" and made and made[-1].first_headline:
            made[-1] = Part("main", (*made[-1].blocks, shown), True)
        else:
            first = block.role == "main" and not titled
            titled = titled or first
            made.append(Part(block.role, (shown,), first))
    return tuple(made)


def _steps(record: ArticleRecord, block: Block, ordered: Sequence[Mark]) -> tuple[Step, ...]:
    inside = [mark for mark in ordered if mark.start < block.end and mark.end > block.start]
    return tuple(steps(record.article.text, inside, block.start, block.end))


def marks(record: ArticleRecord, parties: Mapping[str, Party], speech: Language) -> tuple[Mark, ...]:
    """Everything that is marked in the text of an article, with the pages of what it names (by entity id)."""
    made = list[Mark]()
    for entity in record.entities:
        party = parties.get(entity.id)
        title = f"{speech.name('place', entity.type)} {entity.name}"
        if party and party.place:
            title = " › ".join((title, *party.place.chain))
        address = _address(party, entity.type, entity.name)
        for number, span in enumerate(entity.mentions, 1):
            made.append(Mark(span.start, span.end, entity.type, f"{entity.id}.{number}", entity.id, address, title))
    for count in record.counts:
        what = (
            f"{count.value:,}{f'–{count.max:,}' if count.max is not None else ''} {count.unit} {count.object}".strip()
        )
        title = f"{speech.name('place', FIGURE)} {what}"
        made.append(Mark(count.start, count.end, FIGURE, f"{count.id}.1", count.id, f"#row-{count.id}", title))
    for date in record.dates:
        title = f"{speech.name('place', DATE)} {date.value or date.text}"
        made.append(Mark(date.start, date.end, DATE, f"{date.id}.1", date.id, None, title))
    for activity in record.activities:
        span = activity.evidence
        made.append(Mark(span.start, span.end, TOLD, f"{activity.id}.1", activity.id))
    return tuple(made)


def _address(party: Party | None, kind: str, name: str) -> str | None:
    """The page of an entity; of one that the archive has not counted yet, by its name."""
    if party and party.place:
        return addresses.place(party.place)
    return addresses.named(kind, name)
