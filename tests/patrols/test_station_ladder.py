"""A missed check climbs its ladder: each step once, at its moment, to those whom its row names."""

from datetime import timedelta

import pytest

from citymgmt.outbox.models import Message
from citymgmt.worktime import sweep
from citymgmt.worktime.models import LadderStep
from patrols.stations.actions import excuse_check, recheck_checks
from patrols.stations.models import CheckEvent, DailyCheck
from tests.office import china
from tests.patrols.stations import MIDNIGHT, MORNING, NOON, ONE_DAY, Yard

STEPS = [  # of a Monday's check
    ("check_miss", MIDNIGHT),
    ("check_urge", MIDNIGHT),
    ("check_supervise", china("2026-03-03 12:00")),  # four working hours later
]
LATE = china("2026-03-20 00:00")


def happened(check: DailyCheck) -> list[tuple[str, object]]:
    rows = CheckEvent.objects.filter(daily_check=check, by=None).exclude(kind="check_plan").order_by("seq")
    return [(row.kind, row.at) for row in rows]


@pytest.mark.parametrize(
    "looks", [[LATE], [at + timedelta(minutes=delay) for _kind, at in STEPS for delay in (-1, 0, 3)]]
)
def test_each_step_once_at_its_moment_however_late_somebody_looks(yard: Yard, looks: list) -> None:
    check = yard.planned()
    for now in looks:
        sweep.run(now)
    assert happened(check) == STEPS
    check.refresh_from_db()
    assert (check.state, check.ladder_code, check.next_check_at) == ("missed", "K2", None)


def test_on_a_friday_the_office_is_told_on_monday(yard: Yard) -> None:
    check = yard.planned(china("2026-03-06 07:00"))
    sweep.run(LATE)
    assert happened(check)[-1] == ("check_supervise", china("2026-03-09 12:00"))


def test_who_is_told(yard: Yard) -> None:
    yard.planned()
    sweep.run(LATE)
    rows = Message.objects.filter(kind__startswith="check_").order_by("kind", "recipient__username")
    assert [(row.kind, row.recipient.username) for row in rows] == [
        ("check_supervise", "clerk1"),
        ("check_supervise", "clerkb1"),
        ("check_supervise", "leader1"),
        ("check_urge", "member1"),
        ("check_urge", "teamleader1"),
    ]
    assert "榕荫路公厕" in str(rows[0].params)


def test_what_was_made_or_excused_climbs_no_further(yard: Yard) -> None:
    made, excused = yard.planned(), yard.planned(MORNING + ONE_DAY)
    yard.make(made)
    excuse_check(by=yard.street.teamleader, at=NOON + ONE_DAY, pk=excused.pk, reason="停水")
    sweep.run(LATE)
    assert (happened(made), happened(excused)) == ([], [])


def test_missed_is_a_fact_whatever_steps_the_ladder_has(yard: Yard) -> None:
    check = yard.planned()
    LadderStep.objects.filter(ladder="check").update(is_active=False)
    sweep.run(LATE)
    assert happened(check) == STEPS[:1]
    LadderStep.objects.filter(code="K1").update(is_active=True)
    assert recheck_checks(LATE) == 1
    sweep.run(LATE)
    assert happened(check) == STEPS[:2]
