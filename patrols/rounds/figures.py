"""What a plan of rounds comes to: rounds by day and part of the day, minutes, walks, longest gaps. Pure.

A gap is counted in days of the calendar from one visit to the next; at the ends of the plan from the last visit before
it (where that is known) and until the day after it. Whether a gap is too long is measured against the point's wish.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from math import ceil, floor
from statistics import median_low

from patrols.rounds.planning import A_DAY, Days, Round, Stop, length


class Why(StrEnum):
    """Why a point's wish is not kept to the day."""

    SHORT = "short"  # it is seen more rarely than the plan is long
    OFF = "off"  # days without patrols lie in the gap
    EVEN = "even"  # a visit was a day early to even the days out, the next one on its day
    PARTS = "parts"  # it is to be seen more often in a day than the day has parts
    CHANGED = "changed"  # visits that the plan does not account for


class Turn(StrEnum):
    """Why a point is seen on a day."""

    BEGIN = "begin"  # nothing is known of it, or it has been owed a visit for long: it begins where days are emptiest
    DUE = "due"  # its turn, by its wish
    EARLY = "early"  # before its turn, because that day was emptier
    AFTER_OFF = "after_off"  # its turn fell on a day without patrols
    EVEN = "even"  # a day more than its wish, because the visit before it was early
    AGAIN = "again"  # once more on the same day
    CHANGED = "changed"  # later than the plan accounts for


@dataclass(frozen=True)
class Seen:
    """A visit of a plan: on which day, in which part of it, as which of how many points; `days` since the last one."""

    on: date
    part: int
    ordinal: int
    count: int
    days: int | None
    turn: Turn


@dataclass(frozen=True)
class Spread:
    """The least, the middle and the most of some numbers; the middle is one of them."""

    least: int = 0
    middle: int = 0
    most: int = 0


@dataclass(frozen=True)
class Gap:
    """The longest time in which a point is not seen: days, between which days, and how many there may be."""

    key: int
    longest: int
    since: date
    until: date
    allowed: int
    visits: int
    why: Why | None = None

    @property
    def excess(self) -> int:
        """Days beyond the wish."""
        return max(0, self.longest - self.allowed)


@dataclass(frozen=True)
class Figures:
    """A plan in numbers. `minutes` are those at the points of a round, `metres` its walk as the crow flies."""

    rounds: int
    visits: int
    days: int  # on which there are rounds
    by_day: Mapping[date, int]
    by_part: tuple[int, ...]
    minutes: Spread
    minutes_a_day: Spread
    metres: Spread
    gaps: tuple[Gap, ...]  # the farthest beyond the wish first

    @property
    def not_kept(self) -> list[Gap]:
        """The points whose wish is not kept to the day."""
        return [gap for gap in self.gaps if gap.why is not None]

    @property
    def worst_excess(self) -> int:
        """By how many days the worst gap is longer than its wish."""
        return max((gap.excess for gap in self.gaps), default=0)


def figures_of(stops: Iterable[Stop], days: Days, rounds: Sequence[Round]) -> Figures:
    """The numbers of the rounds of these days. Keys of points that are not among `stops` are left out."""
    known = {stop.key: stop for stop in stops}
    walks = [(one, [known[key] for key in one.keys if key in known]) for one in rounds]
    by_part, by_day = Counter(one.part for one in rounds), Counter(one.on for one in rounds)
    minutes = [sum(stop.minutes for stop in walk) for _one, walk in walks]
    a_day: Counter[date] = Counter()
    for (one, _walk), spent in zip(walks, minutes, strict=True):
        a_day[one.on] += spent
    return Figures(
        rounds=len(rounds),
        visits=sum(len(walk) for _one, walk in walks),
        days=len(by_day),
        by_day=by_day,
        by_part=tuple(by_part[part] for part in range(days.parts)),
        minutes=_spread(minutes),
        minutes_a_day=_spread(a_day.values()),
        metres=_spread(round(length(walk)) for _one, walk in walks),
        gaps=_gaps(known, days, rounds),
    )


def _spread(numbers: Iterable[int]) -> Spread:
    found = sorted(numbers)
    return Spread(found[0], median_low(found), found[-1]) if found else Spread()


def _gaps(stops: Mapping[int, Stop], days: Days, rounds: Sequence[Round]) -> tuple[Gap, ...]:
    visits: dict[int, list[int]] = defaultdict(list)
    for one in rounds:
        for key in one.keys:
            visits[key].append((one.on - days.first).days)
    found = [_longest(stop, days, sorted(visits[stop.key])) for stop in stops.values()]
    return tuple(sorted(found, key=lambda gap: (-gap.excess, gap.why is None, gap.key)))


def _longest(stop: Stop, days: Days, visits: Sequence[int]) -> Gap:
    """The longest gap of a point that is seen on days of these numbers."""
    before = -1 if stop.seen is None or stop.seen + ceil(stop.wish.step) < 0 else stop.seen
    bounds = [before, *sorted(set(visits)), days.count]
    one, other = max(pairwise(bounds), key=lambda pair: pair[1] - pair[0])
    allowed = ceil(stop.wish.step)
    since, until = (days.first + number * A_DAY for number in (one, other))
    return Gap(stop.key, other - one, since, until, allowed, len(visits), _why(stop, days, visits, (one, other)))


def _why(stop: Stop, days: Days, visits: Sequence[int], gap: tuple[int, int]) -> Why | None:
    one, other = gap
    allowed = ceil(stop.wish.step)
    if other - one <= allowed:
        is_crowded = bool(visits) and stop.wish.a_day > days.parts
        return Why.PARTS if is_crowded else Why.SHORT if not visits else None
    if any(not days.is_on(number) for number in range(one + 1, min(other, days.count))):
        return Why.OFF
    return Why.EVEN if other - one == allowed + 1 and visits else Why.CHANGED


def visits_to(stop: Stop, days: Days, rounds: Iterable[Round]) -> list[Seen]:
    """The visits to a point, each with its reason; `rounds` are in the order of their days and parts."""
    found: list[Seen] = []
    last = stop.seen
    for one in rounds:
        if stop.key in one.keys:
            number = (one.on - days.first).days
            since = None if last is None else number - last
            turn = _turn(stop, days, last, number, is_first=not found)
            found.append(Seen(one.on, one.part, one.keys.index(stop.key) + 1, len(one.keys), since, turn))
            last = number
    return found


def _turn(stop: Stop, days: Days, last: int | None, number: int, *, is_first: bool) -> Turn:
    step = stop.wish.step
    if last is None or (is_first and last + ceil(step) < 0):
        return Turn.BEGIN
    gap = number - last
    if gap == 0:
        return Turn.AGAIN
    if gap <= ceil(step):
        return Turn.DUE if gap >= floor(step) else Turn.EARLY
    if not all(days.is_on(one) for one in range(last + 1, number)):
        return Turn.AFTER_OFF
    return Turn.EVEN if gap == ceil(step) + 1 else Turn.CHANGED
