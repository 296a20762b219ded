"""What is counted of illegal buildings, in square metres: new, removed, no longer counted, remaining. Pure.

All is added up from the lines of the account, each of which counts in the month of its day: what a line says is what
happened, so new − removed − no longer counted of all months is what remains.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

ZERO = Decimal("0.00")
NEW, REGROWN, REMOVED, UNCOUNTED = "new", "regrown", "removed", "uncounted"
KINDS: Mapping[str, tuple[str, ...]] = {  # which lines of the account a figure adds up
    NEW: ("found", "regrown"),
    REGROWN: ("regrown",),
    REMOVED: ("removed",),
    UNCOUNTED: ("lawful", "mistaken"),
}


@dataclass(frozen=True)
class Tally:
    """The lines of one kind of a community in a month (its first day): their square metres."""

    community: int
    month: date
    kind: str
    m2: Decimal


@dataclass(frozen=True)
class Sums:
    """Square metres by figure, and what remains at the end."""

    of: Mapping[str, Decimal] = field(default_factory=lambda: dict.fromkeys(KINDS, ZERO))
    remaining: Decimal = ZERO


def sums(tallies: Iterable[Tally], month: date) -> Sums:
    """The figures of a month, and what remains at its end by all months until then."""
    until = [one for one in tallies if one.month <= month]
    of = {
        name: sum((one.m2 for one in until if one.month == month and one.kind in kinds), ZERO)
        for name, kinds in KINDS.items()
    }
    return Sums(of, sum((one.m2 if one.kind in KINDS[NEW] else -one.m2 for one in until), ZERO))


def by_community(tallies: Sequence[Tally], month: date) -> Mapping[int, Sums]:
    """The figures of a month for each community that has any line."""
    return {
        pk: sums([one for one in tallies if one.community == pk], month)
        for pk in sorted({one.community for one in tallies})
    }
