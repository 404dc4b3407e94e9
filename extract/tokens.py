"""Words: jieba's dictionary and algorithm in a spaCy Doc, with the spans of numerals and times locked.

jieba alone cuts 三|千余名 and 11|月|1|日; what `numerals` and `times` read from the characters is therefore kept whole
and only the text between is segmented. This is the only module that imports a segmenter.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

import jieba.posseg  # type: ignore[import-untyped]
import rjieba
from spacy.tokens import Doc
from spacy.vocab import Vocab

from schemas.annotations import Span

SegmenterName = Literal["rjieba", "jieba"]
Segmenter = Callable[[str], list[tuple[str, str]]]
"""Text to (word, part-of-speech tag) pairs whose words, put together, are the text."""


def segmenter(name: SegmenterName = "rjieba") -> Segmenter:
    """A segmenter of one's own: no process-wide dictionary is touched, no cache file is shared.

    >>> segmenter("rjieba")("社区组织居民")  # the community organises residents
    [('社区', 'n'), ('组织', 'v'), ('居民', 'n')]
    """
    if name == "rjieba":
        return rjieba.Jieba().tag
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = None
    tagger = jieba.posseg.POSTokenizer(tokenizer)
    return lambda text: [(word, tag) for word, tag in tagger.cut(text)]


class NewsTokenizer:
    """A spaCy tokenizer over a segmenter; `locked` finds the spans that must each stay one token."""

    def __init__(self, vocab: Vocab, segment: Segmenter, locked: Callable[[str], Iterable[Span]]) -> None:
        self.vocab = vocab
        self._segment = segment
        self._locked = locked

    def __call__(self, text: str) -> Doc:
        """Text to Doc; the words put together are the text, white space and line ends being words of their own."""
        words, tags = [], []
        for word, tag in self._words(text):
            words.append(word)
            tags.append(tag)
        return Doc(self.vocab, words=words, tags=tags, spaces=[False] * len(words))

    def _words(self, text: str) -> Iterator[tuple[str, str]]:
        at = 0
        for span in sorted(set(self._locked(text))):
            if span.start < at:
                continue
            if at < span.start:
                yield from self._segment(text[at : span.start])
            yield text[span.start : span.end], "m"
            at = span.end
        if at < len(text):
            yield from self._segment(text[at:])
