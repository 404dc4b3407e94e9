"""Bytes to text: which encoding a Chinese text file is in, decided by evidence.

A byte order mark or valid UTF-8 settles it. Otherwise every encoding that Chinese text comes in is tried, and the one
under which most characters are common ones wins: a wrong decoding gives rare characters. (Trying UTF-8 and then GB18030
misreads every Big5 file.) Where two come out alike, chardet's statistics decide.
"""

import codecs
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.readers.characters import likelihood
from corpus.readers.characters import sense as sense
from corpus.rejects import Rejected

SAMPLE = 65536
"""Bytes that are looked at before the whole is decoded."""
LEAST_SENSE = 0.35
"""Share of common characters below which text is no Chinese; pages have 0.7 to 0.9, wrong decodings 0.05 to 0.25."""
ALIKE = 0.1
MOST_BROKEN = 0.01
"""Share of characters that may be broken; a character cut off at either end is not counted, nor is a single one."""
RESYNCHRONISED = 400
"""Bytes after which a text that begins inside a character is read right again at the latest: there is an ASCII one."""
MOSTLY_WHOLE = 0.5
"""Points by which a text must read better from its second byte on: few are cut, and some begin with a rare name."""
WHOLE_CHARACTERS = 4
"""Characters beyond ASCII that must be sound for cut UTF-8 to be settled; others give none or two by chance."""

_BOMS = (  # utf-32-le before utf-16-le: its mark begins with the other's
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MULTIBYTE = ("utf-8", "gb18030", "big5hkscs")
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_TWO_BYTE = ("gb18030", "big5", "big5hkscs")
_SHIFTS = {name: range(4) if name.startswith("utf-32") else range(2) for name in (*_MULTIBYTE, *_WIDE)}
"""Bytes at the beginning that may be the rest of a character that was cut."""
_CONTROLS = frozenset(map(chr, range(32))) - frozenset("\t\n\r\f\v\x1a\x1b")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text with line feeds as line ends, the codec that was chosen, what was wrong with it or ""."""

    text: str
    encoding: str
    note: str = ""


def decode(data: bytes, name: str | None = None) -> Decoded:
    """The text of `data`, read as `name` where the caller knows the codec. Rejected: empty, binary or broken_encoding.

    >>> decode("社區志願者清掃街道，居民都說好。".encode("big5")).encoding  # volunteers sweep the street
    'big5'
    """
    if not data.strip():
        raise Rejected("empty", "the file has no text" if data else "the file is empty")
    name = name or choose(data)
    decoded = _clean(data, name, _bytes_of_a_cut_character(data, name))
    if all(c.isspace() or c in "\ufeff\x1a" for c in decoded.text):
        raise Rejected("empty", "the file has no text")
    return decoded


def choose(data: bytes) -> str:
    """The codec that `data` is written in; Rejected where none makes sense."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    if b"\0" in data[:SAMPLE]:
        return _best(data[:SAMPLE], _WIDE) or _reject_binary()
    if b"~{" in data and data.isascii() and sense(data.decode("hz", "replace")) >= LEAST_SENSE:
        return "hz"  # seven-bit GB 2312 of old mail and news archives
    if _is_utf8(data):
        return "utf-8"
    likely = _best(data[:SAMPLE], _MULTIBYTE) or _best(data[:SAMPLE], _WIDE)
    if likely is None:
        raise Rejected("broken_encoding", "the bytes are no Chinese text in UTF-8, UTF-16, GB18030 or Big5")
    if likely == "big5hkscs" and _broken(data, "big5") <= _broken(data, "big5hkscs"):
        return "big5"  # Hong Kong's additions are not needed
    return likely


def _is_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8 throughout, but for a character cut at either end where the rest leaves no doubt."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        inside = data.lstrip(bytes(range(0x80, 0xC0))) if data[0] & 0xC0 == 0x80 else data
        if len(data) - len(inside) > 3:
            return False
        try:
            text, _ = codecs.utf_8_decode(inside, "strict", False)  # a character that ends too early is left out
        except UnicodeDecodeError:
            return False
        return sum(c > "\u07ff" for c in text) >= WHOLE_CHARACTERS
    return True


def _best(sample: bytes, names: Sequence[str]) -> str | None:
    scores = sorted(((_sense_as(sample, name), name) for name in names), reverse=True)
    (score, best), (next_score, _) = scores[0], scores[1]
    if score < LEAST_SENSE:
        return None
    if score - next_score < ALIKE:
        likely = _statistics(sample)
        return next((name for _, name in scores if name == likely), best)
    return best


def _sense_as(sample: bytes, name: str) -> float:
    return max(sense(sample[skip:].decode(name, "replace")) for skip in _SHIFTS[name])


def _statistics(sample: bytes) -> str | None:
    import chardet  # only here: it costs a tenth of a second to load, and few files need it

    found = chardet.detect(sample, include_encodings=("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be"))
    name = (found["encoding"] or "").lower()
    return {"big5": "big5hkscs", "gbk": "gb18030", "gb2312": "gb18030"}.get(name, name)


def _bytes_of_a_cut_character(data: bytes, name: str) -> int:
    """How many bytes to leave out where a text begins inside a character.

    In UTF-16 and UTF-32 every character would be wrong; in a two-byte encoding every one up to where both readings
    come to the same character's beginning again, at an ASCII one at the latest.
    """
    if name in _WIDE:
        return max(_SHIFTS[name], key=lambda skip: (sense(data[skip:SAMPLE].decode(name, "replace")), -skip))
    if name not in _TWO_BYTE:
        return 0
    end = next((at for at, byte in enumerate(data[:RESYNCHRONISED]) if byte < 0x30), RESYNCHRONISED)
    as_is, shifted = (data[skip:end].decode(name, "replace") for skip in (0, 1))
    while as_is and shifted and as_is[-1] == shifted[-1]:  # read alike from here on
        as_is, shifted = as_is[:-1], shifted[:-1]
    return int(likelihood(shifted) > likelihood(as_is) + MOSTLY_WHOLE)


def _clean(data: bytes, name: str, skip: int) -> Decoded:
    """The whole decoded: line ends as line feeds, a cut-off character at an end dropped, broken ones as U+FFFD."""
    broken, cut = 0, skip > 0
    try:
        text = data[skip:].decode(name)
    except UnicodeDecodeError:
        whole = data[skip:].decode(name, "replace")
        text = whole.strip("\ufffd")
        lost = len(whole) - len(text)
        # a UTF-8 character cut at the front leaves up to three broken bytes, one at the end leaves one
        cut, broken = cut or lost > 0, text.count("\ufffd") + max(0, lost - 4)
    _check(text, name, broken)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    notes = [f"{broken} broken characters, shown as U+FFFD"] * bool(broken) + ["cut inside a character"] * cut
    return Decoded(text, name, "; ".join(notes))


def _check(text: str, name: str, broken: int) -> None:
    if sum(text.count(c) for c in _CONTROLS) > MOST_BROKEN * len(text):
        _reject_binary()
    if broken > max(1, MOST_BROKEN * len(text)):
        raise Rejected("broken_encoding", f"{broken} of {len(text)} characters are broken (read as {name})")
    # a byte order mark is also how some binary files begin
    if name in ("utf-16", "utf-32") and not text[:SAMPLE].isascii() and sense(text[:SAMPLE]) < LEAST_SENSE:
        raise Rejected("broken_encoding", f"it begins like {name} but its characters make no Chinese text")


def _reject_binary() -> str:
    raise Rejected("binary", "the file is binary data, not text")


def _broken(data: bytes, name: str) -> int:
    return data.decode(name, "replace").count("\ufffd")
