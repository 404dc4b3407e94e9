"""What bylines are made of: datelines, the formula before a lead, credits that say where they were filed."""

import re

from extract import lexicon

HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
PAPER = (
    rf"本(?:报|刊|网|台|社|端)"
    rf"|[{HAN}]{{2,8}}?(?:日报|晚报|早报|晨报|商报|时报|都市报|生活报|社区报|青报|河报|新闻网|新闻|融媒体?中心|融媒)"
    rf"(?:[·-][{HAN}]{{2,8}}?(?:日报|晚报|早报|晨报|新闻))?"
)
DATELINE = rf"""
    (?:{PAPER}|新华社|中新社|中新网)?
    [{HAN}]{{0,6}}?                                # where it was filed: 本报合肥3月5日讯
    (?:(?:\d{{1,2}}月)?\d{{1,2}}日)?
    (?:讯|电|专讯|综合讯)
"""
BOXED = rf"【(?:(?:{PAPER}|[{HAN}]{{1,5}}[报社])(?:特|专|综合)?|特|专|综合)讯】(?=\s*\S)"
"""As Hong Kong and Macau print it: 【本报讯】, 【特讯】."""
LEAD = re.compile(
    rf"""
    (?P<dateline>{DATELINE}|{BOXED})?
    \s*
    (?:
        [（(] (?P<inside>[^（()）]{{2,60}}) [）)]                      # 本报讯（记者 张三 通讯员 李四）
      | 【 (?P<boxed>[^【】\n]{{4,40}}) 】(?=\s*\S)                  # 【记者张三台北报导】, 【本报讯 记者 张三】
      | (?P<open>                                                     # 本报讯 记者 张三 报道
            (?:{PAPER})? (?:全媒体|融媒体|首席|特约|见习|实习)? (?:记者|通讯员) [\s{HAN}·、]{{2,40}}? 报道
        ) [\s：:，,]+
    )""",
    re.VERBOSE,
)
OPENS_LEAD = ("（", "(", "【")
LEADING = re.compile(r"记者|通讯员|新华社|讯[\s:：“\"（(【]|电[\s（(【]")
"""What no formula before a lead is without, where it does not open with a bracket."""
LONGEST_DATELINE = 80  # characters in which it stands: two newspapers' names, a place, a day
BOXED_DATELINE = re.compile(rf"^(?:{PAPER})(?:专|综合)?讯\s*")
BARE_DATELINE = re.compile(
    rf"""
      (?: 本(?:报|刊|网|台) | [{HAN}]{{2,6}}(?:日报|晚报|晨报|早报) ) (?:综合|专)? 讯 (?=[\s:：“"])   # 本报讯 近日
    | 新华社 [{HAN}]{{2,6}} \d+月\d+日 电
    | {BOXED}
    """,
    re.VERBOSE,
)
FILED = re.compile(
    rf"""
    (?!.*(?:记者|通讯员).*(?:记者|通讯员)|.*摄影报)
    (?:{PAPER}|[{HAN}]{{2,4}}社)? (?P<credit> [{HAN}]{{0,4}}? (?:记者|特派员|通讯员|实习生) [\s：:]*
        (?:[{HAN}]{{2,4}}[、\s])*  (?:{"|".join(s for s in lexicon.words("surnames") if len(s) == 2)})?[{HAN}]{{2,3}} )
    (?: \s*[／/]\s*[{HAN}]{{2,4}}(?:\d{{1,2}}日)? | [{HAN}]{{2,3}}(?:(?:\d{{1,2}}月)?\d{{1,2}}日)? | 综合|连线 )
    (?:综合|连线|现场|摄影)? (?:报导|报道|专电|电)
    """,
    re.VERBOSE,
)
FILED_ENDS = ("报导", "报道", "电")
"""Where it was filed, behind the name: 记者王美玲/高雄报导, 记者陈小明台北3日电."""
BULLET = "□■◆●○◎△▲▽▼★☆•·※－—-"
MARKS = "□■◆●○◎"  # what alone makes names a byline: ■ 周小满
UNIT = re.compile(
    rf"[{HAN}]{{2,14}}(?:局|委|部|办|办公室|院|校|所|站|队|会|中心|公司|社区|街道|镇|学校|小学|中学|大学|医院|融媒|宣)"
)
UNIT_ROLES = ("通讯员", "供稿", "来源", "作者")  # who may be a whole office: 通讯员 平阳区教育局
WORD_AND_PICTURE = re.compile(r"([文图])\s*[/／]\s*([图文摄])")
SEPARATOR = re.compile(r"[\s、，,;；:：/／|｜]+")
NAME = re.compile(rf"[{HAN}]{{2,4}}|[{HAN}]{{1,8}}(?:[·•・][{HAN}]{{1,8}})+")
SPACED = re.compile(r"\s+(?=(?:本报)?(?:记者|通讯员)|\S{2,4}\s*(?:摄|供图)$)")
SENTENCE_END = re.compile(r"[。！？!?…][”’」』]?")
