"""What to call an activity: its printed name with its kind, else the shortest clause that tells it, as printed.

Every name is a stretch of the article's text in which quotation marks and brackets balance.
"""

import re
from itertools import pairwise

from extract.activity_events import KIND_BEHIND, SCHEME_NOUN, ends_generic, is_works, last_noun
from extract.activity_phrases import either
from extract.activity_roles import Part
from extract.activity_story import Story
from extract.activity_triggers import OPENING, Trigger, triggers
from extract.clauses import OPENERS, Sentence
from extract.reality import Verdict
from schemas.annotations import Span
from schemas.layout import HEADLINE_ROLES

LEAST, MOST = 10, 44
"""A name goes on into the next clause while it is shorter than LEAST, and never beyond MOST characters."""
FAR = 18
BRACKET = re.compile("[" + re.escape("".join({*OPENERS, *OPENERS.values()})) + "]")
LOST = 40
"""How far behind a name the mark may stand that closes what it opens."""
SETTING = re.compile(r"在[^，]{3,}[里内上中下旁前边]$")
"""A long setting between subject and doing (在…的一处大院里|教居民) is left out of a name."""
GROUND = re.compile(either("ground"))
DONE_TO = re.compile(r"(?:组织[^，。对]{0,12})?(?:[对就]|针对|围绕|走进|来到|深入|前往|赴|分赴)")
"""Opens what an event of a general kind was held on: 对餐饮门店|开展食品安全检查; 在广场|举行表演 only says where."""
HOLDS = re.compile(r"(?:[举开承主合联]?办|开设|推出|开展|办起|开起)了?(?:的|起)?$")
STRONG = 4.5
"""A verb that holds events (举办), with a named one; one of taking part or of means weighs less."""
WITH_TOPIC = 8
"""A headline's event with the topic before its quotation: 燃气安全|“敲门行动”."""
GIVEN = re.compile(r"(?:更名|改名|取名|名为|命名|名叫|叫做|获|评为|授予|当上|成为)[为了“]?$")
NAMED_SO = re.compile(rf"(?:{either('scheme_noun')}|[站点岗队组室屋角亭墙栏廊库园厅坊铺集])$")
MUTUAL = re.compile(either("mutual"))
"""What two do to each other is told with both: 甲与乙|签订共建协议."""
TO_DATE = re.compile(rf"(?:{either('adverb')}|[自从于在至截到，、,\s])*")
SHORT = 6
"""No clause is cut to fewer characters."""
HOUSE = re.compile(r"(?:[馆铺站间店屋坊吧栏墙角]|超市|厨房|食堂|饭堂)”$")
"""A quoted place that is set up is told with its verb: 办起“老物件馆”; an event is called by its name."""
ONE = re.compile(r"一[场出台堂次幕项]|首[家个批座处条部]|第一[家个批座]")
CLASS = re.compile(r"[课堂务动]$")
"""A lesson or a service needs more than its noun: 音乐陪伴课; others are called by it: 集体生日会, 换书市集."""


