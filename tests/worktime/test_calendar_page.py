"""The calendar page: days, hours, ladder in words, warnings, and the calculator."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from cases.models import Case
from citymgmt.people.models import User
from citymgmt.worktime.models import CalendarDay, LadderStep
from citymgmt.worktime.months import month_of
from citymgmt.worktime.querysets import days_of, missing_years
from citymgmt.worktime.wording import moment_of
from tests.office import District, china


def english(client: Client, person: User) -> Client:
    """The browser of a person who reads English."""
    User.objects.filter(pk=person.pk).update(language="en")
    client.force_login(person)
    return client


@pytest.mark.parametrize("who", ["clerk", "officer", "teamleader", "member", "leader", "admin", "secadmin", "auditor"])
def test_everyone_with_a_role_reads_it(district: District, client: Client, who: str) -> None:
    client.force_login(getattr(district.street, who))
    answer = client.get("/calendar/")
    assert (answer.status_code, answer.context["may_edit"]) == (200, who == "admin")


def test_it_takes_few_queries(district: District, client: Client) -> None:
    client.force_login(district.street.clerk)
    client.get("/calendar/")  # the process keeps the rules from then on
    with CaptureQueriesContext(connection) as queries:
        client.get("/calendar/")
    assert len(queries) <= 12


@pytest.mark.parametrize(
    ("asked", "due"),
    [("start=2026-09-29T16:00&value=2&unit=wd", "2026-10-08 16:00"),
     ("start=2026-03-04T11:00&value=4&unit=wh", "2026-03-04 17:00"),
     ("start=2026-09-30T23:00&value=2&unit=uh", "2026-10-01 01:00")],
)  # fmt: skip
def test_calculator(district: District, client: Client, asked: str, due: str) -> None:
    client.force_login(district.street.clerk)
    answer = client.get(f"/calendar/?{asked}").context["answer"]
    assert (answer["due"], answer["is_provisional"]) == (china(due), False)


def test_calculator_says_when_it_guesses(district: District, client: Client) -> None:
    client.force_login(district.street.clerk)
    answer = client.get("/calendar/?start=2031-03-03T09:00&value=1&unit=wd").context["answer"]
    assert answer["is_provisional"]


@pytest.mark.parametrize(
    "asked",
    ["start=&value=1&unit=wd", "start=0001-01-01T00:00&value=1&unit=wd", "start=9999-12-31T23:59&value=400&unit=wd",
     "start=2026-03-04T09:00&value=401&unit=wd", "start=2026-03-04T09:00&value=-1&unit=wd",
     "start=2026-03-04T09:00&value=1&unit=xx", "start=x&value=NaN&unit=", "start=2026-03-04T09:00"],
)  # fmt: skip
def test_calculator_refuses_in_words(district: District, client: Client, asked: str) -> None:
    client.force_login(district.street.clerk)
    answer = client.get(f"/calendar/?{asked}")
    assert (answer.status_code, bool(answer.context["form"].errors)) == (422, True)


@pytest.mark.parametrize(
    ("on", "known", "expected"),
    [(date(2026, 11, 30), {2026}, []), (date(2026, 12, 1), {2026}, [2027]), (date(2026, 12, 1), {2026, 2027}, []),
     (date(2030, 5, 1), {2026}, [2030])],
)  # fmt: skip
def test_missing_calendar_is_told_from_december(db: Any, on: date, known: set[int], expected: list[int]) -> None:
    assert missing_years(on, frozenset(known)) == expected


def test_missing_calendar_is_told_once_a_deadline_reaches_it(log: Callable[..., Case]) -> None:
    case = log(china("2026-11-02 09:00"))
    assert missing_years(date(2026, 11, 2), frozenset({2026})) == []
    Case.objects.filter(pk=case.pk).update(due_at=china("2027-01-01 00:00"))
    assert missing_years(date(2026, 11, 2), frozenset({2026})) == [2027]
    Case.objects.filter(pk=case.pk).update(due_at=case.due_at)


def test_month_marks_holidays_makeup_days_and_weekends(db: Any) -> None:
    october = month_of(2026, 10, days_of(2026, 2027), date(2026, 10, 9))
    days = {day.on.day: day for week in october.weeks for day in week if day}
    assert len(days) == 31
    assert {n for n, day in days.items() if day.kind == "holiday"} == set(range(1, 8))
    assert [n for n, day in days.items() if day.kind == "makeup"] == [10]
    assert [n for n, day in days.items() if day.kind == "free"] == [11, 17, 18, 24, 25, 31]
    assert [n for n, day in days.items() if day.is_today] == [9]
    assert october.names == [("国庆节", "1–7"), ("国庆节调休上班", "10")]


@pytest.mark.parametrize(
    ("code", "words"),
    [("R0", "25 % of the limit before the deadline; for limits of 3 working days or more 1 working day before it"),
     ("L1", "at the deadline"), ("L2", "1 working day after the step before"), ("L3", "at the deadline"),
     ("L4", "5 working days after the step before")],
)  # fmt: skip
def test_ladder_in_words(db: Any, code: str, words: str) -> None:
    with override("en"):
        assert moment_of(LadderStep.objects.get(code=code)) == words


ADMIN = "/admin/worktime/"


@pytest.mark.parametrize("who", ["clerk", "leader", "secadmin", "auditor", "officer"])
def test_only_the_administrator_edits_days(district: District, client: Client, who: str) -> None:
    client.force_login(getattr(district.street, who))
    posted = {"on": "2027-01-01", "kind": "holiday", "name_zh": "元旦", "source": ""}
    assert client.post(f"{ADMIN}calendarday/add/", posted).status_code == 302  # to the log-in of the set-up
    assert not CalendarDay.objects.filter(on=date(2027, 1, 1)).exists()


def test_administrator_enters_and_removes_a_day(district: District, client: Client) -> None:
    english(client, district.street.admin)
    posted = {"on": "2027-01-01", "kind": "holiday", "name_zh": "元旦", "source": ""}
    assert client.post(f"{ADMIN}calendarday/add/", posted).status_code == 302
    day = CalendarDay.objects.get(on=date(2027, 1, 1))
    assert client.post(f"{ADMIN}calendarday/{day.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not CalendarDay.objects.filter(on=date(2027, 1, 1)).exists()


def test_overlapping_office_hours_are_refused(district: District, client: Client) -> None:
    client.force_login(district.street.admin)
    answer = client.post(f"{ADMIN}officeshift/add/", {"starts": "11:00", "ends": "15:00"})
    assert answer.status_code == 422
    assert client.get("/calendar/").status_code == 200
