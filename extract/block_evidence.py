"""What a single piece says of its own role: its length, its punctuation, its words, the gap above it.

One function a role; each gives named points for and against, in units of which about two decide an ordinary case.
"""

import re
from functools import cache

from extract import lexicon
from extract.bylines import closing_credit
from extract.edges import CLOSING, NUMBERED, TERMINAL
from extract.evidence import Evidence
from extract.habits import Habits
from extract.lines import Piece

# whoever may be seen in a picture: 社区工作人员, 志愿者们, 小朋友, 合唱队 … with a few words before and after
SEEN = (
    r"(?![给为向让把帮请送与和])[\u4e00-\u9fff“”]{0,8}?"
    r"(?:员|者|民|生|师|医|兵|警|人|们|孩子|朋友|手|童|队|家长|友|客|妇女|姐妹)"
    r"[\u4e00-\u9fff“”、]{0,10}?"
)
COMMA = re.compile(r"[，,；;]")
SENTENCE_BREAK = re.compile(r"[。！？!?]")
DIVISION = r"[\u4e00-\u9fff]{1,9}(?:街道|社区|小区|[镇乡村区县市])"
DIVISION_NAME = re.compile(rf"{DIVISION}(?:[、 ]{DIVISION})*")
NAME_AND_TITLE = re.compile(rf"{DIVISION}[：:]")
CHAIN = re.compile(
    r"""
      [\u4e00-\u9fff]{1,6}[市区县] [\u4e00-\u9fff]{1,8}(?:街道|镇|乡|社区|村|学校|小学|中学|局|公安)   # 平湖区学院街道
    | [\u4e00-\u9fff]{1,8}(?:街道|镇) [\u4e00-\u9fff]{1,8}(?:社区|村)                            # 学院街道书苑社区
    """,
    re.VERBOSE,
)
NAMED = re.compile(
    r"[\u4e00-\u9fff]{2,10}?(?:社区|小区|街道|村|镇|学校|小学|中学|大学|公园|广场|派出所|医院|卫生院|花园|家园)"
)
POINTED = re.compile(
    r"[（(](?:[左右中前后上下][一二三四五六]?|[前后]排\S{0,3}|[左右]起\S{0,3}|图[左右中]?|中间)[）)]"
)  # 王芳（右）
LENT = re.compile(
    r"""
    [（(]?
    (?: (?:本[文版组])? (?:图片|照片|图) 均?[由为] [^，。（）()]{2,20} 提供   # （图片由社区提供）
      | (?:图片|照片) 来源 [:：] [^，。（）()]{2,20}
      | 资料 (?:图片?|照片)
    )
    [）)]? $
    """,
    re.VERBOSE,
)
RECENT = re.compile(r"近日|日前|连日来|近期|近年来|今年|去年|昨[日天]|上周|本周|(?:\d{1,2}月)?\d{1,2}日")
SPEECH = re.compile(r"[：:]“.*[。！？!?]”$|[。！？!?]”.{1,12}说$|^“[^”]*[。！？!?]”$")
HALVES = re.compile(r"^(\S{3,12})[ \u3000](\S{3,12})(?:[ \u3000](\S{3,12}))?$")


def headline_evidence(piece: Piece, page: Habits) -> list[Evidence]:
    """Whether the piece is a line of a headline."""
    text, n = piece.text, piece.length
    found = [Evidence("headlines are few", -0.5)]
    if n > 36:
        found.append(Evidence("too long for a headline", -5.0))
    elif n > 26:
        found.append(Evidence("long for a headline", -1.0))
    elif n < 4:
        found.append(Evidence("short for a headline", -1.5))
    else:
        found.append(Evidence("as long as a headline", 1.5))
    if text[-1] in "。，、；：,;:" or (text[-1] in CLOSING and text.rstrip(CLOSING)[-1:] == "。"):
        found.append(Evidence("headlines do not end so", -8.0))
    if SENTENCE_BREAK.search(text[:-1].rstrip(CLOSING)):
        found.append(Evidence("a sentence ends inside", -4.0 if "。" in text else -1.0))
    if COMMA.search(text):
        found.append(Evidence("holds a comma", -1.0))
    if even_halves(text):
        found.append(Evidence("falls into even halves", 1.5))
    if page.wide(piece):
        found.append(Evidence("a wide gap above", 0.5))
    if page.indents and piece.indented and n > 12:
        found.append(Evidence("set in like a paragraph", -2.0))
    if RECENT.match(text):
        found.append(Evidence("opens with a date", -1.5))
    if SPEECH.search(text):
        found.append(Evidence("somebody speaks", -3.0))
    if text[0] in "，、。；：！？”’）》,;:%)":
        found.append(Evidence("opens with closing punctuation", -5.0))
    return found


