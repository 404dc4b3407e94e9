"""Bytes to text: which encoding a Chinese text file is in, decided by evidence.

A byte order mark or valid UTF-8 settles it. Otherwise every encoding that Chinese text comes in is tried, and the one
under which most characters are common ones wins: a wrong decoding gives rare characters. (Trying UTF-8 and then GB18030
misreads every Big5 file.) Where two come out alike, chardet's statistics decide.
"""

import codecs
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.rejects import Rejected

SAMPLE = 65536
"""Bytes that are looked at before the whole is decoded."""
LEAST_SENSE = 0.35
"""Share of common characters below which text is no Chinese; pages have 0.7 to 0.9, wrong decodings 0.05 to 0.25."""
ALIKE = 0.1
MOST_BROKEN = 0.01
"""Share of characters that may be broken; a character cut off at either end is not counted."""

_BOMS = (  # utf-32-le before utf-16-le: its mark begins with the other's
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MULTIBYTE = ("utf-8", "gb18030", "big5hkscs")
_WIDE = ("utf-16-le", "utf-16-be")
_PUNCTUATION = frozenset("，。、；：？！“”‘’（）《》【】「」『』—…·　①②③④⑤％０１２３４５６７８９〇")
_CONTROLS = frozenset(map(chr, range(32))) - frozenset("\t\n\r\f\v\x1a\x1b")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text with line feeds as line ends, the codec that was chosen, what was wrong with it or ""."""

    text: str
    encoding: str
    note: str = ""


def decode(data: bytes) -> Decoded:
    """The text of `data`. Raises Rejected: empty, binary or broken_encoding.

    >>> decode("社區志願者清掃街道，居民都說好。".encode("big5")).encoding  # volunteers sweep the street
    'big5'
    """
    if not data.strip():
        raise Rejected("empty", "the file has no text" if data else "the file is empty")
    name = choose(data)
    decoded = _clean(data, name, _bytes_of_a_cut_character(data, name))
    if not decoded.text.strip("\ufeff \t\n\f\v\x1a\u3000"):
        raise Rejected("empty", "the file has no text")
    return decoded


def choose(data: bytes) -> str:
    """The codec that `data` is written in; Rejected where none makes sense."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    if b"\0" in data[:SAMPLE]:
        return _best(data[:SAMPLE], _WIDE) or _reject_binary()
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        likely = _best(data[:SAMPLE], _MULTIBYTE) or _best(data[:SAMPLE], _WIDE)
    else:
        return "utf-8"
    if likely is None:
        raise Rejected("broken_encoding", "the bytes are no Chinese text in UTF-8, UTF-16, GB18030 or Big5")
    if likely == "big5hkscs" and _broken(data, "big5") <= _broken(data, "big5hkscs"):
        return "big5"  # Hong Kong's additions are not needed
    return likely


def sense(text: str) -> float:
    """The share of common Chinese characters and punctuation among the characters that are not ASCII; 0 without any.

    >>> sense("社区志愿者") > sense("绀惧尯蹇楁効") # volunteers; the same bytes read as GBK
    True
    """
    foreign = [c for c in text if c > "\x7f"]
    known = _common()
    return sum(c in known for c in foreign) / len(foreign) if foreign else 0.0


def _best(sample: bytes, names: tuple[str, ...]) -> str | None:
    scores = sorted(
        ((max(sense(sample[skip:].decode(name, "replace")) for skip in (0, 1)), name) for name in names), reverse=True
    )
    (score, best), (next_score, _) = scores[0], scores[1]
    if score < LEAST_SENSE:
        return None
    if score - next_score < ALIKE:
        likely = _statistics(sample)
        return next((name for _, name in scores if name == likely), best)
    return best


def _statistics(sample: bytes) -> str | None:
    import chardet  # only here: it costs a tenth of a second to load, and few files need it

    found = chardet.detect(sample, include_encodings=("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be"))
    name = (found["encoding"] or "").lower()
    return {"big5": "big5hkscs", "gbk": "gb18030", "gb2312": "gb18030"}.get(name, name)


def _bytes_of_a_cut_character(data: bytes, name: str) -> int:
    """1 where a two-byte text begins inside a character: every character up to the first ASCII one would be wrong."""
    if name not in ("gb18030", "big5", "big5hkscs"):
        return 0
    first = next((at for at, byte in enumerate(data[:400]) if byte < 0x30), 400)
    known = _common()

    def sound(text: str) -> int:
        return sum(c in known for c in text) - text.count("\ufffd")

    as_is, shifted = (sound(data[skip:first].decode(name, "replace")) for skip in (0, 1))
    return int(shifted > as_is)


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
    if broken > MOST_BROKEN * len(text):
        raise Rejected("broken_encoding", f"{broken} of {len(text)} characters are broken (read as {name})")
    # a byte order mark is also how some binary files begin
    if name in ("utf-16", "utf-32") and not text.isascii() and sense(text[:SAMPLE]) < LEAST_SENSE:
        raise Rejected("broken_encoding", f"it begins like {name} but its characters make no Chinese text")


def _reject_binary() -> str:
    raise Rejected("binary", "the file is binary data, not text")


def _broken(data: bytes, name: str) -> int:
    return data.decode(name, "replace").count("\ufffd")


@cache
def _common() -> frozenset[str]:
    lines = Path(__file__).with_name("common_characters.txt").read_text("utf-8").split("\n")
    return frozenset("".join(line for line in lines if not line.startswith("#"))) | _PUNCTUATION
