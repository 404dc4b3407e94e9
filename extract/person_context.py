"""What stands beside a possible name: titles and roles before it, verbs of speech, courtesy and kin words after it."""

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from ahocorasick_rs import AhoCorasick

from extract.lexicon import rules, table, words
from extract.person_text import PersonText

OPEN = frozenset("\n 　，。；：、！？…—,;:!?（(《”’】）)·")
STOP = frozenset("\n 　，。；：、！？…—,;:!?（）()《》“”’】")
CLOSED = ("”", "’", "》")
SIGNS = frozenset("”’：: 　")
"""One may stand between a role and the name: “的哥”冯…, 主讲人：李…"""
BEFORE_AGE = frozenset("岁的\n")
"""What ends an age before a name, or its line."""
AGE_BEFORE = re.compile(r"[\d０-９一二三四五六七八九十]岁(?:的|高龄的|多的)?$")
AGE_AFTER = re.compile(
    r"""[（(，,]?\s*(?:
        [男女][，,、）)]                                   # （男，… ，女，
      | (?:今年|现年|时年|年仅|年近|已|刚满|已满|年满|不到)?[\d一二三四五六七八九十]{1,3}[多余]?岁   # 今年82岁
      | 化名[）)]
    )""",
    re.VERBOSE,
)
HOME = re.compile(r"家(?=[中里的，。门属院]|$)")
AGENT = frozenset("由被让请")
JOINS = frozenset("和与同及")
THING_ENDS = frozenset("坊馆厂院校班队区路街巷村镇乡县市省店寺庙祠局委族氏酒菜牌奖杯")
TRADE_ENDS = frozenset("员工师长者手匠农户生民家")
HUMBLE = (
    "老人",
    "夫妇",
    "夫妻",
    "一家",
    "一行",
    "等人",
    "父子",
    "母女",
    "父女",
    "母子",
    "兄弟",
    "姐妹",
    "两人",
    "二人",
)
LONGEST_END = 4
"""Of the words that follow subjects only those up to this length end a name; longer ones (竖起大拇指) speak for it."""


@dataclass(frozen=True, slots=True)
class Openings:
    """Words, looked for where they would begin; by their first characters, since at most places none does."""

    words: frozenset[str]
    sizes: Mapping[str, tuple[int, ...]]  # first character -> the lengths of the words, longest first

    @classmethod
    def of(cls, words: Iterable[str]) -> "Openings":
        """From the words."""
        known = frozenset(words)
        sizes: dict[str, set[int]] = {}
        for word in known:
            sizes.setdefault(word[0], set()).add(len(word))
        return cls(known, {first: tuple(sorted(lengths, reverse=True)) for first, lengths in sizes.items()})

    def begin(self, text: str, at: int) -> bool:
        """Whether one of the words begins at `at`."""
        sizes = self.sizes.get(text[at : at + 1])
        return sizes is not None and any(text[at : at + size] in self.words for size in sizes)


