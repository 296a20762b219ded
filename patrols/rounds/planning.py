"""When each point is seen in the coming weeks: as often as wished, evenly over days and hours, never twice alike. Pure.

A point to be seen `times` in `days` days is owed a visit every days/times days. The first one is put where the days
are emptiest, the further ones follow in step; a visit may be a day early where that evens the days out, and on days off
it waits for the next day of patrols. So no gap, nor the one that began before the plan, is longer than the wish by more
than a day of patrols. The same points, days and seed give the same plan. Source of frequencies: domain.md 9.2; the rule
is the portal's own.
"""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

Place = tuple[float, float]  # east and north in metres from any origin
A_DAY = timedelta(days=1)
MOST_DAYS, MOST_TIMES = 366, 8  # of a wish; of a day


@dataclass(frozen=True)
class Wish:
    """How often a point is to be seen: `times` in `days` days. Raises ValueError for what nobody can walk."""

    times: int
    days: int

    def __post_init__(self) -> None:
        if not (1 <= self.days <= MOST_DAYS and 1 <= self.times <= MOST_TIMES * self.days):
            raise ValueError(f"not {self.times} times in {self.days} days")

    @property
    def step(self) -> Fraction:
        """Days from one visit to the next."""
        return Fraction(self.days, self.times)

    @property
    def a_day(self) -> int:
        """Visits on a day of visits: one, or as many as the wish has for each day."""
        return max(1, math.ceil(1 / self.step))


@dataclass(frozen=True)
class Stop:
    """A point: its key, where it is, how often it is to be seen, and how many minutes that takes.

    `seen` is the day of its last visit before the plan, counted from its first day (so below 0); None: not known.
    """

    key: int
    place: Place
    wish: Wish
    minutes: int = 5
    seen: int | None = None

    @property
    def latest_start(self) -> int:
        """The last day on which its visits can begin: when it is owed the next one, or the first of a new turn.

        A point that has been owed one since before the plan begins anew, like one of which nothing is known: points of
        a route that was not walked for long would else all fall on the first day.
        """
        step = math.ceil(self.wish.step)
        owed = step if self.seen is None else self.seen + step
        return min(owed, step - 1) if owed >= 0 else step - 1


@dataclass(frozen=True)
class Round:
    """A walk: on which day, in which part of the day (from 0), and the keys of its points in their order."""

    on: date
    part: int
    keys: tuple[int, ...]


@dataclass(frozen=True)
class Days:
    """The days of a plan from `first`, those off among them, and into how many parts a day of patrols falls."""

    first: date
    count: int
    off: Collection[date] = ()
    parts: int = 1

    def is_on(self, number: int) -> bool:
        """Whether there are patrols on the day with this number, counted from 0."""
        return self.first + number * A_DAY not in self.off

    def next_on(self, number: int) -> int | None:
        """The first day of patrols from this one on; None when the plan ends before."""
        return next((one for one in range(max(0, number), self.count) if self.is_on(one)), None)


def planned(stops: Iterable[Stop], days: Days, seed: int) -> list[Round]:
    """The rounds of these days, by day and part; a part in which nothing is to be seen has none."""
    chance = random.Random(seed)
    by_key = {stop.key: stop for stop in stops}
    visits = visits_of(list(by_key.values()), days, chance)
    piles: dict[tuple[int, int], list[Stop]] = defaultdict(list)
    for key, on, part in in_parts(visits, by_key, days.parts, chance):
        piles[on, part].append(by_key[key])
    return [
        Round(days.first + on * A_DAY, part, tuple(stop.key for stop in in_order(pile, chance)))
        for (on, part), pile in sorted(piles.items())
    ]


# --- days ----------------------------------------------------------------------------------------------------
def visits_of(stops: Sequence[Stop], days: Days, chance: random.Random) -> dict[int, list[int]]:
    """The numbers of the days on which each point is seen, by key. Long and rare ones choose their days first."""
    load: Counter[int] = Counter()
    found: dict[int, list[int]] = {}
    shuffled = chance.sample(list(stops), len(stops))
    for stop in sorted(shuffled, key=lambda one: (-one.minutes, -one.wish.step)):
        found[stop.key] = _best(stop, days, load)
        load.update({on: stop.minutes * stop.wish.a_day for on in found[stop.key]})
    return found


