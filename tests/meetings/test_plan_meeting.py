"""A meeting is planned, changed, invited to, called off and held; and who is told of it."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cases.meetings.actions import (
    MeetingPlan,
    answer_invitation,
    cancel_meeting,
    hold_meeting,
    invite_units,
    make_resolution,
    plan_meeting,
    revise_meeting,
)
from cases.meetings.models import AgendaItem, Meeting, MemberUnit, Seat
from citymgmt.outbox.models import Message
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, Stale, WrongState
from tests.campaigns import campaign
from tests.cases.stories import case_in
from tests.meetings.gatherings import BEGINS, PLANNED, Gathering
from tests.office import District, china
from tests.racing import race

ROLES = ("clerk", "leader", "officer", "teamleader", "member", "admin", "secadmin", "auditor")
NEXT = china("2026-04-07 14:30")
HOSTILE = ["\x00", "a\x0bb", "\ud800", "\u202e", "a\nb"]


def plan_of(gathering: Gathering, **changed: Any) -> MeetingPlan:
    """April's meeting with all units."""
    units = [unit.pk for unit in gathering.units]
    return replace(MeetingPlan("四月联席会议", NEXT, "三楼会议室", units), **changed)


def planned(gathering: Gathering, **changed: Any) -> Meeting:
    return plan_meeting(by=gathering.district.street.clerk, at=PLANNED, plan=plan_of(gathering, **changed))


def as_it_is(gathering: Gathering, **changed: Any) -> MeetingPlan:
    """March's meeting with something changed."""
    one = Meeting.objects.get(pk=gathering.meeting.pk)
    seated = list(one.seats.values_list("unit_id", flat=True))
    return replace(MeetingPlan(one.title, one.starts_at, one.place, seated, one.chair_id, one.recorder_id), **changed)


def revised(gathering: Gathering, at: Any = PLANNED, by: Any = None, version: int = 1, **changed: Any) -> Meeting:
    by = by or gathering.district.street.clerk
    return revise_meeting(by=by, at=at, pk=gathering.meeting.pk, version=version, plan=as_it_is(gathering, **changed))


def told(kind: str) -> list[str]:
    """Who was told, in the portal."""
    rows = Message.objects.filter(kind=kind, addressee="").order_by("recipient__username")
    return list(rows.values_list("recipient__username", flat=True))


def test_it_is_planned_with_seats_and_a_number(gathering: Gathering) -> None:
    street = gathering.district.street
    found = planned(gathering, chair=street.leader.pk, recorder=street.clerk.pk, title=" 四月联席会议 ")
    assert (found.year, found.ordinal, found.state, found.title) == (2026, 2, "planned", "四月联席会议")
    assert (found.chair, found.recorder, found.planned_by) == (street.leader, street.clerk, street.clerk)
    assert [seat.unit for seat in found.seats.order_by("unit_id")] == gathering.units


def test_numbers_count_in_the_year_of_the_meeting_and_in_the_office(gathering: Gathering, district: District) -> None:
    found = planned(gathering, starts_at=china("2027-01-05 14:30"))
    assert (found.year, found.ordinal) == (2027, 1)
    other = MemberUnit.objects.create(subdistrict=district.other.subdistrict, kind="office", name_zh="科")
    theirs = plan_meeting(by=district.other.clerk, at=PLANNED, plan=plan_of(gathering, units=[other.pk]))
    assert (theirs.year, theirs.ordinal) == (2026, 1)


def test_sent_twice_it_is_planned_once(gathering: Gathering) -> None:
    ask = partial(plan_meeting, by=gathering.district.street.clerk, at=PLANNED, request_key="x")
    assert ask(plan=plan_of(gathering)) == ask(plan=plan_of(gathering))
    assert Meeting.objects.count() == 2
    with pytest.raises(KeyReused):
        ask(plan=plan_of(gathering, title="另一个"))
    leader = gathering.district.street.leader
    assert (
        plan_meeting(by=leader, at=PLANNED, plan=plan_of(gathering), request_key="x").ordinal == 3
    )  # a key is one's own


def test_a_consultation_has_its_case_on_the_agenda(gathering: Gathering) -> None:
    case = case_in(gathering.district, "escalated")
    found = planned(gathering, kind="consultation", case=case, reason="一\r\n二")
    item = found.items.get()
    assert (found.called_for, found.reason) == (case, "一\n二")
    assert (item.case, item.position, item.background) == (case, 1, case.description)
    assert item.title.startswith(case.number)


def test_a_case_of_another_office_is_not_called_for(gathering: Gathering, district: District) -> None:
    case = case_in(gathering.district, "escalated")
    with pytest.raises(NotFound):
        plan_meeting(
            by=district.other.clerk, at=PLANNED, plan=plan_of(gathering, kind="consultation", case=case, reason="x")
        )


