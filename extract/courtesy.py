"""People called by surname and a courtesy, kin or office word: 邱大爷, 何先生, 小赵, 老李, 王医生."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from extract.any_word import any_word
from extract.lexicon import table, words
from extract.person_context import OPEN, PersonContext
from extract.person_names import NameShapes

NICKNAME_NEEDS = 1.5
ADDRESSED = frozenset("给和跟让被向与为对把同找帮陪问叫请")
AFTER_OFFICE = frozenset("任副总正原党")
THANKS = ("谢谢", "感谢", "多亏", "多亏了", "感谢了", "请来", "叫来")
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
        titles = any_word(self._kinds)
        surname = f"(?:{any_word(shapes.compound_surnames)}|[{shapes.single_surnames}])"
        self._titled = re.compile(f"(?P<first>[老小阿大])?(?P<surname>{surname})(?P<title>{titles})")
        self._nick = re.compile(f"[老小](?P<surname>[{shapes.single_surnames}])")

    def find(self, text: str, boundaries: frozenset[int], verbs: frozenset[int] = frozenset()) -> Iterator[Call]:
        """Every such form in `text`, left to right; `boundaries` are the starts and ends of the segmenter's words,
        `verbs` the starts of those that follow subjects.

        >>> shapes, context = NameShapes(), PersonContext()
        >>> text = "居民何先生向大爷问好"  # resident Mr He greets the old man: 向 is no surname here
        >>> [c.title for c in CourtesyForms(shapes, context).find(text, frozenset({0, 2, 3, 5, 6, 8, 10}))]
        ['先生']
        """
        at = 0
        while found := self._titled.search(text, at):
            start = found.start("surname")
            first = found.group("first")
            if first and (self._shapes.surname_is_word(found["surname"]) or first in "大阿"):
                first = None
            if first:
                start = found.start()
            call = self._titled_call(text, start, found, boundaries, verbs)
            if call:
                yield call
                at = call.end
            else:
                at = found.start() + 1
        for found in ALIAS.finditer(text):
            start, end = found.span(1) if found[1] else found.span(2)
            yield Call(start, end, "", "", "alias", "", True)
        for found in self._nick.finditer(text):
            call = self._nickname(text, found, boundaries, verbs)
            if call:
                yield call

    def _titled_call(
        self, text: str, start: int, found: re.Match[str], boundaries: frozenset[int], verbs: frozenset[int]
    ) -> Call | None:
        surname, title, end = found["surname"], found["title"], found.end()
        kind = self._kinds[title]
        role = self._context.role_before(text, start)
        if title == role or self._context.names_a_thing(text, end):
            return None
        clear = bool(role) or self._clear_left(text, start) or text.endswith(THANKS, 0, start)
        word = self._shapes.surname_is_word(surname)
        if start not in boundaries and not role and text[start - 1 : start] not in ADDRESSED:
            return None
        if self._shapes.surname_is_function(surname) and text[start - 1 : start] != "的":
            return None  # 志愿者向大爷大妈讲解
        if word and not clear and kind != "elder":
            return None
        if kind == "office" and (surname in AFTER_OFFICE or (found.start("title") not in boundaries and not clear)):
            return None
        if len(title) == 1 and not self._short_title(text, start, found, boundaries, verbs, clear):
            return None
        return Call(start, end, surname, title, kind, role, True)

    def _short_title(
        self,
        text: str,
        start: int,
        found: re.Match[str],
        boundaries: frozenset[int],
        verbs: frozenset[int],
        clear: bool,
    ) -> bool:
        """黄伯, 王总: one character is a title only where the name visibly ends after it."""
        end = found.end()
        if not self._shapes.surname_is_frequent(found["surname"]) or self._shapes.is_word(text[start:end]):
            return False
        if found["title"] == "某":
            return True
        follows = self._context.follows(text, end, verbs)
        if found["title"] in "总工导董老哥姐嫂":
            return clear and (self._context.says(text, end) or (end in boundaries and follows))
        return follows and (clear or end in boundaries)

    def _clear_left(self, text: str, start: int) -> bool:
        return start == 0 or text[start - 1] in OPEN or text[start - 1] == "的"

    def _nickname(
        self, text: str, found: re.Match[str], boundaries: frozenset[int], verbs: frozenset[int]
    ) -> Call | None:
        start, end, surname = found.start(), found.end(), found["surname"]
        role = self._context.role_before(text, start)
        if text[start:end] in self._not_nick and not (role and self._context.follows(text, end, verbs)):
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
        if start not in boundaries:
            points -= 0.3 if role else 1.0
        if end not in boundaries:
            points -= 0.3 if role else 0.8
        if self._context.says(text, end):
            points += 1.8
        elif self._context.follows(text, end, verbs):
            points += 0.9
        elif role and end < len(text) and end in boundaries:
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
