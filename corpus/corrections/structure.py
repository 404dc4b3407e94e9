"""Corrections of the parts of a page: what is one article, what is two, which block is where, and what part it plays.

Every character of the page stays in exactly one article or leftover; only the order of blocks in a text changes, and
where a text does, the article is read anew.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.corrections.arranging import BODY, Part, arranged, credited_in, cut, parts
from corpus.corrections.correction import Correction, LostError, Quote
from corpus.corrections.matching import find, short
from corpus.corrections.sheet import Sheet, locate
from schemas.layout import HEADLINE_ROLES, Byline, Leftover, Range

DROPPED = "corrected"
"""The reason of a leftover that an editor took out of an article."""


def split(sheet: Sheet, at: int, correction: Correction) -> bool:
    """What is printed from the quoted words on is another article; pictures that stand behind them go with it."""
    article = sheet.records[at].article
    made = parts(article)
    index, inside = locate(made, Quote.from_dict(correction.values["before"]))
    if not index and not inside:
        return False
    if inside:
        made[index : index + 1] = _cut(made[index], inside, sheet.text)
        index += 1
    first, second = made[:index], made[index:]
    if made[index].role in BODY:
        edge = made[index].start
        kept = [part for part in _pictures(second) if part.start < edge]
        first += kept
        second = [part for part in second if part not in kept]
    new = sheet.add(second, credited_in(article.bylines, second), at)
    sheet.touched.setdefault(new, []).append(correction.id)
    sheet.put(at, first, credited_in(article.bylines, first))
    return True


def join(sheet: Sheet, at: int, correction: Correction) -> bool:
    """Another article goes on where this one ends: one article, with this one's id. A headline within it becomes a
    crosshead; two torn paragraphs that meet become one.
    """
    other = sheet.other(correction.values["with"], at)
    first, second = sheet.records[at].article, sheet.records[other].article
    made, more = parts(first), parts(second)
    if any(part.role in HEADLINE_ROLES for part in made):
        more = [replace(part, role="crosshead") if part.role in HEADLINE_ROLES else part for part in more]
    last = max((k for k, part in enumerate(made) if part.role in BODY), default=None)
    following = next((k for k, part in enumerate(more) if part.role in BODY), None)
    if last is not None and following is not None:
        body = [part for part in more if part.role in BODY]
        if made[last].incomplete and more[following].incomplete and more[following].role == "paragraph":
            made[last] = _glued(made[last], more[following])
            body = body[1:]
        made[last + 1 : last + 1] = body
        more = [part for part in more if part.role not in BODY]
    bylines = tuple(dict.fromkeys((*first.bylines, *second.bylines)))
    sheet.put(at, [*made, *more], bylines)
    del sheet.records[other]
    return True


def move(sheet: Sheet, at: int, correction: Correction) -> bool:
    """A block belongs to another article of the page: to its end, or where its role has its place."""
    other = sheet.other(correction.values["to"], at)
    made, block = _without(sheet, at, Quote.from_dict(correction.values["block"]))
    giver, taker = sheet.records[at].article, sheet.records[other].article
    moved = credited_in(giver.bylines, block)
    bylines = tuple(dict.fromkeys((*taker.bylines, *moved)))
    sheet.touched.setdefault(taker.id, []).append(correction.id)
    sheet.put(other, _inserted(parts(taker), block), bylines)
    sheet.put(at, made, credited_in(giver.bylines, made))
    return True


def drop(sheet: Sheet, at: int, correction: Correction) -> bool:
    """A block belongs to no article."""
    made, block = _without(sheet, at, Quote.from_dict(correction.values["block"]))
    if not made:
        raise LostError("it is all that the article has; join it to another one")
    bylines = credited_in(sheet.records[at].article.bylines, made)
    sheet.leftovers += [Leftover(DROPPED, *stretch) for part in block for stretch in part.source]
    sheet.leftovers.sort(key=lambda leftover: (leftover.start, leftover.end))
    sheet.put(at, made, bylines)
    return True


def take(sheet: Sheet, at: int, correction: Correction) -> bool:
    """Words of the page that were left over belong to this article."""
    quote, role = Quote.from_dict(correction.values["words"]), correction.values["role"]
    holding = (k for k, each in enumerate(sheet.leftovers) if quote.text in sheet.text[each.start : each.end])
    index = next(holding, None)
    if index is None:
        if quote.text in sheet.records[at].article.text:
            return False
        raise LostError(f"{short(quote.text)!r} is in no leftover of the page")
    leftover = sheet.leftovers[index]
    start = leftover.start + find(sheet.text[leftover.start : leftover.end], quote)
    end = start + len(quote.text)
    around = ((leftover.start, start), (end, leftover.end))
    sheet.leftovers[index : index + 1] = [
        Leftover(leftover.reason, *stretch) for stretch in around if sheet.text[slice(*stretch)].strip()
    ]
    source = _lines(sheet.text, start, end)
    words = "".join(sheet.text[a:b] for a, b in source)
    sheet.put(at, _inserted(parts(sheet.records[at].article), [Part(role, words, source)]))
    return True


def role(sheet: Sheet, at: int, correction: Correction) -> bool:
    """A block plays another part."""
    made = parts(sheet.records[at].article)
    index, inside = locate(made, Quote.from_dict(correction.values["block"]))
    if inside:
        made[index : index + 1] = _cut(made[index], inside, sheet.text)
        index += 1
    made[index] = replace(made[index], role=correction.values["role"])
    return _replaced(sheet, at, made)


def title(sheet: Sheet, at: int, correction: Correction) -> bool:
    """These words, which the article prints as blocks of their own or at the beginning of one, are its headline."""
    made, wanted = parts(sheet.records[at].article), correction.values["title"]
    lines = _spelt(made, wanted)
    if lines is None:
        begun = (k for k, part in enumerate(made) if part.text.startswith(wanted))
        index, inside = next(((k, 0) for k in begun), None) or locate(made, Quote(wanted))
        if inside:
            made[index : index + 1] = _cut(made[index], inside, sheet.text)
            index += 1
        if len(wanted) < len(made[index].text):
            made[index : index + 1] = _cut(made[index], len(wanted), sheet.text)
        lines = range(index, index + 1)
    first = min(made[k].start for k in lines)
    for k, part in enumerate(made):
        if k in lines:
            made[k] = replace(part, role="main")
        elif part.role == "main":
            made[k] = replace(part, role="kicker" if part.start < first else "subtitle")
    return _replaced(sheet, at, made)


def bylines(sheet: Sheet, at: int, correction: Correction) -> bool:
    """Who is credited, all of them, as the article prints them."""
    record = sheet.records[at]
    wanted = tuple(Byline(each["name"], each["role"]) for each in correction.values["bylines"])
    printed = "".join(record.article.text.split())
    for each in wanted:
        if "".join(each.name.split()) not in printed or "".join(each.role.split()) not in printed:
            raise LostError(f"{short(f'{each.role} {each.name}'.strip())!r} is not in it")
    if wanted == record.article.bylines:
        return False
    sheet.records[at] = replace(record, article=replace(record.article, bylines=wanted))
    return True


STEPS: dict[str, Callable[[Sheet, int, Correction], bool]] = {
    "split": split, "join": join, "move": move, "drop": drop, "take": take, "role": role, "title": title,
    "bylines": bylines,
}  # fmt: skip
"""Each gets the page, the article's place on it and the correction, and says whether anything is otherwise now;
LostError where the correction does not apply."""


def _pictures(made: Sequence[Part]) -> list[Part]:
    """The captions among parts, with the credits below them."""
    found, under = [], False
    for part in made:
        under = part.role == "caption" or (under and part.role == "credit")
        if under:
            found.append(part)
    return found


def _without(sheet: Sheet, at: int, quote: Quote) -> tuple[list[Part], list[Part]]:
    """An article's parts without the quoted one, and that one; a caption takes its credits along."""
    made = parts(sheet.records[at].article)
    index, inside = locate(made, quote)
    if inside:
        made[index : index + 1] = _cut(made[index], inside, sheet.text)
        index += 1
    end = index + 1
    while made[index].role == "caption" and end < len(made) and made[end].role == "credit":
        end += 1
    return made[:index] + made[end:], made[index:end]


