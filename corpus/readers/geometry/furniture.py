"""Running heads and feet: what stands at the edge of a page and belongs to no article."""

import re
from collections.abc import Sequence

from corpus.readers.geometry.shapes import PositionedLine, Sheet
from corpus.readers.geometry.type_sizes import Body

EDGE = 0.09
"""Share of the page's height in which a running head or foot can stand."""
WHITE = 0.3
"""Ems of white at least between the band and the rest of the page."""
MOST = 12
"""Lines of the longest band."""
RUNNING = re.compile(
    r"""\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日   # 2024年3月12日
    | \d{4}[-./]\d{1,2}[-./]\d{1,2}              # 2024-03-12
    | 星期[一二三四五六日天]
    | 第?\s*[A-Z]?\d{1,3}\s*版 | 第\s*[一二三四五六七八九十]+\s*版
    | ^\W*[A-Z]?\d{1,3}\W*$                      # · 5 ·
    | ^[A-Z]\d{1,2}\b
    | 责编|责任编辑|本版编辑|美编|校对 | 国内统一(?:连续出版物号|刊号) | 邮发代号
    """,
    re.VERBOSE,
)


def split_furniture(
    lines: Sequence[PositionedLine], sheet: Sheet, body: Body
) -> tuple[list[PositionedLine], list[PositionedLine], list[PositionedLine]]:
    """Running head, the page's own lines, foot.

    A band at the edge is one where a line of it says a date, a page number or who edited the page, and nothing but
    white is between the band and the rest.
    """
    top, rest = _edge([(line.box.top, line.box.bottom, line) for line in lines], sheet.height * EDGE, body)
    turned = [(sheet.height - line.box.bottom, sheet.height - line.box.top, line) for line in rest]
    foot, rest = _edge(turned, sheet.height * EDGE, body)

    def key(line: PositionedLine) -> tuple[float, float]:
        return (round(line.box.level / body.size), line.box.left)

    return sorted(top, key=key), rest, sorted(foot, key=key)


def _edge(
    lines: Sequence[tuple[float, float, PositionedLine]], depth: float, body: Body
) -> tuple[list[PositionedLine], list[PositionedLine]]:
    """The band within `depth` of an edge, and the other lines; each comes with how far from it it begins and ends."""
    ordered = sorted(lines, key=lambda line: line[0])
    every = [line for _, _, line in ordered]
    far = 0.0
    for at, (start, end, _) in enumerate(ordered):
        if at and start > far + WHITE * body.size:
            band = every[:at]
            running = at <= MOST and any(RUNNING.search(line.text) for line in band)
            return (band, every[at:]) if running else ([], every)
        if start > depth:
            break
        far = max(far, end)
    return [], every