def _best(stop: Stop, days: Days, load: Mapping[int, int]) -> list[int]:
    """Of all days with which its visits can begin the one that keeps the fullest day, then the sum, lowest."""

    def cost(visits: list[int]) -> tuple[int, int]:
        return max((load.get(on, 0) for on in visits), default=0), sum(load.get(on, 0) for on in visits)

    return min((_in_step(stop.wish, start, days, load) for start in range(stop.latest_start + 1)), key=cost)


def _in_step(wish: Wish, start: int, days: Days, load: Mapping[int, int]) -> list[int]:
    """The days of visits that begin with `start`: each when it is owed, or a day before if that day is emptier."""
    found: list[int] = []
    owed = Fraction(start)
    step = max(wish.step, Fraction(1))
    while (on := days.next_on(math.floor(owed))) is not None:
        before = on - 1
        may_be_early = step.denominator == 1 and step > 1 and found and before > found[-1] and days.is_on(before)
        if may_be_early and load.get(before, 0) < load.get(on, 0):
            on = before
        if not found or on > found[-1]:
            found.append(on)
        owed += step
    return found


# --- parts of a day ------------------------------------------------------------------------------------------
def in_parts(
    visits: Mapping[int, Sequence[int]], stops: Mapping[int, Stop], parts: int, chance: random.Random
) -> Iterator[tuple[int, int, int]]:
    """Key, day and part of each visit: a point is seen in all parts of the day in turn, several times a day evenly
    apart; it begins with the part that leaves the parts of its days about as full as each other.
    """
    load: Counter[tuple[int, int]] = Counter()
    for key in chance.sample(sorted(visits), len(visits)):
        stop = stops[key]
        turns = [_turn(visits[key], stop.wish.a_day, begin, parts) for begin in chance.sample(range(parts), parts)]
        best = min(
            turns, key=lambda turn: (max((load[one] for one in turn), default=0), sum(load[one] for one in turn))
        )
        load.update({one: count * stop.minutes for one, count in Counter(best).items()})
        yield from ((key, on, part) for on, part in best)


def _turn(days: Sequence[int], a_day: int, begin: int, parts: int) -> list[tuple[int, int]]:
    """Day and part of the visits of a point that begins with a part and goes on to the next one at each visit."""
    return [
        (on, (begin + number + again * parts // a_day) % parts)
        for number, on in enumerate(days)
        for again in range(a_day)
    ]


# --- order -----------------------------------------------------------------------------------------------------
def in_order(stops: Sequence[Stop], chance: random.Random) -> list[Stop]:
    """A short walk through all of them, from a point and in a direction that chance chooses: nobody knows when."""
    if len(stops) < 3:
        return chance.sample(list(stops), len(stops))
    walk = _uncrossed(_nearest_first(stops, chance.randrange(len(stops))))
    return walk[::-1] if chance.random() < 0.5 else walk


def _nearest_first(stops: Sequence[Stop], start: int) -> list[Stop]:
    rest = list(stops)
    walk = [rest.pop(start)]
    while rest:
        nearest = min(range(len(rest)), key=lambda place: metres(walk[-1], rest[place]))
        walk.append(rest.pop(nearest))
    return walk


def _uncrossed(walk: list[Stop]) -> list[Stop]:
    """The walk with parts turned round as long as that makes it shorter (2-opt); its first point stays."""
    is_better = True
    while is_better:
        is_better = False
        for one in range(1, len(walk) - 1):
            for other in range(one + 1, len(walk)):
                if _gain(walk, one, other) > 1e-6:
                    walk[one : other + 1] = walk[one : other + 1][::-1]
                    is_better = True
    return walk


def _gain(walk: Sequence[Stop], one: int, other: int) -> float:
    """How many metres turning the part between these positions round saves."""
    before = metres(walk[one - 1], walk[one])
    after = metres(walk[one - 1], walk[other])
    if other + 1 < len(walk):
        before += metres(walk[other], walk[other + 1])
        after += metres(walk[one], walk[other + 1])
    return before - after


def metres(one: Stop, other: Stop) -> float:
    """How far two points are from each other as the crow flies."""
    return math.dist(one.place, other.place)


def length(walk: Iterable[Stop]) -> float:
    """Metres from the first to the last point."""
    return sum(metres(one, other) for one, other in pairwise(walk))
