"""METS: what an issue is made of. It has no text; what it says goes to the pages beside it (corpus.issues)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from corpus import dates
from corpus.issues import Area, IssueArticle, IssuePage
from corpus.readers import xml
from corpus.readers.alto import labels
from corpus.readers.reading import Options, Reading
from corpus.rejects import Rejected
from corpus.sources import PageFile

DEEPEST = 100


@dataclass(frozen=True, slots=True)
class _Area:
    file: str
    block: str
    label: str
    article: str


def read(file: PageFile, options: Options) -> Reading:
    """No pages, and a note of how many files it describes; Rejected where it cannot be read."""
    pages = describe(file.data)
    if not pages:
        raise Rejected("no_pages", "the METS names no files")
    known = next(iter(pages.values()))
    issue = " of ".join(filter(None, (known.paper, known.issue_date)))
    return Reading((), (f"METS{' of ' + issue if issue else ''}: describes {len(pages)} files",))


def describe(data: bytes) -> Mapping[str, IssuePage]:
    """What is said of each text file, by its reference as the METS writes it, in the order of its pages.

    Raises Rejected where it is no well-formed XML.
    """
    root = xml.parse(data).root
    references = _references(root)
    maps = {each.get("TYPE", "").upper(): each for each in root if xml.local(each) == "structMap"}
    # the newspapers of the Library of Congress have one map without a type, and divisions like np:page
    physical = next((maps[name] for name in maps if name.startswith("PHYS")), maps.get(""))
    logical = next((maps[name] for name in maps if name.startswith("LOGIC")), None)
    numbers = _page_numbers(physical, references) if physical is not None else {}
    articles: dict[str, dict[str, list[Area]]] = {}  # file → article → its areas
    for area in _areas(logical) if logical is not None else ():
        if area.block and (area.article or labels.role(area.label)):
            articles.setdefault(area.file, {}).setdefault(area.article, []).append(Area(area.block, area.label))
    paper, date = _issue(root, logical)
    found: dict[str, IssuePage] = {}
    for name in [*numbers, *(name for name in references if name not in numbers)]:
        made = tuple(IssueArticle(article, tuple(parts)) for article, parts in articles.get(name, {}).items())
        found[references[name]] = IssuePage(paper, date, numbers.get(name), made)
    return found


def _references(root: etree._Element) -> dict[str, str]:
    """File id → reference, of the files that can hold text."""
    found = {}
    for each in root.iter(etree.Element):
        if xml.local(each) == "file" and (identity := each.get("ID")):
            place = next((xml.attribute(child, "href") for child in each if xml.local(child) == "FLocat"), "")
            if place and not each.get("MIMETYPE", "").lower().startswith(("image/", "application/pdf")):
                found[identity] = place
    return found


def _page_numbers(physical: etree._Element, references: Mapping[str, str]) -> dict[str, int | None]:
    """File id → its page's number: as printed where that is a number, else its place in the issue."""
    found: dict[str, int | None] = {}
    place = 0
    for each in physical.iter(etree.Element):
        if xml.local(each) != "div" or _kind(each).lower() != "page":
            continue
        place += 1
        order = next((each.get(name, "") for name in ("ORDERLABEL", "ORDER") if _digits(each.get(name, ""))), "")
        for pointer in each.iter(etree.Element):
            name = pointer.get("FILEID", "")
            if name in references and name not in found:
                found[name] = int(_digits(order)) if order else place
    return found


def _kind(division: etree._Element) -> str:
    return division.get("TYPE", "").rpartition(":")[2]


def _digits(label: str) -> str:
    """The number in 5, A05 or 第5版; "" where there is none that a page can have."""
    digits = "".join(c for c in label if c.isascii() and c.isdecimal())
    return digits if 0 < len(digits) < 5 and int(digits) else ""


def _areas(logical: etree._Element) -> Iterator[_Area]:
    """The areas of all articles in reading order, each with the label of the innermost division that has a role."""
    ahead: list[tuple[etree._Element, str, str, int]] = [(logical, "", "", 0)]
    count = 0
    while ahead:
        each, article, label, depth = ahead.pop()
        name = xml.local(each)
        if name == "div":
            kind = _kind(each)
            if labels.is_article(kind) or (labels.is_picture(kind) and not article):
                count += 1
                article, label = each.get("ID", "") or f"article {count}", ""
            elif labels.role(kind):
                label = kind
        elif name == "area" and (file := each.get("FILEID", "")):
            yield _Area(file, each.get("BEGIN", ""), label, article)
        if depth < DEEPEST:
            ahead += [(child, article, label, depth + 1) for child in reversed(each)]


def _issue(root: etree._Element, logical: etree._Element | None) -> tuple[str | None, str | None]:
    """The paper and the day of the issue: from the descriptions of the divisions around the articles, else any."""
    above: list[str] = []
    if logical is not None:
        for each in logical.iter(etree.Element):
            if labels.is_article(_kind(each)):
                break
            above += each.get("DMDID", "").split()
    sections = {each.get("ID", ""): each for each in root if xml.local(each) == "dmdSec"}
    chosen = [sections[name] for name in reversed(above) if name in sections] or [
        section for name, section in sections.items() if "ARTICLE" not in name.upper()
    ]
    dated = (_first(section, ("dateIssued", "date", "issued", "temporal")) for section in chosen)
    date = next((found for text in dated if text and (found := dates.day(text))), None)
    paper = next((text for section in chosen if (text := _first(section, ("title",)))), None)
    return paper, date or dates.day(root.get("LABEL", ""))


def _first(section: etree._Element, names: tuple[str, ...]) -> str:
    """The text of the first element of one of these names."""
    for name in names:
        for each in section.iter(etree.Element):
            if xml.local(each) == name and (text := (each.text or "").strip()):
                return text[:200]
    return ""
