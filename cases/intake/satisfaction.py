"""What residents think, as shares: ONE table of numerator and denominator. Pure.

Each judgement counts, by its own day; the evaluation counts cases (`cases.statistics`, solved and satisfaction rate).
Source: the three rates of 12345 call-backs, response, solution and satisfaction (domain 5.1 S35, 5.2).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol


class Judged(Protocol):
    """A judgement as far as it is counted."""

    is_solved: Any
    way: Any

    @property
    def is_satisfied(self) -> bool:
        """Whether it counts as satisfied."""
        raise NotImplementedError


@dataclass(frozen=True)
class Rate:
    """So many of so many."""

    count: int
    of: int

    @property
    def share(self) -> Fraction | None:
        """The share, exactly; None of nothing."""
        return Fraction(self.count, self.of) if self.of else None

    @property
    def percent(self) -> float | None:
        """The share in per cent; None of nothing."""
        return None if self.share is None else float(self.share * 100)


def rates_of(judgements: Iterable[Judged]) -> Mapping[str, Rate]:
    """Of all judgements: how many say solved, are satisfied (fairly counts), and were asked for by telephone."""
    rows = list(judgements)
    return {
        "solved": Rate(sum(one.is_solved for one in rows), len(rows)),
        "satisfied": Rate(sum(one.is_satisfied for one in rows), len(rows)),
        "phone": Rate(sum(one.way == "phone" for one in rows), len(rows)),
    }
