"""Positioned lines to a page in reading order: `page_of(sheet)`, for every format that knows where its lines lie."""

from corpus.readers.geometry.layout import page_of
from corpus.readers.geometry.shapes import Box, PageText, PositionedLine, Sheet, around

__all__ = ["Box", "PageText", "PositionedLine", "Sheet", "around", "page_of"]
