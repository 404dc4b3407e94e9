"""What a newspaper's name says of where it is: 兰州晚报 is Lanzhou's."""

from extract.gazetteer import Gazetteer, gazetteer, level

LONGEST = 5


def home_of(paper: str | None, divisions: Gazetteer | None = None) -> str | None:
    """The full name of the city or province whose short name opens the paper's; None where there is none, or are two.

    Districts and counties do not count: 新安晚报 is not of 新安县. 吉林日报 might be the city's or the province's.

    >>> home_of("兰州晚报"), home_of("吉林日报"), home_of("都市快报")
    ('兰州市', None, None)
    """
    divisions = divisions or gazetteer()
    for size in range(min(LONGEST, len(paper or "")), 1, -1):
        names = divisions.full_names((paper or "")[:size])
        found = [name for name in names for code in divisions.upper_codes(name) if level(code) != "district"]
        if found:
            return found[0] if len(found) == 1 else None
    return None
