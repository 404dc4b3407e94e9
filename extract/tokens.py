"""Words: jieba's dictionary and algorithm, with the spans of numerals and times locked.

jieba alone cuts 三|千余名 and 11|月|1|日; what `numerals` and `times` read from the characters is therefore kept whole
and only the text between is segmented. This is the only module that imports a segmenter.
"""

import importlib.util
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.machinery import PathFinder
from itertools import accumulate
from types import ModuleType
from typing import Literal

SegmenterName = Literal["rjieba", "jieba"]
Segmenter = Callable[[str], list[tuple[str, str]]]
"""Text to (word, part-of-speech tag) pairs whose words, put together, are the text."""


@dataclass(frozen=True, slots=True, eq=False)  # the same only as itself: it is a key of caches
class Dictionary:
    """What a segmenter knows of words: `tag` cuts a text into (word, tag) pairs, `knows` looks one word up."""

    tag: Segmenter
    knows: Callable[[str], bool]


def dictionary(name: SegmenterName = "rjieba") -> Dictionary:
    """The dictionary and algorithm of a segmenter: one of one's own, no process-wide one is touched, nothing is logged.

    >>> dictionary().tag("社区组织居民")  # the community organises residents
    [('社区', 'n'), ('组织', 'v'), ('居民', 'n')]
    >>> dictionary().knows("辖区"), dictionary().knows("以三德")  # 'area under an office'; no word
    (True, False)
    """
    return _dictionary(name)


@cache
def _dictionary(name: SegmenterName) -> Dictionary:
    """Loaded once, however it is asked for: 25 MB and a tenth of a second."""
    if name == "jieba":
        return _plain_jieba()
    engine = _rjieba().Jieba()
    return Dictionary(engine.tag, engine.has_word)


def _rjieba() -> ModuleType:
    """The compiled module inside the package: the package itself loads a dictionary for the whole process."""
    name = "rjieba.rjieba"
    if name not in sys.modules:
        package = importlib.util.find_spec("rjieba")
        spec = PathFinder.find_spec(name, package.submodule_search_locations if package else None)
        if spec is None or spec.loader is None:
            raise ImportError("rjieba is not installed; pip install rjieba")
        sys.modules[name] = importlib.util.module_from_spec(spec)  # where a later `import rjieba` looks for it
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


def segmenter(name: SegmenterName = "rjieba") -> Segmenter:
    """Only the words and tags of `dictionary`."""
    return dictionary(name).tag


def _plain_jieba() -> Dictionary:
    """jieba itself, without its side effects: no log on standard error, no cache file in the shared temp folder."""
    import jieba.posseg  # type: ignore[import-untyped]  # half a second that only this engine costs

    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    tagger = jieba.posseg.POSTokenizer(tokenizer)
    return Dictionary(
        lambda text: [(word, tag) for word, tag in tagger.cut(text)],
        lambda word: bool(tokenizer.FREQ.get(word)),
    )


class Words:
    """The words of a text by character offset, for readers that look left and right of a place in it.

    `starts` has one more: where the text ends.
    """

    __slots__ = ("_begin", "starts", "tags", "text", "words")

    def __init__(self, words: list[str], tags: list[str]) -> None:
        self.text = "".join(words)
        self.words = words
        self.tags = tags
        self.starts = list(accumulate(map(len, words), initial=0))
        self._begin = frozenset(self.starts)

    def at(self, offset: int) -> int:
        """The number of the word that holds the character at `offset`."""
        return bisect_right(self.starts, offset) - 1

    def begins(self, offset: int) -> bool:
        """Whether a word begins (or the text ends) at `offset`."""
        return offset in self._begin or offset > self.starts[-1]

    def between(self, start: int, end: int) -> range:
        """The numbers of the words that share a character with [start, end)."""
        starts = self.starts
        return range(bisect_right(starts, start) - 1, bisect_right(starts, end - 1)) if end > start else range(0)


class WordCutter:
    """Text to words by a segmenter; `locked` finds the stretches [start, end) that must each stay one word."""

    def __init__(self, segment: Segmenter, locked: Callable[[str], Iterable[tuple[int, int]]]) -> None:
        self._segment = segment
        self._locked = locked

    def __call__(self, text: str) -> Words:
        """The words of `text`, which put together are the text, white space and line ends being words of their own.

        >>> words = WordCutter(segmenter(), lambda text: [(2, 5)])("发放三千余份材料")  # over 3000 leaflets
        >>> words.words, words.tags[1]
        (['发放', '三千余', '份', '材料'], 'm')
        """
        cut: list[tuple[str, str]] = []
        at = 0
        for start, end in sorted(self._locked(text)):
            if start < at:
                continue
            if at < start:
                cut += self._segment(text[at:start])
            cut.append((text[start:end], "m"))
            at = end
        if at < len(text):
            cut += self._segment(text[at:])
        return Words([word for word, _ in cut], [tag for _, tag in cut])
