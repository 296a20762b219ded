"""Pages of teams: the calendar with gaps and one's own duties, check-in on the phone, who sees which numbers."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from citymgmt.people.models import User
from citymgmt.people.roles import Role
from patrols.teams.actions import (
    CertificateTold,
    LeaveTold,
    check_in,
    grant_member_leave,
    note_presence,
    plan_month,
    save_certificate,
)
from patrols.teams.models import Attendance, Certificate, Duty, MemberLeave, Rotation, Shift, TeamArea
from tests.cases.list_pages import words
from tests.office import china, user
from tests.patrols.costs import assert_no_dearer, costs_of
from tests.patrols.teams import NOW, ONE_DAY, TODAY, Crew

Get = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("moment")


def at(crew: Crew, part: str = "") -> str:
    return f"/teams/{crew.team.pk}/{part}"


def test_the_calendar_shows_names_gaps_who_stands_in_and_ones_own(crew: Crew, get: Get) -> None:
    me, other = crew.members[:2]
    crew.rotate([crew.day.pk], members=[me.pk])
    told = LeaveTold(me.pk, date(2026, 3, 10), date(2026, 3, 11), other.pk)
    grant_member_leave(by=crew.leader, at=NOW, team=crew.team.pk, told=told)
    plan_month(by=crew.leader, at=NOW, team=crew.team.pk, month=TODAY)
    page = get(me, at(crew, "calendar/"))
    assert page.content.count(b'class="is-own"') == 27  # but for the 2nd, whose shift has begun, and the two days away
    assert page.content.count(b'aria-current="date"') == 1
    assert page.content.count(b'class="is-missing"') == 61
    assert "03-10 Tue m2 for member1 1 missing 1 missing member1" in words(page)
    assert "Plan this month" not in words(page)
    assert 'href="/teams/' + str(crew.team.pk) + "/duties/new/?on=2026-03-10" not in page.content.decode()
    of_leader = get(crew.leader, at(crew, "calendar/"))
    assert f"{at(crew, 'duties/new/')}?on=2026-03-10&amp;shift={crew.evening.pk}" in of_leader.content.decode()
    assert "61 shifts are short of people" in words(of_leader)
    next_month = get(me, at(crew, "calendar/?month=2026-04"))
    assert "?month=2026-03" in next_month.content.decode()
    assert "?month=2026-05" in next_month.content.decode()


@pytest.mark.parametrize("asked", ["", "2026-13", "x", "0000-01", "９９９９-01"])
def test_any_other_month_is_the_present_one(crew: Crew, get: Get, asked: str) -> None:
    assert "Duty calendar 2026-03" in words(get(crew.leader, at(crew, f"calendar/?month={asked}")))


def test_a_leader_sets_the_rotation_and_plans_the_month(crew: Crew, send: Get, get: Get) -> None:
    place = {f"place_{one.pk}": n for n, one in enumerate(crew.members, 1)} | {f"place_{crew.leader.pk}": ""}
    typed = {"since": "2026-03-01", "step": 1, "day_1": crew.day.pk, "day_2": crew.evening.pk, "day_3": 0, **place}
    typed |= {f"day_{day}": "" for day in range(4, 15)}
    assert send(crew.leader, at(crew, "rotation/"), **typed).status_code == 302
    kept = Rotation.objects.get()
    assert (kept.cycle, kept.members) == ([crew.day.pk, crew.evening.pk, 0], [one.pk for one in crew.members])
    answer = send(crew.leader, at(crew, "calendar/"), at(crew, "plan/"))
    assert answer["Location"] == at(crew, "calendar/?month=2026-03")
    count = Duty.objects.count()
    assert f"Planned: {count} duties added, 0 taken off" in words(get(crew.leader, at(crew, "calendar/")))
    left_out = {**typed, "day_2": "", "day_3": crew.day.pk}
    assert "The cycle goes on after this day" in words(send(crew.leader, at(crew, "rotation/"), **left_out))
    assert get(crew.leader, at(crew, "rotation/")).content.count(b" selected>") >= 3


def test_shifts_area_duties_and_leave_by_their_forms(crew: Crew, send: Get) -> None:
    me = crew.members[0]
    shift = {"name_zh": "晨班", "starts": "04:00", "ends": "06:00", "fewest": 0}
    assert send(crew.clerk, at(crew, "shifts/new/"), **shift).status_code == 302
    made = Shift.objects.get(name_zh="晨班")
    assert send(crew.clerk, at(crew, f"shifts/{made.pk}/"), ends="04:00").status_code == 422
    assert send(crew.clerk, at(crew, "shifts/"), at(crew, "shifts/usual/")).status_code == 302
    place = crew.district.street.communities[0].pk
    assert send(crew.clerk, at(crew, "area/"), communities=[place]).status_code == 302
    assert TeamArea.objects.get().community_id == place
    duty = {"on": "2026-03-10", "shift": crew.day.pk, "user": me.pk}
    answer = send(crew.clerk, at(crew, "duties/new/"), **duty)
    assert answer["Location"] == at(crew, "calendar/?month=2026-03")
    there = Duty.objects.get()
    assert send(crew.clerk, at(crew, f"duties/{there.pk}/"), user=crew.members[1].pk).status_code == 302
    assert Duty.objects.get().user == crew.members[1]
    remove = at(crew, f"duties/{there.pk}/remove/")
    assert send(crew.clerk, at(crew, f"duties/{there.pk}/"), remove).status_code == 302
    assert not Duty.objects.exists()
    leave = {"user": me.pk, "from_on": "2026-03-10", "until_on": "2026-03-11"}
    assert send(crew.clerk, at(crew, "leave/new/"), **leave).status_code == 302
    assert send(crew.clerk, at(crew, "leave/new/"), **{**leave, "until_on": "2026-03-12"}).status_code == 422
    away = MemberLeave.objects.get()
    assert send(crew.clerk, at(crew, f"leave/{away.pk}/"), last_on="2026-03-09").status_code == 302
    assert not MemberLeave.objects.exists()


def test_a_member_checks_in_and_out_on_the_phone(crew: Crew, get: Get, send: Get, moment: Any) -> None:
    me, duty = crew.members[0], crew.put(crew.members[0], TODAY, crew.evening)
    check, out = f"/teams/duties/{duty.pk}/check-in/", f"/teams/duties/{duty.pk}/check-out/"
    assert "Check in from an hour before the shift" in words(get(me, "/teams/"))
    moment(china("2026-03-02 14:12"))
    place = {"longitude": "113.26", "latitude": "23.13", "accuracy_m": "8"}
    assert send(me, "/teams/", check, **place)["Location"] == at(crew)
    there = Attendance.objects.get()
    assert (there.longitude, there.latitude, there.accuracy_m, there.is_late) == (113.26, 23.13, 8, True)
    assert "Checked in 14:12 late" in words(get(me, at(crew)))
    moment(china("2026-03-02 22:01"))
    assert send(me, at(crew), out).status_code == 302
    assert "checked out 22:01" in words(get(me, at(crew)))
    assert "member1 team member 1 100 % (1) 1" in words(get(crew.leader, at(crew)))


@pytest.mark.parametrize(
    "place", [{"longitude": "x"}, {"latitude": "91"}, {"accuracy_m": "nan"}, {"longitude": "\x00"}]
)
def test_a_position_that_is_none_is_refused(crew: Crew, client: Client, moment: Any, place: dict[str, str]) -> None:
    duty = crew.put(crew.members[0], TODAY, crew.evening)
    moment(duty.period.lower)
    client.force_login(crew.members[0])
    assert client.post(f"/teams/duties/{duty.pk}/check-in/", place).status_code == 422
    assert not Attendance.objects.exists()


def test_the_leader_notes_presence_from_the_teams_page(crew: Crew, get: Get, send: Get, moment: Any) -> None:
    duty = crew.put(crew.members[0], TODAY, crew.evening)
    page = at(crew, f"duties/{duty.pk}/presence/")
    assert page not in get(crew.leader, at(crew)).content.decode()
    moment(duty.period.lower)
    assert page in get(crew.leader, at(crew)).content.decode()
    assert page not in get(crew.members[1], at(crew)).content.decode()
    assert send(crew.leader, page, reason="").status_code == 422
    assert send(crew.leader, page, reason="手机坏了").status_code == 302
    assert Attendance.objects.get().reason == "手机坏了"


def test_numbers_of_certificates_are_for_office_leader_and_holder(crew: Crew, get: Get, send: Get) -> None:
    first, second = crew.members[:2]
    for person, number, days in ((first, "A-1", 0), (first, "A-2", 30), (second, "B-1", 31)):
        told = {"user": person.pk, "kind": "driving", "number": number, "issued_on": "2020-01-01"}
        day = TODAY + timedelta(days=days)
        assert send(crew.leader, at(crew, "certificates/new/"), **told, expires_on=day).status_code == 302
    shown = {
        person.username: [
            number for number in ("A-1", "A-2", "B-1") if number in words(get(person, at(crew, "certificates/")))
        ]
        for person in (crew.leader, crew.clerk, crew.district.street.leader, first, second)
    }
    every = ["A-1", "A-2", "B-1"]
    assert shown == {"teamleader1": every, "clerk1": every, "leader1": every, "member1": every[:2], "m2": every[2:]}
    page = words(get(crew.leader, at(crew, "certificates/")))
    assert "2026-03-02 expired" in page
    assert "2026-04-01 expires soon" in page
    assert page.count("expire") == 3  # the head of the column, "expired", "expires soon"; B-1 stands without
    row = Certificate.objects.get(number="B-1")
    assert send(crew.leader, at(crew, f"certificates/{row.pk}/"), number="A-9").status_code == 302
    assert Certificate.objects.get(pk=row.pk).number == "A-9"


def test_others_have_no_such_pages(crew: Crew, get: Get) -> None:
    street, other = crew.district.street, crew.district.other
    for person in (street.officer, street.admin, street.auditor, crew.district.liaison):
        get(person, "/teams/", 403)
        get(person, at(crew), 404)
    for person in (other.clerk, other.teamleader, other.member):
        get(person, at(crew, "calendar/"), 404)
        assert "甲街执法队" not in words(get(person, "/teams/"))


def test_as_many_queries_however_many_members_and_days(crew: Crew, client: Client, get: Get, moment: Any) -> None:
    later = NOW + 15 * ONE_DAY
    parts = ("", "calendar/", "shifts/", "certificates/", "rotation/", "duties/new/", "leave/new/")
    moment(later)
    few = costs_of(client, get, crew.leader, [at(crew, part) for part in parts])
    street = crew.district.street
    crew.members += [
        user(f"n{n}", Role.TEAM_MEMBER, subdistrict=street.subdistrict, organisation=street.team) for n in range(8)
    ]
    User.objects.update(language="en")
    crew.rotate()
    plan_month(by=crew.leader, at=NOW, team=crew.team.pk, month=TODAY)
    for n, duty in enumerate(Duty.objects.filter(on__lt=TODAY + 14 * ONE_DAY).order_by("pk")):
        if n % 3:
            check_in(by=duty.user, at=duty.period.lower, pk=duty.pk)
        else:
            note_presence(by=crew.leader, at=later, team=crew.team.pk, pk=duty.pk, reason="x")
    for person in crew.members:
        told = CertificateTold(person.pk, "driving", "1", TODAY, TODAY + 9 * ONE_DAY)
        save_certificate(by=crew.leader, at=NOW, team=crew.team.pk, told=told)
        leave = LeaveTold(person.pk, date(2026, 3, 28), date(2026, 3, 29), crew.leader.pk)
        grant_member_leave(by=crew.leader, at=NOW, team=crew.team.pk, told=leave)
    assert_no_dearer(costs_of(client, get, crew.leader, [*few]), few)
