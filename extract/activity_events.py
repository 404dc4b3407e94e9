"""Events that are called by a name or a kind: “邻里节”文艺汇演, 垃圾分类讲座; as objects, as subjects, as scenes.

A quotation with the event noun after it is a printed name; else the noun phrase that an event noun of
`lexicons/event_nouns.tsv` ends. Nouns that name no single event (活动, 检查) are marked `generic` there.
"""

import re
from functools import cache

from extract.activity_phrases import NUMBER, either
from extract.activity_story import Story
from extract.any_word import any_word
from extract.clauses import Clause
from extract.lexicon import table
from schemas.annotations import Span

MEASURE = re.compile(
    rf"""(?:了|过|起来|起|着|出)?
         (?: (?:{NUMBER}+余?多?|多|首|几|数|本|新一|又一|第{NUMBER}+)?      # a number, or none: 了一场
             (?:场次|场|次|堂|期|个|项|轮|届|节|批|系列|出|台|部|档|支)(?=[^次节目项代])
             {either("lively")}?的?
         )?
         (?:{either("lively")}[、的]*)*""",
    re.VERBOSE,
)
"""Between a verb and the name of its event: 了一场别开生面的 …"""
SCHEME_NOUN = re.compile(either("scheme_noun"))
WORKS = re.compile(either("works"))
INNER = re.compile(either("inner"))
CLAUSAL = re.compile(either("clausal"))
PLAIN_MODIFIER = re.compile(rf"{either('plain_modifier')}+")
LOCATED = re.compile(r"在[^，。；]{2,40}(?P<end>(?:现场)?[上中里](?:[，,]|(?=[\u4e00-\u9fff]|$)))")
HOSTED = re.compile(rf"(?P<what>[^，。由]{{2,20}})由[^，。]{{2,60}}?(?P<verb>{either('hosting')})")
PEOPLE = re.compile(rf"[\u4e00-\u9fff]{{0,6}}?(?:{either('staff')}|服务队|宣讲员|队伍|[队团者](?![建课会日]))")
"""After a quoted name: it is what those are called whom the verb sends out: 组织“红围巾”服务队|上门."""
PRESENTED = re.compile(
    rf"""这(?:正|就|便|也)?是[^，。；“”]{{2,60}}?{either("hosting")}[^，。；“”]{{0,14}}?的
         (?:又|首)?(?:一|第{NUMBER}+)?[场次堂节期项种个轮]?(?P<what>[^，。；“”的]{{3,18}})$""",
    re.VERBOSE,
)
"""这是由甲组织、乙提供指导的一场|地震避险演练: after a scene, what it was."""
BARE = re.compile(r"(?:这|该|此|本)?[场堂个项次]?[\u4e00-\u9fff]{1,2}")
KIND_BEHIND = re.compile(rf"[\u4e00-\u9fff]{{0,6}}?(?:{either('scheme_noun')}|[站馆厅铺坊](?=[，。、由在的]))")
TEACHING = "|".join(
    rf"{kind}(?![{no}])"
    for kind, no in (
        ("课", "程堂题本时后间余桌外"),
        ("班", "子车级长组主"),
        ("赛", "事道场区程"),
        ("营", "地业区养"),
        ("展", "示览板位台厅区架馆柜"),
        ("月", "份底初末中报票饼"),
        ("周", "一二三四五六日末边围年岁"),
        ("季", "度节"),
    )
)
"""What makes a lesson, a course, a match, a camp or a show of any event noun: 宣传|课, 培训|班."""
NEAR, FAR, KIND, LONGEST = 16, 18, 24, 40
"""How far a quotation may stand from its verb, an event from its predicate, its noun from it; and its length."""


def event_object(story: Story, start: int, end: int) -> tuple[Span | None, bool]:
    """The event that text[start:end] names as a verb's object, and whether it has more than a generic noun.

    “X”主题活动 with its quotation; else the longest noun phrase that an event noun ends; (None, False) without one.
    """
    text = story.text
    if text.startswith("、", start):
        return None, False  # 由甲组织、乙指导的…: not its object
    if measure := MEASURE.match(text, start, end):
        start = measure.end()
    while start < end and text[start] in "的了":
        start += 1
    titles = story.titles_in(start, end)
    if titles and titles[0].start - start <= NEAR:
        return _quoted(text, titles[0], start, end)
    stop = last_noun(text, start, end)
    if stop is None or INNER.search(text[start:stop]):
        return None, False
    return Span(start, stop), _tells(text[start:stop])


