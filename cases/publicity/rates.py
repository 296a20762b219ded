"""The adoption rate of suggestions (采纳率). Pure."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Counts:
    """How many suggestions of a place and period were received, answered with a decision, adopted wholly or partly, not
    adopted, turned into a case, carried out.
    """

    received: int = 0
    answered: int = 0
    adopted: int = 0
    partly: int = 0
    declined: int = 0
    cases: int = 0
    done: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(one + another for one, another in zip(self.values, other.values, strict=True)))

    @property
    def values(self) -> tuple[int, ...]:
        """The counts in their order."""
        return (self.received, self.answered, self.adopted, self.partly, self.declined, self.cases, self.done)

    @property
    def rate(self) -> Fraction | None:
        """Those adopted, wholly or partly, of all that were answered; None of none."""
        return Fraction(self.adopted + self.partly, self.answered) if self.answered else None


def percent(rate: Fraction | None) -> str:
    """A rate in percent, to one decimal, never more than it is; a dash of nothing."""
    if rate is None:
        return "–"
    tenths = rate.numerator * 1000 // rate.denominator
    return f"{tenths // 10}.{tenths % 10} %"
