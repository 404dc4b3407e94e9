"""Chinese by default, English by switch: texts, names of types and roles, days and figures.

The texts of the program are English msgids; locale/zh has them in Chinese. Names that are data (clinic, street,
organizer) stand in both catalogues under the context of their kind. The catalogues are read once, at start.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from babel import Locale
from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from starlette.requests import Request

LOCALE = Path(__file__).parent / "locale"
COOKIE = "lang"
DEFAULT = "zh"
BEYOND = 1e20
"""What is larger is no figure of a newspaper, and more than decimals of 28 digits can be made of."""
TAGS = {"zh": "zh-CN", "en": "en"}
"""The languages there are, and how HTML calls them."""


@dataclass(frozen=True, slots=True)
class Language:
    """One language. `texts`: msgid to text; `names`: (kind, value) to its name."""

    code: str
    texts: Mapping[str, str] = field(repr=False)
    names: Mapping[tuple[str, str], str] = field(repr=False)

    @property
    def tag(self) -> str:
        """As HTML and HTTP call it: zh-CN."""
        return TAGS[self.code]

    def text(self, msgid: str, **values: object) -> str:
        """A text of the program in this language; `%(name)s` in it stands for a value.

        >>> language("zh").text("%(count)s articles", count=3)
        '3 篇文章'
        """
        found = self.texts.get(msgid, msgid)
        return found % values if values else found

    def several(self, one: str, many: str, count: int, **values: object) -> str:
        """`one` or `many` as the count demands; `%(count)s` in it is the count."""
        text = self.texts.get(many, many) if self.code == "zh" else one if count == 1 else many
        return text % (values | {"count": self.number(count)})

    def name(self, kind: str, value: str) -> str:
        """What people call a value of the record: name("type", "antifraud"); the value itself where it has no name.

        >>> language("zh").name("type", "antifraud"), language("en").name("place", "street")
        ('反诈宣传', 'Street')
        """
        return self.names.get((kind, value), value)

    def number(self, value: float) -> str:
        """A figure with its thousands apart; one beyond all newspapers as 1e+300."""
        if isinstance(value, int):  # most are, and a page has hundreds: both languages write them so
            return f"{value:,}" if abs(value) < BEYOND else f"{value:g}"
        return format_decimal(value, locale=self._locale) if abs(value) < BEYOND else f"{value:g}"

    def day(self, iso: str | None) -> str:
        """A day, month or year of the record (ISO 8601), "" for None.

        >>> language("zh").day("2024-03-05"), language("en").day("2024-03"), language("zh").day("2024")
        ('2024年3月5日', 'Mar 2024', '2024年')
        """
        if not iso:
            return ""
        try:
            parts = [int(part) for part in iso.split("-")]
            day = datetime.date(*[*parts, 1, 1][:3])
        except (ValueError, TypeError):
            return iso
        forms = {"zh": ("y年", "y年M月", "y年M月d日"), "en": ("y", "MMM y", "d MMM y")}[self.code]
        return format_date(day, forms[min(len(parts), 3) - 1], locale=self._locale)

    @property
    def _locale(self) -> Locale:
        return Locale.parse("zh_Hans_CN" if self.code == "zh" else "en")


@cache
def language(code: str) -> Language:
    """The language zh or en."""
    texts: dict[str, str] = {}
    names: dict[tuple[str, str], str] = {}
    with (LOCALE / code / "LC_MESSAGES" / "messages.po").open("rb") as file:
        for message in read_po(file, locale=code):
            text = str(message.string[0] if isinstance(message.string, tuple | list) else message.string)
            msgids = message.id if isinstance(message.id, tuple | list) else (message.id,)
            if message.context and text:
                names[message.context, msgids[0]] = text
            elif text:
                # Chinese has one form for one and for many
                texts |= dict.fromkeys(filter(None, msgids), text)
    return Language(code, MappingProxyType(texts), MappingProxyType(names))


def of_request(request: Request) -> Language:
    """The language that ?lang= or the cookie asks for. Accept-Language is not followed: the readers are Chinese."""
    asked = request.query_params.get("lang") or request.cookies.get(COOKIE)
    return language(asked if asked in TAGS else DEFAULT)
