"""Records as tasks for Label Studio, with what we found as predictions that an editor corrects there.

The task format is Label Studio's JSON import: `data` with the text, `predictions` with regions of character offsets.
`configuration()` is the labelling interface that fits. What comes back is read by `corpus/corrections`.
"""

from collections.abc import Iterable, Iterator
from typing import Any, get_args
from xml.sax.saxutils import quoteattr

from exports.annotations import labels
from schemas.annotations import EntityType
from schemas.record import ArticleRecord

MODEL = "newspaper-activities"
COLOURS = {
    "province": "#7f7f7f", "city": "#8c564b", "district": "#9467bd", "street": "#1f77b4", "community": "#17becf",
    "estate": "#2ca02c", "road": "#bcbd22", "venue": "#e377c2", "organization": "#ff7f0e", "person": "#d62728",
    "date": "#393b79", "count": "#637939",
}  # fmt: skip


def tasks(records: Iterable[ArticleRecord]) -> Iterator[dict[str, Any]]:
    """One task a record; region ids are the record's own (e1:0 is the first mention of e1)."""
    for record in records:
        text = record.article.text
        seen: dict[str, int] = {}
        regions = []
        for label in labels(record):
            number = seen[label.id] = seen.get(label.id, -1) + 1
            regions.append(
                {
                    "id": f"{label.id}:{number}",
                    "from_name": "label",
                    "to_name": "text",
                    "type": "labels",
                    "value": {
                        "start": label.start,
                        "end": label.end,
                        "text": text[label.start : label.end],
                        "labels": [label.type],
                    },
                }
            )
        source = record.source
        yield {
            "data": {
                "text": text,
                "id": record.article.id,
                "title": record.title or "",
                "path": source.path,
                "paper": source.paper or "",
                "date": source.issue_date or "",
            },
            "predictions": [{"model_version": MODEL, "result": regions}],
        }


def configuration() -> str:
    """The labelling interface for these tasks, as Label Studio's XML.

    >>> configuration().splitlines()[0]
    '<View>'
    """
    names = (*get_args(EntityType), "date", "count")
    lines = ["<View>", '  <Header value="$title"/>', '  <Labels name="label" toName="text">']
    lines += [f"    <Label value={quoteattr(name)} background={quoteattr(COLOURS[name])}/>" for name in names]
    lines += ["  </Labels>", '  <Text name="text" value="$text" granularity="symbol"/>', "</View>"]
    return "\n".join(lines) + "\n"