def test_a_consultation_has_its_project_on_the_agenda(gathering: Gathering, district: District) -> None:
    project = campaign(gathering.district.street)
    plan = plan_of(gathering, kind="consultation", project=project, reason="x")
    found = plan_meeting(by=gathering.district.street.clerk, at=PLANNED, plan=plan)
    item = found.items.get()
    assert (found.called_for_project, item.case, item.title, item.background) == (project, None, project.name, "x")
    with pytest.raises(NotFound):
        plan_meeting(by=district.other.clerk, at=PLANNED, plan=plan)


def test_a_meeting_is_called_for_one_thing(gathering: Gathering) -> None:
    told = {"case": case_in(gathering.district, "escalated"), "project": campaign(gathering.district.street)}
    with pytest.raises(IntegrityError, match="meeting_called_for_one_thing"):
        planned(gathering, kind="consultation", reason="x", **told)


WRONG = [
    ({"title": " "}, "title"), ({"title": "字" * 101}, "title"), ({"place": ""}, "place"),
    ({"place": "字" * 101}, "place"), ({"starts_at": PLANNED}, "starts_at"),
    ({"starts_at": PLANNED + timedelta(days=401)}, "starts_at"), ({"units": []}, "units"), ({"units": [0]}, "units"),
    ({"units": [2**70]}, "units"), ({"units": [-1]}, "units"), ({"kind": "consultation"}, "reason"),
    ({"reason": "字" * 1001}, "reason"), ({"chair": 0}, "chair"), ({"recorder": 10**9}, "recorder"),
    *(({name: f"前{hostile}后"}, name) for name in ("title", "place") for hostile in HOSTILE),
    *(({"reason": f"前{hostile}后"}, "reason") for hostile in HOSTILE[:-1]),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "field"), WRONG, ids=lambda value: repr(value)[:40])
