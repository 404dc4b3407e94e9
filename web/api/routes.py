"""The table of endpoints as routes: answers as JSON with an ETag, which changes with the archive."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from corpus.archive.query import QueryError
from corpus.records import to_json
from web import parameters, reading
from web.api import openapi
from web.api.asked import Asked, Endpoint
from web.api.endpoints import ENDPOINTS
from web.api.shapes import as_json
from web.asking import unreadable
from web.security.sessions import sign

JSON = "application/json"


def routes() -> tuple[Route, ...]:
    """All of /api/v1."""
    made = (Route(openapi.BASE + _with_slashes(each.path), _serving(each)) for each in ENDPOINTS)
    return (Route(f"{openapi.BASE}/openapi.json", document), *made)


def document(request: Request) -> Response:
    """/api/v1/openapi.json."""
    return Response(to_json(openapi.document()), media_type=JSON)


def _serving(endpoint: Endpoint) -> Callable[[Request], Response]:
    def serve(request: Request) -> Response:
        parameters.refuse_unknown(request)
        # before anything is read: what comes in meanwhile makes the tag too old, never too new
        tag = _tag(request)
        headers = {"ETag": tag}
        if tag in map(str.strip, request.headers.get("if-none-match", "").split(",")):
            return Response(status_code=304, headers=headers)
        with reading.archive(request) as database:
            try:
                answer = endpoint.give(Asked(request, database))
            except QueryError as error:
                raise unreadable(error) from error
        return Response(to_json(as_json(answer)), headers=headers, media_type=JSON)

    serve.__name__ = endpoint.give.__name__
    return serve


def _tag(request: Request) -> str:
    """Of the state of the archive, of this run of the program, and of the question."""
    state = request.app.state
    asked = f"{state.reading.version()} {request.url.path}?{request.url.query}"
    return f'W/"{sign(state.settings.secret, "etag", asked)[:24]}"'


def _with_slashes(path: str) -> str:
    """Names may hold slashes."""
    return path.replace("{name}", "{name:path}").replace("{number}", "{number:int}")
