"""An annotated article as the record of the contract (`article/1`), and back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from schemas.annotations import Activity, Check, Count, Entity, Span, TimeExpression
from schemas.layout import HEADLINE_ROLES, Article, Block, Byline, Source

SCHEMA = "article/1"


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """One article of one page with everything that was read from it."""

    article: Article
    source: Source
    entities: tuple[Entity, ...] = ()
    counts: tuple[Count, ...] = ()
    dates: tuple[TimeExpression, ...] = ()
    activities: tuple[Activity, ...] = ()
    keywords: tuple[str, ...] = ()

    @property
    def title(self) -> str | None:
        """The main headline as one line, or None. Its lines are joined as printed, without a space."""
        lines = [self.article.quote(b) for b in self.article.blocks if b.role == "main"]
        return "".join(lines) or None


def to_dict(record: ArticleRecord) -> dict[str, Any]:
    """The record as plain JSON values, its fields in the contract's order."""
    article = record.article
    return {
        "schema": SCHEMA,
        "id": article.id,
        "kind": article.kind,
        "source": {
            "path": record.source.path,
            "sha256": record.source.sha256,
            "encoding": record.source.encoding,
            "format": record.source.format,
            "page": record.source.page,
            "paper": record.source.paper,
            "issue_date": record.source.issue_date,
        },
        "headlines": [{"text": article.quote(b), "role": b.role} for b in article.blocks if b.role in HEADLINE_ROLES],
        "title": record.title,
        "bylines": [{"name": b.name, "role": b.role} for b in article.bylines],
        "text": article.text,
        "blocks": [
            {
                "role": b.role,
                "start": b.start,
                "end": b.end,
                "source": [list(r) for r in b.source],
                "incomplete": b.incomplete,
            }
            for b in article.blocks
        ],
        "entities": [
            {
                "id": e.id,
                "type": e.type,
                "name": e.name,
                "in": e.parent,
                "code": e.code,
                "basis": e.basis,
                "mentions": [{"start": m.start, "end": m.end} for m in e.mentions],
            }
            for e in record.entities
        ],
        "counts": [
            {
                "id": c.id,
                "text": c.text,
                "start": c.start,
                "end": c.end,
                "value": c.value,
                "max": c.max,
                "unit": c.unit,
                "object": c.object,
                "mod": c.mod,
                "role": c.role,
                "check": c.check and {"of": c.check.of, "part": c.check.part, "agrees": c.check.agrees},
            }
            for c in record.counts
        ],
        "dates": [{"id": d.id, "text": d.text, "start": d.start, "end": d.end, "value": d.value} for d in record.dates],
        "activities": [
            {
                "id": a.id,
                "name": a.name,
                "type": a.type,
                "organizers": list(a.organizers),
                "partners": list(a.partners),
                "places": list(a.places),
                "date": a.date,
                "audience": list(a.audience),
                "counts": list(a.counts),
                "evidence": {"start": a.evidence.start, "end": a.evidence.end},
                "status": a.status,
            }
            for a in record.activities
        ],
        "keywords": list(record.keywords),
    }


def from_dict(data: Mapping[str, Any]) -> ArticleRecord:
    """The record that `to_dict` made `data` of; KeyError or TypeError where it is not one."""
    if data["schema"] != SCHEMA:
        raise ValueError(f"schema {data['schema']!r} is not {SCHEMA!r}")
    source = data["source"]
    article = Article(
        id=data["id"],
        kind=data["kind"],
        text=data["text"],
        blocks=tuple(
            Block(b["role"], b["start"], b["end"], tuple((s, e) for s, e in b["source"]), b["incomplete"])
            for b in data["blocks"]
        ),
        bylines=tuple(Byline(b["name"], b["role"]) for b in data["bylines"]),
    )
    return ArticleRecord(
        article=article,
        source=Source(**source),
        entities=tuple(
            Entity(
                e["id"],
                e["type"],
                e["name"],
                e["in"],
                e["code"],
                e["basis"],
                tuple(Span(m["start"], m["end"]) for m in e["mentions"]),
            )
            for e in data["entities"]
        ),
        counts=tuple(Count(**{**c, "check": c["check"] and Check(**c["check"])}) for c in data["counts"]),
        dates=tuple(TimeExpression(**d) for d in data["dates"]),
        activities=tuple(
            Activity(
                a["id"],
                a["name"],
                a["type"],
                tuple(a["organizers"]),
                tuple(a["partners"]),
                tuple(a["places"]),
                a["date"],
                tuple(a["audience"]),
                tuple(a["counts"]),
                Span(a["evidence"]["start"], a["evidence"]["end"]),
                a["status"],
            )
            for a in data["activities"]
        ),
        keywords=tuple(data["keywords"]),
    )
