"""Where an organization's name begins: the hard edge. 邀请|北街派出所, 走进|红星街小学, 与|西南科技大学|联办.

From the ending the words are walked leftwards as long as they can belong to the name; every step is one of the few
things names are made of, tried in the order in which they stand in `Walk.step`.
"""

from bisect import bisect_right
from dataclasses import dataclass, field

from extract.org_forms import ORDINAL, Head, OrganizationForms
from extract.tokens import Words
from schemas.annotations import Mention

STOPS = frozenset("，。、；：！？…—～“‘《》〈〉（）()【】[]{}<>,.;:!?\"'/|\\ \t\r\n　的")
NUMERALS = frozenset("一二三四五六七八九十百千万")
MEASURES = frozenset("家个名位支所座间处条群批些种类项份大级次场届回年月日号人户名")
CLOSING = "”’"
OPENING = {"”": "“", "’": "‘"}
QUOTE = 14
"""A quoted name is at most this long: “你我童行”育儿服务队."""
STEM_WORDS, STEM = 4, 9
FUNCTION_TAGS = ("p", "c", "u", "r", "y", "e", "o", "q", "f", "t")
NUMBER_TAGS = ("m", "r", "t")
VERB_NAMED = frozenset({"school", "university", "hospital", "care", "company"})
WEAK_TAGS = ("v", "d", "a")


@dataclass(slots=True)
class Walk:
    """The state of one walk: `start` moves left from `head.start`; what was taken is kept for the judgement."""

    head: Head
    start: int
    places: list[Mention] = field(default_factory=list)
    stem: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    inner: int = 0
    owner: Head | None = None
    below: tuple[int, tuple[str, ...], tuple[str, ...]] = (0, (), ())
    quoted: bool = False
    national: bool = False
    ordinal: bool = False
    firm: bool = True


