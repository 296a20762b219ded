"""Did enough owners take part in a vote, and did it pass? By floor area and by heads, in exact fractions. Pure.

Source: Civil Code Art. 278: owners of two thirds or more of the floor area and two thirds or more of the owners by
number take part; of those taking part, matters 6 to 8 need three quarters or more by both counts, all others more than
half by both. “Or more” includes the number itself, “more than half” does not (Art. 1259). The regulation on property
management, Art. 12, still has the older quorum of one half; the Code is later and higher. Heads: one exclusive unit is
one owner, several units of one buyer are one (Supreme People's Court, interpretation on condominium ownership, Art. 9).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from citymgmt.wording import gettext_noop

CENT = Decimal("0.01")
TAKE_PART, SPECIAL, ORDINARY = Fraction(2, 3), Fraction(3, 4), Fraction(1, 2)
SPECIAL_MATTERS = (6, 7, 8)
ELECTION = 3  # the matter by which a committee comes about
MATTERS: Mapping[int, str] = {  # Art. 278 (1) to (9)
    1: gettext_noop("make or amend the owners' assembly's rules of procedure"),
    2: gettext_noop("make or amend the management regulations"),
    3: gettext_noop("elect the owners' committee or replace members"),
    4: gettext_noop("choose or dismiss the property-service provider or another manager"),
    5: gettext_noop("use the maintenance funds of the building and its facilities"),
    6: gettext_noop("raise maintenance funds of the building and its facilities"),
    7: gettext_noop("alter or rebuild the building and its facilities"),
    8: gettext_noop("change the use of common parts, or run a business with them"),
    9: gettext_noop("other important matters of common ownership and management"),
}


@dataclass(frozen=True)
class Count:
    """Of one count (square metres, or owners): the whole, who took part of it, and who of these was in favour.

    Raises ValueError unless 0 ≤ in favour ≤ took part ≤ whole, and the whole is more than nothing.
    """

    whole: Decimal
    took_part: Decimal
    in_favour: Decimal

    def __post_init__(self) -> None:
        if not 0 <= self.in_favour <= self.took_part <= self.whole or not self.whole:
            raise ValueError("in favour is a part of who took part, and that of the whole")


@dataclass(frozen=True)
class Test:
    """Whether a part reaches the share of a whole that it needs; `short` is the least that it lacks, in `step`s."""

    part: Decimal
    whole: Decimal
    needed: Fraction
    is_strict: bool
    step: Decimal

    @property
    def share(self) -> Fraction | None:
        """The share that it is; None of nothing."""
        return Fraction(self.part) / Fraction(self.whole) if self.whole else None

    @property
    def is_met(self) -> bool:
        """Whether it is enough: the share itself, or more than it where the law says more."""
        part, least = Fraction(self.part), self.needed * Fraction(self.whole)
        return part > least if self.is_strict else part >= least and self.whole > 0

    @property
    def short(self) -> Decimal:
        """By how much it falls short, in whole steps; 0 when it is met."""
        if self.is_met:
            return Decimal(0)
        lacking = (self.needed * Fraction(self.whole) - Fraction(self.part)) / Fraction(self.step)
        steps = lacking.numerator // lacking.denominator + (1 if self.is_strict or lacking.denominator > 1 else 0)
        return max(steps, 1) * self.step


@dataclass(frozen=True)
class Result:
    """What a vote came to: each of its four tests by area and by heads."""

    part_area: Test
    part_heads: Test
    pass_area: Test
    pass_heads: Test

    @property
    def is_quorate(self) -> bool:
        """Whether enough took part, by both counts."""
        return self.part_area.is_met and self.part_heads.is_met

    @property
    def is_passed(self) -> bool:
        """Whether it was decided: enough took part, and enough of these were in favour, by both counts."""
        return self.is_quorate and self.pass_area.is_met and self.pass_heads.is_met


def result_of(matter: int, area: Count, heads: Count) -> Result:
    """What a vote on a matter came to. Raises KeyError for a matter that is none."""
    _ = MATTERS[matter]
    is_special = matter in SPECIAL_MATTERS
    needed, is_strict, one = (SPECIAL if is_special else ORDINARY), not is_special, Decimal(1)
    return Result(
        Test(area.took_part, area.whole, TAKE_PART, False, CENT),
        Test(heads.took_part, heads.whole, TAKE_PART, False, one),
        Test(area.in_favour, area.took_part, needed, is_strict, CENT),
        Test(heads.in_favour, heads.took_part, needed, is_strict, one),
    )


def reaches(part: Decimal | int, whole: Decimal | int, percent: int) -> bool:
    """Whether a part is at least so many percent of a whole."""
    return bool(whole) and Fraction(part) * 100 >= Fraction(whole) * percent


YES, NO, ABSTAIN, AWAY = "yes", "no", "abstain", ""


@dataclass(frozen=True)
class Ballot:
    """How a unit voted: its square metres, and by which name its owner is counted (the unit's own, where it is one)."""

    owner: str
    m2: Decimal
    choice: str = AWAY


def counted(ballots: Iterable[Ballot]) -> tuple[Count, Count]:
    """The two counts of a list of units: by area each unit, by heads each owner once; an owner whose units voted
    differently is in favour only if all that voted were. Raises ValueError for an empty list.
    """
    found = list(ballots)
    voted = [one for one in found if one.choice != AWAY]
    yes = [one for one in voted if one.choice == YES]
    area = Count(_m2(found), _m2(voted), _m2(yes))
    part = {one.owner for one in voted}
    in_favour = part - {one.owner for one in voted if one.choice != YES}
    return area, Count(Decimal(len({one.owner for one in found})), Decimal(len(part)), Decimal(len(in_favour)))


def _m2(ballots: Iterable[Ballot]) -> Decimal:
    return sum((one.m2 for one in ballots), Decimal())
