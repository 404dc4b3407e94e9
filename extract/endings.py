"""Which of many words end at a place in a text, asked of their last two characters first: most places cost one look."""

from collections.abc import Iterable, Sequence


class Endings:
    """Words of two characters or more; shorter ones are not looked for.

    >>> Endings(["区", "新区", "高新区"]).starts("成都高新区", 5)  # district, new area, high-tech zone
    [2, 3]
    """

    __slots__ = ("_lengths", "_words")

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[-2:], set()).add(len(word))
        self._lengths = {tail: tuple(sorted(sizes, reverse=True)) for tail, sizes in lengths.items()}

    def starts(self, text: str, end: int, low: int = 0) -> Sequence[int]:
        """Where the words that end at `end` begin, the longest first, none before `low`."""
        lengths = self._lengths.get(text[end - 2 : end]) if end > 1 else None
        if lengths is None:
            return ()
        return [end - n for n in lengths if end - n >= low and text[end - n : end] in self._words]