def crosshead_evidence(piece: Piece, page: Habits) -> list[Evidence]:
    """Whether the piece is a crosshead inside an article."""
    text, n = piece.text, piece.length
    found = [Evidence("crossheads are rare", -1.0)]
    if n > 16:
        found.append(Evidence("too long for a crosshead", -3.0))
    elif n > 10:
        found.append(Evidence("long for a crosshead", -0.75))
    elif n <= 8:
        found.append(Evidence("as short as a crosshead", 1.0))
    if text[-1] in TERMINAL + "，、；：,;:" and text[-1] not in "！？!?":
        found.append(Evidence("crossheads do not end so", -5.0))
    if SPEECH.search(text):
        found.append(Evidence("somebody speaks", -3.0))
    if COMMA.search(text):
        found.append(Evidence("holds a comma", -2.0))
    if DIVISION_NAME.fullmatch(text):
        found.append(Evidence("nothing but a division's name", 2.0))
    elif NAME_AND_TITLE.match(text):
        found.append(Evidence("a division's name, then what it did", 2.0))
    if NUMBERED.match(text):
        found.append(Evidence("numbered", 1.5))
    if page.wide(piece):
        found.append(Evidence("a wide gap above", -1.0))
    if SENTENCE_BREAK.search(text[:-1]):
        found.append(Evidence("a sentence ends inside", -4.0))
    return found


@cache
def _caption_words() -> tuple[tuple[str, ...], tuple[str, ...], re.Pattern[str], re.Pattern[str]]:
    rows = lexicon.table("caption_words")
    kinds = {
        k: sorted((r["word"] for r in rows if r["kind"] == k), key=len, reverse=True)
        for k in ("marker", "agent", "scene")
    }
    scene = "|".join(kinds["scene"])
    return tuple(kinds["marker"]), tuple(kinds["agent"]), re.compile(scene), re.compile(f"{SEEN}(?:{scene})")


def caption_evidence(piece: Piece, page: Habits) -> list[Evidence]:
    """Whether the piece is the caption of a picture."""
    text, n = piece.text, piece.length
    markers, agents, scene, seen = _caption_words()
    found = [Evidence("captions are few", -1.5)]
    if text.startswith(markers) or "图为" in text or POINTED.search(text):
        found.append(Evidence("says that it is a caption", 5.0))
    if n > 110:
        found.append(Evidence("too long for a caption", -4.0))
    elif n > 75:
        found.append(Evidence("long for a caption", -1.0))
    elif n < 7:
        found.append(Evidence("short for a caption", -3.0))
    if page.boxed:
        found.append(Evidence("a wide gap above", 2.0) if page.wide(piece) else Evidence("no wide gap above", -0.75))
    credit = closing_credit(text)
    lent = LENT.search(text)
    if (
        credit
        and any(b.role for b in credit.bylines)
        and (text[credit.start] not in "（(" or credit.pictured)
        and n <= 110
    ):
        found.append(Evidence("closes with a credit", 3.5))
    elif lent and n <= 110:
        found.append(Evidence("says whose picture it is", 3.5))
    body = text[: credit.start].rstrip() if credit else text[: lent.start()].rstrip() if lent else text
    marked = bool(credit) or bool(lent) or text.startswith(markers) or "图为" in text or bool(POINTED.search(text))
    if not page.boxed and not marked:
        found.append(Evidence("nothing sets it apart", -0.75))
    if body[-1:] not in TERMINAL and not marked and not page.wide(piece):
        found.append(Evidence("neither a stop nor a gap", -0.5))
    breaks = len(SENTENCE_BREAK.findall(body))
    if breaks > 2 and "图为" not in text:
        found.append(Evidence("several sentences", -2.0))
    elif breaks == 1 and body[-1:] in TERMINAL:
        found.append(Evidence("one whole sentence", 0.5))
    if breaks <= 2 and n <= 90 and RECENT.match(text) and CHAIN.search(text[:30]):
        found.append(Evidence("says when and where in a sentence", 1.0))
    if text.startswith(agents) or seen.match(text):
        found.append(Evidence("opens with who is seen", 1.5))
        if n <= 30 and breaks <= 1:
            found.append(Evidence("a scene and nothing more", 1.0))
    if scene.search(text) and n <= 75:
        found.append(Evidence("tells a scene", 0.5))
    elif not (credit or text.startswith(agents) or seen.match(text) or CHAIN.search(text) or RECENT.match(text)):
        found.append(Evidence("shows nobody doing anything", -1.0))
    if body.rstrip(CLOSING)[-1:] in "，、；：,;:":
        found.append(Evidence("captions do not end so", -4.0))
    if text[0] in "“「":
        found.append(Evidence("opens with a quotation", -2.0))
    return found


