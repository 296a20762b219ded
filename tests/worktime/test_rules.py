"""The rules in force: read once, and anew as soon as anybody changes a row in whatever way."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from citymgmt.worktime.models import CalendarDay, CalendarYear, LadderStep, OfficeShift, Rulebook
from citymgmt.worktime.rules import current_rules, read_afresh

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2027, 1, 1)  # a Friday


def test_unchanged_rules_cost_one_query() -> None:
    kept = current_rules()
    with CaptureQueriesContext(connection) as queries:
        assert current_rules() is kept
    assert len(queries) == 1


def test_shipped_rules() -> None:
    rules = current_rules()
    assert {name: [step.code for step in steps] for name, steps in rules.ladders.items()} == {
        "case": ["R0", "L1", "L2"],
        "escalation": ["L3", "L4"],
        "resolution": ["J0", "J1", "J2", "J3", "J4"],
        "round": ["P1", "P2", "P3"],
        "building": ["V0", "V1", "V2"],
        "check": ["K1", "K2"],
        "guard": ["G1", "G2"],
        "board": ["B1", "B2"],
        "hotline": ["H0", "H1", "H2"],
        "duties": ["D1", "D2"],
        "area": ["A0", "A1", "A2"],
        "committee": ["Y0", "Y1", "Y2"],
        "pledge": ["N0", "N1", "N2"],
        "project": ["Z0", "Z1", "Z2"],
        "task": ["T0", "T1", "T2"],
        "publicity": ["E1", "E2"],
        "forum": ["F1", "F2"],
        "answer": ["S1", "S2"],
        "adopted": ["S3", "S4"],
    }
    assert [shift.starts.hour for shift in rules.calendar.shifts] == [8, 14]
    assert not rules.calendar.is_working(date(2026, 10, 1))
    assert rules.calendar.is_working(date(2026, 10, 10))


CHANGES: dict[str, Callable[[], Any]] = {
    "a day is added": lambda: CalendarDay.objects.create(on=NEW_YEAR, kind="holiday"),
    "a day is removed": lambda: CalendarDay.objects.filter(on=date(2026, 10, 1)).delete(),
    "days change at once": lambda: CalendarDay.objects.update(kind="makeup"),
    "days are added in bulk": lambda: CalendarDay.objects.bulk_create([CalendarDay(on=NEW_YEAR, kind="holiday")]),
    "a year is added": lambda: CalendarYear.objects.create(year=2027),
    "office hours change": lambda: OfficeShift.objects.filter(starts=time(8)).update(starts=time(9)),
    "a step changes": lambda: LadderStep.objects.filter(code="L2").update(delay_value=9),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_change_is_seen_at_once(change: Callable[[], Any]) -> None:
    before = current_rules()
    change()
    after = current_rules()
    assert after.version > before.version
    assert (after.calendar, after.ladders) == (read_afresh().calendar, read_afresh().ladders)
    assert (after.calendar, after.ladders) != (before.calendar, before.ladders)


def test_step_out_of_use_is_no_rule() -> None:
    LadderStep.objects.filter(code="R0").update(is_active=False)
    assert [step.code for step in current_rules().ladders["case"]] == ["L1", "L2"]
    assert "R0" not in current_rules().rows


def test_office_without_hours_keeps_the_default() -> None:
    OfficeShift.objects.all().delete()
    assert [(shift.starts, shift.ends) for shift in current_rules().calendar.shifts] == [
        (time(8), time(12)),
        (time(14), time(18)),
    ]


def test_missing_rulebook_is_version_zero() -> None:
    Rulebook.objects.all().delete()
    assert current_rules().version == 0


def test_version_that_was_rolled_back_is_not_taken_for_the_next() -> None:
    """The number comes again, the rules do not."""
    with transaction.atomic():
        OfficeShift.objects.filter(starts=time(8)).update(starts=time(10))
        rolled_back = current_rules()
        transaction.set_rollback(True)
    LadderStep.objects.filter(code="R0").update(is_active=False)
    assert current_rules().version == rolled_back.version
    assert current_rules().calendar.shifts[0].starts == time(8)
