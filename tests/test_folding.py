"""What search holds for the same: folds in tables, and that a term's expression finds just what its fold says."""

import opencc
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.archive.bigrams import HEADLINE, tokens
from corpus.archive.folding import TABLES, fold, pattern

SAME = [
    # width
    ("ＷｉＦｉ", "wifi"),
    ("２０２４年", "2024年"),
    ("（反诈）", "(反诈)"),
    ("１２３４５，", "12345,"),
    # capitals
    ("ΑΒΓ ABC Ⅷ", "αβγ abc ⅷ"),
    # script
    ("臺灣鄉親", "台湾乡亲"),
    ("裡裏里", "里里里"),
    ("後面的皇后", "后面的皇后"),
    ("隨著", "随着"),
    # quotation marks, dashes, dots
    ("“一老一小”", '"一老一小"'),
    ("「一老一小」", '"一老一小"'),
    ("3月—5月", "3月-5月"),
    ("古丽·艾山", "古丽•艾山"),
    ("二○二四年", "二〇二四年"),
    # spaces of print
    ("文 明 城 市", "文明城市"),
    ("2024 年 3 月", "2024年3月"),
    ("张　三", "张三"),
    ("Shui  On\tLand", "shui on land"),
    ("A - B", "a-b"),
    # what is not seen
    ("社\u200b区", "社区"),
    ("\ufeff社区\ufe0f", "社区"),
    ("soft\u00adware", "software"),
    # second code points of the same characters
    ("\uf9e4", "理"),
    ("⼈", "人"),
]
APART = [("shui on", "shuion"), ("12 34", "1234"), ("社区", "社\n区"), ("。", "."), ("、", ","), ("《", '"')]
ANY = st.text(
    st.sampled_from("社區区台臺裡里aAＡ1１ \u3000\t\u200b\ufe0f,，“\"'—-·\ufdd0\ud800\uffff\x00é"), max_size=12
)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_not_the_same(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY, ANY)
@example("文 明 社區", "明社")
@example("a \u200b b", "a b")
def test_an_expression_finds_just_what_the_fold_holds(text: str, term: str) -> None:
    folded = fold(term).strip()
    if folded and "\n" not in folded:
        found = pattern(folded).search(text)
        assert (found is not None) == (folded in fold(text))
        if found:
            assert fold(found[0]).strip() == folded


@given(ANY, ANY)
def test_a_part_of_a_text_is_found_in_it(before: str, part: str) -> None:
    assert fold(part).strip() in fold(before + part + before)


def test_characters_agree_with_opencc() -> None:
    """The table is frozen; where OpenCC says otherwise now, somebody has to decide (and raise VERSION)."""
    convert = opencc.OpenCC("t2s").convert
    sample = "廣東電話會議學習衛生環境體育藝術義務獻血長輩銀髮關愛鄰里"
    assert fold(sample) == convert(sample)


@pytest.mark.parametrize("name", TABLES)
def test_no_character_stands_twice_in_a_table(name: str) -> None:
    from pathlib import Path

    from corpus.archive import folding

    lines = Path(folding.__file__).with_name(f"{name}.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    printed = [character for _, variants in rows for character in variants]
    assert len(printed) == len(set(printed))
    assert not {folded for folded, _ in rows} & set(printed)


@given(ANY, st.integers(0, 12))
def test_tokens_are_what_the_index_keeps_whole(text: str, end: int) -> None:
    for token in tokens(text, end).split(" "):
        assert len(token.removeprefix(HEADLINE)) <= 2
        assert not any(character.isascii() and not character.isalnum() for character in token)
