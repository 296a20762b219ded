"""Use cases of working time: heartbeats and the seeding of calendar and ladders."""

import csv
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pghistory
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.database_clock import database_now
from citymgmt.people.models import User
from citymgmt.people.permissions import require_role
from citymgmt.refusals import Invalid
from citymgmt.worktime.journal import Journal
from citymgmt.worktime.models import (
    CalendarDay,
    CalendarYear,
    Heartbeat,
    LadderStep,
    OfficeShift,
    Rulebook,
    RunningProcess,
)
from citymgmt.worktime.rules import change_rules, current_rules, read_afresh
from citymgmt.worktime.sweep import SettleBatch
from citymgmt.worktime.terms import due_after

FORGET_AFTER = timedelta(minutes=10)
BATCH = 500
SEED = Path(__file__).parent / "calendar_data"
after_rules_change: list[Callable[[datetime], object]] = []  # what apps do when a rule of time has changed


def beat_heart(*, part: str, at: datetime) -> None:
    """Note that `part` was alive at `at`."""
    Heartbeat.objects.update_or_create(part=part, defaults={"at": at})


def show_life(*, name: str, kind: str, version: str, started_at: datetime, at: datetime) -> None:
    """Note that the process `name` (host:pid) was alive at `at`; forget those that were silent for FORGET_AFTER."""
    told = {"kind": kind, "version": version, "started_at": started_at, "at": at}
    RunningProcess.objects.update_or_create(name=name, defaults=told)
    RunningProcess.objects.filter(at__lt=at - FORGET_AFTER).delete()


def end_life(*, name: str) -> None:
    """Forget a process that ends in order."""
    RunningProcess.objects.filter(name=name).delete()


@transaction.atomic
def save_rule(*, by: User, rule: CalendarDay | CalendarYear | OfficeShift | LadderStep) -> None:
    """Keep a day, a year, office hours or a step of a ladder. Raises: NotPermitted, Invalid for a contradiction."""
    require_role(by, "calendar.edit")
    change_rules()
    with pghistory.context(user=by.pk, action="save_rule"):
        rule.save()
    _check_rules()
    _tell_of_change()


@transaction.atomic
def remove_rule(*, by: User, rule: CalendarDay | CalendarYear | OfficeShift) -> None:
    """Take a day, a year or office hours away. Raises: NotPermitted."""
    require_role(by, "calendar.edit")
    change_rules()
    with pghistory.context(user=by.pk, action="remove_rule"):
        rule.delete()
    _tell_of_change()


def _tell_of_change() -> None:
    at = database_now()
    for tell in after_rules_change:
        tell(at)


def _check_rules() -> None:
    try:
        read_afresh()
    except ValueError as error:
        raise Invalid(_("These rules contradict each other: office hours overlap, or a step has two times.")) from error


@transaction.atomic
def load_calendar(*, path: Path = SEED / "cn.csv") -> int:
    """Bring the published holidays and the default office hours into their tables; keeps what an office changed.

    Returns the number of days added; apps are told when there are some.
    Source: notices of the State Council named in the file.
    """
    change_rules()
    Rulebook.objects.get_or_create(pk=1)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    days = [
        CalendarDay(on=date.fromisoformat(row["date"]), kind=row["kind"], name_zh=row["name_zh"], source=row["source"])
        for row in rows
    ]
    known = CalendarDay.objects.count()
    CalendarDay.objects.bulk_create(days, ignore_conflicts=True)
    for year in sorted({day.on.year for day in days}):
        CalendarYear.objects.get_or_create(year=year)
    if not OfficeShift.objects.exists():
        OfficeShift.objects.create(starts=time(8), ends=time(12))
        OfficeShift.objects.create(starts=time(14), ends=time(18))
    added = CalendarDay.objects.count() - known
    if added:
        _tell_of_change()
    return added


@transaction.atomic
def load_ladders(*, rows: list[dict]) -> int:
    """Bring ladder steps into their table where the ladder's position is still free; returns the number added."""
    Rulebook.objects.get_or_create(pk=1)
    return sum(
        LadderStep.objects.get_or_create(ladder=row["ladder"], position=row["position"], defaults=row)[1]
        for row in rows
    )


@transaction.atomic
def retime(rows: QuerySet[Any], at: datetime, kind: type[Journal[Any, Any]], settle: SettleBatch, event: str) -> int:
    """Give the provisional deadlines of timed rows that the calendar now covers, by an event of this name, and have the
    next sweep look again at all of them; returns how many these are. Rows are locked by ascending id.
    """
    change_rules()
    found = list(rows.order_by("id").select_for_update(of=("self",), no_key=True))
    guessed = [one for one in found if one.is_due_provisional]
    for start in range(0, len(guessed), BATCH):
        batch = guessed[start : start + BATCH]
        settle(batch, at, current_rules())
        _recalculate(batch, at, kind, event)
    return rows.model._default_manager.filter(pk__in=[one.pk for one in found]).update(next_check_at=at)


def _recalculate(things: Sequence[Any], at: datetime, kind: type[Journal[Any, Any]], event: str) -> None:
    journal = kind(things, current_rules())
    for one in things:
        told = due_after(one.limit_value, one.limit_unit, one.counted_from, journal.rules)
        if not told["is_due_provisional"]:
            journal.record(one, event, at=at, note=_moved(one.due_at, told["due_at"]), changes=told)
    journal.write()


def _moved(*moments: datetime) -> str:
    """Both moments, where they differ."""
    before, after = (f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" for moment in moments)
    return f"{before} → {after}" if before != after else ""
