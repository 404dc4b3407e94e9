"""Pages in traditional characters are read as if they were printed in simplified ones, position by position.

Every rule and word list of extraction is in simplified characters. A traditional page (Hong Kong, Taiwan, Macau,
overseas, old print) is folded to them one for one before anything else, so that every offset counts on the page as it
was printed; `printed` puts the printed characters back into what was found. A simplified page is left alone: whether
a page is traditional is decided by the characters that only one of the two scripts has.
"""

import re
import unicodedata
from functools import cache

import opencc

from extract.lexicon import table

LEAST_TRADITIONAL = 0.2
"""Share of traditional ones among the characters of one script only, from which a page is folded. Folding leaves
simplified text as it is nearly always, so that a page of both loses nothing."""
FEWEST = 2
LEAST_OF_A_LINE, FEWEST_OF_A_LINE = 0.8, 10
"""In a page below that a line is folded which is traditional throughout: a paragraph of another paper. A shop's sign
or a verse has fewer such characters."""
SURROGATES = re.compile("[\ud800-\udfff]")
COPIES = (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20))
"""Radicals and compatibility ideographs: second code points of ordinary characters, as PDF fonts give them."""
PARTICLE, WORK = "着", "著"
"""Hong Kong and the mainland tell the two apart; Taiwan prints 著 for both, and its phrases tell (著名, 跟著)."""


def fold(text: str) -> str:
    """`text` as extraction reads it: the same length, each character in the place of the one it stands for.

    Text that is not traditional comes back unchanged, but for radicals and compatibility ideographs, which are other
    code points of the same characters. What is folded stays as it is when folded again.

    >>> fold("臺北市大安區的志工說：「著手整理後巷。」")  # volunteers in Taipei: "we set about clearing the back lane"
    '台北市大安区的志工说：“着手整理后巷。”'
    >>> fold("后里干净，「乾隆」年间")  # simplified: Houli is clean; the Qianlong years
    '后里干净，「乾隆」年间'
    """
    if text.isascii():
        return text
    text = text.translate(_copies())
    if _is_plain(text):
        return text
    traditional, simplified = _evidence(text)
    if not traditional:
        return text
    taiwan = text.count(WORK) > text.count(PARTICLE)
    whole = _is_traditional(traditional, simplified)
    # line by line, so that a line whose words do not come out at its length costs no other its phrases
    return "".join(
        _line(line, taiwan) if whole or _throughout(line) else line for line in text.splitlines(keepends=True)
    )


def is_traditional(text: str) -> bool:
    """Whether text is printed in traditional characters; some simplified ones among them do not matter.

    >>> is_traditional("灣仔街坊"), is_traditional("湾仔街坊"), is_traditional("街坊")  # "Wan Chai neighbours"
    (True, False, False)
    """
    return _is_traditional(*_evidence(text))


def _is_plain(text: str) -> bool:
    """Whether GB 2312 holds every ideograph: then none is a traditional one, and no table need be read to know it."""
    ideographs = "".join(c for c in set(text) if "\u4e00" <= c <= "\u9fff")
    try:
        ideographs.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _evidence(text: str) -> tuple[int, int]:
    """How many characters only traditional text has, and how many only simplified text."""
    used = set(text)
    traditional, simplified = (sum(map(text.count, used & script)) for script in _of_one_script())
    return traditional, simplified


def _is_traditional(traditional: int, simplified: int) -> bool:
    enough = traditional >= FEWEST or (traditional > 0 and not simplified)
    return enough and traditional >= LEAST_TRADITIONAL * (traditional + simplified)


def _throughout(line: str) -> bool:
    if len(line) < FEWEST_OF_A_LINE:
        return False
    traditional, simplified = _evidence(line)
    return traditional >= FEWEST_OF_A_LINE and traditional >= LEAST_OF_A_LINE * (traditional + simplified)


def _line(line: str, taiwan: bool) -> str:
    line = SURROGATES.sub("\ufffd", line).translate(_variants())  # OpenCC takes what UTF-8 can say
    read = _converted(line, "hk2s")
    if taiwan and WORK in line:
        by_phrase = _converted(line, "tw2s")
        read = "".join(p if c == WORK else r for c, r, p in zip(line, read, by_phrase, strict=True))
    for row in table("traditional_words"):
        read = read.replace(row["printed"], row["read"])
    return read


def _converted(line: str, table_name: str) -> str:
    """`line` by one of OpenCC's conversions: by phrases, or by characters where its phrases change the length."""
    convert = _converter(table_name).convert
    whole: str = convert(line)
    if len(whole) == len(line):
        return whole
    return "".join(one if len(one := convert(c)) == 1 else c for c in line)


@cache
def _converter(table_name: str) -> opencc.OpenCC:
    return opencc.OpenCC(table_name)


@cache
def _variants() -> dict[int, str]:
    rows = (*table("traditional_variants"), *table("traditional_marks"))
    return {ord(row["printed"]): row["read"] for row in rows}


@cache
def _copies() -> dict[int, str]:
    made = ((code, unicodedata.normalize("NFKC", chr(code))) for code in COPIES)
    return {code: text for code, text in made if len(text) == 1 and text != chr(code)}


@cache
def _of_one_script() -> tuple[frozenset[str], frozenset[str]]:
    """Characters that only traditional text has, and those that only simplified text has."""
    characters = {row["script"]: frozenset(row["characters"]) for row in table("one_script")}
    return characters["traditional"], characters["simplified"]