def event_subject(story: Story, clause: Clause, verb: int) -> Span | None:
    """The event whose predicate begins at `verb`: “邻里节”|在广场|启幕; None where the subject is no event."""
    text = story.text
    quote = story.quote_before(verb)
    if quote and quote.start < clause.start:
        quote = None
    before = quote.start if quote else verb
    ends = [n.tail for n in story.names_in(clause.start, verb)] + [d.end for d in story.dates_in(clause.start, verb)]
    noun = before if quote else last_noun(text, clause.start, verb) or before
    start = max((e for e in ends if e < noun), default=clause.start)
    while start < verb and text[start] in "的在，":
        start += 1
    if quote and quote not in story.said:
        tail = last_noun(text, quote.end, min(verb, quote.end + KIND))
        if tail is None and text.startswith(("展", "赛", "宴", "课", "营", "节"), quote.end):
            tail = quote.end + 1
        if tail is None and text[quote.end] != "第" and _ends_in_event(text, quote):
            return quote
        if verb - (tail or quote.end) > FAR:
            return None
        return Span(quote.start, tail or min(verb + 2, clause.end))
    stop = last_noun(text, start, verb)
    if stop is None:
        return _scheme_subject(text, clause, start, verb)
    if not 3 <= stop - start <= LONGEST or not _near(text, stop, verb) or text[start:stop] in _generic():
        return None
    return Span(start, stop)


def _near(text: str, stop: int, verb: int) -> bool:
    """Whether the predicate follows its event; only where it takes place may stand between them."""
    return verb - stop <= (LONGEST if text.startswith("在", stop) else FAR)


def event_place(story: Story, clause: Clause) -> Span | None:
    """An event that a clause only sets as the scene: 在…举办的“春风送岗”招聘会上."""
    if not story.titles_in(clause.start, clause.end):
        return None
    found = LOCATED.search(story.text, clause.start, clause.end)
    if not found or not story.words.begins(found.start()):
        return None
    for end in (found.start("end"), found.start("end") - 1):
        inside = story.titles_in(found.start() + 1, end)
        if inside:
            quote = inside[0]
            stop = last_noun(story.text, quote.end, found.start("end"))
            if stop is None and story.text[end] in "里中" and not _ends_in_event(story.text, quote):
                return None  # in a room that is called so
            if end in (stop, quote.end):
                return Span(quote.start, stop or quote.end)
    return None


def event_held(story: Story, clause: Clause) -> tuple[Span, Span] | None:
    """Who holds an event that was told as a scene, as (event, verb): 这场亲子共读由甲联合乙|发起."""
    by = story.text.find("由", clause.start, clause.end)
    found = HOSTED.match(story.text, clause.start, clause.end) if by > clause.start else None
    if not found:
        return None
    first, last = found.span("what")
    quoted = next((q for q in story.quotes if first <= q.start and q.end <= last), None)
    told = fullest(story, quoted) if quoted else _told_before(story, first, last)
    if told is None and BARE.fullmatch(story.text, first, last):
        return None
    return told or Span(clause.start, found.end("verb")), Span(*found.span("verb"))


def event_presented(story: Story, clause: Clause) -> Span | None:
    """What a clause says that a scene told before was: 这是由甲组织的一场|避险演练; None where it is no event."""
    found = PRESENTED.search(story.text, clause.start, clause.end)
    if not found or last_noun(story.text, found.start("what"), clause.end) != clause.end:
        return None
    return Span(found.start("what"), clause.end) if found.group("what") not in _generic() else None


def fullest(story: Story, quote: Span) -> Span:
    """The quotation with its kind, where the text prints it so anywhere: “暖巷”由… after “暖巷”互助食堂."""
    printed = story.text[quote.start : quote.end]
    at = story.text.find(printed)
    while at >= 0:
        end = at + len(printed)
        if kind := KIND_BEHIND.match(story.text, end):
            return Span(at, kind.end())
        at = story.text.find(printed, end)
    return quote


