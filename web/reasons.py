"""The lines of an explanation in the reader's language: what was weighed, and what was read with which words.

The program explains itself in lines of English, which cli.py explain prints. Here their forms are listed, with holes
for what differs; the catalogue has each form, and each reason, in Chinese. A line of no known form stays as it is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from web.language import Language, language

LINES = (
    "region: %(why)s, one article",
    "region: %(why)s",
    "[%(number)s] %(piece)s  %(words)s",
    "article %(id)s  %(words)s",
    "role: %(weighed)s",
    "belongs to a picture story: %(weighed)s",
    "belongs to article %(number)s: %(weighed)s",
    "goes on from [%(number)s]: %(weighed)s",
    "%(entity)s %(words)s in %(upper)s %(code)s (%(basis)s): %(printed)s",
    "%(entity)s %(words)s in %(upper)s (%(basis)s): %(printed)s",
    "%(entity)s %(words)s %(code)s (%(basis)s): %(printed)s",
    "%(entity)s %(words)s (%(basis)s): %(printed)s",
    "date %(words)s = undecided",
    "date %(words)s = %(edtf)s",
    "count %(words)s = %(figure)s to %(top)s %(unit)s of %(object)s (%(mod)s)",
    "count %(words)s = %(figure)s %(unit)s of %(object)s (%(mod)s)",
    "activity [%(type)s, %(status)s] %(words)s",
    "organizers: %(words)s",
    "partners: %(words)s",
    "places: %(words)s",
    "audience: %(words)s",
    "evidence: %(words)s",
    "%(ground)s %(words)s: %(because)s, by %(cue)s",
    "%(ground)s %(words)s: %(because)s",
)
"""Forms of lines, each tried before the next."""
GROUNDS = (
    "acts in its clause",
    "it is its own",
    "its people act",
    "named in the sentence that tells it",
    "from what is told around it",
    "in its sentence",
    "the nearest before it, or the lead's",
    "the clause claims: %(claim)s",
    "%(trigger)s, %(points)s points",
    "%(points)s points for %(words)s",
    "%(part)s",
)
"""Why something fills a slot of an activity; where it is the part that it plays, the name of that alone."""
REASONS = (
    "goes on in piece %(number)s",
    "goes on from piece %(number)s",
    "one of %(number)s like lines among paragraphs",
    "the cut runs through %(words)s",
    "the cut left %(words)s hanging",
    "%(number)s body pieces between",
    "shares its words with article %(number)s",
    "more than with article %(number)s",
    "against article %(number)s",
)
"""Reasons with holes for and against a decision; the others are texts of the catalogue as they stand."""
NAMES = {
    "piece": "piece", "entity": "place", "basis": "basis", "mod": "mod", "type": "type", "status": "status",
    "ground": "ground", "claim": "claim", "trigger": "trigger", "part": "part",
}  # fmt: skip
"""Holes for a value of a closed list, and the kind of names under which the catalogues have it."""
HOLES = {
    "number": r"\d+", "points": r"-?\d+\.\d", "code": r"\d{6,12}", "id": "[0-9a-f]{16}", "figure": r"\S+",
    "top": r"\S+", "weighed": r"[+-]\d.*",
}  # fmt: skip
"""What else may stand in a hole; anything in one that is not named here."""
LONGEST = 2_000
"""Characters of a line that is taken apart."""
_HOLE = re.compile(r"%\((\w+)\)s")
_APART = re.compile(r"; (?=[+-]\d)")
_WEIGHED = re.compile(r"([+-]\d+\.\d) (.*)", re.DOTALL)


def reasons(lines: Iterable[str], speech: Language) -> Iterator[tuple[str, list[str]]]:
    """Each piece of the page, or finding, with what speaks for it: lines that are set in belong to the one above."""
    head, details = "", list[str]()
    for line in lines:
        if line[:1].isspace():
            details.append(said(line.strip(), speech))
            continue
        if head or details:
            yield head, details
        head, details = said(line, speech), []
    if head or details:
        yield head, details


def said(line: str, speech: Language) -> str:
    """A line in this language.

    >>> said("role: -0.5 headlines are few; +1.5 as long as a headline", language("zh"))
    '角色：-0.5 标题本来就少；+1.5 长短像标题'
    >>> said("place e3: acts in its clause", language("en"))
    'place e3: acts in its clause'
    """
    if not speech.texts or len(line) > LONGEST:  # what the program says is what is shown
        return line
    for form in LINES:
        if found := _pattern(form).fullmatch(line):
            return speech.text(form, **_filled(found.groupdict(), speech))
    return line


def reason(text: str, speech: Language) -> str:
    """A reason in this language; itself where the catalogue has none."""
    for form in REASONS:
        if found := _pattern(form).fullmatch(text):
            return speech.text(form, **found.groupdict())
    return speech.names.get(("leftover", text)) or speech.text(text)


def _filled(found: Mapping[str, str], speech: Language) -> dict[str, str]:
    values = dict(found)
    for hole, value in found.items():
        if hole in NAMES:
            values[hole] = speech.name(NAMES[hole], value)
        elif hole == "weighed":
            values[hole] = speech.text("; ").join(_weighed(each, speech) for each in _APART.split(value))
        elif hole == "because":
            values[hole] = _because(value, speech)
    if found.get("ground") in ("status", "type"):
        values["words"] = speech.name(found["ground"], found["words"])
    return values


def _weighed(text: str, speech: Language) -> str:
    found = _WEIGHED.fullmatch(text)
    return f"{found[1]} {reason(found[2], speech)}" if found else text


def _because(text: str, speech: Language) -> str:
    for form in GROUNDS:
        if found := _pattern(form).fullmatch(text):
            return speech.text(form, **_filled(found.groupdict(), speech))
    return text


def _expression(form: str, named: bool = True) -> str:
    parts = _HOLE.split(form)
    made = [re.escape(parts[0])]
    for hole, behind in zip(parts[1::2], parts[2::2], strict=True):
        made += [f"({f'?P<{hole}>' if named else '?:'}{_fits(hole)})", re.escape(behind)]
    return "".join(made)


def _fits(hole: str) -> str:
    """What may stand in a hole, as an expression without names."""
    if hole in NAMES:
        return "|".join(re.escape(value) for kind, value in language("zh").names if kind == NAMES[hole])
    if hole == "because":
        return "|".join(_expression(form, named=False) for form in GROUNDS)
    return HOLES.get(hole, ".*?")


@cache
def _pattern(form: str) -> re.Pattern[str]:
    return re.compile(_expression(form), re.DOTALL)
