"""Page furniture: hotlines, mailboxes, imprints, column labels and page headers, which belong to no article."""

import re
from collections.abc import Sequence
from functools import cache

from extract import lexicon
from extract.column_labels import column_labels
from extract.lines import Piece

LABEL = re.compile(r"[【〖\[〔［][^】\]〕］]{1,24}[】〗\]〕］]|[◆●■▲★☆◇○]{1,3}[^，。]{2,10}[◆●■▲★☆◇○]{1,3}")
PHONE = r"(?:0\d{2,3}[-—－ ]?\d{7,8}|\d{7,8}|1\d{10}|400[-—－ ]?\d{3}[-—－ ]?\d{4}|\d{5})"
PHONES = re.compile(rf"[（(]?{PHONE}(?:[\s、,，/／]+{PHONE})*[）)]?")
NAMED_PHONE = re.compile(rf"[\u4e00-\u9fff\s]{{2,14}}[：:\s]*{PHONES.pattern}(?:\s*[（(][^）)]{{1,8}}[）)])?")
MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+|(?:https?://|www\.)\S+", re.ASCII)
WEEKDAY = r"星期[一二三四五六日天]"
PAGE_NUMBER = r"(?:第?\s*[A-Z]?\d{1,2}\s*版|[A-Z]\d{1,2}|[一二三四五六七八九十]{1,2}版)"
FULL_DATE = r"\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?"
HEADER_SIGNS = tuple(
    re.compile(sign)
    for sign in (FULL_DATE, WEEKDAY, PAGE_NUMBER, r"(?:^|\s)[\u4e00-\u9fff]{1,4}版(?:\s|$)", r"总?第\s*\d+\s*期")
)
BARE_PAGE = re.compile(
    rf"{PAGE_NUMBER}|{FULL_DATE}(?:\s*{WEEKDAY})?|\d{{1,2}}月\d{{1,2}}日\s*{WEEKDAY}|{WEEKDAY}|农历\S{{3,12}}"
)
HEADER_LETTER = re.compile(r"[\d版星农]")  # one of these stands in every page header
NUMBER = re.compile(r"\d{4}")  # and these in every telephone number
UNPRINTED = re.compile(r"[\W_]+")
LONGEST = 60
LABEL_OF_PHONE = 8
LABEL_OF_PAGE = 7
TOP = 3  # pieces among which the page's own label stands


def furniture(pieces: Sequence[Piece]) -> dict[int, str]:
    """The furniture among a page's pieces: index → reason.

    >>> from extract.lines import read_pieces
    >>> page = "江城社区报 2024年5月6日 星期一 第3版\\n\\n暖心食堂开张\\n\\n有事您说\\n027-85550000"
    >>> furniture(read_pieces(page))  # a header, a headline, a hotline's name and its number
    {0: 'header', 3: 'hotline', 2: 'hotline'}
    """
    found = {p.index: reason for p in pieces if (reason := reason_of(p.text))}
    for piece in pieces[:TOP]:
        if piece.length <= LABEL_OF_PAGE and piece.text.endswith(lexicon.words("page_labels")):
            found.setdefault(piece.index, "label")
    for below in [index for index, reason in found.items() if index and reason == "hotline"]:
        piece = pieces[below - 1]
        # a number alone on its line carries the name of its hotline above it, whatever the paper calls it
        named = piece.length <= LABEL_OF_PHONE and not re.search(r"[，。！？]", piece.text)
        if named and PHONES.fullmatch(pieces[below].text):
            found.setdefault(piece.index, "hotline")
    for index in column_labels(pieces, [piece.index in found for piece in pieces]):
        found[index] = "label"
    return found


def reason_of(text: str) -> str | None:
    """Why a line is furniture, or None."""
    if UNPRINTED.fullmatch(text):
        return "ornament"
    if len(text) > LONGEST:
        return None
    if LABEL.fullmatch(text):
        return "label"
    if NUMBER.search(text) and (PHONES.fullmatch(text) or NAMED_PHONE.fullmatch(text)):
        return "hotline"
    if _may_hold_address(text) and MAIL.search(text) and len(MAIL.sub("", text)) <= 20:
        return "mailbox"
    if HEADER_LETTER.search(text) and _is_header(text):
        return "header"
    words, anyone = _words()
    if "。" in text or "，" in text or not anyone.search(text):
        return None
    for word, reason, anywhere, company in words:
        if (text.startswith(word) or (anywhere and word in text)) and company.search(text):
            return reason
    return None


def _may_hold_address(text: str) -> bool:
    return "@" in text or "http" in text or "www." in text


def _is_header(text: str) -> bool:
    """Whether a line tells nothing but the page, or at least two things of page, day and issue."""
    if BARE_PAGE.fullmatch(text):
        return True
    return "。" not in text and sum(sign.search(text) is not None for sign in HEADER_SIGNS) >= 2


Word = tuple[str, str, bool, re.Pattern[str]]
"""A word of furniture, the reason that it is, whether it is one anywhere in a line, and what must stand with it."""


@cache
def _words() -> tuple[tuple[Word, ...], re.Pattern[str]]:
    """The words of furniture in file order, and a pattern that finds any of them."""
    rows = lexicon.table("furniture")
    words = tuple((r["word"], r["kind"], r["where"] == "any", re.compile(r["with"])) for r in rows)
    return words, re.compile("|".join(re.escape(word) for word, *_ in words))