def test_what_cannot_be_planned(gathering: Gathering, changed: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        planned(gathering, **changed)
    assert list(refused.value.fields) == [field]
    assert Meeting.objects.count() == 1


def test_only_people_and_units_of_the_office(gathering: Gathering, district: District) -> None:
    other = MemberUnit.objects.create(subdistrict=district.other.subdistrict, kind="office", name_zh="科")
    gone = gathering.school
    MemberUnit.objects.filter(pk=gone.pk).update(is_active=False)
    street = district.street
    street.clerk2.is_active = False
    street.clerk2.save()
    for field, wrong in (("units", [gathering.team.pk, other.pk]), ("units", [gone.pk]),
                         ("chair", district.other.leader.pk), ("recorder", street.clerk2.pk)):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            planned(gathering, **{"units": [gathering.team.pk], field: wrong})
        assert list(refused.value.fields) == [field]


def act_in(gathering: Gathering, action: str, by: Any, at: Any = PLANNED) -> Any:
    """One of the actions on March's meeting, or the planning of April's."""
    pk = gathering.meeting.pk
    return {
        "plan": lambda: plan_meeting(by=by, at=at, plan=plan_of(gathering)),
        "revise": lambda: revised(gathering, at, by, place="二楼"),
        "invite": lambda: invite_units(by=by, at=at, pk=pk),
        "cancel": lambda: cancel_meeting(by=by, at=at, pk=pk, reason="台风"),
        "hold": lambda: hold_meeting(by=by, at=at, pk=pk),
    }[action]()


ACTIONS = ("plan", "revise", "invite", "cancel", "hold")


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("role", [*ROLES, "liaison"])
def test_who_may(gathering: Gathering, role: str, action: str) -> None:
    by = gathering.district.liaison if role == "liaison" else getattr(gathering.district.street, role)
    at = BEGINS if action == "hold" else PLANNED
    if role in ("clerk", "leader"):
        assert act_in(gathering, action, by, at)
        return
    sees = role in ("auditor", "officer", "teamleader", "liaison") or action == "plan"
    before = Meeting.objects.values().get(pk=gathering.meeting.pk)
    with pytest.raises(NotPermitted if sees else NotFound):
        act_in(gathering, action, by, at)
    assert Meeting.objects.values().get(pk=gathering.meeting.pk) == before


@pytest.mark.parametrize("action", ACTIONS[1:])
def test_another_office_finds_nothing(gathering: Gathering, action: str) -> None:
    with pytest.raises(NotFound):
        act_in(gathering, action, gathering.district.other.leader, BEGINS)


@pytest.mark.parametrize("pk", [0, -1, 2**63, 10**30])
def test_nothing_there(gathering: Gathering, pk: int) -> None:
    by, at = gathering.district.street.clerk, PLANNED
    for act in (invite_units, hold_meeting, partial(cancel_meeting, reason="x"),
                partial(revise_meeting, version=1, plan=plan_of(gathering))):  # fmt: skip
        with pytest.raises(NotFound):
            act(by=by, at=at, pk=pk)


def test_invited_are_the_people_of_each_unit_once(gathering: Gathering) -> None:
    assert told("meeting_invite") == ["liaison", "officer1", "teamleader1"]
    invite_units(by=gathering.district.street.leader, at=PLANNED, pk=gathering.meeting.pk)
    assert told("meeting_invite") == ["liaison", "officer1", "teamleader1"]
    message = Message.objects.filter(kind="meeting_invite").first()
    pk = gathering.meeting.pk
    assert message.params == {"title": "三月联席会议", "when": "2026-03-03 14:30", "place": "三楼会议室", "meeting": pk}
    assert message.link == f"/meetings/{pk}/"


def test_nobody_is_invited_to_what_has_begun(gathering: Gathering) -> None:
    found = planned(gathering)
    with pytest.raises(WrongState):
        invite_units(by=gathering.district.street.clerk, at=NEXT, pk=found.pk)
    assert Meeting.objects.get(pk=found.pk).state == "planned"


def test_a_change_is_told_to_those_who_stay_come_in_and_go(gathering: Gathering) -> None:
    Seat.objects.filter(meeting=gathering.meeting, unit=gathering.community).delete()
    units = [gathering.department.pk, gathering.community.pk, gathering.school.pk]
    Message.objects.all().delete()
    found = revised(gathering, place="二楼会议室", units=units)
    assert (found.place, found.version, set(found.seats.values_list("unit_id", flat=True))) == (
        "二楼会议室",
        2,
        set(units),
    )
    assert (told("meeting_move"), told("meeting_invite"), told("meeting_leave_out")) == (
        ["liaison"], ["officer1"], ["teamleader1"],
    )  # fmt: skip


def test_before_anybody_is_invited_nobody_is_told_of_a_change(gathering: Gathering) -> None:
    found = planned(gathering)
    Message.objects.all().delete()
    revise_meeting(
        by=gathering.district.street.clerk, at=PLANNED, pk=found.pk, version=1, plan=plan_of(gathering, place="二楼")
    )
    assert not Message.objects.exists()


def test_at_another_time_units_are_asked_anew(gathering: Gathering) -> None:
    seat = gathering.meeting.seats.get(unit=gathering.department)
    ask = {"by": gathering.district.liaison, "pk": gathering.meeting.pk, "seat": seat.pk}
    answer_invitation(**ask, at=PLANNED, answer="coming", names="张三")
    revised(gathering, place="二楼")
    seat.refresh_from_db()
    assert (seat.answer, seat.names) == ("coming", "张三")
    revised(gathering, version=2, starts_at=BEGINS + timedelta(days=1))
    seat.refresh_from_db()
    assert (seat.answer, seat.answered_at, seat.names) == ("", None, "")


def test_the_same_plan_again_changes_nothing(gathering: Gathering) -> None:
    Message.objects.all().delete()
    assert revised(gathering, version=77).version == 1
    assert not Message.objects.exists()


def test_of_two_who_change_it_the_second_is_told(gathering: Gathering) -> None:
    revised(gathering, place="二楼")
    with pytest.raises(Stale):
        revised(gathering, place="一楼")
    assert Meeting.objects.get(pk=gathering.meeting.pk).place == "二楼"


def test_a_seat_outlives_the_unit_and_a_begun_meeting_keeps_its_time(gathering: Gathering) -> None:
    gathering.school.is_active = False
    gathering.school.save()
    late = BEGINS + timedelta(hours=1)
    found = revised(gathering, late, recorder=gathering.district.street.clerk.pk)
    assert (found.recorder, found.seats.count()) == (gathering.district.street.clerk, 4)
    with pytest.raises(Invalid) as refused:
        revised(gathering, late, version=2, starts_at=BEGINS - timedelta(hours=1))
    assert list(refused.value.fields) == ["starts_at"]


@pytest.mark.parametrize(("changed", "field"), WRONG[:9], ids=lambda value: repr(value)[:40])
def test_what_it_cannot_be_changed_to(gathering: Gathering, changed: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        revised(gathering, **changed)
    assert list(refused.value.fields) == [field]
    assert Meeting.objects.get(pk=gathering.meeting.pk).version == 1


def test_a_consultation_that_is_called_off_still_says_why_it_was_called(gathering: Gathering) -> None:
    found = planned(gathering, kind="consultation", reason="多部门需当面商定")
    cancel_meeting(by=gathering.district.street.clerk, at=PLANNED, pk=found.pk, reason="台风")
    found.refresh_from_db()
    assert (found.reason, found.called_off_because) == ("多部门需当面商定", "台风")


@pytest.mark.parametrize("told", [{"state": "cancelled"}, {"called_off_because": "台风"}])
def test_a_meeting_says_why_it_was_called_off_and_no_other_does(gathering: Gathering, told: dict[str, str]) -> None:
    with pytest.raises(IntegrityError, match="called_off"), transaction.atomic():
        Meeting.objects.filter(pk=gathering.meeting.pk).update(**told)


def test_called_off_with_a_reason_once(gathering: Gathering) -> None:
    by, pk = gathering.district.street.clerk, gathering.meeting.pk
    for reason in ("", " \n", "字" * 1001, "\u202e", "\x00"):
        with pytest.raises(Invalid) as refused:
            cancel_meeting(by=by, at=PLANNED, pk=pk, reason=reason)
        assert list(refused.value.fields) == ["reason"]
    for _time in range(2):
        assert cancel_meeting(by=by, at=PLANNED, pk=pk, reason="台风\r\n").state == "cancelled"
    found = Meeting.objects.get(pk=pk)
    assert (found.called_off_because, found.reason, found.version) == ("台风", "", 2)
    assert told("meeting_cancel") == ["liaison", "officer1", "teamleader1"]
    for act in (invite_units, hold_meeting):
        with pytest.raises(WrongState):
            act(by=by, at=BEGINS, pk=pk)
    with pytest.raises(WrongState):
        revised(gathering, version=2, place="x")


def test_what_nobody_was_invited_to_is_called_off_in_silence(gathering: Gathering) -> None:
    found = planned(gathering)
    cancel_meeting(by=gathering.district.street.clerk, at=PLANNED, pk=found.pk, reason="台风")
    assert told("meeting_cancel") == []


def test_held_once_it_has_begun(gathering: Gathering) -> None:
    by, pk = gathering.district.street.clerk, gathering.meeting.pk
    with pytest.raises(WrongState):
        hold_meeting(by=by, at=BEGINS - timedelta(seconds=1), pk=pk)
    for _time in range(2):
        assert hold_meeting(by=by, at=BEGINS, pk=pk).state == "held"
    with pytest.raises(WrongState):
        cancel_meeting(by=by, at=BEGINS, pk=pk, reason="x")
    with pytest.raises(WrongState):
        invite_units(by=by, at=BEGINS, pk=pk)


def test_what_has_resolved_something_is_not_called_off(gathering: Gathering) -> None:
    clerk = gathering.district.street.clerk
    make_resolution(by=clerk, at=BEGINS, meeting=gathering.meeting.pk, wording=gathering.wording())
    with pytest.raises(WrongState):
        cancel_meeting(by=clerk, at=BEGINS, pk=gathering.meeting.pk, reason="x")


def test_two_plan_at_once(gathered: Gathering) -> None:
    street = gathered.district.street
    asks = [partial(plan_meeting, by=by, at=PLANNED, plan=plan_of(gathered)) for by in (street.clerk, street.leader)]
    made = race(asks)
    assert sorted(one.ordinal for one in made) == [2, 3]


def test_one_who_sends_twice_at_once(gathered: Gathering) -> None:
    ask = partial(plan_meeting, by=gathered.district.street.clerk, at=PLANNED, plan=plan_of(gathered), request_key="x")
    first, second = race([ask, ask])
    assert (first, Meeting.objects.count()) == (second, 2)


def test_two_change_it_at_once(gathered: Gathering) -> None:
    plans = [as_it_is(gathered, place=place) for place in ("一楼", "二楼")]
    by, pk = gathered.district.street.clerk, gathered.meeting.pk
    made = race([partial(revise_meeting, by=by, at=PLANNED, pk=pk, version=1, plan=plan) for plan in plans])
    assert sorted(type(one).__name__ for one in made) == ["Meeting", "Stale"]
    assert Meeting.objects.get(pk=pk).version == 2


def test_called_off_and_held_at_once(gathered: Gathering) -> None:
    street, pk = gathered.district.street, gathered.meeting.pk
    made = race([
        partial(cancel_meeting, by=street.clerk, at=BEGINS, pk=pk, reason="x"),
        partial(hold_meeting, by=street.leader, at=BEGINS, pk=pk),
    ])  # fmt: skip
    assert sorted(type(one).__name__ for one in made) == ["Meeting", "WrongState"]


def test_the_agenda_is_that_of_one_meeting(gathering: Gathering) -> None:
    case = case_in(gathering.district, "escalated")
    planned(gathering, kind="consultation", case=case, reason="x")
    planned(gathering, kind="consultation", case=case, reason="x")
    assert AgendaItem.objects.filter(case=case).count() == 2
