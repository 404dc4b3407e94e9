"""Words that make a number approximate: 约, 近, 不到 before it, 余, 多 on it, 以上, 左右 behind its measure word."""

import re
from functools import cache

from extract import lexicon
from schemas.annotations import Mod

GLUED = {
    "约": "节预签履合特纽制契条违婚相公邀大租简",
    "近": "附最临靠贴邻就亲接将远逼新",
    "超": "赶反高商B彩",
    "过": "通经超路不越渡难改错穿胜",
    "不到": "看找想听见得遇等达办做拿收买感",
    "不满": "",
    "突破": "",
}
"""An approximating word that ends a longer word is none: 节约3万元 saves, 附近30家 are nearby."""
BARE_ONLY = ("过", "上", "达")
"""Approximate only before a bare 百, 千, 万, 亿: 点赞过万 (over ten thousand likes), 上百人."""
LINKS = "有为达是在了共"
"""What may stand between the word and the number: 约|有|200人."""


def _words(where: str) -> dict[str, Mod]:
    mods: dict[str, Mod] = {"about": "about", "over": "over", "under": "under"}
    return {r["word"]: mods[r["mod"]] for r in lexicon.table("approximations") if r["where"] == where}


class Approximation:
    """Reads what stands around a number.

    >>> words = approximation()
    >>> words.before("旅客约340人次", 3), words.before("节约3万元", 2)  # about 260; saves
    (('about', 2), None)
    """

    def __init__(self) -> None:
        self._before, self._end = _words("before"), _words("end")
        longest = sorted(self._before, key=len, reverse=True)
        self._before_pattern = re.compile(rf"(?P<word>{'|'.join(longest)})(?:[{LINKS}])?[ “]?$")
        self._before_last = frozenset({*LINKS, *" “\n", *(word[-1] for word in longest)})
        self._end_pattern = re.compile("|".join(re.escape(w) for w in sorted(self._end, key=len, reverse=True)))
        self.after = _words("after")
        self.end_first = frozenset(word[0] for word in self._end)

    def before(self, text: str, start: int, bare: bool = False) -> tuple[Mod, int] | None:
        """The mod of the word that ends at `start` and where that word begins; `bare`: before a bare 百, 千, 万, 亿."""
        if bare and text[start - 1 : start] in BARE_ONLY and text[start - 1 : start]:
            if text[start - 2 : start - 1] not in tuple("以加网线路街车场身马早晚" + GLUED["过"]):
                return "over", start - 1
            return None
        if text[start - 1 : start] not in self._before_last:
            return None
        found = self._before_pattern.search(text, max(0, start - 6), start)
        if found is None:
            return None
        at, word = found.start("word"), found["word"]
        if at and text[at - 1] in GLUED.get(word, ""):
            return None
        return self._before[word], at

    def end(self, text: str, start: int) -> tuple[Mod, int] | None:
        """The mod of the word that begins at `start`, behind a measure word, and where that word ends."""
        if text[start : start + 1] not in self.end_first:
            return None
        found = self._end_pattern.match(text, start)
        if found is None:
            return None
        if found.group() == "许" and text[found.end() : found.end() + 1] in tuple("多可愿诺久昌"):
            return None
        return self._end[found.group()], found.end()


@cache
def approximation() -> Approximation:
    """The reader over the project's lexicon."""
    return Approximation()
