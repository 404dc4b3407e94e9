"""What a single piece says of its own role: its length, its punctuation, its words, the gap above it.

One function a role; each gives named points for and against, in units of which about two decide an ordinary case.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from extract import lexicon
from extract.bylines import closing_credit
from extract.edges import CLOSING, NUMBERED, TERMINAL
from extract.evidence import Evidence, sign
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
DIVISION_ENDS = "道区镇乡村县市"
LONGEST_CROSSHEAD = 16
LONGEST_UNNAMED = 30  # printed characters of a caption that only shows somebody, without a name
LONGEST_TITLE = 14  # of a crosshead, behind the name of who did it
NAME_AND_TITLE = re.compile(rf"(?:[\u4e00-\u9fff]{{2,9}}、)*{DIVISION}[：:]")
CHAIN = re.compile(
    r"""
    [市区县街镇] (?<=[\u4e00-\u9fff].)                                        # a division of whatever name …
    (?: (?<=[市区县]) [\u4e00-\u9fff]{1,8}? (?:街道|镇|乡|社区|村|学校|小学|中学|局|公安)   # 平湖区学院街道
      | (?:(?<=街)道|(?<=镇)) [\u4e00-\u9fff]{1,8}? (?:社区|村)                      # 学院街道书苑社区
    )
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
RECENT_INSIDE = re.compile(
    r"近日|日前|连日来|近期|近年来|今年|去年|昨日|昨天|上周|本周|\d日"
)  # what RECENT finds anywhere
GOES_ON = re.compile(r"[\u4e00-\u9fff“”]{1,8}?(?:还(?!是|有|原|书|乡|款|清)|也(?!许)|则|随后|接着)[\u4e00-\u9fff]")
"""A sentence that adds to the one before it: 队员还送去了毛巾. A caption stands by itself."""
SHORT_SPEECH = 12  # printed characters of a headline that may quote somebody
SAYS = re.compile(r"(?:说|介绍|表示|告诉记者|坦言|直言|回忆|感慨)[，,：:]")  # 社区书记刘敏介绍，
SPEECH = re.compile(r"[：:]“.*[。！？!?]”$|[。！？!?]”.{1,12}说$|^“[^”]*[。！？!?]”$")
NO_CROSSHEAD_END = (TERMINAL + "，、；：,;:").translate({ord(c): None for c in "！？!?"})
LATEST_SCENE = 20  # where at the latest stands what SEEN somebody does: behind eight, two and ten characters
WHEN_AND_WHERE = 30  # characters at a beginning that say so
HALVES = re.compile(r"^(\S{3,12})[ \u3000](\S{3,12})(?:[ \u3000](\S{3,12}))?$")


class Look(NamedTuple):  # a tuple, as one is made for every piece
    """What several roles ask of a piece's text. `breaks` counts the marks that end a sentence."""

    comma: bool
    breaks: int
    spoken: bool
    dated: bool
    wide: bool

    @classmethod
    def of(cls, piece: Piece, page: Habits) -> "Look":
        """Read a piece once for all roles that it may have."""
        text = piece.text
        return cls(
            COMMA.search(text) is not None,
            len(SENTENCE_BREAK.findall(text)),
            "”" in text and SPEECH.search(text) is not None,
            RECENT.match(text) is not None,
            page.wide(piece),
        )


def headline_evidence(piece: Piece, look: Look, page: Habits) -> list[Evidence]:
    """Whether the piece is a line of a headline."""
    text, n = piece.text, piece.length
    found = [sign("headlines are few", -0.5)]
    if n > 36:
        found.append(sign("too long for a headline", -5.0))
    elif n > 26:
        found.append(sign("long for a headline", -1.0))
    elif n < 4:
        found.append(sign("short for a headline", -1.5))
    else:
        found.append(sign("as long as a headline", 1.5))
    if text[-1] in "。，、；：,;:" or (text[-1] in CLOSING and text.rstrip(CLOSING)[-1:] == "。"):
        found.append(sign("headlines do not end so", -8.0))
    if look.breaks and SENTENCE_BREAK.search(text[:-1].rstrip(CLOSING)):
        found.append(sign("a sentence ends inside", -4.0 if "。" in text else -1.0))
    if look.comma:
        found.append(sign("holds a comma", -1.0))
    if even_halves(text):
        found.append(sign("falls into even halves", 1.5))
    if look.wide:
        found.append(sign("a wide gap above", 0.5))
    if page.indents and piece.indented and n > 12:
        found.append(sign("set in like a paragraph", -2.0))
    if look.dated:
        found.append(sign("opens with a date", -1.5))
    if look.spoken:
        found.append(sign("somebody speaks", -3.0))
    elif n > SHORT_SPEECH and SAYS.search(text):
        found.append(sign("says who speaks", -2.0))
    if text[0] in "，、。；：！？”’）》,;:%)":
        found.append(sign("opens with closing punctuation", -5.0))
    return found


