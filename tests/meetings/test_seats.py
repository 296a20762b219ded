"""Units answer their invitation themselves, or the office does it for them; who came is noted once it has begun."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from cases.meetings.actions import (
    MeetingPlan,
    Noted,
    answer_invitation,
    cancel_meeting,
    hold_meeting,
    note_attendance,
    note_presence,
    plan_meeting,
)
from cases.meetings.models import Meeting, Seat
from citymgmt.refusals import Invalid, NotFound, NotPermitted, WrongState
from tests.meetings.gatherings import BEGINS, PLANNED, Gathering
from tests.meetings.test_plan_meeting import ROLES
from tests.office import china
from tests.racing import race

LATER = PLANNED + timedelta(hours=1)
HOSTILE = ["\x00", "a\nb", "\ud800", "\u202e", "字" * 201]


def seat_of(gathering: Gathering, unit: str) -> Seat:
    return gathering.meeting.seats.get(unit=getattr(gathering, unit))


def person(gathering: Gathering, who: str) -> Any:
    return getattr(gathering.district, who) if "liaison" in who else getattr(gathering.district.street, who)


def answered(gathering: Gathering, unit: str = "department", by: Any = None, at: Any = LATER, **told: Any) -> Seat:
    seat = seat_of(gathering, unit)
    by = by or gathering.district.street.clerk
    told = {"pk": gathering.meeting.pk, "seat": seat.pk, "answer": "coming", **told}
    return answer_invitation(by=by, at=at, **told)


def noted(gathering: Gathering, unit: str = "department", by: Any = None, at: Any = BEGINS, **told: Any) -> Seat:
    seat = seat_of(gathering, unit)
    told = {"pk": gathering.meeting.pk, "seat": seat.pk, "presence": "present", **told}
    return note_presence(by=by or gathering.district.street.clerk, at=at, **told)


OWN = {"department": "liaison", "team": "teamleader", "community": "officer"}


@pytest.mark.parametrize("unit", ["department", "team", "community", "school"])
@pytest.mark.parametrize("who", [*ROLES, "officer2", "liaison", "liaison2"])
def test_who_answers_for_whom(gathering: Gathering, who: str, unit: str) -> None:
    by = person(gathering, who)
    if who in ("clerk", "leader") or OWN.get(unit) == who:
        found = answered(gathering, unit, by, answer="substitute", names=" 李四 ")
        assert (found.answer, found.names, found.answered_at) == ("substitute", "李四", LATER)
        return
    with pytest.raises(NotPermitted if who == "auditor" else NotFound):
        answered(gathering, unit, by)
    assert seat_of(gathering, unit).answer == ""


@pytest.mark.parametrize("who", [*ROLES, "liaison"])
def test_who_notes_attendance(gathering: Gathering, who: str) -> None:
    by = person(gathering, who)
    if who in ("clerk", "leader"):
        assert noted(gathering, by=by, names="王五").presence == "present"
        return
    with pytest.raises(NotPermitted if who in ("auditor", "officer", "teamleader", "liaison") else NotFound):
        noted(gathering, by=by)
    assert seat_of(gathering, "department").presence == ""


def test_another_office_finds_no_seat(gathering: Gathering) -> None:
    other = gathering.district.other
    for act in (partial(answered, gathering), partial(noted, gathering)):
        for by in (other.clerk, other.leader, other.officer):
            with pytest.raises(NotFound):
                act(by=by)


@pytest.mark.parametrize("seat", [0, -1, 2**63, 10**30])
def test_nothing_there(gathering: Gathering, seat: int) -> None:
    for act in (answered, noted):
        for wrong in ({"seat": seat}, {"pk": seat}):
            with pytest.raises(NotFound):
                act(gathering, **wrong)


def test_a_seat_of_another_meeting_is_none(gathering: Gathering) -> None:
    clerk = gathering.district.street.clerk
    plan = MeetingPlan("四月", china("2026-04-07 14:30"), "三楼", [gathering.team.pk])
    other = plan_meeting(by=clerk, at=PLANNED, plan=plan)
    for act in (answered, noted):
        with pytest.raises(NotFound):
            act(gathering, pk=other.pk)


def test_sent_twice_it_is_one_answer_and_another_replaces_it(gathering: Gathering) -> None:
    answered(gathering, names="张三")
    found = answered(gathering, names="张三", at=LATER + timedelta(hours=1))
    assert found.answered_at == LATER
    found = answered(gathering, answer="excused", at=LATER + timedelta(hours=2))
    assert (found.answer, found.names, found.answered_at) == ("excused", "", LATER + timedelta(hours=2))


@pytest.mark.parametrize("answer", ["", "x", "present", "COMING", "\x00", "coming "])
def test_no_such_answer(gathering: Gathering, answer: str) -> None:
    with pytest.raises(Invalid) as refused:
        answered(gathering, answer=answer)
    assert list(refused.value.fields) == ["answer"]


@pytest.mark.parametrize("names", HOSTILE, ids=lambda one: repr(one)[:10])
def test_no_such_names(gathering: Gathering, names: str) -> None:
    for act in (answered, noted):
        with pytest.raises(Invalid) as refused:
            act(gathering, names=names)
        assert list(refused.value.fields) == ["names"]
    assert seat_of(gathering, "department").names == ""


def test_only_who_is_invited_answers(gathering: Gathering) -> None:
    clerk, pk = gathering.district.street.clerk, gathering.meeting.pk
    Meeting.objects.filter(pk=pk).update(state="planned")
    with pytest.raises(WrongState):
        answered(gathering)
    with pytest.raises(NotFound):  # the unit does not know of it yet
        answered(gathering, by=gathering.district.liaison)
    Meeting.objects.filter(pk=pk).update(state="invited")
    hold_meeting(by=clerk, at=BEGINS, pk=pk)
    with pytest.raises(WrongState):
        answered(gathering)
    assert noted(gathering, at=BEGINS + timedelta(days=2)).presence == "present"


def test_attendance_is_noted_from_the_beginning_on(gathering: Gathering) -> None:
    with pytest.raises(WrongState):
        noted(gathering, at=BEGINS - timedelta(seconds=1))
    assert noted(gathering, at=BEGINS).presence == "present"
    cancel_meeting(by=gathering.district.street.clerk, at=BEGINS, pk=gathering.meeting.pk, reason="x")
    with pytest.raises(WrongState):
        noted(gathering, presence="absent")


@pytest.mark.parametrize("presence", ["", "x", "coming", "\x00"])
def test_no_such_presence(gathering: Gathering, presence: str) -> None:
    with pytest.raises(Invalid) as refused:
        noted(gathering, presence=presence)
    assert list(refused.value.fields) == ["presence"]


def test_all_at_once_or_none(gathering: Gathering) -> None:
    ask = partial(note_attendance, by=gathering.district.street.clerk, at=BEGINS, pk=gathering.meeting.pk)
    seats = [seat_of(gathering, unit) for unit in ("department", "team", "community", "school")]
    told = [Noted(one.pk, presence, "张三") for one, presence in zip(seats, Seat.Presence.values, strict=True)]
    wrong = [*told[:3], Noted(seats[3].pk, "x", "a\nb")]
    with pytest.raises(Invalid) as refused:
        ask(noted=wrong)
    assert list(refused.value.fields) == [f"{seats[3].pk}-presence", f"{seats[3].pk}-names"]
    with pytest.raises(NotFound):
        ask(noted=[*told, Noted(0, "present")])
    assert not Seat.objects.exclude(presence="").exists()
    for _time in range(2):
        found = ask(noted=told)
        assert [(one.presence, one.names) for one in found] == [(one, "张三") for one in Seat.Presence.values]
    assert ask(noted=[]) == []


def test_unit_and_office_answer_at_once(gathered: Gathering) -> None:
    district = gathered.district
    made = race([
        partial(answered, gathered, by=district.liaison, answer="coming", names="张三"),
        partial(answered, gathered, by=district.street.clerk, answer="excused"),
    ])  # fmt: skip
    kept = seat_of(gathered, "department")
    assert (kept.answer, kept.names) in [(one.answer, one.names) for one in made]


def test_an_answer_and_the_calling_off_at_once(gathered: Gathering) -> None:
    district = gathered.district
    made = race([
        partial(answered, gathered, by=district.liaison),
        partial(cancel_meeting, by=district.street.clerk, at=LATER, pk=gathered.meeting.pk, reason="x"),
    ])  # fmt: skip
    assert isinstance(made[1], Meeting)
    assert isinstance(made[0], Seat | WrongState)
    assert (seat_of(gathered, "department").answer == "coming") is isinstance(made[0], Seat)
