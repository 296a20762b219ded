"""Deadlines of steps, so long after a day: the columns of what is timed by them (`Termed`)."""

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from citymgmt.worktime import clock
from citymgmt.worktime.clock import Unit
from citymgmt.worktime.rules import Rules


def due_after(value: int, unit: str, since: datetime, rules: Rules) -> dict[str, Any]:
    """The columns of a deadline (`Termed`): so many units after a moment."""
    due_at = clock.due(rules.calendar, since, clock.Limit(value, Unit(unit)))
    return {
        "due_at": due_at,
        "limit_value": value,
        "limit_unit": unit,
        "counted_from": since,
        "is_due_provisional": clock.is_provisional(rules.calendar, since, due_at),
    }


def due_on(day: date | None, rules: Rules) -> dict[str, Any]:
    """The columns of a deadline at the end of the office's day; of none where there is no day."""
    due_at = end_of(day, rules) if day else None
    return {"due_at": due_at, "limit_value": None, "limit_unit": "", "counted_from": None, "is_due_provisional": False}


def begun_anew(at: datetime | None) -> dict[str, Any]:
    """The columns of a ladder that begins at a moment; of none without one."""
    return {"rung": 0, "rung_at": None, "ladder_code": "", "watched_from": at}


def end_of(day: date, rules: Rules) -> datetime:
    """The end of the office's day."""
    closes = max((shift.ends for shift in rules.calendar.shifts), default=time(17, 30))
    return timezone.make_aware(datetime.combine(day, closes))
