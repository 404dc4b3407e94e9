"""What stands beside a possible name: titles and roles before it, verbs of speech, courtesy and kin words after it."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from extract.lexicon import rules, table, words

OPEN = frozenset("\n 　，。；：、！？…—,;:!?（(《”’】）)·")
STOP = frozenset("\n 　，。；：、！？…—,;:!?（）()《》“”’】")
CLOSED = ("”", "’", "》")
CLOSE_QUOTE, NAME_SIGN = "”’", "：: 　"
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


class PersonContext:
    """Weighs the surroundings of a stretch. Stateless after loading."""

    def __init__(self) -> None:
        weights: Any = rules("person_evidence")
        self._left: Mapping[str, float] = weights["left"]
        self._right: Mapping[str, float] = weights["right"]
        self._roles = {row["word"]: row["kind"] for row in table("person_roles")}
        self._said = frozenset(w for w, kind in self._roles.items() if kind == "said")
        self._sequels = {row["word"]: row["kind"] for row in table("person_sequels")}
        self._titles = frozenset(words("courtesy_titles"))
        self._things = frozenset(words("named_things"))
        self.role_words = tuple(self._roles)
        self._role_lengths = _lengths_by_last(self._roles)

    def role_before(self, text: str, start: int) -> str:
        """The longest role or title that ends right before `start` (also “的哥”冯…, 主讲人：李…), or "".

        >>> PersonContext().role_before("社区党支部书记王宁", 7)  # community party secretary Wang Ning
        '党支部书记'
        """
        end = start
        while end and text[end - 1] in CLOSE_QUOTE + NAME_SIGN:
            end -= 1
        if start - end > 1:
            return ""
        for size in self._role_lengths.get(text[end - 1 : end], ()):
            if size <= end and text[end - size : end] in self._roles:
                return text[end - size : end]
        return ""

    def kind(self, role: str) -> str:
        """office, work, resident, kin, ethnic, said, or "" for no role."""
        return self._roles.get(role, "")

    def is_title(self, word: str) -> bool:
        """Whether `word` is a role or a courtesy word."""
        return word in self._roles or word in self._titles

    def left(self, text: str, start: int, role: str, place_ends: frozenset[int], word_before: str) -> float:
        """What stands before `start`: the `role` and the word that end there; `place_ends` are the ends of places."""
        if role:
            return self._left["said"] if role in self._said else self._left["role"]
        if start and AGE_BEFORE.search(text, max(0, start - 8), start):
            return self._left["age"]
        if len(word_before) > 1 and word_before[-1] in TRADE_ENDS:
            return self._left["trade"]
        before = text[start - 1] if start else "\n"
        if before == "的":
            return self._left["of"] + (self._left["of_place"] if start - 1 in place_ends else 0.0)
        if before in AGENT:
            return self._left["agent"]
        if before in OPEN:
            return self._left["open"]
        if (before.isascii() and before.isalnum()) or before in "“‘":
            return self._left["inside_word"]
        return 0.0

    def right(self, text: str, end: int, verbs: frozenset[int] = frozenset()) -> float:
        """What stands from `end` on; `verbs` are the starts of words that follow subjects."""
        if text[end : end + 1] in CLOSED and self.in_quotes(text, end):
            return self._right["quoted"]
        if self.names_a_thing(text, end):
            return self._right["thing"]
        if text[end - 1 : end + 1] in self._sequels:  # 王宁来|到: the name ends a character earlier
            return self._right["torn"]
        if text[end - 1] in JOINS and not self._closes(text, end):
            return self._right["joined"]
        if text.startswith(HUMBLE, end):
            return self._right["group"]
        if AGE_AFTER.match(text, end):
            return self._right["age"]
        best = 0.0
        for size in (5, 4, 3, 2, 1):
            following = text[end : end + size]
            if following in self._titles and size > 1:
                return self._right["title"]
            kind = self._sequels.get(following)
            if kind:
                best = max(best, self._right[kind])
        if HOME.match(text, end):
            best = max(best, self._right["home"])
        if end in verbs:
            best = max(best, self._right["verb"])
        if not best and (end == len(text) or text[end] in STOP):
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
        return text[end - 2 : end] in self._things or any(text[end : end + n] in self._things for n in (4, 3, 2, 1))

    def follows(self, text: str, end: int, verbs: frozenset[int] = frozenset()) -> bool:
        """Whether a name may end at `end`: punctuation, 的, or what usually follows a subject."""
        if end in verbs or end == len(text) or text[end] in STOP or text[end] == "的":
            return True
        return any(text[end : end + size] in self._sequels for size in (4, 3, 2, 1))

    def long_sequel(self, text: str, end: int) -> bool:
        """Whether a word of two and more characters that follows subjects begins at `end`."""
        return any(text[end : end + size] in self._sequels for size in (4, 3, 2))

    def says(self, text: str, end: int) -> bool:
        """Whether a verb of speech follows."""
        return any(self._sequels.get(text[end : end + size]) == "say" for size in (4, 3, 2, 1))


def _lengths_by_last(words: Iterable[str]) -> Mapping[str, tuple[int, ...]]:
    """The lengths, longest first, of the words that end in each character: most characters end none."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[-1], set()).add(len(word))
    return {last: tuple(sorted(lengths, reverse=True)) for last, lengths in found.items()}
