"""The page of a case: who sees what, which buttons, and how much it asks of the database."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cases import workflow
from cases.deadlines import next_due
from cases.models import Case
from cases.templatetags.cases import clock_face
from citymgmt.people.models import User
from citymgmt.people.permissions import TABLE
from citymgmt.worktime import sweep
from citymgmt.worktime.rules import current_rules
from communities.models import KeyPlace
from tests.office import District, china

MORNING = china("2026-03-04 09:00")  # a Wednesday
BUTTON = re.compile(r'/do/(\w+)/"|/do/(\w+)/\?version')
ROLES = ["clerk", "officer", "teamleader", "member", "leader", "auditor"]


@pytest.fixture
def page(client: Client, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """The answer to one person's GET of a case at a moment."""

    def get(user: User, case: Case, at: Any = MORNING, query: str = "") -> Any:
        monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda: at)
        client.force_login(user)
        return client.get(f"/cases/{case.number}/{query}", headers={"accept-language": "en"})

    return get


@pytest.fixture(autouse=True)
def english(district: District) -> None:
    """Everybody reads English."""
    User.objects.update(language="en")


def offered(answer: Any) -> set[str]:
    return {one or other for one, other in BUTTON.findall(answer.content.decode())}


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))


@pytest.mark.parametrize("role", ROLES)
def test_buttons_are_those_of_role_and_state(role: str, district: District, log: Any, act: Any, page: Any) -> None:
    case = log(MORNING)
    act("dispatch", case, by=district.street.clerk, at=MORNING, team=district.street.team)
    act("receive", case, by=district.street.officer, at=MORNING)
    person = getattr(district.street, role)
    allowed = {one.action for one in workflow.from_state("handling") if person.role in TABLE[one.permission]}
    waits_for_more = {"review", "refuse_review", "approve", "refuse", "withdraw", "answer_supervision"}
    assert offered(page(person, case)) == allowed - waits_for_more


def test_liaison_sees_only_what_a_department_does(district: District, log: Any, act: Any, page: Any) -> None:
    case = log(MORNING)
    act("escalate", case, by=district.street.clerk, at=MORNING, note="x", department=district.cgj)
    assert offered(page(district.liaison, case)) == {"acknowledge", "reply", "return_escalation", "note"}
    act("acknowledge", case, by=district.liaison, at=MORNING)
    assert offered(page(district.liaison, case)) == {"reply", "return_escalation", "note"}


def test_escalations_of_an_earlier_round_are_shown(district: District, log: Any, act: Any, page: Any) -> None:
    case, clerk = log(MORNING), district.street.clerk
    assert page(clerk, case).context["escalations"] == []
    act("escalate", case, by=clerk, at=MORNING, note="x", department=district.cgj)
    act("close_special", case, by=district.street.leader, at=MORNING, note="x")
    act("reopen", case, by=clerk, at=MORNING, note="x")
    case.refresh_from_db()
    assert (case.was_escalated, case.may_have_escalations) == (False, True)
    assert [one.ordinal for one in page(clerk, case).context["escalations"]] == [1]


def test_case_of_another_scope_is_not_found(district: District, log: Any, page: Any) -> None:
    case = log(MORNING)
    strangers = [district.other.clerk, district.other.leader, district.street.officer2, district.liaison2]
    assert [page(person, case).status_code for person in [*strangers, district.street.admin]] == [404] * 5


def test_stranger_is_sent_to_the_log_in(district: District, log: Any, client: Client) -> None:
    answer = client.get(f"/cases/{log(MORNING).number}/")
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/login/")


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2026-03-04 09:30", "1 hour 30 min left"),
        ("2026-03-04 10:59", "1 min left"),
        ("2026-03-04 11:20", "overdue by 20 min"),
    ],
)
def test_clock_says_the_time_in_the_limits_unit(at: str, words: str, log: Any, page: Any, district: District) -> None:
    case = log(MORNING)
    assert words in text_of(page(district.street.clerk, case, china(at)))


@pytest.mark.parametrize(
    ("unit", "value", "due", "tone", "words"),
    [
        ("wd", 5, "2026-03-09 12:00", "on-time", "3 working days 3 hours left"),
        ("wd", 2, "2026-03-03 18:00", "overdue", "overdue by 1 hour"),
        ("wh", 4, "2026-03-04 14:20", "on-time", "3 working hours 20 min left"),
        ("wh", 1, "2026-03-03 17:40", "overdue", "overdue by 1 working hour 20 min"),
        ("nd", 9, "2026-03-10 10:00", "on-time", "6 days 1 hour left"),
        ("ud", 1, "2026-03-04 09:30", "soon", "30 min left"),
        ("uh", 2, "2026-02-12 09:00", "overdue", "overdue by 20 days"),
        ("uh", 2, "2026-03-04 09:00", "soon", "0 min left"),
    ],
)
def test_clock_of_each_unit(unit: str, value: int, due: str, tone: str, words: str, district: District) -> None:
    case = Case(state="handling", limit_unit=unit, limit_value=value, due_at=china(due))
    case.watched_from = china("2026-01-05 09:00")
    case.next_check_at = next_due(case, None, current_rules()).at
    with translation.override("en"):
        face = clock_face(case, current_rules(), MORNING)
    assert (face.tone, face.text, face.title) == (tone, words, f"due {due}")


