"""Is an area ready for property management (条件是否成熟)? Points by criterion, a score of 100, and why. Pure.

Sums are exact fractions; a score that is shown is cut, never rounded up, so that none claims more than there is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from typing import Any

FULL = 10  # points that a criterion can have
WHOLE = 100  # the score of an area in which every criterion has them
MOST_WEIGHT = 100
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Criterion:
    """What is looked at, in both languages, with its weight. Below `least` points it lacks; where `is_must` is set no
    pilot begins as long as it does. `source` says where it stands.
    """

    key: str
    name_zh: str
    name_en: str
    weight: int
    least: int
    is_must: bool = False
    source: str = ""

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Criterion":
        """From what is kept of it."""
        return cls(**{name: row[name] for name in cls.__dataclass_fields__ if name in row})


@dataclass(frozen=True)
class Score:
    """The points of a criterion (0 to `FULL`), and what they rest on."""

    criterion: Criterion
    points: int
    note: str = ""

    @property
    def is_lacking(self) -> bool:
        """Whether it has fewer points than it needs."""
        return self.points < self.criterion.least

    @property
    def is_blocking(self) -> bool:
        """Whether no pilot begins because of it."""
        return self.criterion.is_must and self.is_lacking

    @property
    def row(self) -> dict[str, Any]:
        """What an assessment keeps of it: also the criterion as it was then."""
        return {**vars(self.criterion), "points": self.points, "note": self.note}

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Score":
        """From what an assessment keeps."""
        return cls(Criterion.of(row), row["points"], row["note"])


@dataclass(frozen=True)
class Lack:
    """A criterion that is not met in full, and by how much the score would rise if it were."""

    score: Score
    gain: Fraction


def total(scores: Sequence[Score]) -> Fraction:
    """The score of an area, 0 to 100: the weighted share of all points. Raises ValueError where nothing has weight."""
    whole = _whole(scores)
    return Fraction(WHOLE * sum(one.points * one.criterion.weight for one in scores), whole)


def _whole(scores: Iterable[Score]) -> int:
    whole = FULL * sum(one.criterion.weight for one in scores)
    if whole <= 0:
        raise ValueError("criteria without any weight give no score")
    return whole


def lacks(scores: Sequence[Score]) -> list[Lack]:
    """What is not met in full: what blocks first, then what would raise the score most."""
    whole = _whole(scores)
    found = [
        Lack(one, Fraction(WHOLE * (FULL - one.points) * one.criterion.weight, whole))
        for one in scores
        if one.points < FULL
    ]
    return sorted(found, key=lambda lack: (not lack.score.is_blocking, -lack.gain))


def is_ready(scores: Sequence[Score], threshold: int) -> bool:
    """Whether a pilot may begin: the score reaches the threshold, and nothing blocks."""
    return total(scores) >= threshold and not any(one.is_blocking for one in scores)


def cut(score: Fraction) -> Decimal:
    """A score with two decimal places, never more than it is."""
    return (Decimal(score.numerator) / Decimal(score.denominator)).quantize(CENT, ROUND_DOWN)
