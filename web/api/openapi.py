"""The OpenAPI 3.1 document, made of the table of endpoints."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from web.api import shapes
from web.api.asked import Endpoint
from web.api.endpoints import ENDPOINTS
from web.api.shapes import Schema
from web.parameters import Parameter

BASE = "/api/v1"
PROBLEM: Schema = {
    "type": "object",
    "description": "What went wrong and what to do (RFC 9457).",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
    "required": ["type", "title", "status", "detail"],
}
REFUSALS = {
    "400": "A parameter cannot be meant; `detail` says why.",
    "404": "There is no such thing.",
    "409": "The name means several places; say with `in` which.",
    "503": "It takes too long, or too many ask at once: narrow the question, or ask again.",
}


@cache
def document() -> dict[str, Any]:
    """The whole document."""
    components: dict[str, Schema] = {"Problem": PROBLEM}
    paths = {f"{BASE}{each.path}": {"get": _operation(each, components)} for each in ENDPOINTS}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Newspaper archive",
            "version": "1",
            "description": "Articles of Chinese community newspapers with what they tell: places, organizations, "
            "activities, figures, dates. Everything can be read, nothing changed.",
        },
        "paths": paths,
        "components": {"schemas": components},
    }


def _operation(endpoint: Endpoint, components: dict[str, Schema]) -> dict[str, Any]:
    named = [*((each, "path") for each in endpoint.parts), *((each, "query") for each in endpoint.parameters)]
    kept = {
        "headers": {"ETag": {"schema": {"type": "string"}, "description": "Changes with the archive."}},
        "description": "The answer.",
        "content": {"application/json": {"schema": _answer(endpoint, components)}},
    }
    lacking = {"404"} if endpoint.parts else set()
    if endpoint.path.startswith("/places/{"):
        lacking.add("409")
    refusals = {
        status: {
            "description": REFUSALS[status],
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in ("400", *sorted(lacking), "503")
    }
    return {
        "operationId": endpoint.path.strip("/").replace("/", "_").replace("{", "").replace("}", ""),
        "summary": endpoint.summary,
        "parameters": [_parameter(each, where) for each, where in named],
        "responses": {"200": kept, "304": {"description": "As the ETag in If-None-Match says."}, **refusals},
    }


def _parameter(parameter: Parameter, where: str) -> dict[str, Any]:
    made = {
        "name": parameter.name,
        "in": where,
        "required": where == "path",
        "description": parameter.meaning,
        "schema": parameter.schema(),
    }
    return made | ({"style": "form", "explode": True} if parameter.several else {})


def _answer(endpoint: Endpoint, components: dict[str, Schema]) -> Schema:
    if endpoint.rows is not None:
        return _page(_row(endpoint.rows, components))
    if endpoint.answer == "article":
        return _object({"records": {"type": "array", "items": shapes.of_published("article", components)}})
    return shapes.schema(endpoint.answer, components)


def _row(rows: Any, components: dict[str, Schema]) -> Schema:
    if rows == "correction":
        return _object(
            {
                "correction": shapes.of_published("correction", components),
                "articles": {"type": "integer", "description": "In how many it has had a hand."},
                "fate": {"enum": ["applied", "unneeded", "lost", "waiting"]},
                "reason": {"type": ["string", "null"]},
            }
        )
    return shapes.of_columns(rows) if isinstance(rows, Sequence) else shapes.schema(rows, components)


def _page(row: Schema) -> Schema:
    return _object(
        {
            "total": {"type": "integer", "description": "Rows in all; where not exact, at most so many."},
            "exact": {"type": "boolean"},
            "page": {"type": "integer"},
            "per_page": {"type": "integer"},
            "next": {"type": ["string", "null"], "description": "Address of the next page; null behind the last."},
            "rows": {"type": "array", "items": row},
        }
    )


def _object(properties: dict[str, Schema]) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