def _told_before(story: Story, start: int, end: int) -> Span | None:
    """The quoted name that ends like the bare noun [start, end) of a later sentence: 课堂由… after “四点钟课堂”."""
    noun = story.text[start:end]
    if len(noun) > 6:
        return None
    for quote in reversed(story.quotes):
        if quote.end <= start and quote not in story.said and story.text.endswith(noun, quote.start, quote.end - 1):
            return quote
        if quote.end <= start and story.text.startswith(noun, quote.end):
            return Span(quote.start, quote.end + len(noun))
    return None


def last_noun(text: str, start: int, end: int) -> int | None:
    """Where the last event noun of text[start:end] ends."""
    last = None
    for found in _nouns().finditer(text, start, end):
        last = found.end()
    return last


def ends_generic(phrase: str) -> bool:
    """Whether a noun phrase ends in a noun that names no single event: 食品安全检查, but not 换书市集 or “X”宣传活动.

    >>> ends_generic("拉网式排查"), ends_generic("集体生日会"), ends_generic("“暖巷”走访")  # search, birthdays, visits
    (True, False, False)
    """
    return "“" not in phrase and phrase.endswith(_generic_ends())


def is_works(phrase: str) -> bool:
    """Whether a phrase is what was built or fitted, with no name: 首批三部电梯, but not “童心”书屋.

    >>> is_works("首批三部电梯"), is_works("“童心”书屋"), is_works("消防演练")  # lifts, a named reading room, a drill
    (True, False, False)
    """
    return "“" not in phrase and any(found.end() == len(phrase) for found in WORKS.finditer(phrase))


def _quoted(text: str, quote: Span, start: int, end: int) -> tuple[Span | None, bool]:
    """The event that a quotation names, with its kind: “出生一件事”|联办窗口, 以“…”为主题的|宣传活动."""
    tail = last_noun(text, quote.end, min(end, quote.end + KIND))
    before = text[start : quote.start]
    if tail is None and last_noun(text, start, quote.start) and not before.endswith(("以", "年", "届", "期")):
        return Span(start, quote.end), True
    if tail is None and quote.end < end and text[quote.end] not in "，,。；、的":
        if end - quote.end > 8 or CLAUSAL.search(text, quote.end, end) or PEOPLE.match(text, quote.end, end):
            return None, False
        tail = end
    first = start if before.startswith(("以", "“")) or before.endswith(("“", "届", "季", "度")) else quote.start
    return Span(first, tail or quote.end), True


def _ends_in_event(text: str, quote: Span) -> bool:
    """Whether a quotation names its kind itself: “邻里歌会”."""
    return text[quote.end - 2] in "节会赛宴展" or last_noun(text, quote.start, quote.end - 1) == quote.end - 1


def _scheme_subject(text: str, clause: Clause, start: int, verb: int) -> Span | None:
    """邻里互助食堂|正式开业: a standing arrangement as the subject."""
    ends = [found.end() for found in SCHEME_NOUN.finditer(text, clause.start, verb)]
    ends += [found.end() for found in WORKS.finditer(text, clause.start, verb)]
    if not ends or verb - max(ends) > 10:
        return None
    return Span(start if start < max(ends) else clause.start, max(ends))


def _tells(phrase: str) -> bool:
    """Whether a noun phrase names one event rather than a kind: 换书市集, not 宣传活动 or 免费体检."""
    if phrase in _generic() or len(phrase) < 3:
        return False
    if _is_noun(phrase):
        return True
    first = next((i for i in range(len(phrase)) if _is_noun(phrase[i:])), 0)
    modifier = phrase[:first]
    return len(modifier) >= 2 and not (phrase[first:] in _generic() and PLAIN_MODIFIER.fullmatch(modifier))


def _is_noun(word: str) -> bool:
    """Whether `word` is an event noun, or one of its lessons, courses and matches: 宣传, 宣传课."""
    return word in _listed() or (word[-1] in "课班赛营展" and word[:-1] in _listed())


@cache
def _nouns() -> re.Pattern[str]:
    return re.compile(rf"{any_word(_listed())}(?:{TEACHING})?(?!{either('no_event')})")


@cache
def _listed() -> frozenset[str]:
    return frozenset(row["noun"] for row in table("event_nouns"))


@cache
def _generic() -> frozenset[str]:
    return frozenset(row["noun"] for row in table("event_nouns") if row["generic"])


@cache
def _generic_ends() -> tuple[str, ...]:
    return tuple(sorted(_generic()))
