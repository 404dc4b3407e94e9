"""Why a correction cannot be made, in the reader's language: the messages of corpus.corrections by their patterns."""

import re

from web.language import Language

_WORDS = r"'(?P<words>.*?)'"
_PATTERNS = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        rf"{_WORDS} is printed (?P<count>\d+) times.*",
        rf"{_WORDS} is in it (?P<count>\d+) times.*",
        rf"{_WORDS} is not in it.*",
        rf"{_WORDS} is not on the page as it was read.*",
        rf"nothing is called {_WORDS} here.*",
        rf"of which type is {_WORDS}\?.*",
        r"there is no block (?P<words>\S+);.*",
        r".*set\.value: .* is no date in EDTF.*",
        r".*set\.(?P<words>value|max) is no number.*",
        r".*set\.code is not .* digits.*",
        r".*has control characters or blanks around it.*",
        r".*has more than (?P<count>\d+) characters.*",
        r".*another article of this page.*",
        r".*something is missing.*",
        r".*nothing is otherwise than it was.*",
        r".*it changes nothing: the article reads so already.*",
        r".*not known which paper.*",
        r".*its text is another since it was looked at.*",
        r".*no article of its page reads .* any more.*",
        r".*choose what is to be changed.*",
        r"it was changed meanwhile.*",
        r".* is being written by .*",
        r".*another large change is being carried out.*",
    )
)


def in_words(message: str, speech: Language) -> str:
    """The message in words of the page; one that is not known stays as it is."""
    plain = message.removeprefix("it cannot be applied: ").removesuffix("; nothing was changed")
    for pattern, text in zip(_PATTERNS, _texts(speech), strict=True):
        if match := pattern.fullmatch(plain):
            return text % match.groupdict() if match.groupdict() else text
    return plain


def _texts(speech: Language) -> tuple[str, ...]:
    """In the order of the patterns."""
    text = speech.text
    return (
        text("“%(words)s” is printed here %(count)s times; mark the place that you mean, or write more of the words."),
        text("“%(words)s” is printed here %(count)s times; mark the place that you mean, or write more of the words."),
        text("“%(words)s” is not printed in this article; use its own words."),
        text("“%(words)s” is not printed on this page; use its own words."),
        text("Nothing here is called “%(words)s”; mark it in the text first."),
        text("Choose of which type “%(words)s” is."),
        text("There is no block %(words)s."),
        text("That is no date: write it like 2024-03-05, or 2024-03-05/2024-03-12 for some days."),
        text("That is no number."),
        text("An official code has 6, 9 or 12 digits."),
        text("There are signs in it that cannot be printed, or blanks around it."),
        text("It has more than %(count)s characters."),
        text("Choose another article of this page."),
        text("Something is missing: choose or write what is right."),
        text("Nothing is otherwise than it was; change a field first."),
        text("It changes nothing: the article reads so already."),
        text("It is not known which paper this is from; choose this article, or all."),
        text("Its text is another one since somebody looked at it."),
        text("What it is about is not on its page any more, or in more than one article."),
        text("Choose what is to be changed."),
        text("It was changed meanwhile, by somebody else or in another window. Look at it again as it is now."),
        text("Somebody else is writing to the archive just now, and nothing was saved. Try again in a moment."),
        text("Another large change is being carried out; wait until it is done."),
    )
