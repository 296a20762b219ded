"""Regular meetings are planned by themselves two weeks ahead: once, however often and late somebody looks."""

from datetime import date, time, timedelta
from functools import partial
from typing import Any

import pytest

from cases.meetings.actions import MeetingPlan, cancel_meeting, plan_due_meetings, revise_meeting
from cases.meetings.models import Meeting, MeetingRule, MemberUnit
from cases.meetings.tasks import plan_regular_meetings
from citymgmt.refusals import Invalid
from tests.meetings.gatherings import Gathering
from tests.office import SHANGHAI, china
from tests.racing import race

NEAR = china("2026-03-24 08:00")  # the first Tuesday of April is the 7th, two weeks ahead
NOON = china("2026-04-07 12:00")


def rule_of(gathering: Gathering, **changed: Any) -> MeetingRule:
    told = {"title": "每月联席会议", "since": date(2026, 1, 1), "starts": time(14, 30), "place": "三楼", **changed}
    rule = MeetingRule.objects.create(subdistrict=gathering.district.street.subdistrict, **told)
    rule.units.set([gathering.department, gathering.school])
    return rule


def made() -> list[str]:
    """When the meetings that were planned by themselves begin."""
    rows = Meeting.objects.filter(rule__isnull=False).order_by("starts_at")
    return [f"{one.starts_at.astimezone(SHANGHAI):%m-%d}" for one in rows]


def test_two_weeks_ahead_and_no_earlier(gathering: Gathering) -> None:
    rule = rule_of(gathering)
    assert plan_due_meetings(at=china("2026-03-23 23:59")) == 0
    assert plan_due_meetings(at=china("2026-03-24 00:00")) == 1
    found = Meeting.objects.get(rule=rule)
    street = gathering.district.street
    assert (found.title, found.place, found.starts_at) == ("每月联席会议", "三楼", china("2026-04-07 14:30"))
    assert (found.state, found.chair, found.planned_by, found.ordinal) == ("planned", street.leader, street.leader, 2)
    assert [seat.unit for seat in found.seats.order_by("unit_id")] == [gathering.department, gathering.school]


def test_however_often_it_is_planned_once(gathering: Gathering) -> None:
    rule_of(gathering)
    assert [plan_due_meetings(at=NEAR + timedelta(hours=hours)) for hours in range(3)] == [1, 0, 0]


def test_late_it_is_planned_until_it_begins(gathering: Gathering) -> None:
    rule_of(gathering)
    assert plan_due_meetings(at=NOON) == 1
    assert made() == ["04-07"]


def test_what_was_missed_is_not_planned_afterwards(gathering: Gathering) -> None:
    rule_of(gathering)
    assert plan_due_meetings(at=china("2026-04-07 14:30")) == 0
    assert plan_due_meetings(at=china("2026-04-22 08:00")) == 1
    assert made() == ["05-06"]  # the first Tuesday of May is a holiday


def test_moved_or_called_off_it_is_not_planned_again(gathering: Gathering) -> None:
    rule = rule_of(gathering)
    plan_due_meetings(at=NEAR)
    found, by = Meeting.objects.get(rule=rule), gathering.district.street.clerk
    plan = MeetingPlan(found.title, found.starts_at + timedelta(days=2), found.place, [gathering.school.pk])
    revise_meeting(by=by, at=NEAR, pk=found.pk, version=1, plan=plan)
    assert plan_due_meetings(at=NOON) == 0
    cancel_meeting(by=by, at=NOON, pk=found.pk, reason="台风")
    assert plan_due_meetings(at=NOON) == 0


def test_one_that_was_moved_to_the_time_of_the_next_stands_for_it(gathering: Gathering) -> None:
    rule = rule_of(gathering)
    plan_due_meetings(at=NEAR)
    found = Meeting.objects.get(rule=rule)
    plan = MeetingPlan(found.title, china("2026-05-06 14:30"), found.place, [gathering.school.pk])
    revise_meeting(by=gathering.district.street.clerk, at=NEAR, pk=found.pk, version=1, plan=plan)
    assert plan_due_meetings(at=china("2026-04-30 08:00")) == 0


def test_two_of_a_rule_do_not_begin_at_once(gathering: Gathering) -> None:
    rule = rule_of(gathering)
    assert (plan_due_meetings(at=NEAR), plan_due_meetings(at=china("2026-04-30 08:00"))) == (1, 1)
    first, second = Meeting.objects.filter(rule=rule).order_by("starts_at")
    plan = MeetingPlan(first.title, second.starts_at, first.place, [gathering.school.pk])
    with pytest.raises(Invalid) as refused:
        revise_meeting(by=gathering.district.street.clerk, at=NEAR, pk=first.pk, version=1, plan=plan)
    assert list(refused.value.fields) == ["starts_at"]


def test_a_rule_at_rest_or_without_a_leader_plans_nothing(gathering: Gathering) -> None:
    rule = rule_of(gathering, is_active=False)
    assert plan_due_meetings(at=NEAR) == 0
    MeetingRule.objects.filter(pk=rule.pk).update(is_active=True)
    leader = gathering.district.street.leader
    leader.is_active = False
    leader.save()
    assert plan_due_meetings(at=NEAR) == 0


def test_units_at_rest_get_no_seat(gathering: Gathering) -> None:
    rule_of(gathering)
    MemberUnit.objects.filter(pk=gathering.school.pk).update(is_active=False)
    plan_due_meetings(at=NEAR)
    assert [seat.unit for seat in Meeting.objects.get(rule__isnull=False).seats.all()] == [gathering.department]


@pytest.mark.parametrize("runs", [2, 4])
def test_several_run_at_once(gathered: Gathering, runs: int) -> None:
    rule_of(gathered)
    assert sum(race([partial(plan_due_meetings, at=NEAR)] * runs)) == 1
    assert made() == ["04-07"]


def test_the_clock_of_the_database_rings(gathering: Gathering, monkeypatch: pytest.MonkeyPatch) -> None:
    rule_of(gathering)
    monkeypatch.setattr("cases.meetings.tasks.database_now", lambda: NEAR)
    plan_regular_meetings()
    assert made() == ["04-07"]
