"""A meeting as a calendar file, for whoever may see the meeting: the same event again, whatever became of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from cases.meetings.actions import MeetingPlan, cancel_meeting, plan_meeting, revise_meeting
from cases.meetings.models import Meeting
from tests.meetings.gatherings import BEGINS, PLANNED, Gathering


@pytest.fixture(autouse=True)
def monday(gathering: Gathering, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda: PLANNED + timedelta(hours=1))


def asked(person: Any, pk: int) -> Any:
    client = Client()
    client.force_login(person)
    return client.get(f"/meetings/{pk}/calendar.ics")


def lines(answer: Any) -> dict[str, str]:
    """The lines of the file by their names, put together again where they were folded."""
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    raw = answer.content.decode()
    assert all(len(line.encode()) <= 75 for line in raw.split("\r\n"))
    whole = raw.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    return dict(line.split(":", 1) for line in whole)


def test_whoever_may_see_the_meeting_has_it_in_the_calendar(gathering: Gathering) -> None:
    street, district, pk = gathering.district.street, gathering.district, gathering.meeting.pk
    for name in ("clerk", "leader", "auditor", "officer", "teamleader"):
        assert asked(getattr(street, name), pk).status_code == 200, name
    assert asked(district.liaison, pk).status_code == 200
    for person in (street.member, street.admin, street.officer2, district.other.clerk, district.other.leader):
        assert (asked(person, pk).status_code, asked(person, 10**6).status_code) == (404, 404), person


def test_a_unit_has_it_once_it_is_invited(gathering: Gathering) -> None:
    plan = MeetingPlan("四月联席会议", BEGINS + timedelta(days=28), "会议室", [gathering.department.pk])
    planned = plan_meeting(by=gathering.district.street.clerk, at=PLANNED, plan=plan)
    assert asked(gathering.district.liaison, planned.pk).status_code == 404
    seen = asked(gathering.district.street.clerk, planned.pk)
    assert (seen.status_code, lines(seen)["STATUS"]) == (200, "TENTATIVE")


@pytest.mark.parametrize("pk", ["0", "9223372036854775808", "9" * 40, "x", "-1"])
def test_no_such_meeting(gathering: Gathering, pk: Any) -> None:
    assert asked(gathering.district.street.clerk, pk).status_code == 404


def test_chinese_text_and_what_would_end_a_value(gathering: Gathering) -> None:
    clerk, pk = gathering.district.street.clerk, gathering.meeting.pk
    title = "渣土运输,夜间噪声;占道经营\\综合整治工作联席会议暨协商会议第一次全体会议"
    plan = MeetingPlan(title, BEGINS, "街道办事处三楼会议室", [gathering.department.pk])
    revise_meeting(by=clerk, at=PLANNED, pk=pk, version=gathering.meeting.version, plan=plan)
    found = lines(asked(clerk, pk))
    assert found["SUMMARY"] == "渣土运输\\,夜间噪声\\;占道经营\\\\综合整治工作联席会议暨协商会议第一次全体会议"
    assert (found["LOCATION"], found["DTSTART"], found["DTEND"]) == (
        "街道办事处三楼会议室",
        "20260303T063000Z",
        "20260303T083000Z",
    )
    assert (found["METHOD"], found["STATUS"]) == ("PUBLISH", "CONFIRMED")


def test_called_off_the_same_event_is_cancelled(gathering: Gathering) -> None:
    clerk, pk = gathering.district.street.clerk, gathering.meeting.pk
    before = lines(asked(clerk, pk))
    cancel_meeting(by=clerk, at=PLANNED, pk=pk, reason="台风")
    after = lines(asked(gathering.district.liaison, pk))
    assert (after["METHOD"], after["STATUS"], after["UID"]) == ("CANCEL", "CANCELLED", before["UID"])
    assert int(after["SEQUENCE"]) == int(before["SEQUENCE"]) + 1


def test_its_page_leads_there_and_only_reading_is_answered(gathering: Gathering) -> None:
    meeting: Meeting = gathering.meeting
    client = Client()
    client.force_login(gathering.district.liaison)
    address = f"/meetings/{meeting.pk}/calendar.ics"
    assert f'href="{address}"' in client.get(meeting.get_absolute_url()).text
    assert client.post(address).status_code == 405
    named = client.get(address).headers["Content-Disposition"]
    assert named == f'attachment; filename="meeting-{meeting.year}-{meeting.ordinal}.ics"'
    assert Client().get(address).status_code == 302
