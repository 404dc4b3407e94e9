"""People called by surname and a courtesy, kin or office word: 邱大爷, 何先生, 小赵, 老李, 王医生."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from extract.any_word import any_word
from extract.lexicon import table, words
from extract.person_context import OPEN, PersonContext
from extract.person_names import LONGEST_SURNAME, NameShapes
from extract.person_text import PersonText

NICKNAME_NEEDS = 1.5
ADDRESSED = frozenset("给和跟让被向与为对把同找帮陪问叫请")
AFTER_OFFICE = frozenset("任副总正原党")
THANKS = ("谢谢", "感谢", "多亏", "多亏了", "感谢了", "请来", "叫来")
BEFORE_SURNAME = frozenset("老小阿大")
ALIAS = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{2,3})[（(]化名[)）]|([小阿][\u4e00-\u9fff])(?=[（(]化名)")
SURE = 0.2


@dataclass(frozen=True, slots=True)
class Call:
    """A person as somebody calls them. `kind`: elder, courtesy, office or nick; `sure`: plain enough to stand alone."""

    start: int
    end: int
    surname: str
    title: str
    kind: str
    role: str
    sure: bool


class CourtesyForms:
    """Finds surname-and-title forms. Stateless after loading."""

    def __init__(self, shapes: NameShapes, context: PersonContext) -> None:
        self._shapes, self._context = shapes, context
        self._kinds = {row["word"]: row["kind"] for row in table("courtesy_titles")}
        self._not_nick = frozenset(words("not_nicknames"))
        self._surnames = frozenset([*shapes.compound_surnames, *shapes.single_surnames])
        ends = "".join(sorted({surname[-1] for surname in self._surnames}))
        begins = "".join(sorted({title[0] for title in self._kinds}))
        self._title = re.compile(f"[{ends}](?=[{begins}])(?=(?P<title>{any_word(self._kinds)}))")
        self._nick = re.compile(f"[老小](?P<surname>[{shapes.single_surnames}])")

    def find(self, seen: PersonText) -> Iterator[Call]:
        """Every such form in the text, left to right; then persons under an alias; then nicknames.

        >>> from extract.tokens import Words
        >>> shapes, context = NameShapes(), PersonContext()
        >>> cut = ["居民", "何", "先生", "向", "大爷", "问好"]  # resident Mr He greets the old man: 向 is no surname
        >>> seen = PersonText.of(Words(cut, ["n"] * 6), context.roles("".join(cut)))
        >>> [call.title for call in CourtesyForms(shapes, context).find(seen)]
        ['先生']
        """
        return chain(self._titled(seen), self._aliases(seen.text), self._nicknames(seen))

    def _titled(self, seen: PersonText) -> Iterator[Call]:
        """Surnames and titles, also with 老, 小, 阿 or 大 before them."""
        at = 0
        found = self._surnames_with_titles(seen.text)
        for start, (surname, title) in sorted(found.items()):
            if start < at:
                continue
            first = seen.text[start - 1] if start > at else ""
            joins_next = seen.text[start] in BEFORE_SURNAME and start + 1 in found  # 阿|伯伯: 阿 is a surname, too
            starts: list[int] = []
            if first in BEFORE_SURNAME:
                starts.append(start if first in "大阿" or self._shapes.surname_is_word(surname) else start - 1)
            if not joins_next:
                starts.append(start)
            at = start if joins_next else start + 1
            for begin in starts:
                if call := self._titled_call(seen, begin, start + len(surname), surname, title):
                    yield call
                    at = call.end
                    break

    def _surnames_with_titles(self, text: str) -> dict[int, tuple[str, str]]:
        """Where surnames stand right before titles: the longest at a place, with the longest title."""
        found: dict[int, tuple[str, str]] = {}
        for match in self._title.finditer(text):
            end = match.end()
            for start in range(end - 1, max(-1, end - 1 - LONGEST_SURNAME), -1):
                if text[start:end] in self._surnames:
                    found[start] = text[start:end], match["title"]
        return found

    @staticmethod
    def _aliases(text: str) -> Iterator[Call]:
        """Persons who are said to be called otherwise."""
        for found in ALIAS.finditer(text) if "化名" in text else ():
            start, end = found.span(1) if found[1] else found.span(2)
            yield Call(start, end, "", "", "alias", "", True)

    def _nicknames(self, seen: PersonText) -> Iterator[Call]:
        """老 and 小 with a surname alone."""
        for found in self._nick.finditer(seen.text):
            call = self._nickname(seen, found.start(), found.end(), found["surname"])
            if call:
                yield call

    def _titled_call(self, seen: PersonText, start: int, middle: int, surname: str, title: str) -> Call | None:
        """What begins at `start`, as a call; its title begins at `middle`."""
        text, end = seen.text, middle + len(title)
        kind = self._kinds[title]
        role = seen.roles.get(start, "")
        if title == role or self._context.names_a_thing(text, end):
            return None
        clear = bool(role) or self._clear_left(text, start) or text.endswith(THANKS, 0, start)
        word = self._shapes.surname_is_word(surname)
        if start not in seen.number and not role and text[start - 1 : start] not in ADDRESSED:
            return None
        if self._shapes.surname_is_function(surname) and text[start - 1 : start] != "的":
            return None  # 志愿者向大爷大妈讲解
        if word and not clear and kind != "elder":
            return None
        if kind == "office" and (surname in AFTER_OFFICE or (middle not in seen.number and not clear)):
            return None
        if len(title) == 1 and not self._short_title(seen, start, end, surname, clear):
            return None
        return Call(start, end, surname, title, kind, role, True)

    def _short_title(self, seen: PersonText, start: int, end: int, surname: str, clear: bool) -> bool:
        """黄伯, 王总: one character is a title only where the name visibly ends after it."""
        text, title = seen.text, seen.text[end - 1]
        if not self._shapes.surname_is_frequent(surname) or text[start:end] in self._shapes.not_names:
            return False
        if title == "某":
            return True
        follows = self._context.follows(seen, end)
        if title in "总工导董老哥姐嫂":
            return clear and (self._context.says(text, end) or (end in seen.number and follows))
        return follows and (clear or end in seen.number)

    def _clear_left(self, text: str, start: int) -> bool:
        return start == 0 or text[start - 1] in OPEN or text[start - 1] == "的"

    def _nickname(self, seen: PersonText, start: int, end: int, surname: str) -> Call | None:
        text = seen.text
        role = seen.roles.get(start, "")
        if text[start:end] in self._not_nick and not (role and self._context.follows(seen, end)):
            return None
        if not self._shapes.surname_is_frequent(surname):
            return None
        if self._kinds.get(text[end : end + 2]) or self._context.names_a_thing(text, end):
            return None
        points = 2.0 if role else 0.0
        if self._clear_left(text, start):
            points += 1.0 if text[start - 1 : start] == "的" else 0.8
        elif start and text[start - 1] in ADDRESSED:
            points += 0.6
        if start not in seen.number:
            points -= 0.3 if role else 1.0
        if end not in seen.number:
            points -= 0.3 if role else 0.8
        if self._context.says(text, end):
            points += 1.8
        elif self._context.follows(seen, end):
            points += 0.9
        elif role and end < len(text) and end in seen.number:
            points += 0.3
        if points < NICKNAME_NEEDS:
            return None
        return Call(start, end, surname, text[start], "nick", role, points >= NICKNAME_NEEDS + SURE or bool(role))


def same_person(call: Call, full: str, role: str, role_kind: Callable[[str], str]) -> bool:
    """Whether `call` may be the person of the full name `full`, introduced as `role`.

    An elder is not the official who visits: 王大爷 is not 社区书记王宁.
    """
    if not call.surname or not full.startswith(call.surname):
        return False
    kind = role_kind(role)
    if call.kind in ("elder", "courtesy"):
        return kind not in ("office", "work") or call.title in ("师傅", "女士", "先生", "同志", "大姐", "大哥")
    if call.kind == "office":
        return kind in ("office", "work") or not kind
    return True
