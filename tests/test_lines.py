"""Lines and pieces: offsets, blank lines, indentation, hard-wrapped columns, and what must hold for any text."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extract.lines import Piece, read_lines, read_pieces

COLUMN = "近日郑东新区的社区食堂又添三处老人们端着餐盘坐在窗边说饭菜软和汤也热乎街道给每张桌子配了老花镜菜单换成大字"
"""Zhengzhou: canteens for the old; forty and more characters to break at any width."""


def wrapped(text: str, width: int, indent: str = "") -> str:
    """A paragraph broken at a fixed width, its first line set in."""
    text = indent + text
    return "\n".join(text[k : k + width] for k in range(0, len(text), width))


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("喜迎重阳\n\n　　近日，社区包饺子。", [("喜迎重阳", 0, False), ("近日，社区包饺子。", 1, True)]),
        ("\n\n喜迎重阳\n\n\n\n饺子", [("喜迎重阳", 2, False), ("饺子", 3, False)]),  # above the first line too
        ("喜迎重阳\r\n\r\n饺子\r\n", [("喜迎重阳", 0, False), ("饺子", 1, False)]),
        ("饺子\f汤圆\u2028粽子\x85", [("饺子", 0, False), ("汤圆", 0, False), ("粽子", 0, False)]),
        ("  \t近日\n 近日\n　近日", [("近日", 0, True), ("近日", 0, False), ("近日", 0, False)]),
        (" 　\n\t\n", []),
        ("", []),
        ("近日　\n\u3000\n日前 ", [("近日", 0, False), ("日前", 1, False)]),
    ],
)  # fmt: skip
def test_read_lines(page: str, expected: list[tuple[str, int, bool]]) -> None:
    assert [(line.text, line.blanks, line.indented) for line in read_lines(page)] == expected


@pytest.mark.parametrize(
    ("text", "width"),
    [("共35户", 3.0), ("８０％", 3.0), ("　　近日", 4.0), ("“一元菜”", 5.0), ("A05", 1.5)],
)
def test_width_counts_full_width_characters(text: str, width: float) -> None:
    (line,) = read_lines(text)
    assert line.width == width


@pytest.mark.parametrize("width", [10, 13, 16, 20, 28, 40])
@pytest.mark.parametrize("indent", ["", "　　"])
def test_wrapped_paragraphs_are_put_together(width: int, indent: str) -> None:
    paragraphs = [COLUMN * 3 + "。", COLUMN[7:] * 4 + "。", COLUMN[13:] * 5 + "。"]
    gap = "\n" if indent else "\n\n"
    page = gap.join(wrapped(p, width, indent) for p in paragraphs)
    assert [piece.text for piece in read_pieces(page)] == paragraphs


def test_a_page_that_is_not_wrapped_keeps_its_lines() -> None:
    lines = [COLUMN[: 12 + 5 * k] for k in range(9)]
    assert [piece.text for piece in read_pieces("\n".join(lines))] == lines


def test_a_headline_between_wrapped_paragraphs_stays_by_itself() -> None:
    page = f"{wrapped(COLUMN * 3, 16)}\n\n食堂里的老花镜\n\n{wrapped(COLUMN[5:] * 3, 16)}"
    assert [piece.text for piece in read_pieces(page)] == [COLUMN * 3, "食堂里的老花镜", COLUMN[5:] * 3]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(0, 3, ((10, 13),)), (2, 5, ((12, 13), (15, 17))), (3, 6, ((15, 18),)), (1, 1, ()), (0, 6, ((10, 13), (15, 18)))],
)
def test_part_names_the_page_s_characters(start: int, end: int, expected: tuple[tuple[int, int], ...]) -> None:
    assert Piece(0, ((10, 13), (15, 18)), "春风里社区门", 0, False).part(start, end) == expected


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="社区，。 　\t\n\r\f\x1c\x85\u2028\u200b本报讯12“”", max_size=120) | st.text(max_size=60))
@example("\ufeff")
@example("\x1f社\x1f")
def test_every_printed_character_is_in_one_piece(page: str) -> None:
    """Pieces quote the page, in order, and leave out nothing but white space."""
    pieces = read_pieces(page)
    assert pieces == read_pieces(page)
    assert [piece.index for piece in pieces] == list(range(len(pieces)))
    covered = [r for piece in pieces for r in piece.ranges]
    assert covered == sorted(covered)
    for piece in pieces:
        assert piece.text == "".join(page[s:e] for s, e in piece.ranges)
        assert piece.text == piece.text.strip() != ""
        assert piece.part(0, len(piece.text)) == piece.ranges
        assert 1 <= piece.length <= len(piece.text)
    inside = {at for s, e in covered for at in range(s, e)}
    assert len(inside) == sum(e - s for s, e in covered)
    assert all(c.isspace() for at, c in enumerate(page) if at not in inside)
