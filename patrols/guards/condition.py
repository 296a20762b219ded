"""The condition of a key place at a look: a hundred, less what the disorders that are seen take away. Pure.

There is no official score of this kind; the usual deductions are a proposal that each office changes. Source:
domain.md 1, row 23, and 2 (the six disorders).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

NONE, SLIGHT, SERIOUS = "none", "slight", "serious"
FULL = 100
USUAL = {SLIGHT: 5, SERIOUS: 15}  # points that one disorder takes away


def score(deductions: Iterable[int]) -> int:
    """What remains of a hundred, never less than 0."""
    return max(0, FULL - sum(deductions))


@dataclass(frozen=True)
class Mean:
    """The mean score of so many looks."""

    count: int
    value: float | None


def mean(scores: Sequence[int]) -> Mean:
    """To one decimal; None without a look."""
    return Mean(len(scores), round(float(Fraction(sum(scores), len(scores))), 1) if scores else None)
