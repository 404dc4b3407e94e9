r"""Records and page texts as they lie in the archive: small, and exactly what they were.

A record is a list of lists in JSON, without what stands in the columns of its article and without names of fields; its
offsets are distances from what is before them. zstandard then packs it with a dictionary trained on typical records,
which every archive carries, so that what is in it can be read for ever. A page's text is packed with its own articles
as the dictionary: nearly all of it is in them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import chain
from pathlib import Path
from typing import Any

import zstandard

from corpus.records import from_json, to_json
from schemas.annotations import Activity, Check, Count, Entity, Span, TimeExpression
from schemas.layout import Article, Block, Byline, Leftover, Range, Source
from schemas.record import ArticleRecord

VERSION = 1
"""Of the lists; `Packing.record` reads every one there ever was."""
DICTIONARY = 32768
LEVEL = 12
MOST_TEXT = 2**30
"""Bytes that a packed text may claim to unpack to: a damaged file must not ask for all memory."""


@dataclass(frozen=True, slots=True)
class PageContent:
    """One page as extraction leaves it: its whole text, what of it is in no article, how many articles it gave."""

    source: Source
    text: str
    leftovers: tuple[Leftover, ...]
    articles: int


class PackingError(ValueError):
    """Bytes that are no record or page of this archive."""


class Packing:
    """Packs and unpacks with the dictionary of one archive."""

    def __init__(self, dictionary: bytes) -> None:
        trained = zstandard.ZstdCompressionDict(dictionary)
        self._small = zstandard.ZstdCompressor(level=LEVEL, dict_data=trained, write_dict_id=False)
        self._large = zstandard.ZstdDecompressor(dict_data=trained)

    def pack(self, record: ArticleRecord) -> bytes:
        """Everything of a record but its source and its article's id, kind and text."""
        return self._small.compress(typical(record))

    def record(self, packed: bytes, article_id: str, kind: Any, text: str, source: Source) -> ArticleRecord:
        """The record again; PackingError where the bytes are damaged."""
        try:
            return _record(from_json(self._large.decompress(packed, MOST_TEXT)), article_id, kind, text, source)
        except (zstandard.ZstdError, ValueError, TypeError, IndexError) as error:
            raise PackingError(f"the record of article {article_id} is damaged ({error})") from error


def pack_page(text: str, leftovers: Sequence[Leftover], articles: Iterable[str]) -> bytes:
    """A page's text and leftovers, packed against the texts of its articles."""
    content = to_json([text, [[each.reason, each.start, each.end] for each in leftovers]])
    packer = zstandard.ZstdCompressor(level=LEVEL, dict_data=_raw(articles), write_checksum=True, write_dict_id=False)
    return packer.compress(content)


def unpack_page(packed: bytes, articles: Iterable[str]) -> tuple[str, tuple[Leftover, ...]]:
    """The text of a page and its leftovers again, given the texts of its articles in their order.

    >>> unpack_page(pack_page("街道热线：12345", [Leftover("hotline", 0, 10)], []), [])  # the street's hotline
    ('街道热线：12345', (Leftover(reason='hotline', start=0, end=10),))
    """
    try:
        content = zstandard.ZstdDecompressor(dict_data=_raw(articles)).decompress(packed, MOST_TEXT)
        text, leftovers = from_json(content)
        return text, tuple(Leftover(*each) for each in leftovers)
    except (zstandard.ZstdError, ValueError, TypeError) as error:
        raise PackingError(f"the text of a page is damaged ({error})") from error


def train() -> bytes:
    """The dictionary for a new archive, from typical.jsonl: packed records of our own sample pages, one a line."""
    lines: list[bytes | bytearray | memoryview] = []
    lines.extend(Path(__file__).with_name("typical.jsonl").read_bytes().splitlines())
    return zstandard.train_dictionary(DICTIONARY, lines).as_bytes()


def typical(record: ArticleRecord) -> bytes:
    """The lists of a record as JSON, not yet compressed."""
    return to_json([VERSION, *_lists(record)])


