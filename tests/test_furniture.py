"""Page furniture: the example tables, what depends on the line below, and what must hold for any page."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import lexicon
from extract.furniture import LONGEST, furniture, reason_of
from extract.lines import read_pieces
from tests.tables import cases, table

HOLDS = ("in_the_wild", "made_up", "must_stay_untouched")
REASONS = {"hotline", "mailbox", "imprint", "header", "label", "notice", "jump", "ornament"}
COMPANY = {"hotline": "某", "mailbox": "某", "imprint": "：何苗", "notice": " 关注更多二维码", "jump": "第4版"}
"""What stands behind a word of furniture on its line."""

PAGES = st.lists(
    st.sampled_from(
        ["新闻热线", "027-85550000", "帮您办", "老街修好了", "2024年3月12日 星期二", "【街坊】", "", "居民清扫。", "——"]
    )
    | st.text(max_size=12),
    max_size=10,
).map("\n".join)  # fmt: skip


@pytest.mark.parametrize(("line", "expected"), cases("furniture", *HOLDS))
def test_examples(line: str, expected: str) -> None:
    assert (reason_of(line) or "-") == expected


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("line", "expected"), cases("furniture", "known_failures"))
def test_known_failures(line: str, expected: str) -> None:
    assert (reason_of(line) or "-") == expected


def test_tables_are_large_and_a_third_is_negative() -> None:
    expected = [e for origin in (*HOLDS, "known_failures") for _, _, e in table("furniture", origin)]
    assert len(expected) >= 120
    assert expected.count("-") * 3 >= len(expected)
    assert {e for e in expected if e != "-"} == REASONS


@pytest.mark.parametrize("row", lexicon.table("furniture"), ids=lambda row: row["word"])
def test_every_word_of_the_lexicon_marks_a_line_but_no_sentence(row: dict[str, str]) -> None:
    assert reason_of(row["word"] + COMPANY[row["kind"]]) == row["kind"]
    assert reason_of(f"{row['word']}就在门口，居民随时能找到人。") is None


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("有事您说\n0931-8550000", ["有事您说", "0931-8550000"]),  # Lanzhou: the hotline's name stands above its number
        ("老街修好了，居民放心\n0931-8550000", ["0931-8550000"]),  # a sentence above a number is no name of it
        ("城关区白银路街道请来修伞匠\n0931-8550000", ["0931-8550000"]),  # nor is a long headline
        ("有事您说\n\n老街修好了", []),
    ],
)
def test_the_name_above_a_number(page: str, expected: list[str]) -> None:
    pieces = read_pieces(page)
    assert [pieces[i].text for i in sorted(furniture(pieces))] == expected


@settings(max_examples=200, deadline=None)
@given(PAGES)
def test_any_page(page: str) -> None:
    """Furniture is among the page's pieces, has a named reason, and is never as long as a paragraph."""
    pieces = read_pieces(page)
    found = furniture(pieces)
    assert found == furniture(pieces)
    assert set(found.values()) <= REASONS
    for index, reason in found.items():
        assert reason == "ornament" or pieces[index].length <= LONGEST