def test_handled_case_says_whether_it_was_in_time(district: District) -> None:
    due_at = china("2026-03-04 11:00")
    case = Case(state="reported_back", limit_unit="uh", limit_value=2, due_at=due_at)
    with translation.override("en"):
        faces = []
        for case.handled_at in (due_at, due_at + timedelta(minutes=1)):
            faces.append(clock_face(case, current_rules(), MORNING))
    assert [(face.tone, face.text) for face in faces] == [("on-time", "handled in time"), ("overdue", "handled late")]


def test_suspended_case_shows_the_time_that_was_left(district: District, log: Any, act: Any, page: Any) -> None:
    case, street = log(MORNING), district.street
    act("request_suspension", case, by=street.officer, at=MORNING, note="x", until=china("2026-04-01 09:00"))
    act("review", case, by=street.clerk, at=MORNING)
    act("approve", case, by=street.leader, at=MORNING)
    text = text_of(page(street.clerk, case, china("2026-03-20 09:00")))
    assert "2 hours left" in text
    assert "suspended until 2026-04-01 09:00" in text


def test_year_without_calendar_is_a_warning(district: District, log: Any, page: Any) -> None:
    case = log(china("2031-03-04 09:00"))
    assert case.is_due_provisional
    assert "The deadline is provisional" in text_of(page(district.street.clerk, case, china("2031-03-04 09:00")))


@pytest.mark.parametrize(
    ("role", "is_shown"), [("clerk", True), ("leader", True), ("officer", False), ("auditor", False)]
)
def test_reporter_is_shown_to_desk_and_leaders_only(
    role: str, is_shown: bool, district: District, log: Any, page: Any
) -> None:
    case = log(MORNING, reporter_name="Zhang San", reporter_phone="13800001234")
    text = text_of(page(getattr(district.street, role), case))
    assert ("Z**" in text, "138****1234" in text) == (is_shown, is_shown)
    assert ("Zhang San" in text, "13800001234" in text) == (False, False)
    assert ("Known to the desk" in text) != is_shown


def test_history_and_ladder_after_a_silent_day(district: District, log: Any, act: Any, page: Any) -> None:
    case = log(MORNING)
    sweep.run(china("2026-03-05 12:00"))
    case.refresh_from_db()
    act("urge", case, by=district.street.leader, at=china("2026-03-06 10:00"), note="today please")
    text = text_of(page(district.street.leader, case, china("2026-03-06 10:00")))
    assert text.index("today please") < text.index("Escalated to the district: overdue") < text.index("Reported ")
    assert "R0 warning 03-04 10:30" in text
    assert "L1 urged 03-04 11:00" in text
    assert "L2 escalated to the district 03-05 11:00" in text
    assert f"{case.number}-D1" in text


def test_reopened_case_begins_the_ladder_again(district: District, log: Any, act: Any, page: Any) -> None:
    case, street, late = log(MORNING), district.street, china("2026-03-04 11:30")
    act("report_back", case, by=street.officer, at=late, note="done")
    act("pass", case, by=street.clerk, at=late)
    act("reopen", case, by=street.clerk, at=late, note="again")
    text = text_of(page(street.clerk, case, late))
    assert "L1 urged not reached" in text


def test_pending_request_is_shown_with_its_reason(district: District, log: Any, act: Any, page: Any) -> None:
    case = log(MORNING)
    act("request_extension", case, by=district.street.officer, at=MORNING, extra_value=1, note="heavy rain")
    answer = page(district.street.clerk, case)
    assert "heavy rain" in text_of(answer)
    assert {"review", "refuse_review"} <= offered(answer)


def test_earlier_and_merged_cases_are_linked(district: District, log: Any, act: Any, page: Any) -> None:
    place = KeyPlace.objects.create(community=district.street.communities[0], kind="street", name_zh="大街")
    before, case, double = log(MORNING, key_place=place), log(china("2026-03-04 09:05"), key_place=place), log(MORNING)
    act("merge", double, by=district.street.clerk, at=china("2026-03-04 09:10"), target=case)
    text = text_of(page(district.street.clerk, case, china("2026-03-04 09:10")))
    assert f"Merged into this case {double.number}" in text
    assert f"Earlier, same kind, same place {before.number}" in text


@pytest.mark.parametrize("role", ["clerk", "officer", "teamleader", "leader"])
def test_queries_do_not_grow_with_the_history(role: str, district: District, log: Any, act: Any, page: Any) -> None:
    case, person = log(MORNING, reporter_name="A"), getattr(district.street, role)
    act("dispatch", case, by=district.street.clerk, at=MORNING, team=district.street.team)
    page(person, case)
    with CaptureQueriesContext(connection) as few:
        page(person, case)
    for number in range(30):
        act("note", case, by=district.street.clerk, at=MORNING, note=f"note {number}")
    client = Client()
    client.force_login(person)
    with CaptureQueriesContext(connection) as many:
        answer = client.get(f"/cases/{case.number}/")
    assert answer.status_code == 200
    asked = [query["sql"] for query in many if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(asked) <= 12, "\n".join(asked)
    assert len(many) <= len(few)


@pytest.mark.parametrize("number", ["x", "440106001-20260304-9999", "%00", "%ED%A0%80", "9" * 300])
def test_hostile_number_is_refused(number: str, district: District, client: Client) -> None:
    client.force_login(district.street.clerk)
    assert client.get(f"/cases/{number}/").status_code in (400, 404)
