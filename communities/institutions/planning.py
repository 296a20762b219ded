"""On which day of a quarter each institution is visited: evenly over the working days, the longest waiting first. Pure.

Each community is planned by itself, because one officer goes there. What is planned already counts, so that planning
again fills the gaps and moves nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Wanted:
    """An institution that is to be visited `times` more in the quarter; `seen` is the day of its last visit."""

    key: int
    times: int
    seen: date | None = None


def turns(wanted: Iterable[Wanted]) -> list[int]:
    """Whose visit comes when, by key: each once, then those again that want more; never visited before long ago."""
    order = sorted(wanted, key=lambda one: (one.seen or date.min, one.key))
    most = max((one.times for one in order), default=0)
    return [one.key for turn in range(most) for one in order if turn < one.times]


def spread(keys: Sequence[int], days: Sequence[date], load: Mapping[date, int]) -> list[tuple[int, date]]:
    """A day for each of the keys, in their order.

    The days are evenly apart; where one has more visits than another nearby by `load`, the emptier one is taken. A key
    that comes again gets a later day, as long as there is one.
    """
    busy, last = dict(load), dict.fromkeys(keys, -1)
    found = []
    for number, key in enumerate(keys):
        ideal = (2 * number + 1) * len(days) // (2 * len(keys))
        free = range(last[key] + 1, len(days)) or range(len(days))
        place = min(free, key=lambda one: (busy.get(days[one], 0), abs(one - ideal)))
        last[key] = place
        busy[days[place]] = busy.get(days[place], 0) + 1
        found.append((key, days[place]))
    return found