def _raw(articles: Iterable[str]) -> zstandard.ZstdCompressionDict:
    # eight bytes are the least that zstandard takes
    content = "\n".join(articles).encode().ljust(8, b"\n")
    return zstandard.ZstdCompressionDict(content, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def _lists(record: ArticleRecord) -> list[Any]:
    article = record.article
    text = article.text
    ends = chain((0,), (block.end for block in article.blocks))
    page = _Distances()
    return [
        [[each.name, each.role] for each in article.bylines],
        [
            [b.role, b.start - before, b.end - b.start, page.of(b.source), *[1] * b.incomplete]
            for before, b in zip(ends, article.blocks, strict=False)
        ],
        [
            [
                e.id,
                e.type,
                _name(e, text),
                e.parent,
                e.code,
                e.basis,
                _Distances().of((m.start, m.end) for m in e.mentions),
            ]
            for e in record.entities
        ],
        [_quoted(each, text) for each in record.counts],
        [_quoted(each, text) for each in record.dates],
        [_activity(each) for each in record.activities],
        list(record.keywords),
    ]


def _record(lists: list[Any], article_id: str, kind: Any, text: str, source: Source) -> ArticleRecord:
    version, bylines, blocks, entities, counts, dates, activities, keywords = lists
    if version != VERSION:
        raise ValueError(f"it is packed in form {version}, which this program does not know")
    article = Article(
        article_id, kind, text, tuple(_blocks(blocks)), tuple(Byline(name, role) for name, role in bylines)
    )
    return ArticleRecord(
        article,
        source,
        tuple(_entity(each, text) for each in entities),
        tuple(_count(each, text) for each in counts),
        tuple(_date(each, text) for each in dates),
        tuple(_performed(each) for each in activities),
        tuple(keywords),
    )


class _Distances:
    """Ranges as distances from the end of the one before, and the other way round."""

    def __init__(self) -> None:
        self._last = 0

    def of(self, ranges: Iterable[Range]) -> list[int]:
        flat = []
        for start, end in ranges:
            flat += [start - self._last, end - start]
            self._last = end
        return flat

    def ranges(self, flat: Sequence[int]) -> Iterator[Range]:
        for ahead, length in zip(flat[::2], flat[1::2], strict=True):
            start = self._last + ahead
            self._last = start + length
            yield start, self._last


def _blocks(lists: Iterable[Any]) -> Iterator[Block]:
    at, page = 0, _Distances()
    for role, ahead, length, source, *incomplete in lists:
        start = at + ahead
        at = start + length
        yield Block(role, start, at, tuple(page.ranges(source)), bool(incomplete))


def _name(entity: Entity, text: str) -> str | int:
    """The name, or which mention prints it in full."""
    quoted = (text[each.start : each.end] for each in entity.mentions)
    return next((at for at, each in enumerate(quoted) if each == entity.name), entity.name)


def _entity(values: list[Any], text: str) -> Entity:
    entity_id, kind, name, parent, code, basis, flat = values
    mentions = tuple(Span(start, end) for start, end in _Distances().ranges(flat))
    if isinstance(name, int):
        name = text[mentions[name].start : mentions[name].end]
    return Entity(entity_id, kind, name, parent, code, basis, mentions)


def _quoted(each: Count | TimeExpression, text: str) -> list[Any]:
    """A thing whose fields are id, text, start, end and what follows; its text is left out, as it stands in `text`."""
    rest = [_plain(getattr(each, name)) for name in _REST[type(each)]]
    otherwise = [each.text] if text[each.start : each.end] != each.text else []
    return [each.id, each.start, each.end - each.start, *rest, *otherwise]


_REST = {kind: tuple(field.name for field in fields(kind))[4:] for kind in (Count, TimeExpression)}


def _plain(value: Any) -> Any:
    return [value.of, value.part, value.agrees] if isinstance(value, Check) else value


def _count(values: list[Any], text: str) -> Count:
    count_id, start, length, value, most, unit, thing, mod, role, check, *otherwise = values
    quoted = otherwise[0] if otherwise else text[start : start + length]
    return Count(count_id, quoted, start, start + length, value, most, unit, thing, mod, role, check and Check(*check))


def _date(values: list[Any], text: str) -> TimeExpression:
    date_id, start, length, value, *otherwise = values
    quoted = otherwise[0] if otherwise else text[start : start + length]
    return TimeExpression(date_id, quoted, start, start + length, value)


def _activity(each: Activity) -> list[Any]:
    slots = [each.organizers, each.partners, each.places, each.audience, each.counts]
    evidence = [each.evidence.start, each.evidence.end - each.evidence.start]
    return [each.id, each.name, each.type, *slots, each.date, *evidence, each.status]


def _performed(values: list[Any]) -> Activity:
    activity_id, name, kind, organizers, partners, places, audience, counts, date, start, length, status = values
    lists = (tuple(organizers), tuple(partners), tuple(places))
    evidence = Span(start, start + length)
    return Activity(activity_id, name, kind, *lists, date, tuple(audience), tuple(counts), evidence, status)
