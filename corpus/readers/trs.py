"""TRS exports, as newspapers' text databases write them: records of named fields, `<REC>` before each.

    <REC>
    <标题>=晨练
    <正文>=
    居民早起。

A field goes on until the next one begins. Each record is an article like a row of a table; its path is `export.trs!2`.
"""

import hashlib
import json
import re
from dataclasses import replace

from corpus.readers import row
from corpus.readers.encoding import decode
from corpus.readers.reading import Options, Reading
from corpus.rejects import Rejected
from corpus.sources import PageFile

FORMAT = "trs"
_RECORD = re.compile(r"^[ \t]*<REC>[ \t]*$", re.MULTILINE)
_FIELD = re.compile(r"^[ \t]*<([^<>=\s]{1,40})>[ \t]*=", re.MULTILINE)


def read(file: PageFile, options: Options) -> Reading:
    """A page for every record, or the one that is asked for; Rejected where none has text."""
    decoded = decode(file.data)
    digest = hashlib.sha256(file.data).hexdigest()
    pages, notes, refused = [], [decoded.note] if decoded.note else [], []
    records = _RECORD.split(decoded.text)[1:]
    if file.part is not None and not 1 <= file.part <= len(records):
        raise Rejected("no_such_part", f"record {file.part} was asked for and the file has {len(records)}")
    for number in [file.part] if file.part is not None else range(1, len(records) + 1):
        path = f"{file.path}!{number}" if len(records) > 1 else file.path
        data = json.dumps(fields(records[number - 1])).encode()
        try:
            found = row.read(PageFile(path, data, format="row", encoding=decoded.encoding), options)
        except Rejected as refusal:
            refused.append((number, refusal))
            continue
        pages += [replace(page, source=replace(page.source, sha256=digest, format=FORMAT)) for page in found.pages]
        notes += found.notes
    if not pages:
        raise refused[0][1]
    return Reading(tuple(pages), tuple(notes), tuple(refused))


def fields(record: str) -> dict[str, str]:
    r"""What a record's fields hold; of two of one name the first that holds anything.

    >>> fields("<标题>=晨练\n<正文>=\n　　居民早起。\n　　“真好。”\n")  # morning exercise
    {'标题': '晨练', '正文': '　　居民早起。\n　　“真好。”'}
    """
    _, *parts = _FIELD.split(record)
    found: dict[str, str] = {}
    for name, value in zip(parts[::2], parts[1::2], strict=True):
        found[name] = found.get(name) or value.strip("\r\n")
    return found
