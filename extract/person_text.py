"""An article as the readers of persons see it: its words by where they begin, and the roles that names stand behind."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count

from extract.tokens import Words

FOLLOWING = frozenset("vdp")
"""First letters of the tags of words that follow subjects."""


@dataclass(frozen=True, slots=True)
class PersonText:
    """The text with what is asked at many places of it."""

    text: str
    words: Words
    number: Mapping[int, int]  # where each word begins, and where the text ends -> the number of the word
    roles: Mapping[int, str]  # where a role or title ends, or the one sign behind it -> the longest such role

    @classmethod
    def of(cls, words: Words, roles: Mapping[int, str]) -> "PersonText":
        """From the words of an article, and its roles (`person_context`)."""
        return cls(words.text, words, dict(zip(words.starts, count(), strict=False)), roles)

    def word_before(self, at: int) -> str:
        """The word that ends at `at`; the two characters before, where the segmenter cut elsewhere."""
        number = self.number.get(at)
        if number is None:
            return self.text[max(0, at - 2) : at]
        return self.words.words[number - 1] if number else ""

    def verb_at(self, at: int) -> bool:
        """Whether a word that follows subjects begins at `at`: a verb, an adverb or a preposition."""
        number = self.number.get(at)
        return number is not None and at < len(self.text) and self.words.tags[number][:1] in FOLLOWING
