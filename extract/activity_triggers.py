"""The words that an activity report turns on, clause by clause: verb and, where it needs one, the event it brings.

`lexicons/activity_triggers.toml` holds the verbs by how they carry an activity, `event_nouns.tsv` the nouns that name
one. A light verb (开展, 举办) counts with its event only, a verb of doing (慰问, 清理) by itself and for less.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal, cast

from extract.activity_story import Story
from extract.clauses import Clause
from extract.lexicon import rules, table
from schemas.annotations import Span

Kind = Literal["light", "carry", "event", "award", "scheme", "direct", "plain"]
PLAIN = 2.0
"""The weight of a plain doing: any verb right after a body that acts (社区|支起|诊台)."""
MEASURE = re.compile(
    r"(?:了|过|起来|起|着|出)?(?:(?:[一二两三四五六七八九十百\d]+余?多?|多|首|几|数|本|新一|又一|第[一二三四五六七八九十\d]+)?"
    r"(?:场次|场|次|堂|期|个|项|轮|届|节|批|系列|出|台|部|档|支)(?=[^次节目项代])(?:别开生面|生动|精彩|特殊|丰富多彩|热闹|特别)?的?)?"
    r"(?:(?:形式多样|内容丰富|丰富多彩|别开生面|一系列|各类|相关)[、的]*)*"
)
"""Between a light verb and the name of its event: 了一场别开生面的 …"""
SCHEME_NOUN = re.compile(
    r"机制|模式|制度|工作法|平台|体系|队伍|服务队|巡逻队|突击队|联盟|矩阵|品牌|清单|红黑榜|阵地|驿站|食堂|夜校|学堂|议事厅|岗|站点|热线|"
    r"联合体|共同体|工程|计划|办法|公约|积分|网格|党支部|功能型党组织|委员会|业委会|协会|理事会|商会|调解室|工作室|长制|服务站|服务点|专班|团队|小组|合伙人|物业|超市|基金"
)


INNER = re.compile(r"[对将把就]|进行|开展|举办|举行|作为|走进|来到|前往")
"""Inside a would-be event: it is a clause with a doing of its own."""
CLAUSAL = re.compile(r"[了着过把对为让将使给向来去到]|志愿者|工作人员|引领|助力|推动|探索|进行|开展")
PLAIN_MODIFIER = re.compile(
    r"(?:免费|集中|联合|专项|统一|现场|全面|大型|日常|定期|安全|消防|志愿|公益|便民|相关|各类|系列|专题|主题)+"
)
"""Before a generic noun these still name nothing: 免费|体检."""
LOCATED = re.compile(r"在[^，。；]{2,40}(?P<end>(?:现场)?[上中里](?:[，,]|(?=[\u4e00-\u9fff]|$)))")
COMPOUND = re.compile(
    r"台|摊|车(?!辆)|队|站|室|员|手册|册|宣传|单(?!位)|页|栏|板|资料|材料|海报|标语|机构|部门|系统|平台|方案|制度|要求|标准|记录|知识|技能|技术|设备|设施|用品|工具|对象|结果|报告|人员|人数|率|费|款项|点$|箱|牌|项目|工程"
)
"""After a verb of doing: it only modifies a noun (义诊台, 宣传册, 检查结果)."""
SCENE = re.compile(
    r"[^在，]{0,20}?[里内下旁前上][又也早就已正都全还]{0,2}(?:坐|站|挤|飘|响|传来|挂着|摆着|摆满|亮|热闹|忙|升起|开着|排起|围|聚|满|多了|又添|添了)"
)
"""阅读角里坐满了人: a scene, not a doing."""
CAUSES = frozenset(
    {"组织", "发动", "动员", "带领", "带着", "引领", "领着", "邀请", "请来", "请到", "请", "带", "让", "使", "召集"}
)
HOSTED = re.compile(
    r"(?P<what>[^，。由]{2,20})由[^，。]{2,60}?(?P<verb>主办|承办|联办|合办|举办|筹办|发起|开设|创办|推出|运营|组织|负责)"
)
HOST = 2.6
"""Less than any event told directly: the sentence mostly follows one that tells it."""
SHORT = 6
LEADS_UP = frozenset("把将在为给向对用由从与和被") | CAUSES
FRONTED = re.compile(r"[把将](?!近)")
ASPECT = re.compile(r"(?<![为除到])[了](?![解结])|[起出下上]了|起来|开来")
OPENING = re.compile(
    r"(?:[，、,\s]|也|还|则|又|便|就|都|已|再次|正式|先后|分别|相继|纷纷|积极|主动|一起|一同|共同|专门|特别|特意|及时|立即|迅速|随即|统一|集中|精心|当场)+"
)
SCHEME_END = re.compile(r"[站点岗队组室屋角亭墙栏廊库园]$")
AFTERWARDS = re.compile(r"(?:以来|以后|之后|后|前|之前|时|之时|至今|期间|之际|的(?!“)|过程中|中(?![国华小学医药老]))")
"""After a verb: it only says when, or which."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A verb at [start, end) in `clause`; `event` is the printed event it brings, None where the doing is the event."""

    kind: Kind
    start: int
    end: int
    weight: float
    clause: Clause
    event: Span | None
    named: bool  # the event has a name or kind of its own: “…”活动, 垃圾分类讲座; not only 活动


