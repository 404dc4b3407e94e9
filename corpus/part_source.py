"""What a part carries of each source beside its records: where it lies, its digest, the text of its pages, its rejects.

One line a source, in the order of the records: what an archive needs to hold what it would hold had it read the source
itself. schemas/source.schema.json is what others may rely on.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from corpus.archive.packing import PageContent
from corpus.records import to_json
from corpus.rejects import Reject
from schemas.layout import Leftover, Source

SCHEMA = "source/1"


@dataclass(frozen=True, slots=True)
class MadeBy:
    """What decided which records there are: the extractor's version, its settings and limits as `index` stores them."""

    version: str
    settings: str
    limits: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an input lies, and what it is known by.

    `path` of the file as it was named; `location` where the system has it; `member` in it, "" for the file itself, None
    where what is said is said of the whole file. `location` None: there is no such file. `sha256` of the bytes,
    `context` of what else was read; both empty where there were no bytes.
    """

    path: str
    location: str | bytes | None
    member: str | None = ""
    sha256: str = ""
    context: str = ""

    @property
    def name(self) -> str:
        """The source as its user names it."""
        return f"{self.path}!{self.member}" if self.member else self.path


@dataclass(frozen=True, slots=True)
class PartSource:
    """One source of a part. Its records are the next in the part: as many as its pages have articles."""

    origin: Origin
    made_by: MadeBy
    pages: tuple[PageContent, ...] = ()
    rejects: tuple[Reject, ...] = ()

    def line(self) -> bytes:
        """As a line of JSON."""
        origin = self.origin
        values = {
            "schema": SCHEMA,
            "path": origin.path,
            "location": {"hex": origin.location.hex()} if isinstance(origin.location, bytes) else origin.location,
            "member": origin.member,
            "sha256": origin.sha256,
            "context": origin.context,
            "made_by": asdict(self.made_by),
            "pages": [
                {
                    "source": asdict(page.source),
                    "text": page.text,
                    "leftovers": [[each.reason, each.start, each.end] for each in page.leftovers],
                    "articles": page.articles,
                }
                for page in self.pages
            ],
            "rejects": [reject.to_dict() for reject in self.rejects],
        }
        return to_json(values) + b"\n"


def read(values: dict[str, Any]) -> PartSource:
    """The source again, of values that fit the schema; ValueError where they contradict themselves.

    >>> from corpus.records import from_json
    >>> origin = Origin("a.txt", "/pages/a.txt", "", "00" * 32)
    >>> told = PartSource(origin, MadeBy("1", "{}", "{}"), rejects=(Reject("a.txt", "empty", "it has no text"),))
    >>> read(from_json(told.line())) == told
    True
    """
    location = values["location"]
    if isinstance(location, dict):
        location = bytes.fromhex(location["hex"])
    origin = Origin(values["path"], location, values["member"], values["sha256"], values["context"])
    pages = tuple(map(_page, values["pages"]))
    rejects = tuple(Reject(each["path"], each["reason"], each["message"]) for each in values["rejects"])
    if pages and not (origin.sha256 and location and origin.member is not None):
        raise ValueError("it has pages and is nowhere")
    return PartSource(origin, MadeBy(**values["made_by"]), pages, rejects)


def _page(values: dict[str, Any]) -> PageContent:
    leftovers = tuple(Leftover(*each) for each in values["leftovers"])
    if any(not 0 <= each.start < each.end <= len(values["text"]) for each in leftovers):
        raise ValueError("a leftover leaves the page's text")
    return PageContent(Source(**values["source"]), values["text"], leftovers, values["articles"])


def of(origin: Origin, made_by: MadeBy, pages: Sequence[PageContent], rejects: Sequence[Reject]) -> PartSource:
    """What became of an input; a traceback is nobody's but this run's."""
    return PartSource(origin, made_by, tuple(pages), tuple(replace(reject, detail="") for reject in rejects))
