"""The rules of time in force: calendar and ladders, read from their tables and kept while unchanged."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection

from citymgmt.worktime.clock import DEFAULT_SHIFTS, Calendar, Limit, Shift, Unit
from citymgmt.worktime.ladder import Step
from citymgmt.worktime.models import CalendarDay, CalendarYear, LadderStep, OfficeShift, Rulebook


@dataclass(frozen=True)
class Rules:
    """One version of the calendar and of all ladders; `rows` keeps what a step shows and whom it tells.

    `retired` are the codes of steps taken out of use: rows and histories still name them.
    """

    version: int
    calendar: Calendar
    ladders: Mapping[str, tuple[Step, ...]]
    rows: Mapping[str, LadderStep]
    retired: frozenset[str]


RULES_LOCK = 0x72756C65  # "rule": the number of PostgreSQL's advisory lock
_kept: tuple[tuple[int, str], Rules] | None = None


def current_rules() -> Rules:
    """The rules in force; one small query when they did not change since the last call."""
    global _kept
    stamp = _stamp()
    if _kept is None or _kept[0] != stamp:
        _kept = stamp, _read_rules(stamp[0])
    return _kept[1]


def hold_rules() -> None:
    """Have the rules stay as they are until the caller's transaction ends; a change of them waits, and is waited for.

    Whoever computes moments by the rules and writes them holds them before it locks rows, so that a change of the
    rules finds everything that was computed by the old ones.
    """
    _lock("pg_advisory_xact_lock_shared")


def change_rules() -> None:
    """Let everybody who holds the rules finish, and the others wait until the caller's transaction ends."""
    _lock("pg_advisory_xact_lock")


def _lock(function: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [RULES_LOCK])


def _stamp() -> tuple[int, str]:
    """Version and writing transaction: a version that was rolled back comes again with other rules."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT version, xmin::text FROM {Rulebook._meta.db_table} WHERE id = 1")
        return cursor.fetchone() or (0, "")


def read_afresh() -> Rules:
    """The rules as the caller's transaction sees them, not kept. Raises ValueError when they contradict themselves."""
    return _read_rules(0)


def _read_rules(version: int) -> Rules:
    steps = list(LadderStep.objects.all())
    rows = [row for row in steps if row.is_active]
    ladders: dict[str, list[Step]] = defaultdict(list)
    for row in rows:
        ladders[row.ladder].append(_step(row))
    return Rules(
        version=version,
        calendar=_read_calendar(),
        ladders={name: tuple(steps) for name, steps in ladders.items()},
        rows={row.code: row for row in rows},
        retired=frozenset(row.code for row in steps if not row.is_active),
    )


def _read_calendar() -> Calendar:
    shifts = tuple(Shift(row.starts, row.ends) for row in OfficeShift.objects.all()) or DEFAULT_SHIFTS
    days = {day.on: day.kind == CalendarDay.Kind.MAKEUP for day in CalendarDay.objects.all()}
    return Calendar(
        shifts=shifts, exceptions=days, years=frozenset(CalendarYear.objects.values_list("year", flat=True))
    )


def _step(row: LadderStep) -> Step:
    return Step(
        code=row.code,
        position=row.position,
        anchor=row.anchor,
        delay=Limit(row.delay_value, Unit(row.delay_unit)) if row.delay_value else None,
        lead_percent=row.lead_percent,
        lead=Limit(row.lead_value, Unit.WORKING_DAY) if row.lead_value else None,
        lead_from=Limit(row.lead_from_value, Unit.WORKING_DAY) if row.lead_from_value else None,
        requires=frozenset(row.requires),
    )
