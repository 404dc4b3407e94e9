"""web/stretches.py: a page cut where articles and leftovers begin and end; every character once."""

from hypothesis import given
from hypothesis import strategies as st

from schemas.layout import Leftover
from web.stretches import NEAR, WHOLE, Piece, near, pieces, stretches

ranges = st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45)), max_size=8)


@given(st.text(alphabet="社区 \n报", max_size=40), ranges, ranges)
def test_every_character_once(text: str, owned: list[tuple[int, int]], left: list[tuple[int, int]]) -> None:
    made = stretches(text, [Piece(*each, 1, 1) for each in owned], [Leftover("label", *each) for each in left])
    assert "".join(each.text for each in made) == text
    assert all(each.text for each in made)
    assert not [each for each in made if each.piece and each.reason is not None]


def test_pieces_of_a_block_are_numbered() -> None:
    made = list(pieces(3, [("main", [(0, 4)]), ("paragraph", [(5, 9), (20, 30)])]))
    assert [(p.article, p.block, p.part, p.parts, p.role, p.start) for p in made] == [
        (3, 1, 1, 1, "main", 0), (3, 2, 1, 2, "paragraph", 5), (3, 2, 2, 2, "paragraph", 20),
    ]  # fmt: skip


def test_a_cut_within_a_line_is_told() -> None:
    text = "春耕\n社区食堂开张。夜校开课。"  # two stories in one line
    made = stretches(text, [Piece(0, 2, 1, 1), Piece(3, 10, 1, 2), Piece(10, 15, 2, 1)], [])
    assert [(each.text, each.inside) for each in made if not each.blank] == [
        ("春耕", False), ("社区食堂开张。", False), ("夜校开课。", True),
    ]  # fmt: skip


def test_a_long_page_is_shortened_around_the_article() -> None:
    text = "甲" * 20_000 + "正文" + "乙" * 9_000
    made = near(stretches(text, [Piece(20_000, 20_002, 1, 1)], []))
    assert [len(each.text) or each.left_out for each in made] == [20_000 - NEAR, NEAR, 2, NEAR, 9_000 - NEAR]
    assert sum(len(each.text) + each.left_out for each in made) == len(text)
    short = stretches("甲" * (WHOLE - 2) + "正文", [Piece(WHOLE - 2, WHOLE, 1, 1)], [])
    assert near(short) == short