class PersonContext:
    """Weighs the surroundings of a stretch. Stateless after loading."""

    def __init__(self) -> None:
        weights: Any = rules("person_evidence")
        self._left: Mapping[str, float] = weights["left"]
        self._right: Mapping[str, float] = weights["right"]
        self._kinds = {row["word"]: row["kind"] for row in table("person_roles")}
        self._roles = tuple(self._kinds)
        self._find_roles = AhoCorasick(list(self._roles))
        self._said = frozenset(w for w, kind in self._kinds.items() if kind == "said")
        self._courtesy = frozenset(words("courtesy_titles"))
        self.titles = self._courtesy.union(self._roles)
        self._sequels = {row["word"]: row["kind"] for row in table("person_sequels")}
        self._evidence = Openings.of((*self._sequels, *self._courtesy, *HUMBLE))
        ends = [word for word in self._sequels if len(word) <= LONGEST_END]
        self._ends, self._long_ends = Openings.of(ends), Openings.of(word for word in ends if len(word) > 1)
        self._say = Openings.of(word for word in ends if self._sequels[word] == "say")
        self._things = Openings.of(words("named_things"))

    def roles(self, text: str) -> Mapping[int, str]:
        """The longest role or title that ends at each place, or before the one sign before it (“的哥”冯…, 主讲人：李…).

        >>> PersonContext().roles("社区党支部书记：王宁")  # community party secretary: Wang Ning
        {7: '党支部书记', 8: '党支部书记'}
        """
        found: dict[int, str] = {}
        for which, _, end in self._find_roles.find_matches_as_indexes(text, overlapping=True):
            role = self._roles[which]
            if end not in found or len(role) > len(found[end]):
                found[end] = role
        found |= {end + 1: role for end, role in found.items() if text[end : end + 1] in SIGNS}
        return found

    def kind(self, role: str) -> str:
        """office, work, resident, kin, ethnic, said, or "" for no role."""
        return self._kinds.get(role, "")

    def left(self, seen: PersonText, start: int, role: str, place_ends: AbstractSet[int]) -> float:
        """What stands before `start`: the `role` and the word that end there; `place_ends` are the ends of places."""
        if role:
            return self._left["said"] if role in self._said else self._left["role"]
        before = seen.text[start - 1] if start else "\n"
        if before in BEFORE_AGE and AGE_BEFORE.search(seen.text, max(0, start - 8), start):
            return self._left["age"]
        if before in TRADE_ENDS and len(seen.word_before(start)) > 1:
            return self._left["trade"]
        if before == "的":
            return self._left["of"] + (self._left["of_place"] if start - 1 in place_ends else 0.0)
        if before in AGENT:
            return self._left["agent"]
        if before in OPEN:
            return self._left["open"]
        if (before.isascii() and before.isalnum()) or before in "“‘":
            return self._left["inside_word"]
        return 0.0

    def right(self, seen: PersonText, end: int) -> float:
        """What stands from `end` on."""
        text = seen.text
        after = text[end : end + 1]
        if after in CLOSED and self.in_quotes(text, end):
            return self._right["quoted"]
        if text[end - 2 : end] in self._things.words or self._things.begin(text, end):
            return self._right["thing"]
        if text[end - 1 : end + 1] in self._sequels:  # 王宁来|到: the name ends a character earlier
            return self._right["torn"]
        if text[end - 1] in JOINS and not self._closes(text, end):
            return self._right["joined"]
        sizes = self._evidence.sizes.get(after, ())
        if sizes and text.startswith(HUMBLE, end):
            return self._right["group"]
        if AGE_AFTER.match(text, end):
            return self._right["age"]
        best = 0.0
        for size in sizes:
            following = text[end : end + size]
            if following in self._courtesy and (size > 1 or end + 1 == len(text)):
                return self._right["title"]
            kind = self._sequels.get(following)
            if kind:
                best = max(best, self._right[kind])
        if after == "家" and HOME.match(text, end):
            best = max(best, self._right["home"])
        if seen.verb_at(end):
            best = max(best, self._right["verb"])
        if not best and (not after or after in STOP):
            best = self._right["stop"]
        return best

    def _closes(self, text: str, end: int) -> bool:
        return end == len(text) or text[end] in STOP or text[end] == "的" or self.says(text, end)

    @staticmethod
    def in_quotes(text: str, end: int) -> bool:
        """Whether a short quotation that began just before ends at `end` (“蒲公英”): a title, no person."""
        return any(text[end - size] in "“‘《" for size in (3, 4, 5) if end >= size)

    def names_a_thing(self, text: str, end: int) -> bool:
        """Whether what stands before `end` names a road, a school, a spirit … (王杰中学, 雷锋精神)."""
        return text[end - 2 : end] in self._things.words or self._things.begin(text, end)

    def follows(self, seen: PersonText, end: int) -> bool:
        """Whether a name may end at `end`: punctuation, 的, or what usually follows a subject."""
        return seen.verb_at(end) or self.ends(seen.text, end)

    def ends(self, text: str, end: int) -> bool:
        """The same by the characters alone, without the segmenter's verbs."""
        return end == len(text) or text[end] in STOP or text[end] == "的" or self._ends.begin(text, end)

    def long_sequel(self, text: str, end: int) -> bool:
        """Whether a word of two and more characters that follows subjects begins at `end`."""
        return self._long_ends.begin(text, end)

    def says(self, text: str, end: int) -> bool:
        """Whether a verb of speech follows."""
        return self._say.begin(text, end)
