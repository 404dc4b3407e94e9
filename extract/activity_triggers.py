"""The words that an activity report turns on, clause by clause: verb and, where it needs one, the event it brings.

A light verb (开展, 举办) counts with its event only, a verb of doing (慰问, 清理) by itself and for less; a clause
whose verb no lexicon holds can still be a plain doing.
"""

import re
from typing import NamedTuple

from extract.activity_events import SCHEME_NOUN, event_held, event_object, event_place, event_presented, event_subject
from extract.activity_phrases import either, listed
from extract.activity_story import Story, once
from extract.activity_verbs import FoundVerb, Kind, Verb, idle, is_a, verbal_nouns
from extract.clauses import Clause, Sentence
from schemas.annotations import Span

PLAIN = 2.0
"""The weight of a plain doing: any clause right after a body that acts (社区|支起诊台)."""
SCENE_EVENT = 4.0
PRESENTED_EVENT = 5.5
"""More than the scene that it explains."""
HOST = 2.6
"""Less than any event told directly: a sentence on who holds it mostly follows one that tells it."""
SHORT = 6
"""A clause of fewer characters tells no doing by itself."""
SCHEME_END = re.compile(r"[站点岗队组室屋角亭墙栏廊库园]$")
IN_PLACE = re.compile(r"(?<![正还])在$")
"""Before a weak verb: it is part of a place, 在|共享菜园里."""
AFTERWARDS = re.compile(rf"{either('afterwards')}|的(?!“)|中(?![国华小学医药老])|下[，,]")
"""After a verb: it only says when, or which."""
COMPOUND = re.compile(rf"(?!{either('no_compound')}){either('compound')}|点$")
SCENE = re.compile(rf"[^在，]{{0,34}}?[里内下旁前上][又也早就已正都全还]{{0,2}}{either('scene')}")
ASKED = re.compile(either("asked"))
FRONTED = re.compile(r"[把将](?!近)")
ASPECT = re.compile(r"(?<![为除到])了(?![解结])|[起出下上]了|起来|开来")
OPENING = re.compile(rf"(?:{either('adverb')}|[，、,\s])+")
PREPARING = re.compile(
    rf"""[^，。“”的]{{0,8}}?{either("prepares")}
       | [^，。“”的]{{0,8}}?[把将][^，。]{{1,20}}?[搬开带设支摆架拉请移引放抬运驶][进到在上入至来]
       | [^，。“”的]{{0,8}}?{either("causes")}[^，。]{{1,20}}?(?:来到|走进|前往|赶到|赶赴|奔赴|深入|赴)[^，。]{{2,14}}$
       | [^，。在]{{2,20}}[下里内旁][又也]?(?:支起|摆开|摆起|架起|搭起)   # 黄葛树下支起竹桌: a scene
    """,
    re.VERBOSE,
)


class Trigger(NamedTuple):
    """A verb at [start, end) in `clause`; `event` is the printed event it brings, None where the doing is the event."""

    kind: Kind
    start: int
    end: int
    weight: float
    clause: Clause
    event: Span | None
    named: bool  # the event has a name or kind of its own: “…”活动, 垃圾分类讲座; not only 活动


@once
def triggers(story: Story, sentence: Sentence) -> tuple[tuple[Trigger, ...], ...]:
    """The triggers of each clause of `sentence`, in order; words in names, in speech and in quotations are none."""
    start, end = sentence.start, sentence.end
    turns = story.turns_in(start, end)
    titled = bool(story.titles_in(start, end))
    hosted = story.text.find("由", start, end) >= 0
    shown = story.text.find("是", start, end) >= 0
    if not (turns or titled or hosted):
        return ((),) * len(sentence.clauses)
    found: list[tuple[Trigger, ...]] = []
    for clause in sentence.clauses:
        told = [t for turn in turns if clause.start <= turn.start < clause.end and (t := _verb(story, clause, turn))]
        if shown and told and (event := event_presented(story, clause)):
            told.insert(0, Trigger("event", told[0].start, told[0].end, PRESENTED_EVENT, clause, event, True))
        if hosted and (held := event_held(story, clause)):
            event, verb = held
            told.insert(0, Trigger("event", verb.start, verb.end, HOST, clause, event, True))
        if titled and (scene := event_place(story, clause)):
            told.insert(0, Trigger("event", scene.start, scene.end, SCENE_EVENT, clause, scene, True))
        found.append(tuple(told))
    return tuple(found)


