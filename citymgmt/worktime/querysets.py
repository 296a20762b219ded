"""Named questions about the calendar."""

from datetime import date, datetime, time

from django.utils import timezone

from citymgmt.worktime import sweep
from citymgmt.worktime.models import CalendarDay

DECEMBER = 12


def days_of(first: int, last: int) -> dict[date, CalendarDay]:
    """The days from year `first` to year `last` that differ from the plain week."""
    found = CalendarDay.objects.filter(on__range=(date(first, 1, 1), date(last, 12, 31)))
    return {day.on: day for day in found.order_by("on")}


def missing_years(on: date, known: frozenset[int]) -> list[int]:
    """The years without a calendar that matter on this day: this one, and the next from December or once a deadline
    reaches it."""
    missing = [] if on.year in known else [on.year]
    following = on.year + 1
    if following not in known and (on.month == DECEMBER or _is_reached(following)):
        missing.append(following)
    return missing


def _is_reached(year: int) -> bool:
    """Whether an open deadline falls into the year or later, of whatever kind: one question."""
    new_year = datetime.combine(date(year, 1, 1), time(), tzinfo=timezone.get_default_timezone())
    first, *others = (
        model._default_manager.filter(next_check_at__isnull=False, due_at__gte=new_year).order_by().values("pk")
        for model in sweep.timed_models()
    )
    return first.union(*others, all=True)[:1].exists()
