"""Dataclasses as JSON, and their JSON Schemas made of the same type hints: what is promised is what is sent."""

import types
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from exports.table import Column
from schemas import published

Schema = dict[str, Any]
PLAIN: Mapping[object, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
}
LISTS = frozenset(("organizers", "partners", "places", "place_codes", "audience", "counts", "in", "variants"))
"""Columns of tables that hold lists: as JSON in one cell of a file, as lists here."""
KINDS = {"text": "string", "integer": "integer", "number": "number", "boolean": "boolean"}


def as_json(value: Any) -> Any:
    """Plain values for JSON: dataclasses as objects, tuples as lists."""
    if is_dataclass(value):
        return {field.name: as_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): as_json(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(each) for each in value]
    return value


def schema(hint: Any, components: dict[str, Schema]) -> Schema:
    """The schema of a type; that of each dataclass goes to `components` under its name, once.

    >>> schema(tuple[str | None, ...], {})
    {'type': 'array', 'items': {'anyOf': [{'type': 'string'}, {'type': 'null'}]}}
    """
    if hint in PLAIN:
        return dict(PLAIN[hint])
    if is_dataclass(hint):
        assert isinstance(hint, type)
        return _of_dataclass(hint, components)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [schema(each, components) for each in arguments]}
    if origin is tuple and arguments[-1] is not Ellipsis:
        inside = [schema(each, components) for each in arguments]
        return {"type": "array", "prefixItems": inside, "items": False, "minItems": len(inside)}
    if origin in (tuple, list, Sequence):
        return {"type": "array", "items": schema(arguments[0], components)}
    raise TypeError(f"no schema for {hint!r}")


def of_columns(columns: Sequence[Column]) -> Schema:
    """The schema of the row of a table; any value may be unknown."""
    return {
        "type": "object",
        "properties": {column.name: _of_column(column) for column in columns},
        "required": [column.name for column in columns],
        "additionalProperties": False,
    }


def row(columns: Sequence[Column], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the columns, in their order."""
    return {column.name: values[column.name] for column in columns}


def of_published(name: str, components: dict[str, Schema]) -> Schema:
    """A published schema, and what it defines, as `components`: references in OpenAPI begin at the document's top."""
    whole = published.load(name)
    defined = whole.get("$defs", {})
    for key, each in defined.items():
        components[f"{name}.{key}"] = _referring(each, name)
    components[name] = _referring({k: v for k, v in whole.items() if k not in ("$id", "$schema", "$defs")}, name)
    return {"$ref": f"#/components/schemas/{name}"}


def _of_dataclass(made: type, components: dict[str, Schema]) -> Schema:
    name = made.__name__
    if name not in components:
        components[name] = {}  # a place that holds others of its kind
        hints = get_type_hints(made)
        names = [field.name for field in fields(made)]
        components[name] = {
            "type": "object",
            "description": " ".join((made.__doc__ or "").split()).replace("`", ""),
            "properties": {each: schema(hints[each], components) for each in names},
            "required": names,
            "additionalProperties": False,
        }
    return {"$ref": f"#/components/schemas/{name}"}


def _of_column(column: Column) -> Schema:
    if column.name in LISTS:
        return {
            "type": "array",
            "items": {"type": ["string", "null"]},
            "description": column.meaning.split(", JSON")[0],
        }
    return {"type": [KINDS[column.kind], "null"], "description": column.meaning}


def _referring(value: Any, name: str) -> Any:
    """The schema with its references going to the components."""
    if isinstance(value, dict):
        return {
            key: each.replace("#/$defs/", f"#/components/schemas/{name}.") if key == "$ref" else _referring(each, name)
            for key, each in value.items()
        }
    return [_referring(each, name) for each in value] if isinstance(value, list) else value