def paragraph_evidence(piece: Piece, page: Habits) -> list[Evidence]:
    """Whether the piece is a paragraph of body text, or part of one."""
    text, n = piece.text, piece.length
    found: list[Evidence] = []
    if "。" in text:
        found.append(Evidence("holds a full stop", 2.0))
    elif COMMA.search(text):
        found.append(Evidence("holds a comma", 0.5))
    else:
        found.append(Evidence("neither a stop nor a comma", -2.5))
    if n >= 80 or (n >= 45 and len(SENTENCE_BREAK.findall(text)) != 1):
        found.append(Evidence("as long as a paragraph", 2.5))
    elif n >= 25:
        found.append(Evidence("rather long", 1.0))
    elif text[0] not in "“「":
        found.append(Evidence("short for a paragraph", -1.0))
    credit = closing_credit(text)
    if credit and n <= 110 and text[credit.start] not in "（(":
        found.append(Evidence("closes with a credit as captions do", -3.0 if credit.pictured else -1.5))
    if page.indents:
        set_in = Evidence("set in like a paragraph", 2.0)
        found.append(set_in if piece.indented else Evidence("not set in like a paragraph", -2.0))
    return found


def lead_like(piece: Piece) -> float:
    """How much a paragraph without a byline reads like an article's opening, in points: it says when, where and who."""
    head = piece.text[:60]
    points = 0.0
    if RECENT.search(head[:30]):
        points += 0.6
    if CHAIN.search(head):
        points += 0.6
    if piece.text[0] in "“「":
        points += 0.25
    return points


def even_halves(text: str) -> bool:
    """Whether a line falls into two or three parts of like length, as slogans do.

    >>> even_halves("花开春城 邻里同乐"), even_halves("春城 邻里同乐赏花忙")  # 'flowers in town, joy all round'
    (True, False)
    """
    halves = HALVES.match(text)
    lengths = [len(half) for half in halves.groups() if half] if halves else []
    return bool(lengths) and max(lengths) - min(lengths) <= 2


def announces_round_up(text: str) -> bool:
    """Whether a lead or headline says that many doers follow, each with an item of its own.

    >>> announces_round_up("连日来，各社区纷纷开展清扫活动。")  # 'these days all communities are out sweeping'
    True
    """
    return any(word in text for word in lexicon.words("round_up_words"))


def caption_like(text: str) -> bool:
    """Whether a text by itself reads like a caption: it says so, shows somebody at something, or says when and where.

    >>> caption_like("志愿者清扫积雪。"), caption_like("石料来自旧桥。")  # volunteers sweep snow
    (True, False)
    """
    markers, agents, scene, seen = _caption_words()
    shown = (text.startswith(agents) and scene.search(text)) or seen.match(text)
    dated = RECENT.match(text) and CHAIN.search(text[:30])
    return bool(text.startswith(markers) or "图为" in text or POINTED.search(text) or shown or dated)
