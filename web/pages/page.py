"""/pages/NUMBER: a page as it was read, its articles as numbered blocks, what is in none of them and why."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from corpus.archive import pages
from corpus.archive.pages import ArticleOnPage
from web.problems import not_found
from web.reading import archive
from web.stretches import Piece, Stretch, pieces, stretches
from web.templating import page as filled

COLOURS = 8
"""Articles that follow each other on a page have different ones."""
LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Listed:
    """An article of the page with its number on it, how many pieces it was put together of, and their characters."""

    number: int
    article: ArticleOnPage
    pieces: int
    characters: int


def page(request: Request) -> Response:
    """The page with its articles and leftovers."""
    number = request.path_params["number"]
    if not 0 < number <= LARGEST:
        raise not_found()
    with archive(request) as database:
        try:
            view = pages.view(database, number)
        except KeyError:
            raise not_found() from None
    owned = [
        piece
        for at, article in enumerate(view.articles, 1)
        for piece in pieces(at, ((block.role, block.source) for block in article.blocks))
    ]
    shown = stretches(view.text, owned, view.leftovers)
    return filled(
        request,
        "page.html",
        view=view,
        stretches=shown,
        articles=[_listed(number, article) for number, article in enumerate(view.articles, 1)],
        colour=lambda number: (number - 1) % COLOURS + 1,
        lost=[each for each in shown if not each.blank and not each.piece and each.reason is None],
        above=_above(shown),
    )


def _listed(number: int, article: ArticleOnPage) -> Listed:
    ranges = [each for block in article.blocks for each in block.source]
    return Listed(number, article, len(ranges), sum(end - start for start, end in ranges))


def _above(shown: tuple[Stretch, ...]) -> Callable[[Piece, int], bool]:
    """Tells whether the piece of the same block one further (1) or one back (-1) stands higher on the page."""
    places = {(p.article, p.block, p.part): at for at, each in enumerate(shown) if (p := each.piece)}

    def above(piece: Piece, step: int) -> bool:
        here = (piece.article, piece.block, piece.part)
        there = (piece.article, piece.block, piece.part + step)
        return places.get(there, -1) < places[here]

    return above
