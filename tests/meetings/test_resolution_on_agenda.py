"""What the ladder brought back waits for the next meeting until that has it on its agenda, and its history says so."""

from datetime import timedelta
from functools import partial
from typing import Any

from cases.meetings.actions import MeetingPlan, act_on_resolution, add_proposals, plan_meeting
from cases.meetings.models import Meeting, Resolution, ResolutionEvent
from citymgmt.refusals import Refusal
from citymgmt.worktime import sweep
from tests.meetings.gatherings import Gathering
from tests.office import china
from tests.racing import race

BACK = china("2026-03-26 10:00")


def next_meeting(gathering: Gathering) -> Meeting:
    plan = MeetingPlan("四月联席会议", china("2026-04-07 14:30"), "会议室", [gathering.department.pk])
    return plan_meeting(by=gathering.district.street.clerk, at=BACK, plan=plan)


def add(gathering: Gathering, meeting: Meeting, resolution: Resolution, at: Any = BACK) -> Any:
    keys = [f"resolution:{resolution.pk}"]
    return add_proposals(by=gathering.district.street.clerk, at=at, pk=meeting.pk, keys=keys)


def last(resolution: Resolution) -> ResolutionEvent:
    resolution.refresh_from_db()
    return ResolutionEvent.objects.filter(resolution=resolution).latest("seq")


def test_on_the_agenda_it_is_brought_back_no_more(gathering: Gathering) -> None:
    resolution = gathering.resolution("open")
    sweep.run(BACK)
    assert Resolution.objects.get().is_back
    (item,) = add(gathering, next_meeting(gathering), resolution)
    event = last(resolution)
    told = (event.kind, event.note, event.by, event.at, event.to_state)
    assert told == ("resolution_on_agenda", "四月联席会议", gathering.district.street.clerk, BACK, "open")
    assert (item.resolution, item.reason, resolution.is_back) == (resolution, "resolution", False)
    assert resolution.next_check_at is not None  # the ladder goes on


def test_what_fell_due_before_is_written_before(gathering: Gathering) -> None:
    resolution = gathering.resolution("open")
    add(gathering, next_meeting(gathering), resolution)  # nobody swept since
    kinds = list(ResolutionEvent.objects.filter(resolution=resolution).order_by("seq").values_list("kind", flat=True))
    assert kinds[-2:] == ["resolution_to_agenda", "resolution_on_agenda"]
    assert not Resolution.objects.get().is_back


def test_put_there_twice_it_is_said_once(gathering: Gathering) -> None:
    resolution, meeting = gathering.resolution("open"), next_meeting(gathering)
    add(gathering, meeting, resolution)
    version = last(resolution).seq
    assert add(gathering, meeting, resolution) == []
    assert last(resolution).seq == version


def test_carried_out_at_the_same_moment(gathered: Gathering) -> None:
    resolution, meeting = gathered.resolution("reported"), next_meeting(gathered)
    agree = partial(act_on_resolution, "agree", number=resolution.number, by=gathered.district.street.leader, at=BACK)
    outcomes = race([partial(add, gathered, meeting, resolution), agree])
    assert not any(isinstance(outcome, Refusal) for outcome in outcomes)
    kinds = [event.kind for event in resolution.events.order_by("seq")]
    assert kinds[-1] == "resolution_agree"
    assert ("resolution_on_agenda" in kinds) == meeting.items.exists()


def test_a_clock_that_lags_behind(gathering: Gathering) -> None:
    resolution, meeting = gathering.resolution("reported"), next_meeting(gathering)
    add(gathering, meeting, resolution, BACK - timedelta(days=90))
    at = list(ResolutionEvent.objects.filter(resolution=resolution).order_by("seq").values_list("at", flat=True))
    assert at == sorted(at)
