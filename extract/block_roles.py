"""The roles that a piece of a page may have."""

from enum import StrEnum

from extract.evidence import Evidence


class Role(StrEnum):
    """What a piece is; a lead is the paragraph that opens an article with a byline formula."""

    HEADLINE = "headline"
    LEAD = "lead"
    PARAGRAPH = "paragraph"
    CROSSHEAD = "crosshead"
    CAPTION = "caption"
    CREDIT = "credit"
    FURNITURE = "furniture"


Options = dict[Role, list[Evidence]]
"""The roles that a piece may have, each with its evidence."""
