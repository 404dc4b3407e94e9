"""Where an organization's name begins: the hard edge. 邀请|城南派出所, 走进|文昌路小学, 与|黄淮学院|联办.

From the ending the words are walked leftwards as long as they can belong to the name; every step is one of the few
things names are made of, tried in the order in which they stand in `Walk.step`.
"""

from bisect import bisect_right
from collections.abc import Iterator

from extract.lexicon import words as lexicon
from extract.org_forms import ORDINAL, Head, OrganizationForms
from extract.org_stems import CLOSING, OPENING, STOPS, Stems
from extract.org_walk import Walk
from extract.tokens import Words
from schemas.annotations import Mention

QUOTE = 14
"""A quoted name is at most this long: “小脚印”育儿服务队."""
BEHIND_QUOTE = 4
"""So many characters of plain nouns may stand between a quotation and the ending: “邻里帮”|家电|服务队."""
SPEAKS = frozenset("，。；！？、,;!?")
"""Marks that no quoted name holds; what has one is somebody's words."""
STEM_WORDS, STEM = 4, 9
SHORTENED = {"city": 1, "district": 1, "street": 2, "community": 2}
"""Places whose names also stand without their suffix of so many characters (镇, 乡 and 村: one)."""
NUMBERED_BARE = frozenset(("police", "office", "hospital"))
"""Kinds of bodies whose number may stand without 第."""
FOUNDERS = frozenset(lexicon("founding_bodies"))
"""They stand before the place of their own local body: 共青团|南京市委, 国网|吉林省电力公司."""
LONGEST_FOUNDER = max(map(len, FOUNDERS))
FOUNDER_ENDS = frozenset(founder[-1] for founder in FOUNDERS)