def triggers(story: Story, clause: Clause) -> Iterator[Trigger]:
    """Every trigger of `clause`, in order; words in names, in speech and in quotations are none."""
    text = story.text
    for setting in (located(story, clause), hosted(story, clause)):
        if setting:
            yield setting
    pattern, entries = _verbs()
    hidden = [(n.start, n.end) for n in story.names_in(clause.start, clause.end)]
    for found in pattern.finditer(text, clause.start, clause.end):
        start, end = found.span()
        whole = start in story.words and (end in story.words or end == len(text))
        if not whole and end not in story.verb_ends:
            continue
        light = any(kind == "light" for kind, _, _ in entries[found.group()])
        if (
            (AFTERWARDS.match(text, end) and not (light and text[end : end + 1] == "的"))
            or story.quote_at(start)
            or any(s <= start < e for s, e in hidden)
        ):
            continue
        for kind, weight, weak in entries[found.group()]:
            if kind == "idle":
                continue
            trigger = _read(story, clause, kind, weight, start, end)
            if trigger and weak and not (trigger.named or _quoted(story, trigger)):
                continue
            if trigger:
                yield replace(trigger, named=False) if weak and not _quoted(story, trigger) else trigger
                break


def sets_up(word: str) -> bool:
    """Whether the verb sets up a standing arrangement (推行, 组建), whatever else it does."""
    return any(kind == "scheme" for kind, _, _ in _verbs()[1].get(word, ()))


def plain(story: Story, clause: Clause, start: int) -> Trigger | None:
    """What is left of the clause from `start`, where it tells a doing in words that no lexicon holds.

    It has a verb of its own (支起|诊台), an aspect particle (校|了|一遍) or a fronted object (把…送到), is no scene
    (阅读角里坐满了人), and does not open with a verb that carries nothing (身穿, 位于).
    """
    text, (_, entries) = story.text, _verbs()
    if opening := OPENING.match(text, start, clause.end):
        start = opening.end()
    if clause.end - start < SHORT or story.quote_at(start) or _idle(entries, text, start, clause.end):
        return None
    verbs = [v for v in story.verbs_in(start, clause.end) if not story.quote_at(v.start)]
    own = [
        v
        for v in verbs
        if not _idle(entries, text, v.start, v.end)
        and text[v.start : v.end] not in CAUSES
        and not AFTERWARDS.match(text, v.end)
    ]
    if SCENE.match(text, start, clause.end):
        return None
    happens = any(kind == "event" for kind, _, _ in entries.get(text[clause.end - 2 : clause.end], ()))
    if own or happens or FRONTED.search(text, start, clause.end) or ASPECT.search(text, start, clause.end):
        return Trigger("plain", start, clause.end, PLAIN, clause, None, False)
    return None


