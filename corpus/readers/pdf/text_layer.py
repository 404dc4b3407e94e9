"""Whether the characters of a page are its text: scans have none, some fonts do not say which characters they draw."""

from collections.abc import Sequence

from corpus.readers.encoding import LEAST_SENSE, sense
from corpus.readers.pdf.glyphs import REPLACEMENT, Glyph
from corpus.rejects import Rejected

MOST_LOST = 0.2
"""Share of characters without a Unicode value from which a page cannot be read."""
JUDGED = 40
"""Characters from which a page's text can be judged by how much sense it makes."""


def check(visible: Sequence[Glyph], count: int) -> list[str]:
    """What the user should know about the text layer; Rejected where there is none or it is no text.

    `count`: the characters of the file, of which only the visible ones are given.
    """
    text = "".join(glyph.text for glyph in visible)
    printed = text.replace(" ", "")
    if not printed:
        raise Rejected("no_text_layer", "the page is a picture: it has no characters")
    lost = printed.count(REPLACEMENT)
    if lost > MOST_LOST * len(printed):
        raise Rejected("garbled_text", f"the font does not name {lost} of {len(printed)} characters")
    if len(printed) >= JUDGED and not printed.isascii() and sense(printed.replace(REPLACEMENT, "")) < LEAST_SENSE:
        raise Rejected("garbled_text", "the characters of its text layer make no Chinese text")
    notes = []
    if lost:
        notes.append(f"{lost} characters have no Unicode value, shown as U+FFFD")
    if count > len(visible):
        notes.append(f"{count - len(visible)} characters outside the page's visible area were left out")
    return notes
