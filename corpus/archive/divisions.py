"""What the upper divisions of a code are called, for those that no article of an archive prints."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

MUNICIPALITIES = ("11", "12", "31", "50")
"""Cities that are no part of a province."""


@cache
def divisions() -> Mapping[str, str]:
    """The names of provinces, cities and districts by their code.

    >>> divisions()["420100"], divisions()["420106"]
    ('武汉市', '武昌区')
    """
    lines = Path(__file__).with_name("divisions.tsv").read_text("utf-8").splitlines()
    rows = [line.partition("\t") for line in lines if line and not line.startswith("#")]
    return {code: name for code, _, name in rows[1:]}


def level(code: str) -> str:
    """The level of a division of six digits, as records name it: Beijing, Tianjin, Shanghai, Chongqing are cities.

    >>> level("420000"), level("420100"), level("420106"), level("310000")
    ('province', 'city', 'district', 'city')
    """
    if code.endswith("0000"):
        return "city" if code.startswith(MUNICIPALITIES) else "province"
    return "city" if code.endswith("00") else "district"


def upper_codes(code: str) -> Iterator[str]:
    """The codes of what a division lies in, nearest first.

    >>> list(upper_codes("140213004")), list(upper_codes("140200"))
    (['140213', '140200', '140000'], ['140000'])
    """
    upper = [code[:9], code[:6], code[:4] + "00", code[:2] + "0000"]
    return (each for each in dict.fromkeys(upper) if each != code and len(each) in (6, 9))