def name(
    story: Story,
    sentence: Sentence,
    judged: tuple[Verdict, ...],
    trigger: Trigger,
    names: tuple[Part, ...],
    *,
    main: bool = False,
) -> Span:
    """The name of the activity that `trigger` carries, as a span of the text; `main` if the article is about it."""
    if trigger.event and trigger.kind == "event" and _needs_predicate(story, trigger.event):
        return balanced(story, Span(trigger.event.start, trigger.end))
    if trigger.kind in ("scheme", "event") and (printed := _in_headline(story, trigger)):
        return printed
    if trigger.event and trigger.named and not (trigger.kind == "light" and _needs_verb(story, trigger, names)):
        return balanced(story, trigger.event)
    if main and not trigger.named and (printed := _headlined(story) or _by_name(story, sentence, trigger)):
        return printed
    clause = trigger.clause
    index = sentence.clauses.index(clause)
    if trigger.kind == "award":
        return balanced(story, Span(_award_start(story, trigger, names), clause.end))
    start = doing(story, trigger, names)
    if trigger.kind == "direct" and trigger.start - start > FAR and SETTING.search(story.text, start, trigger.start):
        start = trigger.start
    end = clause.end
    if trigger.event:
        end = trigger.event.end
        if trigger.event.start < trigger.start:  # the event is the subject: its predicate belongs to the name
            start, end = min(start, trigger.event.start), max(end, trigger.end)
        if end < clause.end and clause.end - end <= 16:
            end = clause.end
        if start < trigger.start and not GROUND.match(story.text, start) and not _presented(story, trigger):
            start = trigger.start
    if trigger.event and trigger.kind == "light" and end - start < LEAST:
        start = _with_partner(start, trigger, names)
    following = index + 1
    while end - start < LEAST and not (trigger.event and trigger.named) and following < len(sentence.clauses):
        onward = sentence.clauses[following]
        if not judged[following].happened or onward.end - start > MOST or sentence.clauses[following - 1].stop in "；;":
            break
        short = end - start < LEAST // 2
        if short or GROUND.match(story.text, onward.start) or _goes_on(story, sentence, following):
            end = onward.end
            following += 1
        else:
            break
    if trigger.event and not trigger.named and end - start <= 8:  # 开展志愿服务活动 alone tells nothing: whose, then
        start = _with_subject(start, trigger, names)
    if trigger.kind in ("direct", "plain") and MUTUAL.match(story.text, start):
        start = _with_subject(start, trigger, names)
    if trigger.kind in ("direct", "plain") and end - start < SHORT:
        start = _with_help(story, start, trigger, names)
    if trigger.kind == "scheme" and end - start > MOST:
        start = _last_phrase(story, trigger, end)
    return balanced(story, Span(start, max(end, start + 1)))


def _goes_on(story: Story, sentence: Sentence, index: int) -> bool:
    """Whether a clause goes straight on with a doing: 送给环卫工人, not 剪纸、刺绣、泥塑一字排开."""
    return any(t.start - sentence.clauses[index].start <= 6 for t in triggers(story, sentence)[index])


def _needs_verb(story: Story, trigger: Trigger, names: tuple[Part, ...]) -> bool:
    """Whether the printed name is told with its verb: a terse one, a house, a kind that only its ground makes one.

    对餐饮门店|开展食品安全检查, 走进小学|开展消防演练; but 为老人举办|集体生日会.
    """
    event = trigger.event
    if event is None or _terse(story, event) or HOUSE.search(story.text, event.start, event.end):
        return True
    printed = story.text[event.start : event.end]
    return ends_generic(printed) and bool(DONE_TO.match(story.text, doing(story, trigger, names), trigger.start))


def _needs_predicate(story: Story, event: Span) -> bool:
    """Whether the event is no name by itself: 加装电梯|交付使用, 一出情景剧在文化站|开演."""
    printed = story.text[event.start : event.end]
    return is_works(printed) or ("“" not in printed and bool(ONE.match(printed)))


def _terse(story: Story, event: Span) -> bool:
    """Whether the printed name alone tells too little: 音乐课, “旧书漂流” without its kind."""
    printed = story.text[event.start : event.end]
    if printed.endswith("”"):
        return len(printed) < 8
    return len(printed) < (6 if CLASS.search(printed) else 4)


def _headlined(story: Story) -> Span | None:
    """The event that a headline says was held: 甲街道开展燃气安全“敲门行动”, over a body that tells what was done."""
    for sentence in story.sentences:
        if sentence.role in HEADLINE_ROLES:
            for told in triggers(story, sentence):
                for trigger in told:
                    if trigger.kind == "light" and trigger.event and trigger.weight > STRONG:
                        near = trigger.event.start - trigger.end <= WITH_TOPIC
                        event = Span(trigger.end, trigger.event.end) if near else trigger.event
                        return balanced(story, Span(trigger.start, event.end) if _terse(story, event) else event)
    return None


