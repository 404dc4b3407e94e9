"""What a page's markup stores about its article and is not printed there: titles, date, paper, page number.

E-paper systems write an article's properties into a comment (<!--enpproperty … -->), web sites into <meta>.
"""

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.dates import day
from corpus.metadata import PAPER, page_number
from corpus.readers.html.document import Document, printed
from corpus.readers.html.linked_data import properties as linked

_PROPERTY = re.compile(
    r"<(?:founder-)?(?P<name>[a-z]{2,20})>(?P<value>[^\x00]{0,2000}?)</(?:founder-)?(?P=name)>", re.I
)
_TAG = re.compile(r"<[^>]{0,500}>|<!\[CDATA\[|\]\]>")
_META: dict[str, tuple[str, ...]] = {
    "title": ("headline", "og:title", "articletitle", "twitter:title"),
    "date": (
        "article:published_time",
        "pubdate",
        "publishdate",
        "og:release_date",
        "datepublished",
        "date",
        "publish_time",
        "firstpublishedtime",
        "apub:time",
    ),
    "paper": ("og:site_name", "contentsource", "source", "mediaid", "papername", "sitename", "publisher"),
    "author": ("author", "article:author"),
    "subtitle": ("subtitle",),
    "kicker": ("introtitle", "pretitle"),
    "page": ("pageno", "pagenumber", "nodename"),
}
_PAGE = re.compile(
    r"第\s*[A-Za-z]{0,2}\s*0*(?P<a>\d{1,3})\s*版|第\s*(?P<b>[一二三四五六七八九十]{1,3})\s*版"
    r"|(?<![A-Za-z\d])[A-Z]?0*(?P<c>\d{1,3})\s*版|\A[A-Z]?0*(?P<d>\d{1,2})\s*[:：]"
)
_SPLIT = re.compile(r"[\s\-_—–|｜·:：,，>《》（）()\[\]【】]+")
_EDITION = re.compile(r"(?:多媒体)?(?:数字报刊?|数字版|电子报刊?|电子版|网络版|官方网站|官网|网)$")


@dataclass(frozen=True, slots=True)
class Properties:
    """What is known of the one article, or page, that a file holds; titles and author only to know them in print."""

    title: str | None = None
    kicker: str | None = None
    subtitle: str | None = None
    author: str | None = None
    paper: str | None = None
    issue_date: str | None = None
    page: int | None = None
    heading: str = ""  # the <title>, which may go on with the names of section and site


def stored(document: Document) -> Properties:
    """What the comments, the <meta> and the <title> of a page say.

    >>> from corpus.readers.html.document import parse
    >>> page = parse("<meta name=PubDate content='2024-03-12 08:00'><title>巷口添新灯-临江晚报数字报</title><p>近日")
    >>> found = stored(page)  # new lamps; the paper's electronic edition
    >>> found.issue_date, found.paper
    ('2024-03-12', '临江晚报')
    """
    named = dict(_of_comments(document.comments))
    named = {**_of_meta(document), **{name: value for name, value in named.items() if value}}
    title_element = next(iter(document.root.iter("title")), None)
    heading = " ".join("".join(map(str, title_element.itertext())).split()) if title_element is not None else ""
    return Properties(
        named.get("title"),
        named.get("introtitle") or named.get("pretitle") or named.get("kicker"),
        named.get("subtitle"),
        named.get("author"),
        _paper(named.get("paper", "")) or _paper(heading),
        day(named.get("date", "")),
        _page(named.get("nodename") or named.get("page", "")),
        heading,
    )


def in_print(known: Properties, lines: Sequence[str]) -> Properties:
    """`known`, completed by what lines outside the articles say; a page number only where all of them agree."""
    pages = {page for line in lines if (page := _page(line))}
    return replace(
        known,
        paper=known.paper or next((paper for line in lines if (paper := _named_paper(line))), None),
        issue_date=known.issue_date or next((date for line in lines if (date := day(line))), None),
        page=known.page or (pages.pop() if len(pages) == 1 else None),
    )


def _of_comments(comments: Iterable[str]) -> Iterable[tuple[str, str]]:
    for comment in comments:
        for found in _PROPERTY.finditer(comment[:20_000]):
            value = printed(html.unescape(_TAG.sub(" ", found["value"]))).strip()
            yield found["name"].lower(), " ".join(value.split())


def _of_meta(document: Document) -> dict[str, str]:
    said: dict[str, str] = linked(document.data)
    for element in document.root.iter("meta", "time"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        content = " ".join(element.get("content", "").split())
        if name and content:
            said.setdefault(name, content)
    return {
        field: value for field, names in _META.items() if (value := next((said[n] for n in names if n in said), ""))
    }


def _page(text: str) -> int | None:
    found = _PAGE.search(text)
    return page_number(found[found.lastgroup or 0]) if found else None


def _paper(text: str) -> str | None:
    """The paper that a part of `text` is the name of."""
    for part in reversed(_SPLIT.split(text)):
        name = _EDITION.sub("", part).removesuffix("社")
        if PAPER.fullmatch(name):
            return name
    return None


def _named_paper(line: str) -> str | None:
    found = re.search(r"(?:来源|來源|稿源|出版)\s*[:：]\s*《?([^\s》|｜]{2,14})|《([^》]{2,14})》\s*[（(]", line)
    return _paper(found[1] or found[2]) if found else None
