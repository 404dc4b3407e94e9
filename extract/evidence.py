"""A decision with its reasons: named points that were weighed, kept so that `explain` can print them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason; positive points speak for the decision, negative ones against it."""

    reason: str
    points: float

    def __str__(self) -> str:
        return f"{self.points:+.1f} {self.reason}"


@cache
def sign(reason: str, points: float) -> Evidence:
    """Evidence whose words and points are fixed: made once, however often a page shows it."""
    return Evidence(reason, points)


def total(evidence: Iterable[Evidence]) -> float:
    """The sum of the points.

    >>> total([Evidence("ends in mid-sentence", 2.0), Evidence("far away", -0.5)])
    1.5
    """
    points = 0.0
    for each in evidence:
        points += each.points
    return points
