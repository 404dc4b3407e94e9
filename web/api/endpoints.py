"""The table of endpoints: their paths, parameters and answers. Routes and the OpenAPI document are made of it."""

from corpus.archive.around import Around
from corpus.archive.facets import ActivityFacets, ArticleFacets
from corpus.archive.issues import PaperRow
from corpus.archive.overview import Overview
from corpus.archive.pages import PageView
from corpus.archive.pivot import Pivot
from corpus.archive.portraits import PlacePortrait, Portrait
from corpus.archive.search import Hit
from exports.archive_tables import ACTIVITIES, COUNTS, PLACES
from schemas.annotations import PLACE_TYPES
from web.api import archive, things
from web.api.asked import Endpoint
from web.parameters import (
    ACTIVITY_ORDER,
    COLUMNS,
    COUNT_ORDER,
    DISTINCT,
    FILTERS,
    ONLY,
    PAGING,
    PLACE_ORDER,
    QUERY,
    ROWS,
    TYPES,
    WITHIN,
    Parameter,
)  # fmt: skip

ASKED = (QUERY, *FILTERS)
ARTICLE = Parameter("id", "Id of an article's record; copies of a page share theirs.")
NAME = Parameter("name", "Name as in records.")

ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint("/archive", "What the archive holds", archive.holdings, Overview),
    Endpoint("/search", "Articles by their words and the filters, best first", archive.found,
             rows=Hit, parameters=(*ASKED, *PAGING)),
    Endpoint("/articles/{id}", "The record of an article, of each copy one", archive.article,
             answer="article", parts=(ARTICLE,)),
    Endpoint("/articles/{id}/around", "Before and behind an article on its page, its copies, other accounts",
             archive.near, Around, parts=(ARTICLE,)),
    Endpoint("/pages/{number}", "A page with its text, its articles and what is in none", archive.page, PageView,
             parts=(Parameter("number", "Number of the page in this archive.", kind="number", most=2**63 - 1),)),
    Endpoint("/activities", "Activities, a row each", archive.activities, rows=ACTIVITIES,
             parameters=(*ASKED, ONLY, DISTINCT, ACTIVITY_ORDER, *PAGING)),
    Endpoint("/counts", "Figures with what they count, a row each", archive.figures, rows=COUNTS,
             parameters=(*FILTERS, COUNT_ORDER, *PAGING)),
    Endpoint("/places", "Places, a row each", archive.all_places, rows=PLACES,
             parameters=(*FILTERS, PLACE_ORDER, *PAGING)),
    Endpoint("/facets/articles", "What the articles found have in common, counted", archive.article_facets,
             ArticleFacets, parameters=ASKED),
    Endpoint("/facets/activities", "What the activities found have in common, counted", archive.activity_facets,
             ActivityFacets, parameters=(*ASKED, ONLY, DISTINCT)),
    Endpoint("/pivot", "Activities counted by two dimensions", archive.crossed, Pivot,
             parameters=(ROWS, COLUMNS, *ASKED, ONLY, DISTINCT)),
    Endpoint("/places/{code}", "A place by the code of its division", things.place, PlacePortrait,
             parts=(Parameter("code", "Digits, as 410105."),)),
    Endpoint("/places/{type}/{name}", "A place by its type and name", things.place, PlacePortrait,
             parameters=(WITHIN,), parts=(Parameter("type", "Its type.", kind="choice", values=PLACE_TYPES), NAME)),
    Endpoint("/organizations/{name}", "An organization", things.organization, Portrait, parts=(NAME,)),
    Endpoint("/people/{name}", "The persons of one name", things.person, Portrait, parts=(NAME,)),
    Endpoint("/types/{type}", "A type of activity", things.type_, Portrait,
             parts=(Parameter("type", "The type.", kind="choice", values=TYPES),)),
    Endpoint("/papers", "The papers with their issues and pages, last, without a name, those of no known paper",
             archive.papers, rows=PaperRow, parameters=PAGING),
    Endpoint("/corrections", "What editors have put right, and what became of it", archive.corrections,
             rows="correction", parameters=PAGING),
)  # fmt: skip
