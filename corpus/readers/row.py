"""One row of a table: one article with named parts, or, where there is no title, the dump of a page."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from corpus import columns, dates, metadata, tables
from corpus.readers import cells
from corpus.readers.reading import Options, Reading
from corpus.rejects import Rejected
from corpus.sources import PageFile
from schemas.layout import Mark, MarkRole, Page, Region, Source

BEFORE_THE_TEXT: tuple[tuple[str, MarkRole], ...] = (
    ("kicker", "kicker"),
    ("title", "main"),
    ("subtitle", "subtitle"),
    ("author", "byline"),
)
HEAD, TAIL = 120, 60
"""Characters at the ends of a text within which it names its authors itself."""
_ROLE = re.compile(r"(?:本报|见习|特约|实习)*(?:记者|通讯员|作者|文|图|摄|撰稿|摄影)[/：:\s]*")
_CREDIT = re.compile(r"记者|通讯员|作者|文|图|摄")
_NAME = re.compile(r"[\u3400-\u9fff]{2,4}")
_BETWEEN_NAMES = re.compile(r"[\s、，,;；/|]+")
_FROM = re.compile(r"^(?:来源|报纸|媒体|稿源)\s*[:：]\s*|[《》]")


def read(file: PageFile, options: Options) -> Reading:
    """The page of a row. Raises Rejected: broken_row, no_text_column, or empty where its text is.

    The page's text is what was printed (kicker, title, subtitle, author, text, each on lines of its own), marked as
    what its column says. Where the text repeats its title, that is printed once.
    """
    row = columns.flat(_object(file))
    found = columns.find(row, options.columns)
    if "text" not in found:
        raise columns.missing(row)
    body = cells.lines(row[found["text"]])
    if not any(line.strip() for line in body):
        raise Rejected("empty", f"the column {found['text']} is empty in this row")
    written = row.get(found.get("date", ""))
    date = dates.day(written if isinstance(written, int | float) else cells.line(written)) if written else None
    source = Source(
        file.path,
        hashlib.sha256(file.data).hexdigest(),
        file.encoding or "utf-8",
        tables.kind(file.path.rpartition("!")[0]) or "jsonl",
        _page_number(cells.line(row.get(found.get("page", "")))),
        _paper(cells.line(row.get(found.get("paper", "")))),
        date,
    )
    notes = () if date or not written else (f"the date {str(written)[:40]!r} is not understood",)
    parts = {field: cells.lines(row[found[field]]) for field, _ in BEFORE_THE_TEXT if field in found}
    if not parts:
        return Reading((Page(source, "\n".join(body)),), notes)
    return Reading((_article(source, parts, body),), notes)


def _object(file: PageFile) -> dict[str, Any]:
    place = file.path.rpartition("!")[2]
    try:
        row = tables.value(file.data.decode("utf-8", "replace"))
    except ValueError as error:
        raise Rejected("broken_row", f"row {place} is no JSON ({error})") from error
    if not isinstance(row, dict):
        raise Rejected("broken_row", f"row {place} is no JSON object")
    return row


def _article(source: Source, parts: Mapping[str, list[str]], body: list[str]) -> Page:
    """The parts above the text, then the text, all in one region."""
    text, marks = "", []
    for field, role in BEFORE_THE_TEXT:
        printed = [line.strip() for line in parts.get(field, ()) if line.strip()]
        if field == "author":
            body = _without_repetition(body, parts)
            printed = [] if _named_in(printed, body) else [name for line in printed for name in _apart(line)]
        for line in printed:
            marks.append(Mark(len(text), len(text) + len(line), role, f"column {field}"))
            text += line + "\n"
    paragraphs = cells.are_paragraphs(body)
    for line in body:
        if paragraphs and line.strip():
            inner = line.strip()
            start = len(text) + line.index(inner)
            marks.append(Mark(start, start + len(inner), None, "a line of the text column", whole=True))
        if line.strip() or not paragraphs:
            text += line + "\n"
    text = text.rstrip("\n")
    return Page(source, text, tuple(marks), (Region(0, len(text), "row of a table", single=True),))


def _without_repetition(body: list[str], parts: Mapping[str, list[str]]) -> list[str]:
    """The text without the headline that it begins with once more.

    >>> _without_repetition(["社区晨练", "　　居民早起。"], {"title": ["社区 晨练"]})  # morning exercise
    ['　　居民早起。']
    """
    above = {field: _bare("".join(parts[field])) for field in parts if "".join(parts[field]).strip()}
    at = 0
    while above and at < len(body):
        for end in range(at + 1, min(at + 4, len(body)) + 1):
            lines = _bare("".join(body[at:end]))
            field = next((field for field, bare in above.items() if bare == lines), None)
            if field:
                del above[field]
                at = end
                break
        else:
            if body[at].strip():
                break
            at += 1
    rest = body[at:]
    return rest if any(line.strip() for line in rest) else body


def _named_in(authors: list[str], body: list[str]) -> bool:
    """Whether the text names these authors itself, in brackets at its beginning or at its end."""
    text = "\n".join(body)
    ends = text[:HEAD], text[-TAIL:]
    names = [name for name in _BETWEEN_NAMES.split(_ROLE.sub(" ", " ".join(authors))) if name]
    return bool(names) and any(_CREDIT.search(end) and all(name in end for name in names) for end in ends)


def _apart(authors: str) -> list[str]:
    """Names without roles, one by one, so that one which is no person's leaves the others be.

    >>> _apart("周静；园区宣"), _apart("记者 周静"), _apart("本报评论员 江平")  # roles stay with their names
    (['周静', '园区宣'], ['记者 周静'], ['本报评论员 江平'])
    """
    parts = [part for part in _BETWEEN_NAMES.split(authors) if part]
    names = bool(parts) and all(_NAME.fullmatch(part) and not _CREDIT.search(part) for part in parts)
    return parts if names else [authors]


def _bare(text: str) -> str:
    return "".join(text.split())


def _page_number(text: str) -> int | None:
    """A page's number as tables write it: 5, 05, A05, 第五版, 05版：社区 (5); its name alone says none."""
    if match := re.match(r"第?\s*[A-Za-z]{0,2}-?(\d{1,3})(?!\d)", text):
        return int(match[1]) or None
    return metadata.from_path(text.replace("/", " ")).page


def _paper(text: str) -> str | None:
    """A paper's name without what columns set around it; an address on the web is none."""
    name = _FROM.sub("", text).strip()
    return name if name and "://" not in name and len(name) <= 60 else None
