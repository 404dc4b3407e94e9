"""What there is to say about the corrections of an archive, as text: which apply no longer, which contradict others."""

import sqlite3
from collections.abc import Iterator, Sequence

from corpus.corrections.correction import Correction
from corpus.corrections.file import Line
from corpus.naming import printable
from corpus.records import to_json


def troubles(database: sqlite3.Connection, lines: Sequence[Line], name: str) -> Iterator[str]:
    """Every line of the file that is no correction, does not apply, or is overruled by another; `name`: the file's."""
    lost: dict[str, tuple[str, str]] = {
        row["correction"]: (row["path"], row["reason"])
        for row in database.execute(
            "SELECT correction, v_source.path, reason FROM correction_outcome AS told"
            " JOIN v_source ON v_source.id = told.source WHERE status = 'lost' ORDER BY v_source.path DESC"
        )
    }
    met = {row[0] for row in database.execute("SELECT DISTINCT correction FROM correction_outcome")}
    for line in lines:
        at = f"{printable(name)}:{line.number}"
        if line.correction is None:
            yield f"{at}: not applied: {line.problem}; put the line right or take it out"
            continue
        own = line.correction
        if own.id in lost:
            path, reason = lost[own.id]
            yield f"{at}: {own.id} no longer applies to {printable(path)}: {reason}{_note(own)}"
        elif own.article and own.id not in met:
            yield f"{at}: {own.id} applies to nothing: its page is not in the archive, or reads otherwise{_note(own)}"
    for earlier, later in conflicts(lines):
        assert earlier.correction is not None
        assert later.correction is not None
        yield (
            f"{printable(name)}:{earlier.number}: {earlier.correction.id} is overruled by {later.correction.id} of line"
            f" {later.number}; take one of them out"
        )


def conflicts(lines: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    """Pairs of lines that say different things about the same; of each the one that holds is the second."""
    said: dict[str, tuple[Line, bytes]] = {}
    for line in lines:
        if line.correction is None:
            continue
        told = set()
        for slot, value in _says(line.correction):
            if slot in said and said[slot][1] != value and said[slot][0].number not in told:
                told.add(said[slot][0].number)
                yield said[slot][0], line
            said[slot] = (line, value)


def _says(correction: Correction) -> Iterator[tuple[str, bytes]]:
    """What a correction settles, and how."""
    values, kind = correction.values, correction.kind
    about = correction.article.id if correction.article else correction.paper or ""
    if kind == "is":
        target: object = {"name": values["name"]}
        told = {field: values[field] for field in ("type", "in", "code") if field in values}
    elif kind in ("not_entity", "same", "entity"):
        target = {"name": values["entity"]["name"]}
        told = {"type": None} if kind == "not_entity" else values.get("set") or {"as": values["as"]}
    elif "set" in values:
        target = [kind, *(values[field] for field in values if field != "set")]
        told = values["set"]
    elif kind in ("role", "move", "drop"):
        target, told = ["block", values["block"]["text"]], {"role" if kind == "role" else "where": values}
    elif kind in ("title", "bylines"):
        target, told = kind, {kind: values[kind]}
    elif kind in ("mark", "unmark"):
        target = values["words"]
        told = {"mark": [values.get("type"), values.get("name")] if kind == "mark" else None}
    else:
        return
    for field, value in told.items():
        yield to_json([about, target, field]).decode(), to_json(value)


def _note(correction: Correction) -> str:
    return f" ({printable(correction.note)})" if correction.note else ""
