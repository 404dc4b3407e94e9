"""How Chinese print writes a number: the forms as patterns, and the order in which they are tried."""

import re

DIGIT = "零〇○一二两三四五六七八九"
CHINESE = rf"[{DIGIT}十百千万亿廿卅]+(?:点[{DIGIT}]+[万亿]*(?![{DIGIT}十百千]))?"
FIGURE = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
TIMES = r"(?:[百千]?[万亿]+|[百千](?![米克瓦伏卡赫焦帕]))"
LOWER = rf"(?:[零〇]?(?:\d+(?:\.\d+)?|[{DIGIT}])(?:[千百十]万?|万))*"
TAIL = (
    r"(?:(?<=[万千百])[1-9一二三四五六七八九](?![\d.年月日号点])"
    r"|(?<=[万亿])[1-9]\d{2,3}(?![\d.,年月日号点~～—-]))?"  # Taiwan: 18万6000元
)
MIXED = rf"{FIGURE}(?:{TIMES}{LOWER}{TAIL})?"
NUMBER = rf"(?:{MIXED}|{CHINESE})"
TO = r"\s?(?:至|到|~|～|—{1,2}|–|―|-|－|─)\s?"

ONE_TO_NINE = "一二三四五六七八九"
FORMAL_ONE = "壹贰貳叁參肆伍陆陸柒捌玖"
FORMAL_UNIT = "拾佰仟萬億"
AFTER_HALF = "个|年|天|小时|斤|吨|亩|里|公里|米|日|个月|世纪|价|袋|瓶|桶|碗|杯|块|打"

FORMS = {
    # dozens, hundreds: no value
    "vague": r"(?:[数几]|好几|若干|成)[十百千万亿]+(?:上[百千万亿])?|(?<=[十百千万])数[十百千万]",
    # 三分之二, 百分之九十, 一又二分之一
    "fraction": rf"(?:(?P<whole>{NUMBER})又)?(?P<base>{CHINESE}|\d+)分之(?P<part>{NUMBER}|半)"
    rf"(?:{TO}(?:百分之)?(?P<part2>{NUMBER}))?",
    # 八八折
    "discount": rf"[{ONE_TO_NINE}]{{2}}(?=折)",
    # 壹仟贰佰; 叁元; 贰零贰肆
    "formal": rf"[{FORMAL_ONE}{FORMAL_UNIT}零〇]*[{FORMAL_UNIT}][{FORMAL_ONE}{FORMAL_UNIT}零〇万亿]*"
    rf"|[{FORMAL_ONE}](?:[万亿]|(?=[元圆]))"
    rf"|[壹贰貳叁參肆伍柒捌玖][{FORMAL_ONE}零〇]{{2,}}",
    # 3/4
    "slash": r"(?<![\d/.])(?P<over>\d{1,3})/(?P<under>\d{1,3})(?![\d/.月])",
    # 八成, 九成五, 三到四成; not 二成为
    "tenths": rf"(?P<tenth>[{ONE_TO_NINE}两]|(?<![\d.])\d(?:\.\d)?)(?:{TO}(?P<tenth2>[{ONE_TO_NINE}两\d]))?成"
    rf"(?P<fifth>[{ONE_TO_NINE}半])?(?![为立功员长果本就都人年交效绩熟家分型品名了])",
    # 10至15, 50%-60%
    "span": rf"(?<![\d-])(?P<low>{NUMBER})(?P<sign>%|)(?:{TO})(?P<high>{NUMBER})(?![\d-]|\.\d)",
    # 七、八个, 三、四十名
    "listed": rf"(?P<first>[{DIGIT}十百千万]*[一二三四五六七八]|(?<![\d、.])\d)、"
    r"(?P<second>[二三四五六七八九][十百千万亿]*|\d(?![\d、.]))",
    "half": rf"一半|(?<![一大多小过减折参对前后上下夜午])半(?={AFTER_HALF})",
    "plain": NUMBER,
    "pair": r"[俩仨]",
}
PRECEDENCE = ("vague", "fraction", "discount", "formal", "slash", "tenths", "span", "listed", "half", "plain", "pair")
SIGN = (
    r"(?P<minus>(?<![\dA-Za-z)）\-])[-−](?=\d)"
    r"|负(?=[\d零一二两三四五六七八九十百千])|零下\s?(?=[\d一二两三四五六七八九十]))?"
)
PATTERN = re.compile(SIGN + "(?:" + "|".join(f"(?P<{name}>{FORMS[name]})" for name in PRECEDENCE) + ")")

TRIGGER = re.compile(
    rf"[\d\-−负数几好若成半俩仨{DIGIT}十百千万亿廿卅{FORMAL_ONE}{FORMAL_UNIT}](?:(?<![数几好若成])|(?=[几干十百千万亿]))"
)
"""The first character of any form; 数, 几, 好, 若, 成 only before what makes them one (数百, 好几十)."""

SIMPLE = re.compile(
    r"(?:(?P<figures>[0-9]+)(?!\d)|[一二两三四五六七八九十](?![半折]))"
    rf"(?![{DIGIT}十百千万亿廿卅点又成至到.,/、%～~—–―\-－─\s]|分之)"
)
"""Figures, or one Chinese digit, behind which no form goes on: plain ones, as most numbers are, known at one look."""

PLAIN = re.compile(
    SIGN + "".join(f"(?P<{name}>(?!))?" for name in PRECEDENCE if name != "plain") + f"(?P<plain>{FORMS['plain']})"
)
"""The plain form alone, tried where a compound form (10至…, 3/…) turned out to be none."""
