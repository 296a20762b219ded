"""One community, one officer: assignments, leave, handover."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, transaction
from psycopg2.errors import DeadlockDetected, ExclusionViolation
from psycopg2.extras import DateRange

from cases.models import Case
from citymgmt.people.roles import Role
from citymgmt.refusals import Invalid, NotFound, NotPermitted
from citymgmt.worktime import sweep
from communities.actions import (
    assign_officer,
    end_assignment,
    end_leave_early,
    grant_leave,
    hand_over,
    handing_over,
    on_handover,
)
from communities.models import Community, Handover, OfficerAssignment, OfficerLeave
from communities.querysets import acting_officer, answered_for, away, vacant
from tests.office import SINCE, District, china, user
from tests.racing import race

AT = china("2026-03-04 09:00")
TODAY = date(2026, 3, 4)
ONE = timedelta(days=1)


def periods(community: Any, part: str = "officer") -> list[tuple[str, date, date | None]]:
    found = OfficerAssignment.objects.filter(community=community, part=part).order_by("period")
    return [(str(one.user), one.from_on, one.until_on) for one in found]


def assign(district: District, person: Any, **given: Any) -> OfficerAssignment:
    asked = {"part": "officer", "from_on": TODAY, "by": district.street.leader, "at": AT, **given}
    return assign_officer(community=given.pop("community", None) or district.street.communities[0], user=person,
                          **{name: value for name, value in asked.items() if name != "community"})  # fmt: skip


def test_new_officer_ends_the_running_assignment_the_day_before(district: District) -> None:
    assign(district, district.street.officer2)
    assert periods(district.street.communities[0]) == [
        ("officer1", SINCE, TODAY - ONE),
        ("officerb1", TODAY, None),
    ]


def test_asking_again_changes_nothing(district: District) -> None:
    first = assign(district, district.street.officer2)
    assert assign(district, district.street.officer2).pk == first.pk
    assert Handover.objects.count() == 1


@pytest.mark.parametrize("role", Role)
def test_only_administrator_and_leader_of_the_place_assign(district: District, role: str) -> None:
    people = {person.role: person for person in vars(district.street).values() if hasattr(person, "role")}
    person = people.get(role) or district.liaison
    expected = {Role.ADMIN: None, Role.LEADER: None, Role.LIAISON: NotFound}.get(Role(role), NotPermitted)
    if expected is None:
        assert assign(district, district.street.officer2, by=person).from_on == TODAY
    else:
        with pytest.raises(expected):
            assign(district, district.street.officer2, by=person)


def test_other_sub_district_does_not_exist(district: District) -> None:
    with pytest.raises(NotFound):
        assign(district, district.street.officer2, by=district.other.leader)


@pytest.mark.parametrize(
    ("who", "given", "field"),
    [
        ("other.officer", {}, "user"),
        ("street.clerk", {}, "user"),
        ("street.officer", {}, "user"),
        ("street.officer2", {"from_on": TODAY - ONE}, "from_on"),
        ("street.officer2", {"from_on": SINCE}, "from_on"),
        ("street.officer2", {"from_on": date(1, 1, 1)}, "from_on"),
        ("street.officer2", {"until_on": date(9999, 12, 31)}, "until_on"),
        ("street.officer2", {"until_on": TODAY - ONE}, "until_on"),
        ("street.officer2", {"part": "king"}, "part"),
        ("street.officer", {"part": "deputy"}, "user"),
    ],
)
def test_wrong_assignment_is_refused_with_a_sentence(
    district: District, who: str, given: dict[str, Any], field: str
) -> None:
    place, name = who.split(".")
    before = periods(district.street.communities[0])
    with pytest.raises(Invalid) as refused:
        assign(district, getattr(getattr(district, place), name), **given)
    assert list(refused.value.fields) == [field]
    assert (periods(district.street.communities[0]), Handover.objects.count()) == (before, 0)


def test_a_community_out_of_use_gets_nobody(district: District) -> None:
    home = district.street.communities[0]
    Community.objects.filter(pk=home.pk).update(is_active=False)
    with pytest.raises(Invalid):
        assign(district, district.street.officer2)
    assert periods(home) == [("officer1", SINCE, None)]


def test_database_refuses_two_officers_on_one_day(district: District) -> None:
    with pytest.raises(IntegrityError, match="one_officer_each_day"), transaction.atomic():
        OfficerAssignment.objects.create(
            community=district.street.communities[0],
            user=district.street.officer2,
            period=DateRange(TODAY, TODAY + ONE),
        )


def test_deputy_acts_while_the_officer_is_away(district: District) -> None:
    street = district.street
    home = street.communities[0]
    assign(district, street.officer2, part="deputy")
    grant_leave(user=street.officer, from_on=TODAY, until_on=TODAY + ONE, by=street.leader, at=AT)
    days = [TODAY - ONE, TODAY, TODAY + ONE, TODAY + 2 * ONE]
    expected = [street.officer.pk, street.officer2.pk, street.officer2.pk, street.officer.pk]
    assert [acting_officer(home.pk, day) for day in days] == expected
    assert list(away(home.subdistrict.communities.all(), TODAY)) == [home]


def test_the_officer_acts_while_both_are_away(district: District) -> None:
    street = district.street
    assign(district, street.officer2, part="deputy")
    for person in (street.officer2, street.officer):
        grant_leave(user=person, from_on=TODAY, until_on=TODAY, by=street.leader, at=AT)
    assert acting_officer(street.communities[0].pk, TODAY) == street.officer.pk


def test_leave_ends_early_and_is_withdrawn_before_it_begins(district: District) -> None:
    street = district.street
    leave = grant_leave(user=street.officer, from_on=TODAY, until_on=TODAY + 9 * ONE, by=street.leader, at=AT)
    end = end_leave_early(leave=leave, last_on=TODAY + ONE, by=street.leader, at=AT)
    assert end is not None
    assert end.until_on == TODAY + ONE
    assert end_leave_early(leave=leave, last_on=TODAY - ONE, by=street.leader, at=AT) is None
    with pytest.raises(NotFound):
        end_leave_early(leave=leave, last_on=TODAY, by=street.leader, at=AT)


def test_overlapping_or_endless_leave_is_refused(district: District) -> None:
    street = district.street
    grant_leave(user=street.officer, from_on=TODAY, until_on=TODAY + ONE, by=street.leader, at=AT)
    for until_on in (TODAY + 5 * ONE, TODAY + 400 * ONE):
        with pytest.raises(Invalid):
            grant_leave(user=street.officer, from_on=TODAY + ONE, until_on=until_on, by=street.leader, at=AT)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"from_on": TODAY + 2 * ONE, "until_on": TODAY + ONE}, "until_on"),
        ({"from_on": date(1999, 12, 31)}, "from_on"),
        ({"from_on": date(2100, 12, 31), "until_on": date(2101, 1, 1)}, "until_on"),
        ({"until_on": TODAY + 366 * ONE}, "until_on"),
        ({"reason": "病" * 101}, "reason"),
    ],
)
def test_wrong_leave_is_refused_with_a_sentence(district: District, given: dict[str, Any], field: str) -> None:
    asked = {"user": district.street.officer, "from_on": TODAY, "until_on": TODAY, "at": AT, **given}
    with pytest.raises(Invalid) as refused:
        grant_leave(by=district.street.leader, **asked)
    assert (list(refused.value.fields), OfficerLeave.objects.count()) == ([field], 0)


def test_a_leave_of_a_year_and_a_reason_of_a_hundred_characters_are_granted(district: District) -> None:
    asked = {"user": district.street.officer, "from_on": TODAY, "until_on": TODAY + 365 * ONE, "at": AT}
    leave = grant_leave(by=district.street.leader, reason=f" {'病' * 98} ", **asked)
    assert (leave.from_on, leave.until_on, leave.reason) == (TODAY, TODAY + 365 * ONE, "病" * 98)


def test_asking_for_the_same_leave_again_changes_nothing(district: District) -> None:
    asked = {"user": district.street.officer, "from_on": TODAY, "until_on": TODAY + ONE, "at": AT}
    first = grant_leave(by=district.street.leader, **asked)
    assert grant_leave(by=district.street.admin, **asked) == first == OfficerLeave.objects.get()


def test_of_two_leaves_granted_at_once_one_is_refused(committed: District) -> None:
    asked = {"user": committed.street.officer, "from_on": TODAY, "by": committed.street.leader, "at": AT}
    answers = race([partial(grant_leave, until_on=TODAY + days * ONE, **asked) for days in (1, 2)])
    assert sorted(type(one).__name__ for one in answers) == ["Invalid", "OfficerLeave"]
    assert OfficerLeave.objects.count() == 1


LEAVE = (TODAY - 5 * ONE, TODAY + 5 * ONE)


@pytest.mark.parametrize(
    ("last_on", "expected"),
    [
        (TODAY + 5 * ONE, TODAY + 5 * ONE),  # as it is
        (TODAY - ONE, TODAY - ONE),
        (TODAY - 2 * ONE, "last_on"),  # past days stay
        (TODAY + 6 * ONE, "last_on"),  # an end does not lengthen
    ],
)
def test_a_leave_ends_on_a_day_that_is_left_of_it(district: District, last_on: date, expected: date | str) -> None:
    street = district.street
    leave = grant_leave(user=street.officer, from_on=LEAVE[0], until_on=LEAVE[1], by=street.leader, at=AT)
    if isinstance(expected, str):
        with pytest.raises(Invalid) as refused:
            end_leave_early(leave=leave, last_on=last_on, by=street.leader, at=AT)
        assert list(refused.value.fields) == [expected]
    else:
        assert end_leave_early(leave=leave, last_on=last_on, by=street.leader, at=AT) == leave
    leave.refresh_from_db()
    assert (leave.from_on, leave.until_on) == (LEAVE[0], LEAVE[1] if isinstance(expected, str) else expected)


def test_leave_is_arranged_by_leaders_of_the_same_office_only(district: District) -> None:
    asked = {"user": district.street.officer, "from_on": TODAY, "until_on": TODAY, "at": AT}
    with pytest.raises(NotFound):
        grant_leave(by=district.other.leader, **asked)
    with pytest.raises(NotPermitted):
        grant_leave(by=district.street.clerk, **asked)


def test_ended_assignment_leaves_a_vacancy_and_past_days_stay(district: District) -> None:
    street = district.street
    running = OfficerAssignment.objects.get(community=street.communities[0])
    for last_on in (TODAY - 2 * ONE, date(2101, 1, 1)):
        with pytest.raises(Invalid):
            end_assignment(assignment=running, last_on=last_on, by=street.leader, at=AT)
    assert periods(street.communities[0]) == [("officer1", SINCE, None)]
    end_assignment(assignment=running, last_on=TODAY, by=street.leader, at=AT)
    everywhere = street.subdistrict.communities.all()
    assert list(vacant(everywhere, TODAY)) == []
    assert list(vacant(everywhere, TODAY + ONE)) == [street.communities[0]]
    assert [str(one.user) for one in answered_for(street.communities[0], TODAY)] == ["officer1"]


def test_an_assignment_ended_on_its_last_day_stays_and_one_that_is_gone_is_not_found(district: District) -> None:
    street = district.street
    running = OfficerAssignment.objects.get(community=street.communities[0])
    for _time in range(2):
        assert end_assignment(assignment=running, last_on=TODAY, by=street.leader, at=AT) == running
    assert periods(street.communities[0]) == [("officer1", SINCE, TODAY)]
    planned = assign(district, street.officer2, from_on=TODAY + 2 * ONE)
    assert end_assignment(assignment=planned, last_on=TODAY, by=street.leader, at=AT) is None
    with pytest.raises(NotFound):
        end_assignment(assignment=planned, last_on=TODAY, by=street.leader, at=AT)


def test_handover_moves_exactly_the_open_cases(
    district: District, log: Callable[..., Case], act: Callable[..., Any]
) -> None:
    street = district.street
    mine, other = log(AT), log(AT, community=street.communities[1])
    closed = log(AT, by=street.clerk)
    act("void", closed, by=street.leader, at=AT + timedelta(minutes=1), note="误报")
    later = AT + timedelta(minutes=2)
    sheet = hand_over(
        community=street.communities[0], to_user=street.officer2, on=TODAY, note="钥匙", by=street.admin, at=later
    )
    for case in (mine, other, closed):
        case.refresh_from_db()
    assert sheet.case_numbers == [mine.number]
    assert (sheet.from_user, sheet.to_user, sheet.note, sheet.taken_up_at) == (
        street.officer,
        street.officer2,
        "钥匙",
        later,
    )
    assert [mine.officer, other.officer, closed.officer] == [street.officer2, street.officer2, street.officer]
    assert other.version < mine.version


def test_handover_sent_twice_is_one_sheet(district: District) -> None:
    street = district.street
    asked = {"community": street.communities[0], "to_user": street.officer2, "on": TODAY, "by": street.leader}
    assert hand_over(at=AT, **asked).pk == hand_over(at=AT, **asked).pk


def test_planned_handover_moves_the_cases_when_its_day_begins(district: District, log: Callable[..., Case]) -> None:
    street = district.street
    case = log(AT, line=20)
    day = TODAY + ONE
    sheet = hand_over(community=street.communities[0], to_user=street.officer2, on=day, by=street.leader, at=AT)
    sweep.run(china("2026-03-04 23:59"))
    case.refresh_from_db()
    assert (case.officer, sheet.is_planned) == (street.officer, True)
    sweep.run(china("2026-03-05 00:01"))
    case.refresh_from_db()
    sheet.refresh_from_db()
    assert (case.officer, sheet.case_numbers, sheet.is_planned) == (street.officer2, [case.number], False)


def test_withdrawn_handover_moves_nothing(district: District, log: Callable[..., Case]) -> None:
    street = district.street
    case = log(AT)
    hand_over(community=street.communities[0], to_user=street.officer2, on=TODAY + ONE, by=street.leader, at=AT)
    planned = OfficerAssignment.objects.get(community=street.communities[0], user=street.officer2)
    assert end_assignment(assignment=planned, last_on=TODAY, by=street.leader, at=AT) is None
    sweep.run(china("2026-03-05 00:01"))
    case.refresh_from_db()
    assert (case.officer, Handover.objects.count()) == (street.officer, 0)


def test_a_planned_handover_to_somebody_who_does_not_serve_on_its_day_moves_nothing(
    district: District, log: Callable[..., Case]
) -> None:
    street = district.street
    case = log(AT)
    sheet = hand_over(community=street.communities[0], to_user=street.officer2, on=TODAY + ONE, by=street.leader, at=AT)
    OfficerAssignment.objects.filter(user=street.officer2, community=street.communities[0]).delete()
    sweep.run(china("2026-03-05 00:01"))
    case.refresh_from_db()
    sheet.refresh_from_db()
    assert (case.officer, sheet.case_numbers, sheet.taken_up_at, sheet.next_check_at) == (
        street.officer,
        [],
        None,
        None,
    )


def test_a_mover_that_is_named_twice_moves_once(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handing_over, "_movers", [])

    def mover(**_given: Any) -> list[str]:
        return ["x"]

    for _time in range(2):
        on_handover(mover)
    street = district.street
    sheet = hand_over(community=street.communities[0], to_user=street.officer2, on=TODAY, by=street.leader, at=AT)
    assert sheet.case_numbers == ["x"]


def test_a_note_of_a_handover_has_an_end(district: District) -> None:
    street = district.street
    asked = {"community": street.communities[0], "to_user": street.officer2, "on": TODAY, "by": street.leader, "at": AT}
    with pytest.raises(Invalid) as refused:
        hand_over(note="字" * 2001, **asked)
    assert (list(refused.value.fields), Handover.objects.count()) == (["note"], 0)
    assert hand_over(note="字" * 2000, **asked).note == "字" * 2000


@pytest.mark.parametrize("day", [TODAY - ONE, date(1, 1, 1), date(9999, 12, 31)])
def test_handover_in_the_past_or_beyond_the_calendar_is_refused(district: District, day: date) -> None:
    with pytest.raises(Invalid) as refused:
        hand_over(
            community=district.street.communities[0],
            to_user=district.street.officer2,
            on=day,
            by=district.street.leader,
            at=AT,
        )
    assert list(refused.value.fields) == ["on"]


def test_of_two_at_once_one_gets_the_post(committed: District) -> None:
    street = committed.street
    third = user("officerc1", Role.OFFICER, subdistrict=street.subdistrict)
    answers = race([partial(assign, committed, person) for person in (street.officer2, third)])
    assert sorted(isinstance(answer, Invalid) for answer in answers) == [False, True]
    assert [end for _who, _start, end in periods(street.communities[0])] == [TODAY - ONE, None]


def test_the_database_itself_knows_one_officer_each_day(committed: District) -> None:
    """Two connections that pass every check by hand: the exclusion constraint lets one of them through.

    Each waits for the other's row; PostgreSQL ends that as a violation or, when both wait at once, as a deadlock.
    """
    street, days = committed.street, DateRange(TODAY, None)
    community = Community.objects.create(code="440106001009", name_zh="新社区", subdistrict=street.subdistrict)
    give = [
        partial(OfficerAssignment.objects.create, community=community, user=person, period=days)
        for person in (street.officer, street.officer2)
    ]
    answers = race(give, losing=(IntegrityError, OperationalError))
    (lost,) = [answer.__cause__ for answer in answers if isinstance(answer, DatabaseError)]
    assert isinstance(lost, ExclusionViolation | DeadlockDetected), lost
    assert OfficerAssignment.objects.filter(community=community).count() == 1


def test_who_goes_on_after_a_withdrawn_change_hands_nothing_to_oneself(district: District) -> None:
    street = district.street
    wrong = assign(district, street.officer2)
    end_assignment(assignment=wrong, last_on=TODAY - ONE, by=street.leader, at=AT)
    assign(district, street.officer)
    assert [(sheet.from_user, sheet.to_user) for sheet in Handover.objects.all()] == [(street.officer, street.officer2)]
