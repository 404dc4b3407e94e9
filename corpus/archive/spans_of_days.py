"""EDTF values as days from and to, so that a database can compare them. (https://www.loc.gov/standards/datetime/)"""

import calendar
import re

_PART = re.compile(r"(?P<year>\d{1,4}X{0,3})(?:-(?P<month>\d\d))?(?:-(?P<day>\d\d))?(?:T[\d:]+)?")
_DOUBT = "?~%"


def days(value: str | None) -> tuple[str | None, str | None]:
    """The first and the last day that an EDTF value may mean, each None where it is open or not known.

    >>> days("2024-03"), days("2023-11-04/2023-11-05"), days("198X")
    (('2024-03-01', '2024-03-31'), ('2023-11-04', '2023-11-05'), ('1980-01-01', '1989-12-31'))
    >>> days("../2024-02-10"), days("XXXX-03-05"), days("2024-03-07T15:00:00~")
    ((None, '2024-02-10'), (None, None), ('2024-03-07', '2024-03-07'))
    """
    if not value:
        return None, None
    first, slash, last = value.partition("/")
    return _ends(first)[0], _ends(last if slash else first)[1]


def _ends(date: str) -> tuple[str | None, str | None]:
    match = _PART.fullmatch(date.strip(_DOUBT))
    if match is None or len(match["year"]) != 4:
        return None, None
    years = [int(match["year"].replace("X", digit)) for digit in "09"]
    month, day = match["month"], match["day"]
    if not 1 <= int(month or 1) <= 12 or years[0] < 1:
        return None, None
    ends = []
    for year, other_month, last in ((years[0], 1, False), (years[1], 12, True)):
        in_month = int(month or other_month)
        longest = calendar.monthrange(year, in_month)[1]
        on_day = int(day) if day else (longest if last else 1)
        if not 1 <= on_day <= longest:
            return None, None
        ends.append(f"{year:04d}-{in_month:02d}-{on_day:02d}")
    return ends[0], ends[1]