def name_and_title(text: str) -> bool:
    """Whether a line names one or more divisions and then, in few words, what they did.

    >>> name_and_title("柳浪、荷香、松涛三个社区：大锅饺子热腾腾")  # three communities: dumplings from one pot
    True
    >>> name_and_title("提醒：明天停水"), name_and_title("荷香社区：请了三位老匠人教大家扎灯笼糊风筝")
    (False, False)
    """
    if "：" not in text and ":" not in text:
        return False
    name = NAME_AND_TITLE.match(text)
    return name is not None and len("".join(text[name.end() :].split())) <= LONGEST_TITLE


def crosshead_evidence(piece: Piece, look: Look) -> list[Evidence]:
    """Whether the piece is a crosshead inside an article."""
    text, n = piece.text, piece.length
    found = [sign("crossheads are rare", -1.0)]
    titled = name_and_title(text)
    if n > LONGEST_CROSSHEAD and not titled:
        found.append(sign("too long for a crosshead", -3.0))
    elif n > 10:
        found.append(sign("long for a crosshead", -0.75))
    elif n <= 8:
        found.append(sign("as short as a crosshead", 1.0))
    if text[-1] in NO_CROSSHEAD_END:
        found.append(sign("crossheads do not end so", -5.0))
    if look.spoken:
        found.append(sign("somebody speaks", -3.0))
    if look.comma:
        found.append(sign("holds a comma", -2.0))
    if nothing_but_divisions(text):
        found.append(sign("nothing but a division's name", 2.0))
    elif titled:
        found.append(sign("a division's name, then what it did", 2.0))
    if NUMBERED.match(text):
        found.append(sign("numbered", 1.5))
    if look.wide:
        found.append(sign("a wide gap above", -1.0))
    if look.breaks and SENTENCE_BREAK.search(text, 0, len(text) - 1):
        found.append(sign("a sentence ends inside", -4.0))
    return found


@dataclass(frozen=True, slots=True)
class CaptionWords:
    """The words of captions; agents, who are seen doing something, by their first character."""

    markers: tuple[str, ...]
    agents: Mapping[str, tuple[str, ...]]
    scene: re.Pattern[str]
    seen: re.Pattern[str]

    def says_so(self, text: str) -> bool:
        """Whether a text calls itself a caption."""
        return text.startswith(self.markers) or "图为" in text or POINTED.search(text) is not None

    def opens_with_agent(self, text: str) -> bool:
        """Whether a text opens with somebody who is often seen in pictures."""
        return text.startswith(self.agents.get(text[0], ()))

    def shows(self, text: str, scene: re.Match[str] | None) -> bool:
        """Whether a text opens with somebody at something; `scene`: the first word for it anywhere."""
        return scene is not None and scene.start() <= LATEST_SCENE and self.seen.match(text) is not None


@cache
def _caption_words() -> CaptionWords:
    words: dict[str, list[str]] = {"marker": [], "agent": [], "scene": []}
    for row in lexicon.table("caption_words"):
        words[row["kind"]].append(row["word"])
    agents: dict[str, tuple[str, ...]] = {}
    for word in words["agent"]:
        agents[word[0]] = (*agents.get(word[0], ()), word)
    scene = "|".join(sorted(words["scene"], key=len, reverse=True))
    return CaptionWords(tuple(words["marker"]), agents, re.compile(scene), re.compile(f"{SEEN}(?:{scene})"))


