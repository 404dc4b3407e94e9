"""What there is only where the archive may be corrected: the routes of the correcting pages, and the desk."""

from starlette.routing import Route

from corpus.corrections.carrying_out import Corrector
from web.desk import Desk
from web.pages import correcting, corrections, review
from web.security.csrf import change
from web.settings import Settings


def desk(settings: Settings) -> Desk | None:
    """Where changes are carried out; None where there are none."""
    return Desk(Corrector(settings.archive, settings.reader)) if settings.edit else None


def routes() -> tuple[Route, ...]:
    """The correcting pages."""
    return (
        Route("/articles/{id}/correct", correcting.correct, methods=["GET"]),
        change("/articles/{id}/correct", correcting.preview),
        Route("/review", review.review, methods=["GET"]),
        change("/review/approve", review.approve),
        Route("/corrections", corrections.corrections, methods=["GET"]),
        Route("/corrections/carrying-out", corrections.carrying_out, methods=["GET"]),
        change("/corrections", corrections.save),
        change("/corrections/{correction}/undo", corrections.undo),
    )
