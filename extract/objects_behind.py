"""The noun phrase behind a number: 8个|地锁, 17位|身体硬朗的老伯, 60多名|教师和保安."""

from collections.abc import Sequence

from extract.count_tokens import PERSON, Piece, Tokens
from extract.count_words import count_words
from extract.objects_before import ASPECT, completed
from schemas.annotations import Span

LONGEST = 6  # words of a phrase
LONGEST_TITLE = 30
PREPOSITIONS = ("在", "被", "把", "对", "向", "为")
BODIES = "队团组社会班"
"""Last characters of the bodies whose names are quoted: 5支“蓝丝带”|服务队."""
JOINS = ("和", "及", "与")
AFTER_NOUN = ("p", "c", "d", "uj", "r", "nr")
"""Tags before which an unknown verb is taken for a noun: 两户|邻居|因…"""


def behind(tokens: Tokens, pieces: Sequence[Piece], thing: bool = False, described: bool = True) -> Span | None:
    """The noun phrase that begins with `pieces`, those of the clause; None where a verb, a stop or nothing follows.

    A phrase with 的 is cut down to its head where what stands before 的 describes (17位|身体硬朗的|老伯, the old), to
    what stands before 的 where that is a noun itself (两个|社区|的食堂, two communities). `thing`: the measure word is
    one of things, so that an unknown verb with nothing behind it is taken for a noun; `described`: a verb may stand at
    the head to describe (3名|受伤群众, injured people), not behind 人 (62人|找到工作, found work).
    """
    attributive = bool(pieces) and pieces[0].text == "的"
    if attributive:
        pieces = pieces[1:]
    if not pieces:
        return None
    if pieces[0].tag == PERSON:
        return None
    quoted = _quoted(tokens, pieces[0].start)
    if quoted is not None:
        return quoted
    words = count_words()
    first, follower = pieces[0], pieces[1] if len(pieces) > 1 else None
    alone = follower is None or follower.stop or (follower.tag in AFTER_NOUN and follower.text not in ASPECT)
    if thing and _unknown_noun(first) and alone:
        return Span(first.start, first.end)
    if first.text in words.single_nouns and not first.noun:
        if follower is None or not follower.nominal:
            return Span(first.start, first.end)
        first = first._replace(tag="n")
        pieces = [first, *pieces[1:]]
    here = phrase(pieces)
    if first.noun and here and not _describes(pieces, here) and first.text not in words.verbs:
        return _span(_joined(tokens, pieces, here))
    if here and here[-1].tag.startswith("n") and not completed(first):
        owned = len(here) < len(pieces) and pieces[len(here)].text == "的"
        if not owned or (not first.verb and not attributive):
            return _span(here)  # 9栋|旧厂房|的屋顶; 31岁的|养蜂人|陶…把学到的
    head = _head(pieces)
    if head and first.text not in PREPOSITIONS:
        return _span(head)
    if completed(first) or (len(pieces) > 1 and pieces[1].text == "了"):
        return None
    return _span(here) if described or attributive or not first.verb else None


def _unknown_noun(piece: Piece) -> bool:
    words = count_words()
    if completed(piece) or not piece.verb or len(piece.text) == 1:
        return False
    return piece.text not in words.verbs and piece.text not in words.phrase_ends


def _describes(pieces: Sequence[Piece], here: Sequence[Piece]) -> bool:
    """Whether the phrase is only what describes the noun behind 的: 身体硬朗|的老伯."""
    follows = pieces[len(here)].text if len(here) < len(pieces) else ""
    return follows == "的" and here[-1].tag.startswith(("l", "i", "z", "v"))


def _head(pieces: Sequence[Piece]) -> list[Piece]:
    """The phrase behind the first 的 of the clause."""
    for at, piece in enumerate(pieces[:8]):
        if piece.stop:
            break
        if piece.text == "了":
            break  # 五户|换上了|崭新的门锁
        if piece.text == "的":
            return phrase(pieces[at + 1 :])
    return []


