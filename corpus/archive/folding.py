"""What search holds for one and the same character: width, case, script, quotation marks and dashes, spaces of print.

The fold of a text is its characters one for one, whatever stands around them (`社區` as `社区`, `ＡＢＣ` as `abc`),
without what is not seen, and without spaces but between two letters or digits (`文 明`, `2024 年`; `Shui On` keeps its
space). A line feed, the end of a block, stays. A term is found in a text where its fold is a substring of the text's
fold; `pattern` finds the very same places in the text as printed.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

VERSION = 1
"""Of everything here that decides how a text is folded. An archive that holds another one makes its words anew."""
TABLES = ("han_folds", "sign_folds")
UNREADABLE = "\ufffd"
SPACES = "\t\v\f\r\x1c-\x1f \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
UNSEEN = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff"
)
NO_CHARACTERS = "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
"""Halves of characters, and code points that are none; the words of the index use some of these for signs of ASCII."""
CASED = (range(0x590), range(0x1E00, 0x2000), range(0x2160, 0x2180))
"""Where capitals are folded: Latin, Greek, Cyrillic, and the Roman numerals."""
FORMS = (
    range(0x2E80, 0x2FE0),
    range(0xF900, 0xFB00),
    range(0xFE10, 0xFE70),
    range(0xFF00, 0xFFF0),
    range(0x2F800, 0x2FA20),
)
"""Other code points of ordinary characters: radicals, compatibility ideographs, vertical and small forms, width."""
LETTER = r"[^\W_\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
"""A letter or digit of a script that sets spaces between its words."""
_SPACES = re.compile(rf"((?<={LETTER}) +(?={LETTER}))| +")


def fold(text: str) -> str:
    """`text` as search compares it; folded again it stays the same.

    >>> fold("朝陽區 ２０２４ 年“ＡＩ　Ｌａｂ”進社區")  # the AI lab visits a neighbourhood, Chaoyang district, 2024
    '朝阳区2024年"ai lab"进社区'
    """
    folded = text.translate(_folds())
    return _SPACES.sub(_kept, folded) if " " in folded else folded


def printable(text: str) -> str:
    """`text` without halves of characters, which SQLite refuses; a command line in another encoding has them.

    >>> printable("社\\udce5")
    '社\ufffd'
    """
    return re.sub("[\ud800-\udfff]", UNREADABLE, text)


def pattern(folded: str) -> re.Pattern[str]:
    """An expression that finds, in text as printed, the places whose fold is `folded`, which is a fold and not empty.

    >>> pattern(fold("文明社区")).search("创建文 明社區")  # building a civilised neighbourhood
    <re.Match object; span=(2, 7), match='文 明社區'>
    """
    parts: list[str] = []
    before = ""
    for character in folded:
        if character == " ":
            parts.append(f"[{UNSEEN}]*[{SPACES}][{SPACES}{UNSEEN}]*")
        else:
            if before not in ("", " "):
                inner = _is_letter(before) and _is_letter(character)
                parts.append(f"[{UNSEEN}]*" if inner else f"[{SPACES}{UNSEEN}]*")
            parts.append(_any_of(character))
        before = character
    return re.compile("".join(parts))


def printed(character: str) -> str:
    """The characters whose fold is `character`, a fold itself, with itself.

    >>> printed("区")
    '区區'
    """
    return character + _printed().get(character, "")


def _kept(spaces: re.Match[str]) -> str:
    return " " if spaces[1] else ""


@cache
def _is_letter(character: str) -> bool:
    return re.match(LETTER, character) is not None


@cache
def _any_of(character: str) -> str:
    inner = "".join(map(re.escape, printed(character))) + (NO_CHARACTERS if character == UNREADABLE else "")
    return f"[{inner}]" if len(inner) > 1 else inner


class _Folds(dict[int, str]):
    """For str.translate: what differs from its fold; whatever else is asked for stays, and is known from then on."""

    def __missing__(self, code: int) -> str:
        self[code] = chr(code)
        return self[code]


@cache
def _folds() -> Mapping[int, str]:
    listed = {ord(each): folded for folded, printed in _listed() for each in printed}
    folds = _Folds()
    folds.update(dict.fromkeys(_members(SPACES), " "))
    folds.update(dict.fromkeys(_members(UNSEEN), ""))
    folds.update(dict.fromkeys(_members(NO_CHARACTERS), UNREADABLE))
    for code in (*listed, *(code for codes in (*CASED, *FORMS) for code in codes)):
        if code in folds:
            continue
        before, now = "", chr(code)
        while before != now:
            before, now = now, _one(ord(now), listed)
        if ord(now) != code:
            folds[code] = folds.get(ord(now), now)
    return folds


def _one(code: int, listed: Mapping[int, str]) -> str:
    """One step of folding a character."""
    now = listed.get(code, chr(code))
    if any(code in codes for codes in FORMS):
        now = unicodedata.normalize("NFKC", now)
    elif any(code in codes for codes in CASED):
        now = now.lower()
    return now if len(now) == 1 else chr(code)


@cache
def _printed() -> Mapping[str, str]:
    """Every fold with the characters that have it."""
    printed: dict[str, str] = {}
    for code, folded in _folds().items():
        if folded not in ("", " ", UNREADABLE, chr(code)):
            printed[folded] = printed.get(folded, "") + chr(code)
    return printed


def _members(ranges: str) -> Iterator[int]:
    """The code points of ranges written as in an expression: "a-cx"."""
    for first, last in re.findall(r"(.)(?:-(.))?", ranges, re.DOTALL):
        yield from range(ord(first), ord(last or first) + 1)


def _listed() -> Iterator[tuple[str, str]]:
    for name in TABLES:
        lines = Path(__file__).with_name(f"{name}.tsv").read_text("utf-8").splitlines()
        rows = [line for line in lines if line and not line.startswith("#")]
        for row in rows[1:]:
            folded, printed = row.split("\t")
            yield folded, printed
