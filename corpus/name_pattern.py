"""Patterns that say what the names of files and folders mean: `{paper}/{date}/{page}`."""

import datetime
import re
from dataclasses import dataclass
from typing import Self

from corpus import metadata
from corpus.metadata import Metadata, page_number

PLACEHOLDERS = ("{paper}", "{date}", "{date:%Y%m%d}", "{page}", "{section}", "{*}")
"""What a pattern may hold; {any} is another way to write {*}."""
MOST_BESIDE = 2
"""Placeholders for anything beside another one in a name: each multiplies the ways in which it can be compared."""
LONGEST = 1024
"""Characters of the end of a path that is compared; longer ones fit no pattern."""
_OPEN = re.compile(r"\{(?:\*|paper|section)\}")
_ANYTHING = re.compile(r"(?:\*|\{\*\}|\{any\})+")
_NAME = r"[^/]+?"
_ANY = r"[^/]*?"
_PAGE = r"[A-Za-z]{0,2}\d{1,3}|[一二三四五六七八九十]{1,3}"
_SECTION = r"[^\W\d_]+?"
_DIRECTIVES = {
    "%Y": r"\d{4}",
    "%y": r"\d{2}",
    "%m": r"\d{1,2}",
    "%d": r"\d{1,2}",
    "%j": r"\d{1,3}",
    "%b": r"[A-Za-z]{3}",
    "%B": r"[A-Za-z]{3,9}",
}
_PART = re.compile(r"\{(?P<name>[^{}]*)\}|(?P<literal>[^{}]+)|(?P<brace>[{}])")
_EXTENSIONS = r"(?:\.[A-Za-z][A-Za-z0-9]{0,7}){0,3}"


@dataclass(frozen=True, slots=True)
class NamePattern:
    """A user's pattern for paths.

    >>> pattern = NamePattern.parse("{paper}/{date:%d%m%y}/{section}{page}")
    >>> pattern.read("archive/兰州社区报/120324/A05.txt")  # Lanzhou Community News
    Metadata(paper='兰州社区报', issue_date='2024-03-12', page=5)
    >>> pattern.read("notes.txt") is None
    True
    """

    text: str
    expression: re.Pattern[str]
    date_form: str | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """The pattern that `text` writes; ValueError says what is wrong with it and what there is.

        A pattern is compared with the end of a path, whole names only. `/` sets folders apart, and an archive from
        what is in it; an extension that the pattern leaves out may be there. Everything else stands for itself.
        """
        parts: list[str] = []
        names: list[str] = []
        form = None
        plain = text.replace("\\", "/").removeprefix("./").lstrip("/")
        for match in _PART.finditer(_ANYTHING.sub("{*}", plain)):
            if match["brace"]:
                raise ValueError(f"a {match['brace']} is left alone in {text!r}; {_allowed()}")
            if match["literal"]:
                parts.append(re.escape(match["literal"]))
                continue
            name, _, after = match["name"].partition(":")
            if name == "date" and after:
                form = after
            elif after or name not in _EXPRESSIONS:
                raise ValueError(f"{{{match['name']}}} is no placeholder; {_allowed()}")
            if name in names and name != "*":
                raise ValueError(f"{{{name}}} stands twice in {text!r}; use {{*}} for the other")
            names.append(name)
            expression = _form(form) if name == "date" and form else _EXPRESSIONS[name]
            parts.append(f"(?:{expression})" if name == "*" else f"(?P<{name}>{expression})")
        if not {"paper", "date", "page"}.intersection(names):
            raise ValueError(f"{text!r} says nothing of paper, date or page; {_allowed()}")
        beside = (len(_OPEN.findall(part)) - 1 for part in _ANYTHING.sub("{*}", plain).split("/"))
        if sum(count for count in beside if count > 0) > MOST_BESIDE:
            raise ValueError(
                f"{text!r} leaves too much open; use fewer of {{*}}, {{paper}} and {{section}} in one name"
            )
        return cls(text, re.compile("".join(parts) + _EXTENSIONS, re.DOTALL), form)

    def read(self, path: str) -> Metadata | None:
        """What `path` says by this pattern; None where the pattern does not fit it."""
        names = path.replace("\\", "/").replace("!", "/").split("/")
        folders = self.text.replace("\\", "/").removeprefix("./").strip("/").count("/") + 1
        # a date may be written as folders of its own
        ends = ("/".join(names[-count:]) for count in range(folders, min(folders + 2, len(names)) + 1))
        match = next(filter(None, map(self.expression.fullmatch, (end for end in ends if len(end) < LONGEST))), None)
        if match is None:
            return None
        said = {name: value.strip() for name, value in match.groupdict().items() if value}
        date = None
        if "date" in said:
            date = self._date(said["date"])
            if date is None:
                return None
        page = page_number(said["page"]) if "page" in said else None
        return Metadata(said.get("paper"), date, page)

    def _date(self, text: str) -> str | None:
        if self.date_form is None:
            return metadata.date_in(text)
        try:
            return datetime.datetime.strptime(text, self.date_form).date().isoformat()
        except ValueError:
            return None


def _form(form: str) -> str:
    """The expression for dates written as in `form`, in strptime's words."""
    expression = ""
    directives = re.split(r"(%.?)", form)
    for piece in directives:
        if piece.startswith("%") and piece not in _DIRECTIVES:
            raise ValueError(f"{piece!r} is no part of a date; there are {', '.join(_DIRECTIVES)}")
        expression += _DIRECTIVES.get(piece) or re.escape(piece)
    known = set(directives)
    if not (known & {"%Y", "%y"} and ("%j" in known or ("%d" in known and known & {"%m", "%b", "%B"}))):
        raise ValueError(f"{form!r} is no whole day; write year, month and day, as in {{date:%Y%m%d}}")
    return expression


def _allowed() -> str:
    return f"there are {', '.join(PLACEHOLDERS)}, as in {{paper}}/{{date}}/{{page}}"


_EXPRESSIONS = {
    "paper": _NAME,
    "date": metadata.DATE_FORMS,
    "page": _PAGE,
    "section": _SECTION,
    "*": _ANY,
}
