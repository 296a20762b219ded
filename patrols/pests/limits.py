"""Density levels (密度控制水平) A, B and C: the limits known for each index, and which level is reached; pure.

An office may enter its own limits; what stands here is what could be read. Where no limit is known none is invented.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from citymgmt.wording import gettext_noop
from patrols.pests.indices import INDICES, NOTHING, Counts, indices_of, value

LEVELS = ("A", "B", "C")  # the strictest first
RODENTS, MOSQUITOES, FLIES, COCKROACHES = (f"GB/T {number}-2011" for number in (27770, 27771, 27772, 27773))
BY_STUDY = gettext_noop("As a study of a district reads the standard; the standard itself was not at hand.")
BY_FIRM = gettext_noop("As a pest-control firm quotes the standard; the standard itself was not at hand.")
BY_RULE_2001 = gettext_noop("As a page about that rule quotes it; the value of the standard of 2011 was not at hand.")
RULE_2001 = gettext_noop("National patriotic-health rule of 2001")
UNKNOWN = gettext_noop("No limit could be read.")


@dataclass(frozen=True)
class Limit:
    """The most that an index may be at a level: up to it and with it, or below it alone. None: not known."""

    index: str
    level: str
    most: Decimal | None
    is_below: bool = False
    standard: str = ""
    source: str = UNKNOWN

    def keeps(self, found: Fraction | None) -> bool:
        """Whether a value keeps a known limit; an index that divides by nothing, as of no positive ladle, does."""
        assert self.most is not None
        most = Fraction(self.most)
        return found is None or (found < most if self.is_below else found <= most)


_READ = (
    Limit("rodent_rooms", "C", Decimal(5), False, RODENTS, BY_STUDY),
    Limit("rodent_path", "C", Decimal(5), False, RULE_2001, BY_RULE_2001),
    Limit("mosquito_path", "C", Decimal("0.8"), False, MOSQUITOES, BY_FIRM),
    Limit("mosquito_ladle", "C", Decimal(5), False, MOSQUITOES, BY_FIRM),
    Limit("mosquito_larvae", "C", Decimal(8), True, MOSQUITOES, BY_FIRM),
    Limit("mosquito_landing", "C", Decimal("1.5"), False, MOSQUITOES, BY_FIRM),
    Limit("fly_rooms", "C", Decimal(9), False, FLIES, BY_FIRM),
    Limit("fly_density", "C", Decimal(3), False, FLIES, BY_FIRM),
    Limit("fly_food", "C", Decimal(0), False, FLIES, BY_FIRM),
    Limit("fly_breeding", "C", Decimal(5), False, FLIES, BY_FIRM),
    Limit("cockroach_rooms", "C", Decimal(5), False, COCKROACHES, BY_STUDY),
)
Limits = Mapping[tuple[str, str], Limit]  # by index and level; one for each
SEEDED: Limits = {
    **{(index, level): Limit(index, level, None) for index in INDICES for level in LEVELS},
    **{(one.index, one.level): one for one in _READ},
}


@dataclass(frozen=True)
class Verdict:
    """What surveys say of a pest: the level reached, None for none; indices with a limit that were not surveyed;
    and the limits of the loosest level that were broken.
    """

    level: str | None
    unsurveyed: tuple[str, ...] = ()
    broken: tuple[Limit, ...] = ()


def judged(pest: str, found: Mapping[str, Counts], limits: Limits) -> Verdict:
    """The strictest level whose every known limit is kept, and those of the looser levels with it, so that half a
    level's limits prove no more than they say; nothing as long as an index with a limit was not surveyed.

    `found` has the counts by method.
    """
    values = {one.code: value(one, found.get(one.method, NOTHING)) for one in indices_of(pest)}
    surveyed = {one.code for one in indices_of(pest) if found.get(one.method, NOTHING).effort}
    known = {level: _known(values, level, limits) for level in LEVELS}
    asked = dict.fromkeys(one.index for level in LEVELS for one in known[level])
    unsurveyed = tuple(index for index in asked if index not in surveyed)
    if unsurveyed:
        return Verdict(None, unsurveyed, _broken(known["C"], values))
    reached = None
    for level in reversed(LEVELS):
        if _broken(known[level], values):
            break
        reached = level if known[level] else reached
    return Verdict(reached, (), _broken(known["C"], values))


def _known(indices: Collection[str], level: str, limits: Limits) -> list[Limit]:
    return [limits[index, level] for index in indices if limits[index, level].most is not None]


def _broken(limits: Iterable[Limit], values: Mapping[str, Fraction | None]) -> tuple[Limit, ...]:
    return tuple(one for one in limits if not one.keeps(values[one.index]))
