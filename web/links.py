"""Links: the address of this page with another filter, another order, as a file; any path with a query string."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from web.parameters import FILTERS, KNOWN, ONLY, Parameter

_SEVERAL = frozenset(parameter.name for parameter in (*FILTERS, ONLY) if parameter.several)


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter that is on: what it is called (msgid), its value, and the address without it."""

    name: str
    label: str
    value: str
    without: str


@dataclass(frozen=True, slots=True)
class Here:
    """The address of this page, and others near it. A changed filter always begins at the first page again.

    >>> here = Here("/search", (("q", "义诊"), ("street", "南湖街道"), ("page", "3")))
    >>> here.with_(type="health")
    '/search?q=%E4%B9%89%E8%AF%8A&street=%E5%8D%97%E6%B9%96%E8%A1%97%E9%81%93&type=health'
    """

    path: str
    given: tuple[tuple[str, str], ...] = ()

    def with_(self, **values: str | int) -> str:
        """The address with these values too; of a filter that may be given several times, one more."""
        kept = [(n, v) for n, v in self._lasting() if n not in values or (n in _SEVERAL and v != str(values[n]))]
        return link(self.path, (*kept, *((name, str(value)) for name, value in values.items())))

    def without(self, *names: str, value: str | None = None) -> str:
        """The address without these parameters, or without one value of them."""
        return link(self.path, [(n, v) for n, v in self._lasting() if n not in names or value not in (None, v)])

    def page(self, number: int) -> str:
        """The address of another page of the same rows."""
        return link(self.path, [*self._lasting(), *([("page", str(number))] if number > 1 else [])])

    def in_language(self, code: str) -> str:
        """The same page in another language."""
        return link(self.path, [*((n, v) for n, v in self.given if n != "lang"), ("lang", code)])

    def suffixed(self, suffix: str) -> str:
        """The same rows as a file: .csv, .json or .xlsx."""
        return link(self.path + suffix, self._lasting())

    def at(self, path: str) -> str:
        """The same question put to another path: /api/v1/search, /charts/months.json."""
        return link(path, self._lasting())

    def value(self, name: str) -> str:
        """The value of a parameter, "" without one."""
        return next((v for n, v in self.given if n == name), "")

    def has(self, name: str, value: str) -> bool:
        """Whether a filter has this value."""
        return (name, value) in self.given

    def hidden(self, *names: str) -> list[tuple[str, str]]:
        """What a form must send along as hidden fields, when it has fields of these names itself."""
        return [(n, v) for n, v in self._lasting() if n not in names]

    @property
    def chips(self) -> list[Chip]:
        """The filters that are on."""
        return self.chips_of(FILTERS)

    def chips_of(self, parameters: Sequence[Parameter]) -> list[Chip]:
        """Those of these parameters that are on."""
        labels = {parameter.name: parameter.label for parameter in parameters}
        on = dict.fromkeys((n, v) for n, v in self.given if n in labels and v)
        return [Chip(n, labels[n], v, self.without(n, value=v)) for n, v in on]

    def _lasting(self) -> list[tuple[str, str]]:
        return [(n, v) for n, v in self.given if n in KNOWN and n not in ("page", "lang") and v]


def link(path: str, values: Mapping[str, object] | Iterable[tuple[str, object]] = ()) -> str:
    """A path of this program with a query string; both quoted.

    >>> link("/activities", {"type": "health"})
    '/activities?type=health'
    """
    pairs = values.items() if isinstance(values, Mapping) else values
    asked = urlencode([(name, str(value)) for name, value in pairs])
    return f"{quote(path)}{'?' if asked else ''}{asked}"