def _joined(tokens: Tokens, pieces: Sequence[Piece], first: list[Piece]) -> list[Piece]:
    """The phrase with a second one joined to it: 60多名|教师和保安; by 、 if both describe: 12户|独居、空巢老人."""
    at = len(first)
    if at >= len(pieces):
        return first
    if pieces[at].text in JOINS:
        more = pieces[at + 1 :]
    elif pieces[at].text == "、" and first[-1].text in count_words().describing:
        more = tokens.ahead(pieces[at].end, LONGEST, clause=True)
    else:
        return first
    second = phrase(more)
    rest = more[len(second) : len(second) + 1]
    if not second or len(second) > 2 or (rest and (rest[0].text == "的" or rest[0].tag == "m")):
        return first
    return [*first, pieces[at], *second]


def _quoted(tokens: Tokens, start: int) -> Span | None:
    """The inside of a quotation or a title that begins at `start`."""
    text = tokens.text
    if text[start] == "《":
        closed = text.find("》", start, start + LONGEST_TITLE)
        return Span(start + 1, closed) if closed > start + 1 else None
    if text[start] != "“":
        return None
    end = text.find("”", start, start + 16)
    if end <= start + 1:
        return None
    following = phrase(tokens.ahead(end + 1, LONGEST, clause=True))  # 5支“白鹭”|巡护队
    nouns = all(p.tag.startswith(("n", "vn")) for p in following) and following[-1:] and following[-1].tag == "n"
    named = nouns or (following and following[-1].text[-1] in BODIES)
    return _span(following) if named else Span(start + 1, end)


def phrase(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of one noun phrase from the first on, ending with a noun."""
    words = count_words()
    taken: list[Piece] = []
    for k, piece in enumerate(pieces[:LONGEST]):
        follower = pieces[k + 1] if k + 1 < len(pieces) else None
        if piece.stop or piece.text == "的" or piece.text in words.small_words or piece.text in words.phrase_ends:
            break
        if taken and piece.text in words.no_part:
            break
        if taken and piece.text in words.noun_endings and not piece.nominal:
            taken.append(piece._replace(tag="n"))
            break
        if piece.nominal:
            if taken and _ends(taken, piece, follower):
                break
        elif not _leads(taken, piece, follower):
            break
        taken.append(piece)
    while taken and not taken[-1].noun:
        taken.pop()
    return taken


def _ends(taken: Sequence[Piece], piece: Piece, follower: Piece | None) -> bool:
    """Whether the phrase is complete before a word that might belong to it, but tells what the counted did."""
    words = count_words()
    if words.plain_verb(piece.text) and follower is not None and follower.noun:
        return True
    if piece.tag.startswith(("l", "i", "z")) and any(p.noun for p in taken):
        return True
    if piece.text in words.deeds and taken[-1].text.endswith((*words.people_endings, "社区", "小区", "街道")):
        return follower is None or follower.text != "的"  # 86名老人|量血压
    last = follower is None or follower.stop or not follower.nominal
    if taken[-1].text in words.no_part:
        return False
    return taken[-1].noun and piece.tag == "vn" and last and len(piece.text) == 2 and piece.text in words.verbs


def _leads(taken: Sequence[Piece], piece: Piece, follower: Piece | None) -> bool:
    """Whether a word that is no noun may stand before the noun of the phrase."""
    if follower is None:
        return False
    if piece.tag.startswith("a"):
        return follower.nominal and not any(p.noun for p in taken)
    if taken or not follower.noun:
        return False
    if piece.tag == "r":
        return piece.text[0] in "各同本"  # 24户|各地游客
    return (piece.verb and piece.text not in count_words().verbs) or piece.tag in ("f", "t", "ns", "m")


def _span(pieces: Sequence[Piece]) -> Span | None:
    return Span(pieces[0].start, pieces[-1].end) if pieces else None