def _verb(story: Story, clause: Clause, turn: FoundVerb) -> Trigger | None:
    """The first trigger that a verb of the lexicon can be where it stands."""
    start, end, _, uses = turn
    if not _stands(story, clause, start, end):
        return None
    text = story.text
    if AFTERWARDS.match(text, end) and not (text.startswith("的", end) and any(u.kind == "light" for u in uses)):
        return None
    for use in uses:
        if trigger := _read(story, clause, use, start, end):
            return trigger
    return None


def _stands(story: Story, clause: Clause, start: int, end: int) -> bool:
    """Whether [start, end) is made of words of the reporter's own, or ends in a verb that is one; no part of a name."""
    begins = story.words.begins
    if not begins(end) or not (begins(start) or story.verb_ends(end)) or story.quote_at(start):
        return False
    name = story.name_at(start)
    return name is None or name.start < clause.start


def plain(story: Story, clause: Clause, start: int, weight: float = PLAIN) -> Trigger | None:
    """What is left of the clause from `start`, where it tells a doing in words that no lexicon holds.

    It has a verb of its own (支起|诊台), an aspect particle (校|了|一遍) or a fronted object (把…送到), is no scene
    (阅读角里坐满了人), and does not open with a verb that carries nothing (身穿, 位于).
    """
    text = story.text
    if opening := OPENING.match(text, start, clause.end):
        start = opening.end()
    if clause.end - start < SHORT or story.quote_at(start) or idle(text, start, clause.end):
        return None
    if SCENE.match(text, start, clause.end) or ASKED.search(text, start, clause.end):
        return None
    if (
        is_a(text[clause.end - 2 : clause.end], "event")
        or any(_own(story, first, last) for first, last in story.verbs_in(start, clause.end))
        or FRONTED.search(text, start, clause.end)
        or ASPECT.search(text, start, clause.end)
    ):
        return Trigger("plain", start, clause.end, weight, clause, None, False)
    return None


def _own(story: Story, start: int, end: int) -> bool:
    """Whether the verb [start, end) tells a doing that no lexicon holds."""
    text = story.text
    return not (
        idle(text, start, end)
        or text[start:end] in listed("causes")
        or AFTERWARDS.match(text, end)
        or story.quote_at(start)
    )


def prepares(story: Story, start: int, end: int) -> bool:
    """Whether the doing in [start, end) only leads to one that follows: 走进校园, 把诊台搬进院里.

    Then 给学生上了一堂课 after it says what took place.
    """
    return bool(PREPARING.match(story.text, start, end))


def _read(story: Story, clause: Clause, verb: Verb, start: int, end: int) -> Trigger | None:
    """The trigger that a verb at [start, end) is, used as `verb` says; None where what it needs is missing."""
    text, weight = story.text, verb.weight
    event: Span | None = None
    named = False
    match verb.kind:
        case "light":  # a weak one needs an event with a name, and only a quoted one names the activity
            event, named = event_object(story, end, clause.end)
            if event is None or (verb.weak and (not named or IN_PLACE.search(text, max(0, start - 2), start))):
                return None
            weight += named
            named = named and (not verb.weak or "“" in text[event.start : event.end])
        case "carry":
            if not verbal_nouns().search(text, end, min(clause.end, end + 12)):
                return None
        case "event":
            event, named = event_subject(story, clause, start), True
            if event is None or event_object(story, end, clause.end)[0] is not None:
                return None
            weight += 1
        case "scheme":
            rest = text[end : clause.end]
            if "“" in rest:
                weight += 1
            elif not (SCHEME_NOUN.search(rest) or SCHEME_END.search(rest)):
                return None
        case "direct":
            if COMPOUND.match(text, end):
                return None
    return Trigger(verb.kind, start, end, weight, clause, event, named)
