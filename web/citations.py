"""How to cite an article: a line of GB/T 7714-2015, BibTeX, CSL-JSON. Made of its record alone, in plain text."""

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from schemas.layout import Byline
from schemas.record import ArticleRecord

OPENING = 20
"""Characters of the text that stand for a title where there is none."""
_PICTURES = re.compile("摄|攝|图|圖|photo", re.IGNORECASE)
"""In a role: who made the pictures, not the words."""
_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "#": r"\#", "$": r"\$", "&": r"\&", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Citation:
    """An article as lists of references name it. `page` is the number printed, `day` ISO 8601 or a part of it."""

    id: str
    title: str
    untitled: bool
    authors: tuple[str, ...]
    paper: str | None
    day: str | None
    page: int | None

    @property
    def gbt7714(self) -> str:
        """The line of GB/T 7714-2015, with the id in the archive behind it.

        >>> Citation("86c4a7c5f9a8d829", "雪天不打烊", False, ("程砚秋",), "江畔社区报", "2024-01-18", 5).gbt7714
        '程砚秋. 雪天不打烊[N]. 江畔社区报, 2024-01-18(5). 档案号: 86c4a7c5f9a8d829.'
        """
        names = "".join(
            f"{', '.join(self.authors[:3])}{', 等' if len(self.authors) > 3 else ''}. " if self.authors else ""
        )
        title = f"[{self.title}]" if self.untitled else self.title
        where = ", ".join(filter(None, (self.paper, self.day)))
        printed = f"{where}{f'({self.page})' if self.page is not None else ''}"
        return f"{names}{title}[N]. {f'{printed}. ' if printed else ''}档案号: {self.id}."

    @property
    def bibtex(self) -> str:
        """An entry of BibTeX, which biblatex knows for a newspaper's."""
        year, month, day = [*(self.day or "").split("-"), "", "", ""][:3]
        fields = {
            "author": " and ".join(f"{{{_tex(name)}}}" for name in self.authors),
            "title": f"{{{_tex(self.title)}}}",
            "journal": _tex(self.paper or ""),
            "year": year,
            "month": month.lstrip("0"),
            "day": day.lstrip("0"),
            "pages": "" if self.page is None else str(self.page),
            "entrysubtype": "newspaper",
            "langid": "chinese",
            "note": f"档案号: {self.id}",
        }
        lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
        return "@article{%s,\n%s\n}" % (f"newspaper-{self.id}", ",\n".join(lines))  # noqa: UP031 - braces

    @property
    def csl(self) -> str:
        """An item of CSL-JSON."""
        fields: dict[str, Any] = {
            "id": self.id,
            "type": "article-newspaper",
            "title": self.title,
            "author": [{"literal": name} for name in self.authors],
            "container-title": self.paper,
            "issued": {"date-parts": [[int(part) for part in self.day.split("-")]]} if self.day else None,
            "page": None if self.page is None else str(self.page),
            "archive_location": self.id,
            "language": "zh",
        }
        return json.dumps([{k: v for k, v in fields.items() if v}], ensure_ascii=False, indent=2)


def citation(record: ArticleRecord) -> Citation:
    """The citation of an article; its authors are who wrote it, of a picture story who photographed it."""
    source, title = record.source, _line(record.title or "")
    opening = _line(record.article.text)
    short = opening[:OPENING] + ("……" if len(opening) > OPENING else "")
    day = source.issue_date if source.issue_date and re.fullmatch(r"\d{4}(-\d\d){0,2}", source.issue_date) else None
    paper = _line(source.paper or "") or None
    return Citation(
        record.article.id, title or short, not title, _authors(record.article.bylines), paper, day, source.page
    )


def _authors(bylines: tuple[Byline, ...]) -> tuple[str, ...]:
    wrote = [each for each in bylines if not _PICTURES.search(each.role) or "文" in each.role]
    names = (_line(each.name) for each in wrote or bylines)
    return tuple(dict.fromkeys(filter(None, names)))


def _line(text: str) -> str:
    """A text on one line, without signs that cannot be seen."""
    seen = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join(seen.split())


def _tex(text: str) -> str:
    return "".join(_TEX.get(c, c) for c in text)
