"""How far a project is, in exact fractions, and how far its time has passed. Pure.

A goal is reached by at most its whole, so that one that is passed by far hides none that lags. A project with goals is
as far as their mean; one without is as far as its tasks. Where nothing is planned there is no progress to be told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

WHOLE = Fraction(1)


def share_of_goal(target: Decimal, achieved: Decimal) -> Fraction:
    """How much of a goal is reached: from nothing to the whole."""
    return min(WHOLE, Fraction(achieved) / Fraction(target))


def share_of_tasks(are_done: Sequence[bool]) -> Fraction | None:
    """How many of the tasks that count are done; None where there is none."""
    return Fraction(sum(are_done), len(are_done)) if are_done else None


def progress(goals: Iterable[tuple[Decimal, Decimal]], are_done: Sequence[bool]) -> Fraction | None:
    """How far a project is: by its goals (target, achieved), else by its tasks; None where nothing is planned."""
    shares = [share_of_goal(target, achieved) for target, achieved in goals]
    return sum(shares, Fraction()) / len(shares) if shares else share_of_tasks(are_done)


def share_of_time(first_on: date, last_on: date, on: date) -> Fraction:
    """How much of the planned days has passed by the end of a day."""
    days = (last_on - first_on).days + 1
    passed = (on - first_on).days + 1
    return max(Fraction(), min(WHOLE, Fraction(passed, days)))


def percent(share: Fraction | None) -> int | None:
    """A share in whole percent, never more than it is: all but one of a thousand is 99."""
    return None if share is None else share.numerator * 100 // share.denominator


BEFORE, NOW, OVER, MET = "before", "now", "over", "met"


@dataclass(frozen=True)
class Span:
    """A stage on the bar of a project: where it begins and how long it is, as shares of the whole time."""

    start: Fraction
    length: Fraction


def span(first_on: date, last_on: date, from_on: date, until_on: date) -> Span:
    """Where the days of a stage lie in those of its project; what sticks out is cut off."""
    days = (last_on - first_on).days + 1
    start = max(0, (from_on - first_on).days)
    end = min(days, (until_on - first_on).days + 1)
    return Span(Fraction(start, days), Fraction(max(0, end - start), days))


def stage_state(from_on: date, until_on: date, are_done: Sequence[bool], on: date) -> str:
    """What a stage is on a day: met once it has begun and all of its tasks are done, else before, now or over."""
    if on < from_on:
        return BEFORE
    if are_done and all(are_done):
        return MET
    return NOW if on <= until_on else OVER


def stages_of(first_on: date, last_on: date, percents: Sequence[int]) -> list[tuple[date, date]]:
    """The days of proposed stages one after the other, each with its percent of the whole; at least a day for each, and
    the last one to the end.
    """
    days, passed, start, found = (last_on - first_on).days + 1, 0, first_on, []
    for number, one in enumerate(percents, 1):
        passed += one
        end = (
            last_on
            if number == len(percents)
            else first_on.fromordinal(first_on.toordinal() + max(0, days * passed // 100 - 1))
        )
        end = min(max(end, start), last_on)
        found.append((start, end))
        start = min(last_on, end.fromordinal(end.toordinal() + 1))
    return found