def caption_evidence(piece: Piece, look: Look, page: Habits) -> list[Evidence]:
    """Whether the piece is the caption of a picture."""
    text, n = piece.text, piece.length
    words = _caption_words()
    found = [sign("captions are few", -1.5)]
    says_so = words.says_so(text)
    if says_so:
        found.append(sign("says that it is a caption", 5.0))
    if n > 110:
        found.append(sign("too long for a caption", -4.0))
    elif n > 75:
        found.append(sign("long for a caption", -1.0))
    elif n < 7:
        found.append(sign("short for a caption", -3.0))
    if page.boxed:
        found.append(sign("a wide gap above", 2.0) if look.wide else sign("no wide gap above", -0.75))
    credit = closing_credit(text)
    lent = LENT.search(text) if "图" in text or "照片" in text else None
    if (
        credit
        and n <= 110
        and (text[credit.start] not in "（(" or credit.pictured)
        and any(b.role for b in credit.bylines)
    ):
        found.append(sign("closes with a credit", 3.5))
    elif lent and n <= 110:
        found.append(sign("says whose picture it is", 3.5))
    body = text[: credit.start].rstrip() if credit else text[: lent.start()].rstrip() if lent else text
    marked = says_so or credit is not None or lent is not None
    if not page.boxed and not marked:
        found.append(sign("nothing sets it apart", -0.75))
    stopped = body[-1:] in TERMINAL
    if not stopped and not marked and not look.wide:
        found.append(sign("neither a stop nor a gap", -0.5))
    breaks = look.breaks if body is text else len(SENTENCE_BREAK.findall(body))
    if breaks > 2 and "图为" not in text:
        found.append(sign("several sentences", -2.0))
    elif breaks == 1 and stopped:
        found.append(sign("one whole sentence", 0.5))
    if look.dated and breaks <= 2 and n <= 90 and CHAIN.search(text, 0, WHEN_AND_WHERE):
        found.append(sign("says when and where in a sentence", 1.0))
    scene = words.scene.search(text)
    somebody = words.opens_with_agent(text) or words.shows(text, scene)
    if somebody:
        found.append(sign("opens with who is seen", 1.5))
        if n <= 30 and breaks <= 1:
            found.append(sign("a scene and nothing more", 1.0))
    if scene and n <= 75:
        found.append(sign("tells a scene", 0.5))
    elif not (credit or somebody or look.dated or CHAIN.search(text)):
        found.append(sign("shows nobody doing anything", -1.0))
    if body.rstrip(CLOSING)[-1:] in "，、；：,;:":
        found.append(sign("captions do not end so", -4.0))
    if GOES_ON.match(text):
        found.append(sign("goes on from what was told before", -1.5))
    if text[0] in "“「":
        found.append(sign("opens with a quotation", -2.0))
    return found


def paragraph_evidence(piece: Piece, look: Look, page: Habits) -> list[Evidence]:
    """Whether the piece is a paragraph of body text, or part of one."""
    text, n = piece.text, piece.length
    found: list[Evidence] = []
    if "。" in text:
        found.append(sign("holds a full stop", 2.0))
    elif look.comma:
        found.append(sign("holds a comma", 0.5))
    else:
        found.append(sign("neither a stop nor a comma", -2.5))
    if n >= 80 or (n >= 45 and look.breaks != 1):
        found.append(sign("as long as a paragraph", 2.5))
    elif n >= 25:
        found.append(sign("rather long", 1.0))
    elif text[0] not in "“「":
        found.append(sign("short for a paragraph", -1.0))
    credit = closing_credit(text) if n <= 110 else None
    if credit and text[credit.start] not in "（(":
        found.append(sign("closes with a credit as captions do", -3.0 if credit.pictured else -1.5))
    if page.indents:
        found.append(
            sign("set in like a paragraph", 2.0) if piece.indented else sign("not set in like a paragraph", -2.0)
        )
    return found


def lead_like(piece: Piece) -> float:
    """How much a paragraph without a byline reads like an article's opening, in points: it says when, where and who."""
    points = 0.0
    if RECENT_INSIDE.search(piece.text, 0, WHEN_AND_WHERE):
        points += 0.6
    if CHAIN.search(piece.text, 0, 60):
        points += 0.6
    if piece.text[0] in "“「":
        points += 0.25
    return points


def even_halves(text: str) -> bool:
    """Whether a line falls into two or three parts of like length, as slogans do.

    >>> even_halves("花开春城 邻里同乐"), even_halves("春城 邻里同乐赏花忙")  # 'flowers in town, joy all round'
    (True, False)
    """
    halves = HALVES.match(text) if " " in text or "\u3000" in text else None
    lengths = [len(half) for half in halves.groups() if half] if halves else []
    return bool(lengths) and max(lengths) - min(lengths) <= 2


def announces_round_up(text: str) -> bool:
    """Whether a lead or headline says that many doers follow, each with an item of its own.

    >>> announces_round_up("连日来，各社区纷纷开展清扫活动。")  # 'these days all communities are out sweeping'
    True
    """
    return _round_up_words().search(text) is not None


@cache
def _round_up_words() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, lexicon.words("round_up_words"))))


def caption_like(text: str) -> bool:
    """Whether a text by itself reads like a caption: it says so, shows somebody at something, or says when and where.

    >>> caption_like("志愿者清扫积雪。"), caption_like("石料来自旧桥。")  # volunteers sweep snow
    (True, False)
    """
    words = _caption_words()
    scene = words.scene.search(text)
    shown = (scene is not None and words.opens_with_agent(text)) or words.shows(text, scene)
    dated = RECENT.match(text) is not None and CHAIN.search(text, 0, WHEN_AND_WHERE) is not None
    return shown or dated or words.says_so(text)


def nothing_but_divisions(text: str) -> bool:
    """Whether a line is a division's name, or several.

    >>> nothing_but_divisions("文昌街道、百福社区"), nothing_but_divisions("社区里的课堂")  # a class in the community
    (True, False)
    """
    return text[-1] in DIVISION_ENDS and DIVISION_NAME.fullmatch(text) is not None
