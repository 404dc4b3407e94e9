"""HTML as a browser reads it, for tests: every element closed where it must be, its words, its links."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(("meta", "link", "input", "br", "img", "hr"))


@dataclass
class Element:
    """One element with everything in it."""

    tag: str
    attributes: dict[str, str]
    children: list["Element | str"] = field(default_factory=list)
    ancestors: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """All its text."""
        return "".join(child if isinstance(child, str) else child.words for child in self.children)

    def every(self, **wanted: str) -> list["Element"]:
        """The elements in it with these attributes; `tag`, `has` (an attribute whatever its value), `word` of class."""
        return [each for each in self._all() if _fits(each, **wanted)]

    def one(self, **wanted: str) -> "Element":
        """The only such element."""
        found = self.every(**wanted)
        assert len(found) == 1, f"{len(found)} elements with {wanted}"
        return found[0]

    def without(self, word: str) -> str:
        """All its text but that of elements of a class."""
        return "".join(
            child if isinstance(child, str) else child.without(word)
            for child in self.children
            if isinstance(child, str) or not _fits(child, word=word)
        )

    def _all(self) -> list["Element"]:
        found = []
        for child in self.children:
            if isinstance(child, Element):
                found += [child, *child._all()]
        return found


def _fits(each: Element, tag: str = "", has: str = "", word: str = "", **attributes: str) -> bool:
    given = {name.replace("_", "-"): value for name, value in attributes.items()}
    return (
        tag in ("", each.tag)
        and (not has or has in each.attributes)
        and (not word or word in each.attributes.get("class", "").split())
        and all(each.attributes.get(name) == value for name, value in given.items())
    )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice: {names}"
        around = tuple(each.tag for each in self.open)
        assert not (tag == "a" and "a" in around), f"a link within a link at {self.getpos()}"
        made = Element(tag, {name: value or "" for name, value in attrs}, [], around)
        self.open[-1].children.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_endtag(self, tag: str) -> None:
        closed = self.open.pop()
        assert closed.tag == tag, f"</{tag}> closes <{closed.tag}> at {self.getpos()}"

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(html: str) -> Element:
    """A page; AssertionError where an element is not closed, a link lies in a link, or an id is there twice."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert [each.tag for each in reader.open] == [""]
    [whole] = reader.open
    ids = [each.attributes["id"] for each in whole.every(has="id")]
    assert len(ids) == len(set(ids)), [each for each in ids if ids.count(each) > 1][:5]
    return whole
