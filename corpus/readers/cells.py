"""What a table's cell says, as printed lines: markup, escapes and lists undone, nothing added."""

import html
import math
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from corpus import columns
from corpus.readers.html import document

_TAG = re.compile(
    r"</?(?:p|br|div|span|strong|b|em|i|font|img|a|h[1-6]|table|tbody|tr|td|ul|ol|li|section|article|center|html|body)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:nbsp|ensp|emsp|ldquo|rdquo|lsquo|rsquo|mdash|hellip|middot|quot|amp|lt|gt|#\d+|#x[\da-f]+);")
_SENTENCE_END = "。！？…”’）"
# an export without line ends shows a new paragraph by its indentation
_INDENT_IN_LINE = re.compile(r"(?<=[。！？”…）])[ \t]*(?=\u3000\u3000|\u00a0{4}| {4})")
LONG = 15
"""Characters from which a line is no headline or name but part of a paragraph."""
DEEPEST = 4
"""Lists within lists that are read."""


def lines(value: Any) -> list[str]:
    r"""The printed lines of a cell, empty ones included, without white space at their ends.

    >>> lines("<p>　　清晨，居民来晨练。</p><p>“真热闹。”</p>")  # residents come for morning exercise
    ['　　清晨，居民来晨练。', '“真热闹。”']
    >>> lines(["张伟", "李娜"]), lines(3.0), lines(None), lines("一\\n二")
    (['张伟', '李娜'], ['3'], [], ['一', '二'])
    """
    text = "\n".join(_strings(value))
    if _TAG.search(text):
        text = _without_markup(text)
    elif _ENTITY.search(text):
        text = html.unescape(text)
    text = document.printed(text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n"))
    if "\n" not in text:  # line ends escaped twice on their way
        text = text.replace("\\r\\n", "\n").replace("\\n", "\n")
    text = _INDENT_IN_LINE.sub("\n", text)
    found = [line.rstrip() for line in re.split(r"[\n\v\f\x85]", text)]
    while found and not found[-1]:
        found.pop()
    return found[next((at for at, line in enumerate(found) if line), 0) :]


def line(value: Any) -> str:
    """A cell that holds one thing, as one line.

    >>> line("  长沙晚报\\n")  # Changsha Evening News
    '长沙晚报'
    """
    return " ".join(part for each in lines(value) if (part := each.strip()))


def are_paragraphs(found: list[str]) -> bool:
    """Whether each line is a paragraph and not one of its printed lines: nearly all long ones end with a sentence.

    >>> are_paragraphs(["近日，太原市迎泽区的居民在广场上", "包粽子。大家围坐一起，说说笑笑。"])  # dumplings
    False
    """
    long = [each for each in found if len(each) >= LONG]
    return sum(each[-1] in _SENTENCE_END for each in long) > 0.75 * len(long) if long else False


def _strings(value: Any, depth: int = DEEPEST) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, bool) or value is None:
        return
    elif isinstance(value, int | float):
        if isinstance(value, int) or math.isfinite(value):
            yield str(int(value)) if value == int(value) else str(value)
    elif isinstance(value, list) and depth:
        for each in value:
            yield from _strings(each, depth - 1)
    elif isinstance(value, dict) and depth:
        names = columns.find([str(name) for name in value])
        if "text" in names:
            yield from _strings(value[names["text"]], depth - 1)


def _without_markup(text: str) -> str:
    """The text of a fragment of a web page, its blocks on lines of their own."""
    parts: list[str] = []
    for event, element in etree.iterwalk(document.parse(text).root, events=("start", "end")):
        if element.tag in document.BLOCK and (event == "start" or element.tag != "br"):
            parts.append("\n")
        parts.append(_flowing((element.text if event == "start" else element.tail) or ""))
    return re.sub(r"[ \t]*\n[ \t\n]*", "\n", "".join(parts)).strip("\n")


def _flowing(text: str) -> str:
    """Line ends of the markup's source are no line ends of the page."""
    return re.sub(r"[ \t]*[\r\n]+[ \t]*", "", text)
