"""The steps that read an article, in the order in which they run; each goes on from what those before it left.

| step | leaves | needs |
|---|---|---|
| (cutting) | words | |
| dates | `numerals`, `dates` | `issue_date` |
| places | `mentions` | `context` |
| people, organizations | more `mentions` | |
| second_witness (only when asked for) | more `mentions` | an installed spaCy pipeline |
| entities | `entities` | `mentions`, `context` |
| counts | `counts` | `numerals`, `dates`, `mentions` |
| activities | `activities`, and in `told` what they rest on | `entities`, `dates`, `counts` |
| keywords | `keywords` | `entities` |

Here is the order only; the logic is in the modules of the same names. `components` offers the same steps to spaCy.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from types import MappingProxyType

from extract.activities import ActivityReader, Told
from extract.counts import CountReader
from extract.gazetteer import gazetteer
from extract.keywords import keywords
from extract.linking import Context, link
from extract.measures import measured
from extract.numerals import find_numerals
from extract.organizations import OrganizationReader
from extract.people import PersonReader
from extract.places import PlaceReader
from extract.times import TimeReader, readings
from extract.tokens import Segmenter, WordCutter, Words
from schemas.annotations import Activity, Count, Entity, Mention, Numeral, TimeExpression
from schemas.layout import Article

SECOND_WITNESS = "second_witness"
"""Runs when all names are read by rule, so that it only adds to them."""


@dataclass(slots=True)
class Draft:
    """An article and what is known of it so far; all offsets are over its text."""

    article: Article
    words: Words
    context: Context = Context()  # noqa: RUF009 - immutable
    issue_date: datetime.date | None = None
    upper: tuple[Mention, ...] | None = None  # its provinces, cities and districts, which its page needs first
    numerals: tuple[Numeral, ...] = ()
    dates: tuple[TimeExpression, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    counts: tuple[Count, ...] = ()
    told: tuple[Told, ...] = ()
    activities: tuple[Activity, ...] = ()
    keywords: tuple[str, ...] = ()

    def add(self, mentions: tuple[Mention, ...]) -> None:
        """More mentions, put where they stand among the others."""
        self.mentions = tuple(sorted((*self.mentions, *mentions), key=attrgetter("start", "end")))


Step = Callable[[Draft], None]


def cutter(segment: Segmenter) -> WordCutter:
    """Text to words; expressions of time, numerals, and the measure words behind them stay whole.

    >>> from extract.tokens import segmenter
    >>> cutter(segmenter())("共12辆车").words  # twelve cars in all
    ['共', '12', '辆', '车']
    """

    def locked(text: str) -> list[tuple[int, int]]:
        numerals = find_numerals(text)
        found = [(time.start, time.end) for time in readings(text)]
        found += [(numeral.start, numeral.end) for numeral in numerals]
        found += measured(text, numerals)
        return found

    return WordCutter(segment, locked)


def steps(model: str | None = None) -> Mapping[str, Step]:
    """All steps by name, in order, loaded; with a `model` its second witness among them.

    Raises second_witness.NoSuchModelError where `model` is neither an installed spaCy pipeline nor a folder with one.
    """
    made: dict[str, Step] = {}
    for name, load in STEPS.items():
        if name == "entities" and model:
            made[SECOND_WITNESS] = second_witness(model)
        made[name] = load()
    return MappingProxyType(made)


def second_witness(model: str) -> Step:
    """The step that hears the spaCy pipeline `model`."""
    from extract.second_witness import SecondWitness  # spaCy, a second that only this step costs

    witness = SecondWitness.load(model)

    def step(draft: Draft) -> None:
        draft.add(witness.read(draft.article, draft.mentions))

    return step


def _dates() -> Step:
    times = TimeReader()

    def step(draft: Draft) -> None:
        text = draft.words.text
        draft.numerals = find_numerals(text)
        draft.dates = times.read(text, draft.issue_date)

    return step


def _places() -> Step:
    places = PlaceReader()

    def step(draft: Draft) -> None:
        context = draft.context
        region = (*context.page, *context.home)
        draft.mentions = places.read(draft.words, draft.article, region, draft.upper)

    return step


def _people() -> Step:
    people = PersonReader()

    def step(draft: Draft) -> None:
        draft.add(people.read(draft.words, draft.article, draft.mentions))

    return step


def _organizations() -> Step:
    organizations = OrganizationReader()

    def step(draft: Draft) -> None:
        places = [m for m in draft.mentions if m.type != "person"]
        draft.add(organizations.read(draft.words, draft.article, places))

    return step


def _entities() -> Step:
    divisions = gazetteer()

    def step(draft: Draft) -> None:
        draft.entities = link(draft.article, draft.mentions, draft.context, divisions)

    return step


def _counts() -> Step:
    counts = CountReader()

    def step(draft: Draft) -> None:
        draft.counts = counts.read(draft.words, draft.article, draft.numerals, draft.dates, draft.mentions)

    return step


def _activities() -> Step:
    activities = ActivityReader()

    def step(draft: Draft) -> None:
        draft.told = activities.explain(draft.words, draft.article, draft.entities, draft.dates, draft.counts)
        draft.activities = tuple(told.activity for told in draft.told)

    return step


def _keywords() -> Step:
    def step(draft: Draft) -> None:
        draft.keywords = keywords(draft.words, draft.entities)

    return step


STEPS: Mapping[str, Callable[[], Step]] = MappingProxyType(
    {
        "dates": _dates,
        "places": _places,
        "people": _people,
        "organizations": _organizations,
        "entities": _entities,
        "counts": _counts,
        "activities": _activities,
        "keywords": _keywords,
    }
)
"""What loads each step, in the order in which they run, without a model."""