def _by_name(story: Story, sentence: Sentence, trigger: Trigger) -> Span | None:
    """The printed name of what the article is about: quoted in the body with its kind, and in the headline.

    “石榴茶话角” with a headline 石榴茶话角里解心结. A name only given then (更名“…”) or won is none.
    """
    heads = "\n".join(story.article.quote(b) for b in story.article.blocks if b.role in HEADLINE_ROLES)
    for quote in story.titles:
        inner = story.text[quote.start + 1 : quote.end - 1]
        if (
            len(inner) < 3
            or inner not in heads
            or story.text.find(inner) == quote.start + 1
            or GIVEN.search(story.text, max(0, quote.start - 4), quote.start)
            or not (_before(story, quote, sentence, trigger) or HOLDS.search(story.text, quote.start - 4, quote.start))
        ):
            continue
        kind = KIND_BEHIND.match(story.text, quote.end)
        if kind or last_noun(story.text, quote.start, quote.end - 1) == quote.end - 1 or NAMED_SO.search(inner):
            return Span(quote.start, kind.end() if kind else quote.end)
    return None


def _before(story: Story, quote: Span, sentence: Sentence, trigger: Trigger) -> bool:
    """Whether the paragraph has named it when it tells the doing, or names it in the same sentence."""
    first = story.article.blocks[sentence.block].start
    return first <= quote.start < (sentence.end if trigger.kind == "plain" else trigger.start)


def _in_headline(story: Story, trigger: Trigger) -> Span | None:
    """The arrangement's name as the headline quotes it, where the sentence gives none: “三网”模式."""
    told = story.text[trigger.start : trigger.clause.end]
    short = trigger.event is None or trigger.event.end - trigger.event.start < 6
    if "“" in told or not short:
        return None
    for block in story.article.blocks:
        if block.role not in HEADLINE_ROLES:
            continue
        for title in story.titles_in(block.start, block.end):
            kind = SCHEME_NOUN.match(story.text, title.end, block.end)
            if kind or (trigger.kind == "event" and _alike(story, trigger, title)):
                return Span(title.start, kind.end() if kind else title.end)
    return None


def _alike(story: Story, trigger: Trigger, title: Span) -> bool:
    """Whether a headline's title is of the kind of the event: “幸福食堂” over 食堂开张."""
    event = trigger.event
    if event is None:
        return True
    return story.text[title.end - 2] == story.text[event.end - 1] or event.end - event.start <= 2


def _last_phrase(story: Story, trigger: Trigger, end: int) -> int:
    """Where the last phrase of an over-long object begins: after the last 的 outside quotations."""
    at = end
    while (at := story.text.rfind("的", trigger.end, at)) >= 0:
        if story.quote_at(at) is None:
            return at + 1
    return trigger.start


def doing(story: Story, trigger: Trigger, names: tuple[Part, ...]) -> int:
    """Where the doing begins in the trigger's clause: after date, those who act, and adverbs."""
    clause = trigger.clause
    start = clause.start
    if _presented(story, trigger):
        return clause.start + 2
    for part in names:
        if (
            part.clause is clause
            and (part.named.end <= trigger.start or _opens(trigger, part))
            and part.role in ("subject", "agent", "partner", "people", "owner")
        ):
            start = max(start, _after(story, part))
            if part.cue and trigger.start >= part.cue.end > part.named.end:
                start = max(start, part.cue.end)
    for date in story.dates_in(clause.start, trigger.start):
        if date.start <= start + 4 and TO_DATE.fullmatch(story.text, start, max(start, date.start)):
            start = max(start, date.end)
    if opening := OPENING.match(story.text, start, trigger.start):
        start = opening.end()
    return start if trigger.kind == "plain" and start + SHORT <= trigger.end else min(start, trigger.start)


