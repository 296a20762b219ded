"""A resolution is written down, worded anew, said to be about cases; all drafts come into force at once."""

import uuid
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from cases.actions import Matter, log_case
from cases.meetings.actions import (
    act_on_resolution,
    cancel_meeting,
    enact_all,
    link_cases,
    make_resolution,
    plan_meeting,
    revise_resolution,
)
from cases.meetings.actions.meetings import MeetingPlan
from cases.meetings.models import AgendaItem, Meeting, MemberUnit, Resolution, ResolutionEvent
from citymgmt.outbox.models import Message
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, Stale, WrongState
from communities.models import KeyPlace
from tests.meetings.gatherings import BEGINS, ENACTED, Gathering
from tests.office import china, standard
from tests.racing import race

AT = BEGINS + timedelta(hours=1)
NOBODYS = ("officer", "teamleader", "member", "admin", "secadmin", "auditor")


def make(gathering: Gathering, at: Any = AT, by: Any = None, **more: Any) -> ResolutionEvent:
    own = {name: more.pop(name) for name in ("cases", "request_key", "meeting") if name in more}
    by = by or gathering.district.street.clerk
    return make_resolution(by=by, at=at, wording=gathering.wording(**more), **{"meeting": gathering.meeting.pk, **own})


def other_meeting(gathering: Gathering) -> Meeting:
    other = gathering.district.other
    unit = MemberUnit.objects.create(subdistrict=other.subdistrict, kind="department", name_zh="乙街城管局")
    plan = MeetingPlan("乙街会议", BEGINS, "会议室", [unit.pk])
    return plan_meeting(by=other.clerk, at=BEGINS - timedelta(days=1), plan=plan)


def test_it_is_a_draft_with_the_next_number_of_the_year(gathering: Gathering) -> None:
    numbers = [make(gathering).resolution.number for _count in range(2)]
    numbers.append(make(gathering, china("2027-01-01 00:30")).resolution.number)
    assert numbers == ["440106001-2026-R0001", "440106001-2026-R0002", "440106001-2027-R0001"]
    first = Resolution.objects.get(number=numbers[0])
    told = (first.state, first.version, first.lead, first.supporting, first.limit_days, first.made_at, first.due_at)
    assert told == ("draft", 1, gathering.department, [gathering.team.pk], 10, AT, None)
    assert not Message.objects.filter(kind__startswith="resolution_").exists()


def test_the_responsible_unit_supports_itself_no_more_than_once(gathering: Gathering) -> None:
    units = [gathering.team.pk, gathering.department.pk, gathering.team.pk]
    assert make(gathering, supporting=units).resolution.supporting == [gathering.team.pk]


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("text", {"text": " "}),
    ("text", {"text": "字" * 2001}),
    ("text", {"text": "a\x00b"}),
    ("text", {"text": "\u202e"}),
    ("place", {"place": "字" * 201}),
    ("place", {"place": "a\nb"}),
    ("lead", {"lead": 0}),
    ("lead", {"lead": -1}),
    ("lead", {"lead": 2**63}),
    ("lead", {"lead": 2**80}),
    ("supporting", {"supporting": [0]}),
    ("supporting", {"supporting": [2**80]}),
    ("limit_days", {"limit_days": 0}),
    ("limit_days", {"limit_days": 251}),
    ("limit_days", {"limit_days": None}),
    ("limit_days", {"due_on": date(2026, 4, 1)}),
    ("due_on", {"limit_days": None, "due_on": date(2026, 3, 2)}),
    ("item", {"item": 0}),
    ("item", {"item": 2**80}),
    ("key_place", {"key_place_id": 0}),
    ("key_place", {"key_place_id": 2**80}),
]


