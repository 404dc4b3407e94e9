"""What a folder of parts says of itself: manifest.json (docs/scale.md)."""

from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from corpus.atomic import AtomicFile
from corpus.part_names import MANIFEST, NAME
from corpus.partition import Part
from corpus.records import from_json, to_json

SCHEMA = "manifest/2"
OLDER = ("manifest/1",)
"""Those of parts that carry less: they are made anew."""
MOST = 2**28
"""Bytes that are read of it: half a million parts."""


class ManifestError(ValueError):
    """The file is no manifest that can be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """`complete`: whether the run that wrote it came to its end; `version`: of the extractor."""

    complete: bool
    version: str
    parts: tuple[Part, ...]

    def write(self, folder: Path) -> None:
        """Put it into the folder, whole or not at all."""
        values = {
            "schema": SCHEMA,
            "complete": self.complete,
            "version": self.version,
            "records": sum(part.records for part in self.parts),
            "parts": [asdict(part) for part in self.parts],
        }
        with AtomicFile(folder / MANIFEST) as file:
            file.write(to_json(values) + b"\n")


def read(folder: Path) -> Manifest:
    """The manifest of a folder. FileNotFoundError without one; ManifestError where it cannot be read."""
    try:
        with (folder / MANIFEST).open("rb") as file:
            data = file.read(MOST + 1)
        if len(data) > MOST:
            raise ManifestError(f"it is larger than {MOST // 2**20} MB")
        values: dict[str, Any] = from_json(data)
        if values["schema"] in OLDER:
            return Manifest(False, "", ())
        if values["schema"] != SCHEMA:
            raise ManifestError(f"it is {values['schema']}, and this program knows {SCHEMA}")
        return Manifest(bool(values["complete"]), str(values["version"]), tuple(map(_part, values["parts"])))
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ManifestError(str(error.strerror)) from error
    except ManifestError:
        raise
    except (ValueError, KeyError, TypeError) as error:
        raise ManifestError(f"{type(error).__name__}: {error}") from error


def _part(values: dict[str, Any]) -> Part:
    part = Part(**values)
    for field in fields(Part):
        if type(getattr(part, field.name)) is not field.type:
            raise ManifestError(f"{field.name} of a part is {getattr(part, field.name)!r}")
    if not NAME.fullmatch(part.name):
        raise ManifestError(f"no part is called {part.name!r}")
    return part
