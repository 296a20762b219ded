"""How much of the time for which guards were planned at a post somebody was there. Pure.

At every moment at most as many count as were planned then: whoever comes early, stays late or stands beside the next
one adds nothing, and whoever stays until a late successor comes fills that gap. Source: domain.md 1, row 34 (presence
rate).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

Span = tuple[datetime, datetime]  # from, until; one that ends no later than it begins is empty
NONE = timedelta()
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Presence:
    """Person-time that was planned, and that of it for which somebody was there."""

    planned: timedelta = NONE
    present: timedelta = NONE

    def __add__(self, other: "Presence") -> "Presence":
        return Presence(self.planned + other.planned, self.present + other.present)

    @property
    def percent(self) -> int | None:
        """Present of planned, rounded down; None where nothing was planned."""
        return self.present * 100 // self.planned if self.planned else None

    @property
    def planned_minutes(self) -> int:
        """Whole minutes that were planned."""
        return self.planned // MINUTE

    @property
    def present_minutes(self) -> int:
        """Whole minutes of these for which somebody was there."""
        return self.present // MINUTE


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same time in spans that neither overlap nor touch, in order."""
    found: list[Span] = []
    for begins, ends in sorted(one for one in spans if one[0] < one[1]):
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(ends, found[-1][1]))
        else:
            found.append((begins, ends))
    return found


def presence(planned: Sequence[Span], present: Mapping[int, Sequence[Span]]) -> Presence:
    """Of one post: each planned span is one guard who is to stand there; `present` is who was there when, by person."""
    needed: dict[datetime, int] = defaultdict(int)
    there: dict[datetime, int] = defaultdict(int)
    for counts, spans in (
        (needed, [one for one in planned if one[0] < one[1]]),
        (there, [one for own in present.values() for one in merged(own)]),
    ):
        for begins, ends in spans:
            counts[begins] += 1
            counts[ends] -= 1
    return _added(needed, there)


def _added(needed: Mapping[datetime, int], there: Mapping[datetime, int]) -> Presence:
    """Go through the moments at which a number changes, and add what lies between them."""
    moments = sorted({*needed, *there})
    planned = present = NONE
    wanted = standing = 0
    for moment, following in pairwise(moments):
        wanted += needed.get(moment, 0)
        standing += there.get(moment, 0)
        planned += wanted * (following - moment)
        present += min(wanted, standing) * (following - moment)
    return Presence(planned, present)
