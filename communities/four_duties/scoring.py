"""What a sheet of duties comes to. Pure.

A duty that was done gives its points, one that was done in part half of them; what does not apply is left out. The
score is the share of what was possible, in points of a hundred; of nothing there is none.
Source: scoring samples by weighted points (domain.md 8, S56b); that half counts half is a decision of this portal.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

DONE, PARTLY, NOT_DONE, NOT_APPLICABLE = "done", "partly", "not_done", "na"
MARKS = (DONE, PARTLY, NOT_DONE, NOT_APPLICABLE)
SHARES = {DONE: Fraction(1), PARTLY: Fraction(1, 2), NOT_DONE: Fraction(0)}
FULL = 100


@dataclass(frozen=True)
class Marked:
    """A duty: how many points it can give, and how it was marked; empty while it was not."""

    points: int
    mark: str


def score_of(duties: Iterable[Marked]) -> Fraction | None:
    """The score from 0 to 100, exactly; None where nothing applies. What is not marked counts as not done."""
    applying = [one for one in duties if one.mark != NOT_APPLICABLE]
    possible = sum(one.points for one in applying)
    got = sum((one.points * SHARES.get(one.mark, Fraction(0)) for one in applying), Fraction(0))
    return got * FULL / possible if possible else None


def tenths(score: Fraction | None) -> int | None:
    """A score in tenths of a point, as it is kept; a half is rounded up."""
    return None if score is None else int(score * 10 + Fraction(1, 2))
