"""The activities of an article as cards: each slot with the words that say it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.archive.around import Account
from schemas.annotations import Activity, Span
from schemas.record import ArticleRecord
from web.annotated import Mark, Step, steps
from web.clipping import TOLD


@dataclass(frozen=True, slots=True)
class Filled:
    """What fills a slot: its name, its type (street, figure …; "" for plain words), the page it has, and the keys of
    the marks whose words say it; none where it follows from something else (`basis`)."""

    name: str
    kind: str
    address: str | None
    shows: tuple[str, ...]
    basis: str = "stated"
    count: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """An activity. `slots`: (role, what fills it), without empty ones; `quote`: its evidence with the slots marked."""

    activity: Activity
    slots: tuple[tuple[str, tuple[Filled, ...]], ...]
    quote: tuple[Step, ...]
    accounts: tuple[Account, ...]


def cards(
    record: ArticleRecord, marks: Sequence[Mark], accounts: Sequence[Account]
) -> tuple[tuple[Card, ...], tuple[Mark, ...]]:
    """A card for every activity, and the marks that only the cards need: where its name and its audience stand."""
    made, own = list[Card](), list[Mark]()
    for activity in record.activities:
        printed = _printed(record, activity)
        own.extend(printed)
        known = [mark for mark in (*marks, *printed) if mark.kind != TOLD]
        said = _Said(record, activity.evidence, known)
        slots = (
            ("organizer", tuple(map(said.entity, activity.organizers))),
            ("partner", tuple(map(said.entity, activity.partners))),
            ("place", tuple(map(said.entity, activity.places))),
            ("date", tuple(map(said.date, [activity.date] if activity.date else []))),
            (
                "audience",
                tuple(said.words(text, f"{activity.id}.for{n}") for n, text in enumerate(activity.audience, 1)),
            ),
            ("counts", tuple(map(said.count, activity.counts))),
        )
        filled = tuple((role, things) for role, things in slots if things)
        shown = {key for _, things in filled for thing in things for key in thing.shows}
        shown.add(f"{activity.id}.name")
        inside = [replace(mark, address=None) for mark in known if mark.key in shown]
        quote = tuple(steps(record.article.text, inside, activity.evidence.start, activity.evidence.end))
        told = tuple(each for each in accounts if each.activity == activity.id)
        made.append(Card(activity, filled, quote, told))
    return tuple(made), tuple(own)


class _Said:
    """What the slots of one activity are said by: the mentions in its evidence, where there are none all of them."""

    def __init__(self, record: ArticleRecord, evidence: Span, known: Sequence[Mark]) -> None:
        self._evidence = evidence
        self._entities = {each.id: each for each in record.entities}
        self._dates = {each.id: each for each in record.dates}
        self._counts = {each.id: each for each in record.counts}
        self._known = dict[str, list[Mark]]()
        for mark in known:
            self._known.setdefault(mark.of, []).append(mark)

    def entity(self, key: str) -> Filled:
        entity = self._entities[key]
        return Filled(entity.name, entity.type, self._address(key), self._shows(key), entity.basis)

    def date(self, key: str) -> Filled:
        date = self._dates[key]
        # what is open in part says less than what is printed: XXXX-03-05
        known = date.value if date.value and "X" not in date.value else date.text
        return Filled(known, "date", None, self._shows(key))

    def count(self, key: str) -> Filled:
        return Filled(self._counts[key].text, "figure", f"#row-{key}", self._shows(key), count=key)

    def words(self, text: str, key: str) -> Filled:
        return Filled(text, "", None, self._shows(key))

    def _shows(self, key: str) -> tuple[str, ...]:
        marks = self._known.get(key, [])
        inside = [mark for mark in marks if Span(mark.start, mark.end).overlaps(self._evidence)]
        return tuple(mark.key for mark in inside or marks)

    def _address(self, key: str) -> str | None:
        return next((mark.address for mark in self._known.get(key, ()) if mark.address), None)


def _printed(record: ArticleRecord, activity: Activity) -> list[Mark]:
    """Where the activity's name and those whom it is for stand, which a record says in words alone."""
    text, evidence = record.article.text, activity.evidence
    made = []
    wanted = [("name", activity.name), *((f"for{number}", words) for number, words in enumerate(activity.audience, 1))]
    for what, words in wanted:
        at = text.find(words, evidence.start, evidence.end) if words else -1
        at = text.find(words) if at < 0 and words else at
        if at >= 0:
            key = f"{activity.id}.{what}"
            made.append(Mark(at, at + len(words), "words", key, key))
    return made