def _opens(trigger: Trigger, part: Part) -> bool:
    """Whether a plain doing begins with those who do it: 南湖社区的孩子们在书房听故事."""
    return trigger.kind == "plain" and part.role == "people" and part.named.first == trigger.start


def _after(story: Story, part: Part) -> int:
    """Where the doing of a part begins: after the body and its staff, but with those of its people who do it.

    南湖社区的|孩子们在书房听故事: the children did it, not the community.
    """
    named = part.named
    if part.role == "people" and named.tail > named.end and story.text[named.end] == "的":
        return named.end + 1
    return named.tail


def _presented(story: Story, trigger: Trigger) -> bool:
    """这是|甲联合乙推出的新招: who ran it belongs to what it was."""
    return story.text.startswith("这是", trigger.clause.start) and story.text.startswith("的", trigger.end)


def balanced(story: Story, span: Span) -> Span:
    """The span, widened to whole quotations and brackets, without end marks."""
    start, end = span.start, span.end
    if first := story.quote_at(start):
        start, end = first.start, max(end, first.end)
    if last := story.quote_at(end - 1):
        end = last.end
    text = story.text
    while end > start + 1 and text[end - 1] in "，。；、,;：:！？!? \n…":
        end -= 1
    marks = set(BRACKET.findall(text, start, end + LOST))
    pairs = [pair for pair in OPENERS.items() if not marks.isdisjoint(pair)] if marks else []
    for opener, closer in pairs:
        opened, closed = text.count(opener, start, end), text.count(closer, start, end)
        if opened > closed:
            close = text.find(closer, end, end + LOST)
            end = close + 1 if close >= 0 else max(start + 1, text.rfind(opener, start, end))
        elif closed > opened:
            start = min(end - 1, text.find(closer, start, end) + 1)
    for _ in OPENERS if pairs else ():  # a bracket cut off may have taken a closing mark with it: 清理“（”
        for opener, closer in pairs:
            if text.count(opener, start, end) > text.count(closer, start, end):
                at = text.rfind(opener, start, end)
                start, end = (start, at) if at > start else (at + 1, min(len(text), max(end, at + 2)))
    if start >= end:
        return span  # nothing but a mark that opens at the end of the text
    if any(text.count(opener, start, end) != text.count(closer, start, end) for opener, closer in pairs):
        return _plainest(text, start, end)
    return Span(start, end)


def _plainest(text: str, start: int, end: int) -> Span:
    """The longest stretch of [start, end) without a bracket: the last resort where they cannot be paired."""
    edges = [start - 1, *(m.start() for m in BRACKET.finditer(text, start, end)), end]
    first, last = max(pairwise(edges), key=lambda pair: pair[1] - pair[0])
    return Span(first + 1, last) if last > first + 1 else Span(start, end)


def _award_start(story: Story, trigger: Trigger, names: tuple[Part, ...]) -> int:
    held = [p.named.start for p in names if p.clause is trigger.clause and p.named.end <= trigger.start]
    return min(held, default=doing(story, trigger, names))


def _with_subject(start: int, trigger: Trigger, names: tuple[Part, ...]) -> int:
    return min((p.named.start for p in names if p.clause is trigger.clause and p.named.start < start), default=start)


def _with_help(story: Story, start: int, trigger: Trigger, names: tuple[Part, ...]) -> int:
    """在甲医院医生的指导下|学急救: a short doing tells under whom as well."""
    for part in names:
        if (
            part.clause is trigger.clause
            and part.role == "agent"
            and part.cue
            and part.named.end <= part.cue.start < start
        ):
            return part.named.first - story.text.startswith("在", part.named.first - 1)
    return start


def _with_partner(start: int, trigger: Trigger, names: tuple[Part, ...]) -> int:
    """联合甲医院|开展义诊: a short name tells with whom as well."""
    own = (p for p in names if p.clause is trigger.clause and p.role == "partner" and p.named.end <= start)
    return min((p.cue.start for p in own if p.cue and p.cue.end - p.cue.start > 1), default=start)