def _idle(entries: dict[str, tuple[tuple[str, float, bool], ...]], text: str, start: int, end: int) -> bool:
    """Whether the text opens with a word that carries no activity; 把, 在, 为 only lead up to one."""
    for length in (4, 3, 2, 1):
        word = text[start : min(start + length, end)]
        if len(word) == length and word not in LEADS_UP and any(kind == "idle" for kind, _, _ in entries.get(word, ())):
            return True
    return False


def _quoted(story: Story, trigger: Trigger) -> bool:
    return trigger.event is not None and "“" in story.text[trigger.event.start : trigger.event.end]


def _read(story: Story, clause: Clause, kind: str, weight: float, start: int, end: int) -> Trigger | None:
    text = story.text
    event: Span | None
    named = False
    if kind == "light":
        event, named = event_object(story, end, clause.end)
        if event is None:
            return None
        weight += named
    elif kind == "carry":
        if not _verbal_noun(text, end, clause.end):
            return None
        event = None
    elif kind == "event":
        event = event_subject(story, clause, start)
        if event is None or event_object(story, end, clause.end)[0] is not None:
            return None
        named, weight = True, weight + 1
    elif kind == "scheme":
        rest = text[end : clause.end]
        quoted = "“" in rest
        if not (quoted or SCHEME_NOUN.search(rest) or SCHEME_END.search(rest)):
            return None
        weight += quoted
        event = None
    else:
        event = None
        if kind == "direct" and COMPOUND.match(text, end):
            return None
    return Trigger(cast(Kind, kind), start, end, weight, clause, event, named)


def event_object(story: Story, start: int, end: int) -> tuple[Span | None, bool]:
    """The event that text[start:end] names as a verb's object, and whether it has more than a generic noun.

    “X”主题活动 with its quotation; else the longest noun phrase that an event noun ends; (None, False) without one.
    """
    text = story.text
    start = MEASURE.match(text, start, end).end()  # type: ignore[union-attr]  # the pattern matches the empty string
    while start < end and text[start] in "的了":
        start += 1
    quote = next((q for q in story.quotes if start <= q.start and q.end <= end and q not in story.said), None)
    if quote and quote.start - start <= 16:
        tail = _last_noun(text, quote.end, min(end, quote.end + 24))
        before = text[start : quote.start]
        if tail is None and _last_noun(text, start, quote.start) and not before.endswith(("以", "年", "届", "期")):
            return Span(start, quote.end), True
        if tail is None and quote.end < end and text[quote.end] not in "，,。；、的":
            if end - quote.end > 8 or CLAUSAL.search(text, quote.end, end):
                return None, False
            tail = end  # “出生一件事”|联办窗口
        first = start if before.startswith(("以", "“")) or before.endswith(("“", "届", "季", "度")) else quote.start
        return Span(first, tail or quote.end), True
    stop = _last_noun(text, start, end)
    if stop is None:
        return None, False
    phrase = text[start:stop]
    if INNER.search(phrase):
        return None, False
    return Span(start, stop), _tells(phrase)


def _tells(phrase: str) -> bool:
    """Whether a noun phrase names one event rather than a kind: 换书市集, not 宣传活动 or 免费体检."""
    if phrase in _generic() or len(phrase) < 4:
        return False
    noun = next(
        (phrase[i:] for i in range(len(phrase)) if phrase[i:] in _generic() or _nouns().fullmatch(phrase, i)), phrase
    )
    modifier = phrase[: len(phrase) - len(noun)]
    return len(modifier) >= 2 and not PLAIN_MODIFIER.fullmatch(modifier)


