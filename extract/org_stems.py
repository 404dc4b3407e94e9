"""Which words can belong to an organization's own name: 消费经济|研究所 yes, 走进|小学 no.

Single words are judged by tag, length and what stands before them; the walk itself is in `org_edges`.
"""

from collections.abc import Mapping

from extract.org_forms import Head, OrganizationForms
from extract.org_walk import Walk
from extract.tokens import Words
from schemas.annotations import Mention

NUMERALS = frozenset("一二三四五六七八九十百千万两几")
COUNTING = frozenset("家个名位支所座间处条群批些种类项份大级次场届回年月日号人户")
VAGUE = frozenset("数多几若许半全上好第近约逾超余诸各每0123456789０１２３４５６７８９")
FUNCTION_TAGS = ("p", "c", "u", "r", "y", "e", "o", "q", "f", "t")
NUMBER_TAGS = ("m", "r", "t")
INSIDE_NAMES = frozenset("里口门桥")
"""Single words that end place names (和平|里, 牛市|口) although they are edges elsewhere."""
VERB_NAMED = frozenset({"school", "university", "hospital", "care", "company"})
WEAK_TAGS = ("v", "d", "a")
STOPS = frozenset("，。、；：！？…—～“‘《》〈〉（）()【】[]{}<>,.;:!?\"'/|\\ \t\r\n　的")
CLOSING = "”’"
OPENING = {"”": "“", "’": "‘"}


class Stems:
    """Judges the words of one text; `places` and `heads` by where they end."""

    def __init__(
        self, words: Words, forms: OrganizationForms, places: Mapping[int, Mention], heads: Mapping[int, Head]
    ) -> None:
        self._words, self._forms, self._places, self._heads = words, forms, places, heads
        self._text = words.text

    def may_hold(self, word: str, tag: str, start: int, at: Walk) -> bool:
        """Whether a word can belong to a proper name; the tags of short words are not to be trusted far."""
        if word in INSIDE_NAMES and start and not at.stem:
            return self._words.tags[self._words.at(start - 1)].startswith(("ns", "nr", "nz", "n", "m"))
        if self._forms.is_edge(word) or (at.stem and self._forms.is_generic(word)):
            return False
        if word[0] in NUMERALS and word[-1] in COUNTING:  # 四大|服务团, 两家|医院
            return False
        if tag.startswith(NUMBER_TAGS) and not self._numbered(word, start, at):
            return False
        if tag.startswith(FUNCTION_TAGS) and len(word) < (3 if tag[0] in "pcur" else 2):
            return False
        if tag.startswith(WEAK_TAGS):
            named = not at.stem and at.head.kind in VERB_NAMED and self.firm(start)
            return named or self._place_in_reach(start) or self._text[start - 1 : start] in OPENING
        return True

    def _numbered(self, word: str, start: int, at: Walk) -> bool:
        """Whether a numeral belongs to the name: 三里|庵, 二|道|桥; 三|名 and 两|家 count."""
        if word[0] not in NUMERALS and len(word) == 2 and not word.isascii():
            return word[0] not in VAGUE and word[1] not in COUNTING  # 众一|律师事务所
        if word[0] not in NUMERALS:  # 道 of 二|道|桥, which the segmenter takes for a measure
            return len(word) == 1 and word not in COUNTING and bool(at.stem) and self._text[start - 1] in NUMERALS
        return len(word) == 2 or (len(word) == 1 and len(at.proper) > 1 and at.proper[0] not in COUNTING)

    def _place_in_reach(self, start: int) -> bool:
        """Whether a place or body ends a few words before, and nothing between ends a name: 长沙市|生活垃圾分类…"""
        number = self._words.at(start - 1) if start else -1
        for _ in range(3):
            if number < 0:
                return False
            end = self._words.starts[number + 1]
            if end in self._places or (end in self._heads and end - self._heads[end].start > 1):
                return True
            word, tag = self._words.words[number], self._words.tags[number]
            if tag == "ns" and len(word) > 1:
                return True
            if word[-1] in STOPS or self._forms.is_edge(word) or tag.startswith(FUNCTION_TAGS):
                return False
            number -= 1
        return False

    def firm(self, start: int) -> bool:
        """Whether a name plainly can begin at `start`: after punctuation, a place, or a word that stands before one."""
        if start == 0 or self._text[start - 1] in STOPS or self._text[start - 1] in CLOSING:
            return True
        if start in self._places or start in self._heads:
            return True
        number = self._words.at(start - 1)
        if self._words.starts[number + 1] != start:
            return False
        word, tag = self._words.words[number], self._words.tags[number]
        return self._forms.is_edge(word) or tag.startswith(FUNCTION_TAGS)
