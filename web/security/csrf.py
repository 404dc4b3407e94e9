"""Changes: only with --edit, and only from a form of ours, which carries a token that no other site can know."""

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.problems import EXPIRED, READ_ONLY, ProblemError
from web.security import sessions
from web.settings import Settings

FIELD = "token"  # the name of the hidden field, and of the header x-token for scripts
HEADER = "x-token"
MOST_FIELDS = 1000
Change = Callable[[Request, FormData], Response]


def change(path: str, endpoint: Change) -> Route:
    """The route of a change: POST, with a form whose token has been checked; the only way to make such a route."""

    async def checked(request: Request) -> Response:
        settings: Settings = request.app.state.settings
        if not settings.edit:
            raise ProblemError(READ_ONLY)
        async with request.form(max_files=0, max_fields=MOST_FIELDS) as form:
            given = request.headers.get(HEADER) or form.get(FIELD)
            if not isinstance(given, str) or not sessions.matches(given, sessions.token(request)):
                raise ProblemError(EXPIRED)
            return await run_in_threadpool(endpoint, request, form)

    return Route(path, checked, methods=["POST"], name=endpoint.__name__)
