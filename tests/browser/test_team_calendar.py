"""A member of a team on the phone: today's duty, check-in with a position; the leader's calendar of the month."""

from datetime import date
from typing import Any

import pytest

from citymgmt.people.models import User
from patrols.teams.actions import CertificateTold, LeaveTold, grant_member_leave, plan_month, save_certificate
from patrols.teams.models import Attendance
from tests.browser.windows import DESKTOP, PHONE, Clock, Opens
from tests.office import District, china
from tests.patrols.teams import NOW, TODAY, Crew, crew_of

PARTS = ("", "calendar/", "shifts/", "certificates/", "rotation/", "leave/new/", "certificates/new/")


@pytest.fixture
def planned(committed: District, clock: Clock) -> Crew:
    """A team with a month, one who is away, a certificate that has expired and one that will soon."""
    crew = crew_of(committed)
    crew.rotate()
    given: dict[str, Any] = {"by": crew.leader, "at": NOW, "team": crew.team.pk}
    away = LeaveTold(crew.members[1].pk, date(2026, 3, 10), date(2026, 3, 12), crew.leader.pk)
    grant_member_leave(**given, told=away)
    plan_month(**given, month=TODAY)
    for number, day in (("粤A-1", date(2026, 3, 1)), ("粤A-2", date(2026, 3, 20))):
        told = CertificateTold(crew.members[0].pk, "driving", number, date(2024, 1, 1), day)
        save_certificate(**given, told=told)
    clock.at = NOW
    return crew


@pytest.mark.parametrize(("language", "size"), [("zh-hans", PHONE), ("en", DESKTOP), ("en", PHONE)])
def test_every_page_of_a_team_is_in_order(window: Opens, planned: Crew, language: str, size: Any) -> None:
    User.objects.update(language=language)
    one = window(planned.leader, size=size, language=language[:2])
    for part in PARTS:
        one.open(f"/teams/{planned.team.pk}/{part}")
        one.look() if language != "en" else one.look_at_frame()


def test_a_member_checks_in_where_the_phone_is(window: Opens, planned: Crew, clock: Clock) -> None:
    User.objects.update(language="en")
    duty = planned.put(planned.members[0], TODAY, planned.evening)
    clock.at = china("2026-03-02 13:30")
    one = window(planned.members[0], size=PHONE, language="en")
    one.page.context.grant_permissions(["geolocation"])
    one.page.context.set_geolocation({"longitude": 113.26, "latitude": 23.13, "accuracy": 8})
    one.open("/teams/")
    one.press("Check in")
    one.page.get_by_text("Checked in 13:30").wait_for()
    there = Attendance.objects.get(duty=duty)
    assert (there.longitude, there.latitude, there.accuracy_m, there.is_late) == (113.26, 23.13, 8, False)


def test_without_a_position_or_javascript_one_checks_in_as_well(window: Opens, planned: Crew, clock: Clock) -> None:
    User.objects.update(language="en")
    for person, javascript in ((planned.members[2], False), (planned.members[3], True)):
        duty = planned.put(person, date(2026, 3, 3), planned.evening)
        clock.at = china("2026-03-03 14:00")
        one = window(person, size=PHONE, language="en", javascript=javascript)
        one.open(f"/teams/{planned.team.pk}/")
        one.press("Check in")
        one.page.get_by_text("Checked in 14:00").wait_for()
        assert Attendance.objects.get(duty=duty).longitude is None
        clock.at = NOW
