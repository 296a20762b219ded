"""An overdue resolution climbs its ladder, each step once and at its moment, and comes back to the next meeting."""

from datetime import timedelta

import pytest

from cases.meetings.actions import act_on_resolution, recheck_resolutions
from cases.meetings.models import ResolutionEvent
from citymgmt.outbox.models import Message
from citymgmt.worktime import sweep
from tests.meetings.gatherings import ENACTED, Gathering
from tests.office import china

STEPS = [  # after a limit of ten working days from Wednesday, 4 March, 09:00
    ("resolution_warn", china("2026-03-17 09:00")),
    ("resolution_overdue", china("2026-03-18 09:00")),
    ("resolution_supervise", china("2026-03-20 09:00")),
    ("resolution_to_agenda", china("2026-03-25 09:00")),
    ("resolution_to_district", china("2026-04-09 09:00")),  # Qingming is a holiday
]
LATE = china("2026-05-01 00:00")


def happened(number: str) -> list[tuple[str, object]]:
    events = ResolutionEvent.objects.filter(resolution__number=number, by=None).order_by("seq")
    return [(event.kind, event.at) for event in events]


@pytest.mark.parametrize(
    "looks", [[LATE], [at + timedelta(minutes=delay) for _kind, at in STEPS for delay in (-1, 0, 3)]]
)
def test_each_step_once_at_its_moment_however_late_somebody_looks(gathering: Gathering, looks: list) -> None:
    resolution = gathering.resolution("open")
    for now in looks:
        sweep.run(now)
    assert happened(resolution.number) == STEPS
    resolution.refresh_from_db()
    told = (resolution.urge_count, resolution.supervision_count, resolution.is_back, resolution.next_check_at)
    assert told == (1, 1, True, None)


def test_who_is_told(gathering: Gathering) -> None:
    gathering.resolution("open")
    sweep.run(LATE)
    told = Message.objects.filter(kind__startswith="resolution_").order_by("kind", "recipient__username")
    by_kind: dict[str, list[str]] = {}
    for message in told:
        by_kind.setdefault(message.kind, []).append(message.recipient.username)
    assert by_kind == {
        "resolution_enact": ["liaison", "teamleader1"],
        "resolution_warn": ["liaison"],
        "resolution_overdue": ["clerk1", "clerkb1", "liaison", "teamleader1"],
        "resolution_supervise": ["leader1", "liaison", "teamleader1"],
        "resolution_to_agenda": ["clerk1", "clerkb1", "leader1", "liaison"],
        "resolution_to_district": ["leader1", "liaison", "supervisor"],
    }


def test_what_is_reported_in_time_climbs_no_further(gathering: Gathering) -> None:
    resolution = gathering.resolution("reported")
    sweep.run(LATE)
    assert happened(resolution.number) == []


def test_sent_on_the_ladder_goes_on_from_there(gathering: Gathering) -> None:
    resolution = gathering.resolution("reported")
    again = china("2026-03-19 10:00")
    act_on_resolution("go_on", number=resolution.number, by=gathering.district.street.leader, at=again, note="还差一处")
    sweep.run(again)
    assert happened(resolution.number) == [("resolution_warn", again), ("resolution_overdue", again)]


def test_more_time_begins_the_ladder_anew(gathering: Gathering) -> None:
    resolution = gathering.resolution("open")
    at, leader = china("2026-03-18 10:00"), gathering.district.street.leader
    act_on_resolution("prolong", number=resolution.number, by=leader, at=at, limit_days=2, note="等待材料")
    resolution.refresh_from_db()
    assert (resolution.due_at, resolution.rung, resolution.ladder_code) == (china("2026-03-20 10:00"), 0, "")
    sweep.run(china("2026-03-20 10:00"))
    assert [kind for kind, _at in happened(resolution.number)][-1] == "resolution_overdue"


def test_what_the_calendar_covers_stays_as_it_was(gathering: Gathering) -> None:
    resolution = gathering.resolution("open")
    assert recheck_resolutions(ENACTED) == 1
    before = resolution.due_at
    resolution.refresh_from_db()
    assert (resolution.due_at, resolution.events.filter(kind__contains="recalculate").count()) == (before, 0)


def test_a_limit_into_a_year_without_calendar_is_given_once_it_is_there(gathering: Gathering) -> None:
    from citymgmt.worktime.models import CalendarDay, CalendarYear

    resolution = gathering.resolution("open", limit_days=250)
    assert (resolution.is_due_provisional, recheck_resolutions(ENACTED)) == (True, 1)
    year, guess = resolution.due_at.year, resolution.due_at
    resolution.refresh_from_db()
    assert (resolution.is_due_provisional, resolution.due_at) == (True, guess)  # as long as the year is missing
    CalendarYear.objects.create(year=year)
    CalendarDay.objects.create(on=f"{year}-01-04", kind="holiday")
    assert recheck_resolutions(ENACTED) == 1
    before = resolution.due_at
    resolution.refresh_from_db()
    assert (resolution.is_due_provisional, resolution.due_at > before) == (False, True)
