"""A decision with its reasons: named points that were weighed, kept so that `explain` can print them."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason; positive points speak for the decision, negative ones against it."""

    reason: str
    points: float

    def __str__(self) -> str:
        return f"{self.points:+.1f} {self.reason}"


def total(evidence: Iterable[Evidence]) -> float:
    """The sum of the points.

    >>> total([Evidence("ends in mid-sentence", 2.0), Evidence("far away", -0.5)])
    1.5
    """
    points = 0.0
    for each in evidence:
        points += each.points
    return points