def _inserted(made: list[Part], block: list[Part]) -> list[Part]:
    """Parts with a block among them: body text behind the last body text that is printed before it."""
    if block[0].role not in BODY:
        return made + block
    before = [k for k, part in enumerate(made) if part.role in BODY and part.start < block[0].start]
    first = next((k for k, part in enumerate(made) if part.role in (*BODY, "caption")), len(made))
    at = before[-1] + 1 if before else first
    return made[:at] + block + made[at:]


def _replaced(sheet: Sheet, at: int, made: list[Part]) -> bool:
    before = sheet.records[at].article
    if arranged(made, before.id, before.bylines) == before:
        return False
    sheet.put(at, made)
    return True


def _cut(part: Part, at: int, page: str) -> tuple[Part, Part]:
    try:
        return cut(part, at, page)
    except ValueError as error:
        raise LostError(f"the block cannot be cut there: {error}") from error


def _glued(first: Part, second: Part) -> Part:
    return Part("paragraph", first.text + second.text, (*first.source, *second.source), False)


def _lines(page: str, start: int, end: int) -> tuple[Range, ...]:
    """A stretch of the page line by line, without the blanks around the lines."""
    found, at = [], start
    for line in page[start:end].splitlines(keepends=True):
        words = line.strip()
        if words:
            begin = at + line.index(words)
            found.append((begin, begin + len(words)))
        at += len(line)
    if not found:
        raise LostError("there is nothing but blanks")
    return tuple(found)


def _spelt(made: Sequence[Part], wanted: str) -> range | None:
    """Consecutive parts that together are the words, blanks apart."""
    words = "".join(wanted.split())
    for begin in range(len(made)):
        spelt = ""
        for end in range(begin, len(made)):
            spelt += "".join(made[end].text.split())
            if spelt == words:
                return range(begin, end + 1)
            if not words.startswith(spelt):
                break
    return None
