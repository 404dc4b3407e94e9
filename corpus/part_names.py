"""What the files of a folder of parts are called, and how such a folder is known."""

import os
import re

MANIFEST = "manifest.json"
KINDS = ("part", "sources", "leftovers", "rejects")
NAME = re.compile(r"(part|sources|leftovers|rejects)-(\d{5,})-([0-9a-f]{12})\.(?:jsonl|parquet)")
"""Kind, number, digest."""
_BEGINS = b'{"schema":"manifest/'


def name_of(kind: str, number: int, inputs: str, form: str = "jsonl") -> str:
    """What the file of a part is called; `form` is that of the records, all else is JSON Lines.

    >>> name_of("part", 7, "9f2c51d07ab3e4" + "0" * 50)
    'part-00007-9f2c51d07ab3.jsonl'
    """
    return f"{kind}-{number:05}-{inputs[:12]}.{form if kind == 'part' else 'jsonl'}"


def has_manifest(folder: str) -> bool:
    """Whether `folder` is one of parts: it holds a file of the right name that begins as a manifest does."""
    try:
        with open(os.path.join(folder, MANIFEST), "rb") as file:
            return file.read(len(_BEGINS)) == _BEGINS
    except (OSError, ValueError):
        return False


def is_of_parts(path: str) -> bool:
    """Whether a file belongs to a folder of parts."""
    folder, name = os.path.split(path)
    return (name == MANIFEST or NAME.fullmatch(name) is not None) and has_manifest(folder)