def located(story: Story, clause: Clause) -> Trigger | None:
    """An event that a clause only sets as the scene: 在…举办的“春风送岗”招聘会上."""
    found = LOCATED.search(story.text, clause.start, clause.end)
    if not found or found.start() not in story.words:
        return None
    for end in (found.start("end"), found.start("end") - 1):
        quote = next(
            (q for q in story.quotes if found.start() < q.start and q.end <= end and q not in story.said), None
        )
        stop = _last_noun(story.text, quote.end if quote else found.start(), found.start("end"))
        if quote and (stop == end or quote.end == end):
            return Trigger(
                "event", quote.start, stop or quote.end, 4.0, clause, Span(quote.start, stop or quote.end), True
            )
    return None


def hosted(story: Story, clause: Clause) -> Trigger | None:
    """Who holds an event that was told as a scene: 这场亲子共读由甲联合乙|发起."""
    found = HOSTED.match(story.text, clause.start, clause.end)
    if not found:
        return None
    quoted = next((q for q in story.quotes if found.start("what") <= q.start and q.end <= found.end("what")), None)
    event = quoted or Span(clause.start, found.end("verb"))
    return Trigger("event", found.start("verb"), found.end("verb"), HOST, clause, event, True)


def event_subject(story: Story, clause: Clause, verb: int) -> Span | None:
    """The event whose predicate begins at `verb`: “邻里节”|在广场|启幕; None where the subject is no event."""
    text = story.text
    names = story.names_in(clause.start, verb)
    quote = next((q for q in reversed(story.quotes) if clause.start <= q.start and q.end <= verb), None)
    start = clause.start
    for n in names:
        if not quote or n.tail <= quote.start:
            start = max(start, n.tail)
    for d in story.dates_in(clause.start, verb):
        if not quote or d.end <= quote.start:
            start = max(start, d.end)
    while start < verb and text[start] in "的在，":
        start += 1
    if quote and quote not in story.said:
        tail = _last_noun(text, quote.end, min(verb, quote.end + 20))
        if verb - (tail or quote.end) > 18:
            return None
        return Span(quote.start, tail or min(verb + 2, clause.end))
    stop = _last_noun(text, start, verb)
    if stop is None:
        place = None
        for place in SCHEME_NOUN.finditer(text, clause.start, verb):
            pass
        if place and verb - place.end() <= 10:
            return Span(max(start, clause.start) if start < place.end() else clause.start, place.end())
        return None
    if stop - start < 3 or stop - start > 40 or verb - stop > 18:
        return None
    return Span(start, stop) if text[start:stop] not in _generic() else None


def _last_noun(text: str, start: int, end: int) -> int | None:
    """Where the last event noun of text[start:end] ends."""
    last = None
    for found in _nouns().finditer(text, start, end):
        last = found.end()
    return last


def _verbal_noun(text: str, start: int, end: int) -> bool:
    return bool(_verbals().search(text, start, min(end, start + 12)))


@cache
def _nouns() -> re.Pattern[str]:
    words = sorted((row["noun"] for row in table("event_nouns")), key=len, reverse=True)
    return re.compile(
        rf"(?:{'|'.join(map(re.escape, words))})(?!人员|者|员|队|站|室|点|机制|制度|小组|单位|对象|现场|中心|中队|台账|大厅|窗口|平台|要求)"
    )


@cache
def _generic() -> frozenset[str]:
    return frozenset(row["noun"] for row in table("event_nouns") if row["generic"])


@cache
def _verbals() -> re.Pattern[str]:
    """What 进行 can carry: any event noun or verb of doing."""
    entries: list[dict[str, Any]] = list(rules("activity_triggers")["trigger"])
    words = {w for e in entries if e["kind"] == "direct" for w in e["words"]} | {
        r["noun"] for r in table("event_nouns")
    }
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


@cache
def _verbs() -> tuple[re.Pattern[str], dict[str, tuple[tuple[str, float, bool], ...]]]:
    found: dict[str, list[tuple[str, float, bool]]] = {}
    for entry in rules("activity_triggers")["trigger"]:
        for word in entry["words"]:
            found.setdefault(word, []).append((entry["kind"], entry["weight"], entry.get("weak", False)))
    words = sorted((w for w, kinds in found.items() if kinds != [("idle", 0.0, False)]), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words))), {w: tuple(k) for w, k in found.items()}