class Edges:
    """Finds where names begin in one text."""

    def __init__(self, words: Words, forms: OrganizationForms, places: list[Mention], heads: list[Head]) -> None:
        self._words, self._forms = words, forms
        self._text = words.text
        self._places = {m.end: m for m in sorted(places, key=lambda m: m.start - m.end, reverse=True)}
        self._place_starts = sorted((m.start, m.end) for m in places)
        self._heads = {h.end: h for h in heads if h.rule != "number"}

    def walk(self, head: Head) -> Walk:
        """The name that `head` ends, walked to its left edge."""
        at = Walk(head, head.start)
        if head.rule == "number":
            self._ordinal(at)
        while at.start > 0 and self._step(at):
            pass
        return at

    @staticmethod
    def without_owner(at: Walk) -> Walk | None:
        """The part of the name below its owner, where that part has a name of its own: 公安分局|通江派出所."""
        start, stem, tags = at.below
        return Walk(at.head, start, stem=list(stem), tags=list(tags)) if at.owner and stem else None

    def _step(self, at: Walk) -> bool:
        """One step to the left; False at the edge."""
        if at.national:
            return self._place(at) or self._seat(at)
        return self._place(at) or (
            (not at.places or self._same_force(at))
            and (
                self._quote(at)
                or self._owner(at)
                or (not at.quoted and (self._inner(at) or self._joined(at) or self._national(at) or self._ordinal(at) or self._word(at)))
            )
        )

    def _place(self, at: Walk) -> bool:
        """A place right before: 鲤城区|民政局. Only further places can stand before it."""
        place = self._places.get(at.start)
        if place is None or place.start >= at.start:
            return False
        at.places.insert(0, place)
        at.start = place.start
        return True

    def _same_force(self, at: Walk) -> bool:
        """公安分局|通江|派出所: a town inside a name, between a body and a body of the same kind."""
        owner = self._heads.get(at.start)
        if owner is None or owner.kind != at.head.kind or len(at.places) != 1 or owner.start >= at.start:
            return False
        at.stem, at.tags, at.places = [self._text[at.start : at.places[0].end]], ["ns"], []
        return True

    def _quote(self, at: Walk) -> bool:
        """A quoted name: “红管家”|党员服务队."""
        close = self._text[at.start - 1]
        if close not in CLOSING or at.stem:
            return False
        opening = self._text.rfind(OPENING[close], max(0, at.start - QUOTE - 2), at.start)
        inside = self._text[opening + 1 : at.start - 1]
        if opening < 0 or not inside or any(c in "，。；！？、" for c in inside):
            return False
        at.start, at.quoted = opening, True
        return True

    def _owner(self, at: Walk) -> bool:
        """The body that this one belongs to: 绵阳市公安局|交警支队."""
        head = self._heads.get(at.start)
        if head is None or head.start >= at.start or at.owner and len(at.stem) > 1:
            return False
        if self._is_word_tail(head):
            return False
        at.owner, at.start, at.below = head, head.start, (at.start, tuple(at.stem), tuple(at.tags))
        at.stem, at.tags, at.inner = [], [], 0
        return True

    def _is_word_tail(self, head: Head) -> bool:
        """Whether a one-character ending is only the end of a word (布局, 大厅)."""
        return head.end - head.start == 1 and self._words.starts[self._words.at(head.start)] < head.start

    def _national(self, at: Walk) -> bool:
        start = self._forms.national_before(self._text, at.start, 0)
        if start == at.start or not self._words.begins(start):
            return False
        at.national = True
        at.start = start
        return True

    def _seat(self, at: Walk) -> bool:
        """A town before 国家: 北京|国家地震观象台."""
        number = self._words.at(at.start - 1)
        if at.stem or self._words.tags[number] != "ns" or self._text[at.start - 1] in STOPS:
            return False
        at.stem, at.tags = [self._words.words[number]], ["ns"]
        at.start = self._words.starts[number]
        return True

    def _inner(self, at: Walk) -> bool:
        """A word that says what the body is for: 综合行政执法|队. Never beyond the proper name."""
        if at.stem:
            return False
        start = self._forms.modifier_before(self._text, at.start, 0)
        if start == at.start or self._in_place(start):
            return False
        at.inner += at.start - start
        at.start = start
        return True

    def _joined(self, at: Walk) -> bool:
        """城市管理|和|综合执法|局: two inner words joined, where a place stands before them."""
        if at.stem or at.start == at.head.start and at.head.end - at.start < 3 or self._text[at.start - 1] not in "和与" or at.head.kind != "office":
            return False
        start = at.start - 1
        while (inner := self._forms.modifier_before(self._text, start, 0)) != start:
            start = inner
        if start == at.start - 1 or start not in self._places and not self._forms.national_before(self._text, start, 0) < start:
            return False
        at.inner += at.start - start
        at.start = start
        return True

    def _ordinal(self, at: Walk) -> bool:
        found = ORDINAL.search(self._text, max(0, at.start - 5), at.start)
        if not found or at.stem:
            return False
        if self._text[found.start()] != "第" and at.head.rule != "number" and at.head.kind not in ("police", "office"):
            return False
        if not self._words.begins(found.start()):
            return False
        at.start, at.ordinal = found.start(), True
        return True

    def _word(self, at: Walk) -> bool:
        """A word of the proper name itself."""
        if self._text[at.start - 1] in STOPS or self._text[at.start - 1] in CLOSING:
            return False
        words = self._words
        number = words.at(at.start - 1)
        start, tag = words.starts[number], words.tags[number]
        place = self._place_over(at.start - 1)
        if place and place[0] < at.start < place[1]:
            return False
        word = self._text[start : at.start]
        if self._forms.is_edge(word) or tag.startswith(NUMBER_TAGS):
            return False
        if tag.startswith(FUNCTION_TAGS) and len(word) < (3 if tag[0] in "pcur" else 2):
            return False
        if self._forms.is_generic(word) and at.stem:
            return False
        if tag.startswith(WEAK_TAGS) and not self._place_in_reach(start) and (at.stem or at.head.kind not in VERB_NAMED or not self.firm(start)):
            return False
        if len(at.stem) >= STEM_WORDS or sum(map(len, at.stem)) + len(word) > STEM:
            at.firm = False
            return False
        at.stem.insert(0, word)
        at.tags.insert(0, tag)
        at.start = start
        return True

    @staticmethod
    def _number_name(word: str) -> bool:
        """三里|庵, 八一: a numeral that opens a name, not one with a measure word."""
        return len(word) == 2 and (word[0] in "百千万" or word[0] in NUMERALS and word[1] not in MEASURES)

    def _place_in_reach(self, start: int) -> bool:
        """Whether a place ends a few words before, with nothing between that ends a name: 长沙市|生活垃圾分类…"""
        number = self._words.at(start - 1) if start else -1
        for _ in range(3):
            if number < 0:
                return False
            if self._words.starts[number + 1] in self._places:
                return True
            word, tag = self._words.words[number], self._words.tags[number]
            if word[-1] in STOPS or self._forms.is_edge(word) or tag.startswith(FUNCTION_TAGS):
                return False
            number -= 1
        return False

    def _in_place(self, offset: int) -> bool:
        place = self._place_over(offset)
        return bool(place and place[0] < offset < place[1])

    def _place_over(self, offset: int) -> tuple[int, int] | None:
        i = bisect_right(self._place_starts, (offset, len(self._text) + 1)) - 1
        if i >= 0 and self._place_starts[i][0] <= offset < self._place_starts[i][1]:
            return self._place_starts[i]
        return None

    def firm(self, start: int) -> bool:
        """Whether a name plainly can begin at `start`: after punctuation, a place, or a word that stands before names."""
        if start == 0 or self._text[start - 1] in STOPS or self._text[start - 1] in CLOSING:
            return True
        if start in self._places:
            return True
        number = self._words.at(start - 1)
        if self._words.starts[number + 1] != start:
            return False
        word, tag = self._words.words[number], self._words.tags[number]
        return self._forms.is_edge(word) or tag.startswith(FUNCTION_TAGS)
