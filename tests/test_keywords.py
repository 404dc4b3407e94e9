"""Keywords: what tells an article apart, from the article alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.keywords import MOST, keywords
from extract.lexicon import words
from tests.activity_examples import examples, marked

ARTICLE = (
    "楼下来了磨刀匠\n"
    "本报讯（记者 高远）{d:近日}，{street:河湾街道}{community:柳荫社区}举办“巧手集市”便民服务活动，摊位前排起长队。"
    "磨刀师傅一上午磨了80把菜刀，修伞的师傅修好雨伞30把。居民说，菜刀快了，雨伞好了，集市办到了心坎上。"
)


def found(line: str) -> tuple[str, ...]:
    made = marked(line)
    return keywords(made.words(), made.entities)


def test_names_topics_and_no_common_words() -> None:
    words_found = found(ARTICLE)
    assert {"柳荫社区", "巧手集市", "菜刀", "雨伞"} <= set(words_found)
    assert not {"居民", "活动", "开展", "服务"} & set(words_found)
    assert not any("高远" in w for w in words_found)


@pytest.mark.parametrize(("line", "wanted"), examples("in_the_wild"))
def test_the_body_that_acts_is_a_keyword(line: str, wanted: str) -> None:
    acting = set(wanted.split(" | ")[2].split("+"))
    assert any(a in found(line) or any(w in a for w in found(line)) for a in acting)


def test_common_words_are_listed_once() -> None:
    listed = words("common_words")
    assert len(listed) == len(set(listed)) > 300


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="社区垃圾分类义诊“”，。\n记者菜刀x1（）", max_size=80))
def test_any_text_gives_at_most_ten_words_of_its_own(text: str) -> None:
    line = text or "无"
    result = found(line)
    assert len(result) <= MOST
    assert result == found(line)
    assert len(set(result)) == len(result)
    assert all(word in line for word in result)