@pytest.mark.parametrize(("field", "changed"), WRONG, ids=lambda one: str(one)[:40])
def test_what_is_wrong_is_said_of_its_field(gathering: Gathering, field: str, changed: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refused:
        make(gathering, **changed)
    assert set(refused.value.fields) == {field}
    draft = gathering.resolution()
    with pytest.raises(Invalid) as refused:
        revise(gathering, draft, **changed)
    assert set(refused.value.fields) == {field}
    assert Resolution.objects.get().version == 1


def test_units_places_and_cases_are_those_of_the_office(gathering: Gathering) -> None:
    other = gathering.district.other
    unit = MemberUnit.objects.create(subdistrict=other.subdistrict, kind="department", name_zh="乙街城管局")
    retired = MemberUnit.objects.create(
        subdistrict=gathering.district.street.subdistrict, kind="office", name_zh="旧科", is_active=False
    )
    place = KeyPlace.objects.create(community=other.communities[0], kind="street", name_zh="乙街步行街")
    matter = Matter(category=standard(20).category, description="x", source="call", community=other.communities[0])
    theirs = log_case(subdistrict=other.subdistrict, matter=matter, standard=standard(20), by=other.clerk, at=AT).case
    for field, changed in (
        ("lead", {"lead": unit.pk}),
        ("lead", {"lead": retired.pk}),
        ("supporting", {"supporting": [unit.pk]}),
        ("key_place", {"key_place_id": place.pk}),
        ("cases", {"cases": [theirs]}),
    ):
        with pytest.raises(Invalid) as refused:
            make(gathering, **changed)
        assert set(refused.value.fields) == {field}
    assert not Resolution.objects.exists()


def test_who_may_write(gathering: Gathering) -> None:
    street, draft = gathering.district.street, gathering.resolution()
    make(gathering, by=street.leader)
    for name in NOBODYS:
        sees_meeting = name in ("officer", "teamleader", "auditor")
        with pytest.raises(NotPermitted if sees_meeting else NotFound):
            make(gathering, by=getattr(street, name))
        with pytest.raises(NotPermitted if name == "auditor" else NotFound):
            revise(gathering, draft, by=getattr(street, name))
        with pytest.raises(NotPermitted if name == "auditor" else NotFound):
            link(gathering, draft, [], by=getattr(street, name))
    for stranger in (gathering.district.other.leader, gathering.district.liaison2):
        with pytest.raises(NotFound):
            make(gathering, by=stranger)
    with pytest.raises(NotFound):
        make(gathering, meeting=other_meeting(gathering).pk)
    for pk in (0, -1, 2**63, 2**80):
        with pytest.raises(NotFound):
            make(gathering, meeting=pk)


def test_of_a_meeting_that_was_called_off_nothing_is_resolved(gathering: Gathering) -> None:
    cancel_meeting(
        by=gathering.district.street.clerk, at=BEGINS - timedelta(hours=5), pk=gathering.meeting.pk, reason="x"
    )
    with pytest.raises(WrongState):
        make(gathering)


def test_sent_twice_it_is_written_once(gathering: Gathering) -> None:
    key = str(uuid.uuid4())
    assert make(gathering, request_key=key).pk == make(gathering, AT + timedelta(hours=1), request_key=key).pk
    with pytest.raises(KeyReused):
        make(gathering, request_key=key, text="别的")
    assert Resolution.objects.count() == 1


def test_two_at_once_get_numbers_of_their_own_and_one_form_only_one(gathered: Gathering) -> None:
    one, other = race([partial(make, gathered), partial(make, gathered)])
    assert {one.resolution.number[-5:], other.resolution.number[-5:]} == {"R0001", "R0002"}
    key = str(uuid.uuid4())
    one, other = race([partial(make, gathered, request_key=key)] * 2)
    assert (one.pk, Resolution.objects.count()) == (other.pk, 3)


def revise(gathering: Gathering, draft: Resolution, at: Any = AT, by: Any = None, **more: Any) -> ResolutionEvent:
    own = {name: more.pop(name) for name in ("version", "request_key") if name in more}
    by = by or gathering.district.street.clerk
    return revise_resolution(number=draft.number, by=by, at=at, wording=gathering.wording(**more), **own)


def test_a_draft_is_worded_anew(gathering: Gathering) -> None:
    draft, key = gathering.resolution(), str(uuid.uuid4())
    place = KeyPlace.objects.create(community=gathering.district.street.communities[0], kind="street", name_zh="步行街")
    item = AgendaItem.objects.create(
        meeting=gathering.meeting, position=1, title="雨棚", saved_at=AT, saved_by=gathering.district.street.clerk
    )
    given = {"text": " 全部拆除 ", "lead": gathering.team.pk, "limit_days": None, "due_on": date(2026, 3, 20)}
    given |= {"key_place_id": place.pk, "place": "东段", "item": item.pk, "version": 1, "request_key": key}
    first = revise(gathering, draft, **given)
    assert revise(gathering, draft, **given).pk == first.pk
    draft.refresh_from_db()
    told = (draft.text, draft.lead, draft.supporting, draft.limit_days, draft.due_on, draft.version)
    assert told == ("全部拆除", gathering.team, [], None, date(2026, 3, 20), 2)
    assert (draft.key_place, draft.place, draft.item) == (place, "东段", item)
    with pytest.raises(Stale):
        revise(gathering, draft, version=1)
    act_on_resolution("enact", number=draft.number, by=gathering.district.street.leader, at=ENACTED)
    with pytest.raises(WrongState):
        revise(gathering, draft)


def link(gathering: Gathering, resolution: Resolution, cases: Any, by: Any = None, **more: Any) -> ResolutionEvent:
    by = by or gathering.district.street.clerk
    return link_cases(number=resolution.number, by=by, at=ENACTED, cases=cases, **more)


def parts(resolution: Resolution) -> list[tuple[int, int, bool, bool]]:
    rows = resolution.cases.order_by("ordinal")
    return [(part.ordinal, part.case_id, part.is_linked, part.is_waiting) for part in rows]


def test_it_is_about_exactly_the_cases_that_are_said(gathering: Gathering, log: Any) -> None:
    one, two, three = (log(AT) for _count in range(3))
    resolution = gathering.resolution("open", cases=[one, two])
    link(gathering, resolution, [two, three])
    assert parts(resolution) == [
        (1, one.pk, False, False), (2, two.pk, True, True), (3, three.pk, True, True),
    ]  # fmt: skip
    link(gathering, resolution, [one, one])
    assert [row[2] for row in parts(resolution)] == [True, False, False]
    link(gathering, resolution, [])
    assert not any(row[2] or row[3] for row in parts(resolution))
    assert Resolution.objects.get().version == 5


def test_linking_twice_or_from_an_old_page(gathering: Gathering, log: Any) -> None:
    case, key = log(AT), str(uuid.uuid4())
    resolution = gathering.resolution()
    first = link(gathering, resolution, [case], version=1, request_key=key)
    assert link(gathering, resolution, [case], version=1, request_key=key).pk == first.pk
    with pytest.raises(KeyReused):
        link(gathering, resolution, [], version=1, request_key=key)
    with pytest.raises(Stale):
        link(gathering, resolution, [], version=1)
    assert len(parts(resolution)) == 1


@pytest.mark.parametrize("state", ["reported", "done"])
def test_what_is_reported_keeps_its_cases(gathering: Gathering, log: Any, state: str) -> None:
    with pytest.raises(WrongState):
        link(gathering, gathering.resolution(state), [log(AT)])


def enact(gathering: Gathering, by: Any = None, **more: Any) -> ResolutionEvent:
    return enact_all(by=by or gathering.district.street.leader, at=ENACTED, meeting=gathering.meeting.pk, **more)


def states() -> list[str]:
    return list(Resolution.objects.order_by("id").values_list("state", flat=True))


def test_all_drafts_come_into_force_together_and_their_units_are_told(gathering: Gathering) -> None:
    done = gathering.resolution("done")
    drafts = [gathering.resolution(limit_days=days) for days in (5, 10)]
    first = enact(gathering, versions={one.number: 1 for one in drafts}, request_key=str(uuid.uuid4()))
    assert (first.resolution_id, states()) == (drafts[0].pk, ["done", "open", "open"])
    due = list(Resolution.objects.filter(state="open").order_by("id").values_list("due_at", flat=True))
    assert due == [china("2026-03-11 09:00"), china("2026-03-18 09:00")]
    told = Message.objects.filter(kind="resolution_enact").exclude(link__contains=done.number)
    assert sorted(told.values_list("recipient__username", flat=True)) == ["liaison"] * 2 + ["teamleader1"] * 2


def test_what_the_leader_saw_comes_into_force_or_nothing(gathering: Gathering) -> None:
    one, two = gathering.resolution(), gathering.resolution()
    for versions in ({one.number: 1}, {one.number: 1, two.number: 2}, {one.number: 1, "x": 1}, {}):
        with pytest.raises(Stale):
            enact(gathering, versions=versions)
    revise(gathering, two, text="改")
    with pytest.raises(Stale):
        enact(gathering, versions={one.number: 1, two.number: 1})
    assert states() == ["draft", "draft"]
    enact(gathering, versions={one.number: 1, two.number: 2})
    assert states() == ["open", "open"]


def test_one_that_cannot_come_into_force_holds_back_all(gathering: Gathering) -> None:
    gathering.resolution()
    late = gathering.resolution(limit_days=None, due_on=BEGINS.date())
    with pytest.raises(Invalid, match=late.number):
        enact(gathering)
    assert states() == ["draft", "draft"]


def test_enacting_all_twice_is_done_once(gathering: Gathering) -> None:
    draft, key = gathering.resolution(), str(uuid.uuid4())
    versions = {draft.number: 1}
    first = enact(gathering, versions=versions, request_key=key)
    gathering.resolution()
    assert enact(gathering, versions=versions, request_key=key).pk == first.pk
    assert states() == ["open", "draft"]
    with pytest.raises(KeyReused):
        enact(gathering, versions={draft.number: 2}, request_key=key)
    enact(gathering)
    with pytest.raises(WrongState):
        enact(gathering)


def test_who_puts_all_into_force(gathering: Gathering) -> None:
    gathering.resolution()
    street = gathering.district.street
    for name, told in (("clerk", NotPermitted), ("auditor", NotPermitted), ("teamleader", NotPermitted),
                       ("admin", NotFound), ("member", NotFound)):  # fmt: skip
        with pytest.raises(told):
            enact(gathering, by=getattr(street, name))
    with pytest.raises(NotFound):
        enact(gathering, by=gathering.district.other.leader)
    assert states() == ["draft"]


def test_all_and_one_at_once(gathered: Gathering) -> None:
    one, two = gathered.resolution(), gathered.resolution()
    leader = gathered.district.street.leader
    single = partial(act_on_resolution, "enact", number=two.number, by=leader, at=ENACTED, version=1)
    race([partial(enact, gathered, versions={one.number: 1, two.number: 1}), single])
    enacted = ResolutionEvent.objects.filter(kind="resolution_enact")
    assert len({event.resolution_id for event in enacted}) == enacted.count()
    assert states()[1] == "open"


def test_all_and_a_new_draft_at_once(gathered: Gathering) -> None:
    draft = gathered.resolution()
    outcomes = race([partial(enact, gathered, versions={draft.number: 1}), partial(make, gathered)])
    assert states() == (["draft", "draft"] if isinstance(outcomes[0], Stale) else ["open", "draft"])


def test_a_wording_knows_a_resend_whatever_the_order_of_its_units(gathering: Gathering) -> None:
    wording = gathering.wording(supporting=[3, 1, 2])
    assert replace(wording, supporting=(1, 2, 3)).plain == wording.plain
