"""What attributes and styles say of how an element looks."""

import re
from functools import lru_cache

from lxml import etree

SMALLEST_PICTURE = 80
"""Pixels; what is smaller is an icon."""

_FONT_SIZES = (0.0, 10.0, 13.0, 16.0, 18.0, 24.0, 32.0, 48.0)
_STYLE_SIZE = re.compile(r"font-size\s*:\s*(\d{1,3}(?:\.\d{1,3})?)\s*(px|pt|em|rem|%)", re.IGNORECASE)
_STYLE_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_STYLE_CENTRE = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_ICON = re.compile(r"icon|logo|btn|button|arrow|/skin/|/tplimg/|blank\.|spacer|qrcode|\.svg", re.IGNORECASE)
_UNITS = {"px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "%": 0.16}


@lru_cache(1024)
def styled(style: str) -> tuple[bool, bool]:
    """Whether a style sets bold type, and whether it centres lines."""
    return bool(_STYLE_BOLD.search(style)), bool(_STYLE_CENTRE.search(style))


def type_size(element: etree._Element, style: str) -> float:
    """The size of type that an element sets, in pixels; 0 where it sets none."""
    if style and (found := _STYLE_SIZE.search(style)):
        return float(found[1]) * _UNITS[found[2].lower()]
    said = element.get("size", "") if element.tag == "font" else ""
    if said[:1] in "+-" and said[1:].isdecimal():
        number = 3 + int(said)
    elif said.isdecimal():
        number = int(said[:3])
    else:
        return 0.0
    return _FONT_SIZES[max(1, min(number, 7))]


def is_picture(element: etree._Element) -> bool:
    """Whether an <img> is a photograph or drawing of the page, and no icon, button or map."""
    if element.get("usemap"):  # the page in small, with its articles to click on
        return False
    for side in ("width", "height"):
        said = element.get(side, "").removesuffix("px")
        if said.isdecimal() and int(said[:6]) < SMALLEST_PICTURE:
            return False
        if said.isdecimal():
            return True
    source = element.get("src", "")[:300].lower()
    return not source.endswith(".gif") and not _ICON.search(source)  # photographs are no GIFs, arrows are
