"""The published JSON Schemas, by name: what a consumer of the records may rely on."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
_SUFFIX = ".schema.json"


def names() -> tuple[str, ...]:
    """Every schema there is.

    >>> names()
    ('article', 'correction', 'leftover', 'reject', 'source')
    """
    return tuple(sorted(path.name.removesuffix(_SUFFIX) for path in FOLDER.glob(f"*{_SUFFIX}")))


def text(name: str) -> str:
    """The schema as published; KeyError for a name that is not in `names()`."""
    if name not in names():
        raise KeyError(name)
    return (FOLDER / f"{name}{_SUFFIX}").read_text("utf-8")


def load(name: str) -> dict[str, Any]:
    """The schema as values; KeyError for a name that is not in `names()`."""
    schema: dict[str, Any] = json.loads(text(name))
    return schema
