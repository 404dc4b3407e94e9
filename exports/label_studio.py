"""Records as tasks for Label Studio, with what we found as predictions that an editor corrects there.

The task format is Label Studio's JSON import: `data` with the text, `predictions` with regions of character offsets.
`configuration()` is the labelling interface that fits. What comes back, as JSON or JSON-MIN, becomes corrections:
`read`, then `corrections`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args
from xml.sax.saxutils import quoteattr

from corpus.corrections import making
from corpus.corrections.correction import Correction, CorrectionError, Quote
from corpus.corrections.matching import reference, short
from corpus.records import from_json
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
                        "start": _units(text, label.start),
                        "end": _units(text, label.end),
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


def _units(text: str, at: int) -> int:
    """An offset as a browser counts it, in UTF-16."""
    return at if text.isascii() or max(text) <= "\uffff" else at + sum(c > "\uffff" for c in text[:at])


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


LARGEST = 512 * 2**20
"""Bytes of an export that is read."""


@dataclass(frozen=True, slots=True)
class Task:
    """What an annotator made of one article: every region as (start, end, label); `text` is what was labelled."""

    article: str
    text: str
    regions: frozenset[tuple[int, int, str]]


def read(path: Path) -> list[Task]:
    """The annotated tasks of an export, JSON or JSON-MIN; CorrectionError where it is none.

    Of several annotations of a task the latest counts; cancelled ones, and tasks without any, do not.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise CorrectionError(f"{path} has more than {LARGEST >> 20} MB; export fewer tasks at a time")
        values = from_json(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    except (OSError, ValueError) as error:
        raise CorrectionError(
            f"{path} cannot be read ({error}); export from Label Studio as JSON or JSON-MIN"
        ) from error
    if not isinstance(values, list):
        raise CorrectionError(f"{path} is no list of tasks; export from Label Studio as JSON or JSON-MIN")
    tasks = []
    for number, each in enumerate(values, 1):
        try:
            task = _task(each)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            reason = f"{type(error).__name__}: {error}"
            raise CorrectionError(f"task {number} of {path} is not one of ours ({reason}); export as JSON") from error
        if task is not None:
            tasks.append(task)
    return tasks


def _task(values: Mapping[str, Any]) -> Task | None:
    """JSON has `data`, and `annotations` with a `result` each; JSON-MIN the data's fields, and `label` beside them."""
    data = values.get("data", values)
    if "data" in values:
        made = [each for each in values.get("annotations") or () if not each.get("was_cancelled")]
        if not made:
            return None
        latest = max(made, key=lambda each: (str(each.get("updated_at") or ""), int(each.get("id") or 0)))
        found = [each["value"] for each in latest["result"] if each.get("type") == "labels"]
    else:
        if "annotation_id" not in values and "label" not in values:
            return None
        found = values.get("label") or []
    article, text = data["id"], data["text"]
    if not isinstance(article, str) or not isinstance(text, str):
        raise TypeError("its id or text is no string")
    regions = frozenset((*_range(each, text), str(each["labels"][0])) for each in found)
    if any(not 0 <= start < end <= len(text) for start, end, _ in regions):
        raise ValueError("a region lies outside its text")
    return Task(article, text, regions)


def _range(value: Mapping[str, Any], text: str) -> tuple[int, int]:
    """The characters of a region; a browser counts in UTF-16, where rare characters are two.

    >>> _range({"start": 3, "end": 5, "text": "老街"}, "𠮷的老街")  # Mr Ji's old street
    (2, 4)
    """
    start, end = int(value["start"]), int(value["end"])
    if text.isascii() or max(text) <= "\uffff":
        return start, end
    units = text.encode("utf-16-le", "surrogatepass")
    first, words = (units[2 * a : 2 * b].decode("utf-16-le", "replace") for a, b in ((0, start), (start, end)))
    return (len(first), len(first) + len(words)) if words == value.get("text") else (start, end)


def corrections(
    tasks: Sequence[Task], records: Mapping[str, ArticleRecord | None], by: str | None = None, at: str | None = None
) -> tuple[list[Correction], list[str]]:
    """What annotators made otherwise than the records (by article id) have it, and what of it cannot be taken in, why.

    A region that is gone, relabelled or moved is one correction for the place where it was, one where it is now.
    """
    made: list[Correction] = []
    refused = []
    for task in tasks:
        record = records.get(task.article)
        if record is None:
            refused.append(f"article {task.article}: it is not in the archive")
        elif record.article.text != task.text:
            refused.append(f"article {task.article}: its text is not the one that was labelled; export its task anew")
        else:
            own, problems = _of_task(task, record, by, at)
            made += own
            refused += problems
    return made, refused


def _of_task(task: Task, record: ArticleRecord, by: str | None, at: str | None) -> tuple[list[Correction], list[str]]:
    made, refused = [], []
    before = {(each.start, each.end, each.type) for each in labels(record)}
    ref, text = reference(record), record.article.text
    come, gone = task.regions - before, before - task.regions
    # what is marked takes the place of what overlaps it
    taken = [(start, end) for start, end, kind in come if kind != "count"]
    steps = [
        ("unmark", own) for own in sorted(gone) if not any(own[0] < end and start < own[1] for start, end in taken)
    ]
    for kind, (start, end, label) in (*steps, *(("mark", each) for each in sorted(come))):
        words = Quote.of(text, start, end).to_dict()
        what = f"{short(text[start:end])} is {'no ' if kind == 'unmark' else ''}{label}"
        if kind == "mark" and label == "count":
            refused.append(f"article {task.article}: {what}: Label Studio does not tell its value; see cli.py correct")
            continue
        note = f"{what} in {record.title or 'an untitled article'} ({record.source.path}), from Label Studio"
        try:
            values = {"words": words, "type": label}
            made.append(making.correction(kind, values, ref, note=" ".join(note.split()), by=by, at=at))
        except CorrectionError as error:
            refused.append(f"article {task.article}: {what}: {error}")
    return made, refused
