"""Problems as answers: a page for people, problem+json (RFC 9457) for programs; what is unforeseen is logged."""

import json
import logging

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus.archive.database import ArchiveError
from web.language import of_request
from web.problems import BUSY, BY_STATUS, FAILED, TOO_LONG, UNREADABLE, Problem, ProblemError
from web.reading import BusyError, TooLongError
from web.templating import page

LOG = logging.getLogger("web")
FOR_PROGRAMS = ("/api/", "/charts/")
KNOWN = (ProblemError, HTTPException, TooLongError, BusyError, ArchiveError)


class Failures:
    """Answers whatever goes wrong behind it; nothing of the inside reaches the reader."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception as error:
            if scope["type"] != "http" or begun:
                raise
            await failed(Request(scope), error)(scope, receive, send)


def failed(request: Request, error: Exception) -> Response:
    """The answer for an error; also what Starlette calls for the KNOWN ones."""
    match error:
        case ProblemError():
            return answer(request.scope, error.problem)
        case HTTPException():
            return answer(request.scope, BY_STATUS.get(error.status_code, BY_STATUS[400]))
        case TooLongError():
            return answer(request.scope, TOO_LONG)
        case BusyError():
            return answer(request.scope, BUSY)
        case ArchiveError():
            LOG.error("%s", error)
            return answer(request.scope, UNREADABLE)
    LOG.error("%s %r", request.method, request.url.path, exc_info=error)
    return answer(request.scope, FAILED)


def answer(scope: Scope, problem: Problem) -> Response:
    """The problem as whoever asks reads it."""
    request = Request(scope)
    if scope["path"].startswith(FOR_PROGRAMS) or scope["path"].endswith(".json"):
        remedy = problem.remedy % dict(problem.values) if problem.values else problem.remedy
        content = {"type": "about:blank", "title": problem.title, "status": problem.status, "detail": remedy}
        body = json.dumps(content, ensure_ascii=False).encode()
        return Response(body, problem.status, media_type="application/problem+json")
    language = of_request(request)
    remedy = language.text(problem.remedy, **dict(problem.values))
    return page(request, "problem.html", status=problem.status, title=language.text(problem.title), remedy=remedy)
