"""/articles/ID: the restored article beside its page, what was read from it, why, and what stands around it."""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from starlette.requests import Request
from starlette.responses import Response

from corpus.archive import around, article_lines, records, slots
from corpus.archive.article_lines import ArticleLine
from schemas.annotations import EntityType
from schemas.layout import Leftover
from schemas.record import ArticleRecord
from web import addresses, panel, parameters
from web.annotated import Mark
from web.cards import cards
from web.citations import citation
from web.clipping import DATE, FIGURE, marks, parts
from web.explaining import Explaining
from web.language import of_request
from web.parameters import Parameter
from web.problems import not_found
from web.reading import archive
from web.reasons import reasons
from web.stretches import near, pieces, stretches
from web.templating import page

OF_PAGE = Parameter("page", "Number of the page in this archive, where copies share an id.", "Page", kind="number",
                    most=10**9)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """The article that an address means: its number (article.id), its line, its record and its page's text."""

    number: int
    line: ArticleLine
    record: ArticleRecord
    text: str
    leftovers: tuple[Leftover, ...]


def article(request: Request) -> Response:
    """An article with everything that is known of it."""
    speech = of_request(request)
    with archive(request) as database:
        asked = _asked(request, database)
        parties = slots.of_article(database, asked.number)
        near_by = around.around(database, asked.number)
        issue = around.in_issue(database, asked.number)
        editing = request.app.state.settings.edit
        shown_panel = panel.panel(request, database, asked.record.article.id) if editing else None
    record = asked.record
    named = marks(record, parties, speech)
    shown, said = cards(record, named, near_by.accounts)
    owned = pieces(1, ((block.role, block.source) for block in record.article.blocks))
    belongs: dict[str, list[str]] = {}
    for activity in record.activities:
        for key in activity.counts:
            belongs.setdefault(key, []).append(activity.id)
    return page(
        request,
        "article.html",
        asked=asked,
        line=asked.line,
        record=record,
        parts=parts(record, (*named, *said)),
        kinds=_kinds(named),
        cards=shown,
        belongs=belongs,
        names={each.id: each.name for each in record.entities},
        figures={each.id: each for each in record.counts},
        activities={each.id: each for each in record.activities},
        parties=parties,
        leads={mark.of: mark.address for mark in named},
        stretches=near(stretches(asked.text, owned, asked.leftovers)),
        around=near_by,
        issue=issue,
        citation=citation(record),
        panel=shown_panel,
        back=addresses.article(record.article.id, asked.line.page_id if near_by.copies else None),
    )


def why(request: Request) -> Response:
    """Why an article was cut and joined as it was."""
    with archive(request) as database:
        asked = _asked(request, database)
    explaining: Explaining = request.app.state.explaining
    told = explaining.lines(asked.record.source, asked.text, asked.record.article.id)
    return page(
        request,
        "why.html",
        line=asked.line,
        reasons=[] if isinstance(told, str) else [*reasons(told, of_request(request))],
        nothing=told if isinstance(told, str) else None,
        format=asked.record.source.format,
    )


def _kinds(named: Sequence[Mark]) -> list[tuple[str, int]]:
    """The kinds of marks that there are, in the order of the legend, with how many."""
    found = Counter(mark.kind for mark in named)
    return [(kind, found[kind]) for kind in (*get_args(EntityType), FIGURE, DATE) if kind in found]


def _asked(request: Request, database: sqlite3.Connection) -> Asked:
    of_page = [int(value) for value in parameters.choices(request, OF_PAGE)]
    wanted = request.path_params["id"]
    # numbers of pages change when the archive is indexed anew: without that page any copy will do
    numbers = around.numbers(database, wanted, *of_page) or around.numbers(database, wanted)
    if not numbers:
        raise not_found()
    [line] = article_lines.of(database, numbers[:1])
    [record] = records.of_articles(database, numbers[:1])
    text, leftovers = records.page_text(database, line.page_id)
    return Asked(numbers[0], line, record, text, leftovers)
