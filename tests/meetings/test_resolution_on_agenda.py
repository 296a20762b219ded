"""What the ladder brought back waits for the next meeting until that has it on its agenda, and its history says so."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from cases.meetings.actions import (
    MeetingPlan,
    act_on_resolution,
    add_proposals,
    cancel_meeting,
    hold_meeting,
    plan_meeting,
    remove_item,
)
from cases.meetings.actions.agenda import put_item
from cases.meetings.models import Meeting, Resolution, ResolutionEvent
from cases.meetings.proposals import Proposal, proposals_for
from citymgmt.refusals import Refusal
from citymgmt.worktime import sweep
from tests.meetings.gatherings import BEGINS, Gathering
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


def kinds_of(resolution: Resolution) -> list[str]:
    return [event.kind for event in resolution.events.order_by("seq")]


def test_taken_off_the_agenda_it_waits_for_the_next_meeting_again(gathering: Gathering) -> None:
    resolution, meeting, clerk = gathering.resolution("open"), next_meeting(gathering), gathering.district.street.clerk
    (item,) = add(gathering, meeting, resolution)
    remove_item(by=clerk, at=BACK, pk=meeting.pk, item=item.pk)
    event = last(resolution)
    assert (event.kind, event.note, event.by) == ("resolution_off_agenda", "四月联席会议", clerk)
    assert resolution.is_back
    assert [one.resolution for one in proposals_for(meeting, BACK)] == [resolution]
    (again,) = add(gathering, meeting, resolution)
    resolution.refresh_from_db()
    assert (again.resolution, resolution.is_back) == (resolution, False)


def test_what_the_ladder_never_brought_back_does_not_come_back(gathering: Gathering) -> None:
    resolution, meeting, clerk = gathering.resolution("open"), next_meeting(gathering), gathering.district.street.clerk
    soon = resolution.due_at + timedelta(hours=1)  # overdue, but not back yet
    (item,) = add(gathering, meeting, resolution, soon)
    remove_item(by=clerk, at=soon, pk=meeting.pk, item=item.pk)
    assert (last(resolution).kind, resolution.is_back) == ("resolution_off_agenda", False)


def test_with_more_time_it_waits_for_no_meeting(gathering: Gathering) -> None:
    resolution, meeting, street = gathering.resolution("open"), next_meeting(gathering), gathering.district.street
    (item,) = add(gathering, meeting, resolution)
    told = {"limit_days": 20, "note": "雨季"}
    act_on_resolution("prolong", number=resolution.number, by=street.leader, at=BACK, **told)
    remove_item(by=street.clerk, at=BACK, pk=meeting.pk, item=item.pk)
    assert (last(resolution).kind, resolution.is_back) == ("resolution_off_agenda", False)


@pytest.mark.parametrize(("is_held", "is_back"), [(False, False), (True, False), (None, True)])
def test_on_the_agenda_of_another_meeting_it_waits_for_that(gathering: Gathering, is_held: bool, is_back: bool) -> None:
    resolution, clerk = gathering.resolution("open"), gathering.district.street.clerk
    first, second = next_meeting(gathering), next_meeting(gathering)
    (item,), (_other,) = add(gathering, first, resolution), add(gathering, second, resolution)
    if is_held:
        hold_meeting(by=clerk, at=second.starts_at, pk=second.pk)
    elif is_held is None:
        cancel_meeting(by=clerk, at=BACK, pk=second.pk, reason="台风")
    remove_item(by=clerk, at=second.starts_at, pk=first.pk, item=item.pk)
    assert (last(resolution).kind, resolution.is_back) == ("resolution_off_agenda", is_back)


def test_a_meeting_that_was_held_before_it_came_back_does_not_count(gathering: Gathering) -> None:
    resolution, meeting, clerk = gathering.resolution("open"), next_meeting(gathering), gathering.district.street.clerk
    earlier = MeetingPlan("三月协商会议", china("2026-03-10 14:30"), "会议室", [gathering.department.pk])
    held = plan_meeting(by=clerk, at=BEGINS, plan=earlier)
    put_item(held, Proposal("resolution", "较早", "", resolution=resolution), clerk, BEGINS)
    hold_meeting(by=clerk, at=held.starts_at, pk=held.pk)
    (item,) = add(gathering, meeting, resolution)
    remove_item(by=clerk, at=BACK, pk=meeting.pk, item=item.pk)
    assert last(resolution).changes["resolution"]["is_back"] is True


def test_a_meeting_called_off_gives_it_back(gathering: Gathering) -> None:
    resolution, meeting, clerk = gathering.resolution("open"), next_meeting(gathering), gathering.district.street.clerk
    add(gathering, meeting, resolution)
    for _turn in range(2):
        cancel_meeting(by=clerk, at=BACK, pk=meeting.pk, reason="台风")
    assert (last(resolution).kind, resolution.is_back) == ("resolution_off_agenda", True)
    assert kinds_of(resolution).count("resolution_off_agenda") == 1
    assert resolution in [one.resolution for one in proposals_for(next_meeting(gathering), BACK)]


def test_what_was_carried_out_meanwhile_is_told_nothing_more(gathering: Gathering) -> None:
    resolution, meeting, street = gathering.resolution("reported"), next_meeting(gathering), gathering.district.street
    (item,) = add(gathering, meeting, resolution)
    act_on_resolution("agree", number=resolution.number, by=street.leader, at=BACK)
    remove_item(by=street.clerk, at=BACK, pk=meeting.pk, item=item.pk)
    assert (last(resolution).kind, resolution.is_back) == ("resolution_agree", False)


def test_taken_off_and_carried_out_at_the_same_moment(gathered: Gathering) -> None:
    resolution, meeting, street = gathered.resolution("reported"), next_meeting(gathered), gathered.district.street
    (item,) = add(gathered, meeting, resolution)
    agree = partial(act_on_resolution, "agree", number=resolution.number, by=street.leader, at=BACK)
    outcomes = race([partial(remove_item, by=street.clerk, at=BACK, pk=meeting.pk, item=item.pk), agree])
    assert not any(isinstance(outcome, Exception) for outcome in outcomes)
    assert (kinds_of(resolution)[-1], meeting.items.count()) == ("resolution_agree", 0)


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
