"""How much of an office is under property management (物业管理覆盖率), day by day, by the periods of contracts. Pure.

What is counted is what the register shows today: areas, households, floor area; struck-off areas are none of them.
A contract counts from its first day until the day on which it ended, which counts no longer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True)
class Area:
    """What of an area is counted."""

    pk: int
    community: int
    households: int
    floor_area_m2: Decimal


@dataclass(frozen=True)
class Period:
    """An area under a contract, from a day on; `ended_on` is the first day on which it is so no longer."""

    area: int
    from_on: date
    ended_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it counts on a day."""
        return self.from_on <= day and (self.ended_on is None or day < self.ended_on)


@dataclass(frozen=True)
class Sums:
    """Areas, households and square metres that are counted together."""

    areas: int = 0
    households: int = 0
    floor_area_m2: Decimal = Decimal(0)

    @classmethod
    def of(cls, areas: Iterable[Area]) -> "Sums":
        """Of these areas."""
        found = list(areas)
        return cls(
            len(found), sum(one.households for one in found), sum((one.floor_area_m2 for one in found), Decimal())
        )


@dataclass(frozen=True)
class Coverage:
    """What is covered, of what there is."""

    covered: Sums
    whole: Sums

    @property
    def areas(self) -> Fraction | None:
        """The share of areas; None where there are none."""
        return share(self.covered.areas, self.whole.areas)

    @property
    def households(self) -> Fraction | None:
        """The share of households."""
        return share(self.covered.households, self.whole.households)

    @property
    def floor_area(self) -> Fraction | None:
        """The share of the floor area."""
        return share(self.covered.floor_area_m2, self.whole.floor_area_m2)


def share(part: int | Decimal, whole: int | Decimal) -> Fraction | None:
    """The one of the other; None of nothing."""
    return Fraction(part) / Fraction(whole) if whole else None


def coverage(areas: Sequence[Area], periods: Iterable[Period], day: date) -> Coverage:
    """What of these areas is covered on a day."""
    under = {one.area for one in periods if one.holds_on(day)}
    return Coverage(Sums.of(one for one in areas if one.pk in under), Sums.of(areas))