class Edges:
    """Finds where names begin in one text."""

    def __init__(self, words: Words, forms: OrganizationForms, places: list[Mention], heads: list[Head]) -> None:
        self._words, self._forms = words, forms
        self._text = words.text
        self._places: dict[int, Mention] = {}  # the longest that ends at a place
        for m in places:
            if m.end not in self._places or m.start <= self._places[m.end].start:
                self._places[m.end] = m
        self._place_starts = sorted((m.start, m.end) for m in places)
        self._shorts = frozenset(short for m in places for short in _short_forms(m))
        self._heads = {h.end: h for h in heads if h.rule != "number"}
        self._stems = Stems(words, forms, self._places, self._heads)

    def walk(self, head: Head) -> Walk:
        """The name that `head` ends, walked to its left edge."""
        at = Walk(head, head.start)
        if head.rule == "number":
            self._ordinal(at)
        if head.rule == "proper":
            self._epithet(at)
        while at.start > 0 and self._step(at):
            pass
        self._founder(at)
        self._enclosed(at)
        return at

    def _enclosed(self, at: Walk) -> None:
        """A name that fills a pair of quotation marks: “|桂花树下|议事厅|”. They settle its edge."""
        close = self._text[at.head.end : at.head.end + 1]
        if close not in OPENING or at.quoted or at.places:
            return
        opening = self._text.rfind(OPENING[close], max(0, at.head.start - QUOTE), at.head.start)
        inside = self._text[opening + 1 : at.head.start]
        if opening < 0 or len(inside) < 2 or any(c in STOPS for c in inside):
            return
        if all(self._forms.is_generic(w) or self._forms.is_modifier(w) for w in self._cut(opening + 1, at.head.start)):
            return
        at.start, at.stem, at.tags, at.enclosed = opening + 1, [inside], ["x"], True

    def _cut(self, start: int, end: int) -> Iterator[str]:
        """The segmenter's words in [start, end), the last one cut at `end`."""
        for i in self._words.between(start, end):
            yield self._text[max(start, self._words.starts[i]) : min(end, self._words.starts[i + 1])]

    def _step(self, at: Walk) -> bool:
        """One step to the left; False at the edge. What is tried first is taken first."""
        if at.national:
            return self._place(at) or self._seat(at)
        if self._place(at):
            return True
        if at.places and not self._same_force(at) and not self._posted(at):
            return False
        if self._quote(at) or self._owner(at):
            return True
        inner_steps = (self._inner, self._joined, self._national, self._ordinal, self._short_place, self._word)
        return not at.quoted and any(step(at) for step in inner_steps)

    def _place(self, at: Walk) -> bool:
        """A place right before: 雁塔区|民政局. Only further places can stand before it."""
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

    def _epithet(self, at: Walk) -> None:
        """爱心|理发队, which the segmenter may have cut elsewhere."""
        for size in (4, 3, 2):
            stem = self._text[max(0, at.start - size) : at.start]
            if len(stem) == size and self._forms.is_epithet(stem) and self._stems.firm(at.start - size):
                at.start, at.stem, at.tags = at.start - size, [stem], ["nz"]
                return

    def _posted(self, at: Walk) -> bool:
        """交通银行|驻|石桥镇高家村|工作队: a body's team at a place that is not its own."""
        owner = self._heads.get(at.start - 1)
        if owner is None or self._text[at.start - 1] != "驻" or owner.start >= at.start - 1:
            return False
        at.stem, at.tags, at.places, at.inner = [], [], [], 0
        at.owner, at.start, at.posted = owner, owner.start, True
        return True

    def _founder(self, at: Walk) -> None:
        """共青团|南京市委: who stands before the place and belongs to the name."""
        if self._text[at.start - 1 : at.start] not in FOUNDER_ENDS:
            return
        before = self._text[max(0, at.start - LONGEST_FOUNDER) : at.start]
        at.founder = next((before[i:] for i in range(len(before)) if before[i:] in FOUNDERS), "")
        at.start -= len(at.founder)

    def _quote(self, at: Walk) -> bool:
        """A quoted name: “蜜蜂”|党员服务队."""
        close = self._text[at.start - 1]
        if close not in CLOSING or len(at.proper) > BEHIND_QUOTE:
            return False
        opening = self._text.rfind(OPENING[close], max(0, at.start - QUOTE - 2), at.start)
        inside = self._text[opening + 1 : at.start - 1]
        if opening < 0 or not inside or any(c in SPEAKS for c in inside):
            return False
        at.start, at.quoted = opening, True
        return True

    def _owner(self, at: Walk) -> bool:
        """The body that this one belongs to: 徐州市公安局|交警支队."""
        head = self._heads.get(at.start)
        if head is None or head.start >= at.start or (at.owner and len(at.stem) > 1):
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
        """A town before 国家: 昆明|国家地震台."""
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
        """城市管理|和|综合执法|局: two inner words joined, where a place or 国家 stands before them."""
        bare = at.start == at.head.start and at.head.end - at.head.start < 3
        if at.stem or bare or at.head.kind != "office" or self._text[at.start - 1] not in "和与":
            return False
        start = at.start - 1
        while (inner := self._forms.modifier_before(self._text, start, 0)) != start:
            start = inner
        national = self._forms.national_before(self._text, start, 0) < start
        if start == at.start - 1 or not (start in self._places or national):
            return False
        at.inner += at.start - start
        at.start = start
        return True

    def _ordinal(self, at: Walk) -> bool:
        found = ORDINAL.search(self._text, max(0, at.start - 5), at.start)
        if not found or at.stem:
            return False
        if self._text[found.start()] != "第" and at.head.rule != "number" and at.head.kind not in NUMBERED_BARE:
            return False
        if at.head.kind == "hospital" and found.start() not in self._places and self._text[found.start()] != "第":
            return False  # 株洲市|三|医院 is one hospital, 全市三|家|医院 are three
        if not self._words.begins(found.start()):
            return False
        at.start, at.ordinal = found.start(), True
        return True

    def _short_place(self, at: Walk) -> bool:
        """A place of the article without its suffix: 道里|公安分局 beside 道里区."""
        for size in (4, 3, 2):
            if self._text[at.start - size : at.start] in self._shorts:
                at.start -= size
                at.stem.insert(0, self._text[at.start : at.start + size])
                at.tags.insert(0, "ns")
                return True
        return False

    def _word(self, at: Walk) -> bool:
        """A word of the proper name itself."""
        if self._text[at.start - 1] in STOPS or self._text[at.start - 1] in CLOSING or self._in_place(at.start):
            return False
        number = self._words.at(at.start - 1)
        start, tag = self._words.starts[number], self._words.tags[number]
        if self._forms.crossed(self._text, start) and at.start > start + 2:
            start, tag = start + 2, "x"
        word = self._text[start : at.start]
        if not self._stems.may_hold(word, tag, start, at):
            return False
        if len(at.stem) >= STEM_WORDS or len(at.proper) + len(word) > STEM:
            at.firm = False
            return False
        at.stem.insert(0, word)
        at.tags.insert(0, tag)
        at.start = start
        return True

    def _in_place(self, offset: int) -> bool:
        place = self._place_over(offset)
        return bool(place and place[0] < offset < place[1])

    def _place_over(self, offset: int) -> tuple[int, int] | None:
        i = bisect_right(self._place_starts, (offset, len(self._text) + 1)) - 1
        if i >= 0 and self._place_starts[i][0] <= offset < self._place_starts[i][1]:
            return self._place_starts[i]
        return None


def _short_forms(place: Mention) -> Iterator[str]:
    """道里 of 道里区, 牛市口 of 牛市口街道."""
    cut = 1 if place.name[-1] in "镇乡村" else SHORTENED.get(place.type, 0)
    if cut and len(place.name) - cut > 1:
        yield place.name[:-cut]
