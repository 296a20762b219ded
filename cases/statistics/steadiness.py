"""Is work steady, or does it come in bursts (突击)? From what was handled each day. Pure.

Evenness is judged over working days, because an office that rests on Sunday is not uneven. A burst is a week in which
clearly more was handled than usual; what was reported in the four weeks before it and after it tells whether it lasted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from math import ceil
from statistics import median

WEEK = timedelta(days=7)
WEEKS_AROUND = 4
BURST_TIMES, BURST_LEAST = 2, 10  # so many times the usual week, and at least so many cases more
STEADY = Fraction(1, 4)  # the largest Gini coefficient of steady work
BUSIEST_SHARE = Fraction(1, 5)


class Verdict(StrEnum):
    """What a leader reads first."""

    NOTHING = "nothing"  # too little work to say
    STEADY = "steady"
    UNEVEN = "uneven"
    BURSTS = "bursts"


@dataclass(frozen=True)
class Burst:
    """A week (its Monday) with far more work than usual, and what was reported each week before it and after it."""

    monday: date
    count: int
    usual: Fraction
    reported_before: Fraction | None
    reported_after: Fraction | None

    @property
    def lasted(self) -> bool | None:
        """Whether fewer matters were reported after it than before; None while nobody knows."""
        if self.reported_before is None or self.reported_after is None:
            return None
        return self.reported_after < self.reported_before


@dataclass(frozen=True)
class Steadiness:
    """How evenly work is spread.

    The Gini coefficient over working days (0: all alike, near 1: all on one day), the share of all work done on the
    busiest fifth of these days, the share of campaign work, and the bursts.
    """

    total: int
    gini: Fraction | None
    busiest_share: Fraction | None
    campaign_share: Fraction | None
    bursts: Sequence[Burst]

    @property
    def verdict(self) -> Verdict:
        """The figures in one word."""
        if self.gini is None or self.total < BURST_LEAST:
            return Verdict.NOTHING
        if self.bursts:
            return Verdict.BURSTS
        return Verdict.STEADY if self.gini <= STEADY else Verdict.UNEVEN


def gini(counts: Sequence[int]) -> Fraction | None:
    """The Gini coefficient of how much was done on each day; None when nothing was. Source: Gini 1912."""
    total, size = sum(counts), len(counts)
    if not total:
        return None
    ranked = sorted(counts)
    weighted = sum(rank * count for rank, count in enumerate(ranked, start=1))
    return Fraction(2 * weighted, size * total) - Fraction(size + 1, size)


def busiest_share(counts: Sequence[int]) -> Fraction | None:
    """The share of all work that was done on the busiest fifth of the days, at least one; None when nothing was."""
    total = sum(counts)
    if not total:
        return None
    days = ceil(len(counts) * BUSIEST_SHARE)
    return Fraction(sum(sorted(counts, reverse=True)[:days]), total)


def weeks_of(by_day: Mapping[date, int], first: date, last: date) -> dict[date, int]:
    """The sums of whole weeks, Monday to Sunday, that lie within the days; weeks without anything included."""
    monday = first + timedelta(days=-first.weekday() % 7)
    weeks: dict[date, int] = {}
    while monday + WEEK - timedelta(days=1) <= last:
        weeks[monday] = sum(by_day.get(monday + timedelta(days=day), 0) for day in range(7))
        monday += WEEK
    return weeks


def bursts(handled: Mapping[date, int], reported: Mapping[date, int], first: date, last: date) -> list[Burst]:
    """The weeks with at least twice the median of the others, and ten cases more."""
    weeks = weeks_of(handled, first, last)
    came = weeks_of(reported, first - WEEKS_AROUND * WEEK, last + WEEKS_AROUND * WEEK)
    return [
        Burst(monday, count, usual, *_around(came, monday, reported))
        for monday, count in weeks.items()
        if (usual := _usual(weeks, monday)) is not None
        and count >= BURST_TIMES * usual
        and count - usual >= BURST_LEAST
    ]


def _usual(weeks: Mapping[date, int], monday: date) -> Fraction | None:
    others = [count for other, count in weeks.items() if other != monday]
    return Fraction(median(others)) if len(others) >= 2 else None


def _around(
    came: Mapping[date, int], monday: date, reported: Mapping[date, int]
) -> tuple[Fraction | None, Fraction | None]:
    """What was reported in a week, on the average of the weeks before, and of those after that are over."""
    newest = max(reported, default=monday)
    before = [came.get(monday - count * WEEK) for count in range(1, WEEKS_AROUND + 1)]
    after = [
        came.get(monday + count * WEEK)
        for count in range(1, WEEKS_AROUND + 1)
        if monday + (count + 1) * WEEK - timedelta(days=1) <= newest
    ]
    return _mean(before), _mean(after)


def _mean(counts: Sequence[int | None]) -> Fraction | None:
    known = [count for count in counts if count is not None]
    return Fraction(sum(known), len(known)) if known else None


def steadiness(
    handled: Mapping[date, int],
    reported: Mapping[date, int],
    campaign_count: int,
    working_days: Sequence[date],
) -> Steadiness:
    """How steady the work of a period was; `working_days` are those of the period that are over, in order.

    `reported` should reach four weeks before and after the period, `campaign_count` says how much of the handled was
    campaign work.
    """
    counts = [handled.get(day, 0) for day in working_days]
    total = sum(handled.values())
    found = bursts(handled, reported, working_days[0], working_days[-1]) if working_days else []
    share = Fraction(campaign_count, total) if total else None
    return Steadiness(total, gini(counts), busiest_share(counts), share, found)
