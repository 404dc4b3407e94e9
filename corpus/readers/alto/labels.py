"""What libraries call the parts of a page (labels.tsv) → the role of a mark."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import cast

from corpus.columns import plain
from schemas.layout import MarkRole

ARTICLE, PICTURE = "article", "picture"


def role(label: str) -> MarkRole | None:
    """The role that a label names; None for labels of other things and unknown ones.

    >>> role("Head_Line"), role("图说"), role("article"), role("zone 4")  # caption
    ('main', 'caption', None, None)
    """
    found = _labels().get(plain(label))
    return None if found in (None, ARTICLE, PICTURE) else cast(MarkRole, found)


def is_article(label: str) -> bool:
    """Whether the label is that of a whole article."""
    return _labels().get(plain(label)) == ARTICLE


def is_picture(label: str) -> bool:
    """Whether the label is that of a picture with what is printed at it."""
    return _labels().get(plain(label)) == PICTURE


@cache
def _labels() -> Mapping[str, str]:
    lines = Path(__file__).with_name("labels.tsv").read_text("utf-8").split("\n")
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")][1:]
    return MappingProxyType(dict(rows))
