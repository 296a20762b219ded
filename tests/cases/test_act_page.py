"""The page that acts on a case: every form, every refusal, and nothing done twice."""

import re
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from cases.actions import Matter, log_case, report_case
from cases.models import Case, CaseEvent, Category
from cases.workflow import TRANSITIONS
from citymgmt.people.models import User
from tests.office import District, china, standard

MORNING = china("2026-03-04 09:00")  # a Wednesday; the case of the fixture is due at 11:00
NOON = china("2026-03-04 10:00")


def url_of(case: Case, action: str) -> str:
    return f"/cases/{case.number}/do/{action}/"


@pytest.fixture(autouse=True)
def english(district: District) -> None:
    """Everybody reads English."""
    User.objects.update(language="en")


@pytest.fixture
def send(client: Client, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """One person's POST of an action's form: `send(officer, case, "receive", note="x")`."""

    def post(user: User, case: Case, action: str, *, at: datetime = NOON, htmx: bool = False, **given: Any) -> Any:
        monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda: at)
        client.force_login(user)
        data = {"version": case.version, "request_key": str(uuid.uuid4()), **given}
        body = urlencode(data, errors="surrogatepass")
        kind = "application/x-www-form-urlencoded"
        answer = client.post(
            url_of(case, action), body, content_type=kind, headers={"HX-Request": "true"} if htmx else {}
        )
        case.refresh_from_db()
        return answer

    return post


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))


class Office:
    """Cases brought into every state in which some action can start."""

    def __init__(self, district: District, log: Any, act: Any) -> None:
        self.district, self.street = district, district.street
        self.log, self._act = log, act

    def act(self, name: str, case: Case, by: User, **given: Any) -> None:
        self._act(name, case, by=by, at=MORNING, **given)

    def reported(self) -> Case:
        told = Matter("x", "citizen", self.street.communities[0], standard(20).category)
        event = report_case(subdistrict=self.street.subdistrict, matter=told, by=None, at=MORNING)
        return Case.objects.get(pk=event.case_id)

    def accepted(self) -> Case:
        case = self.reported()
        self.act("accept", case, self.street.clerk)
        return case

    def verifying(self) -> Case:
        case = self.accepted()
        self.act("verify", case, self.street.clerk)
        return case

    def dispatched(self) -> Case:
        case = self.log(MORNING)
        self.act("dispatch", case, self.street.clerk, team=self.street.team)
        return case

    def assigned(self) -> Case:
        case = self.dispatched()
        self.act("assign", case, self.street.teamleader, handler=self.street.member)
        return case

    def escalated(self) -> Case:
        case = self.dispatched()
        self.act("escalate", case, self.street.clerk, note="x", department=self.district.cgj)
        return case

    def asked(self) -> Case:
        case = self.dispatched()
        self.act("request_extension", case, self.street.officer, extra_value=1, note="x")
        return case

    def reviewed(self) -> Case:
        case = self.asked()
        self.act("review", case, self.street.clerk)
        return case

    def suspended(self) -> Case:
        case = self.dispatched()
        self.act("request_suspension", case, self.street.officer, until=MORNING + timedelta(days=9), note="x")
        self.act("review", case, self.street.clerk)
        self.act("approve", case, self.street.leader)
        return case

    def reported_back(self) -> Case:
        case = self.dispatched()
        self.act("report_back", case, self.street.officer, note="x")
        return case

    def closed(self) -> Case:
        case = self.reported_back()
        self.act("pass", case, self.street.clerk)
        return case

    def closed_late(self) -> Case:
        case = self.dispatched()
        late = MORNING + timedelta(hours=2, minutes=30)
        self._act("report_back", case, by=self.street.officer, at=late, note="x")
        self._act("pass", case, by=self.street.clerk, at=late)
        return case

    def appealed(self) -> Case:
        case = self.closed_late()
        late = MORNING + timedelta(hours=2, minutes=30)
        self._act("appeal", case, by=self.street.officer, at=late, note="x")
        return case

    def supervised(self) -> Case:
        case = self.dispatched()
        self.act("supervise", case, self.street.leader, note="x")
        return case


@pytest.fixture
def office(district: District, log: Any, act: Any) -> Office:
    return Office(district, log, act)


# action: how its case begins, who acts, what is typed ({target} is another case, {…} a row of the district)
SENT: dict[str, tuple[str, str, dict[str, Any]]] = {
    "accept": ("reported", "clerk", {}),
    "decline": ("reported", "clerk", {"note": "x"}),
    "verify": ("accepted", "clerk", {"officer": "officer2"}),
    "confirm": ("verifying", "officer", {"note": "x"}),
    "file": ("accepted", "clerk", {"standard": "condition"}),
    "decline_to_file": ("accepted", "clerk", {"note": "x"}),
    "dispatch": ("dispatched", "clerk", {"officer": "officer2", "team": "team"}),
    "receive": ("dispatched", "officer", {}),
    "return": ("dispatched", "member", {"note": "x"}),
    "assign": ("dispatched", "teamleader", {"handler": "member"}),
    "withdraw": ("assigned", "teamleader", {}),
    "report_back": ("dispatched", "officer", {"note": "x"}),
    "pass": ("reported_back", "clerk", {"closing_note": "clean", "with_error": "on"}),
    "rework": ("reported_back", "clerk", {"note": "x"}),
    "close_special": ("dispatched", "leader", {"note": "x"}),
    "request_extension": ("dispatched", "officer", {"extra_value": 2, "note": "x"}),
    "request_suspension": ("dispatched", "officer", {"until": "2026-04-01T09:00", "note": "x"}),
    "review": ("asked", "clerk", {}),
    "approve": ("reviewed", "leader", {}),
    "refuse_review": ("asked", "clerk", {"note": "x"}),
    "refuse": ("reviewed", "leader", {"note": "x"}),
    "resume": ("suspended", "clerk", {}),
    "escalate": ("dispatched", "clerk", {"department": "jjdd", "note": "x"}),
    "acknowledge": ("escalated", "liaison", {}),
    "reply": ("escalated", "liaison", {"note": "x"}),
    "return_escalation": ("escalated", "liaison", {"note": "x"}),
    "take_back": ("escalated", "clerk", {"note": "x"}),
    "measure": ("escalated", "officer", {"note": "x"}),
    "urge": ("dispatched", "clerk", {}),
    "supervise": ("dispatched", "leader", {"note": "x"}),
    "answer_supervision": ("supervised", "officer", {"note": "x"}),
    "merge": ("dispatched", "clerk", {"target": "another"}),
    "self_handle": ("accepted", "officer", {"note": "x"}),
    "void": ("dispatched", "leader", {"note": "x"}),
    "reopen": ("closed", "clerk", {"note": "x"}),
    "appeal": ("closed_late", "officer", {"note": "x"}),
    "uphold_appeal": ("appealed", "leader", {"note": "x"}),
    "reject_appeal": ("appealed", "leader", {"note": "x"}),
    "correct": ("dispatched", "clerk", {"description": "better words", "address": "1 Main Street"}),
    "note": ("dispatched", "officer", {"note": "x"}),
}


def as_typed(office: Office, given: dict[str, Any]) -> dict[str, Any]:
    """What a browser sends: ids for rows, a number for a case."""

    def typed(value: Any) -> Any:
        if value == "another":
            return office.log(MORNING).number
        if value == "condition":
            return standard(20).pk
        row = getattr(office.street, str(value), None) or getattr(office.district, str(value), None)
        return row.pk if row is not None else value

    return {name: typed(value) for name, value in given.items()}


def opening(office: Office, action: str) -> tuple[Case, User, dict[str, datetime], dict[str, Any]]:
    """The case on which the action is tried, who acts, at which moment, and what is typed."""
    begin, role, given = SENT[action]
    late = {"at": china("2026-03-04 11:40")} if begin in ("closed_late", "appealed") else {}
    return getattr(office, begin)(), getattr(office.street, role, None) or office.district.liaison, late, given


def test_every_action_of_the_table_is_tried() -> None:
    assert set(SENT) == set(TRANSITIONS)


@pytest.mark.parametrize("action", SENT)
def test_form_opens_and_does_it(action: str, office: Office, client: Client, send: Any) -> None:
    case, person, late, given = opening(office, action)
    typed = as_typed(office, given)
    send(person, case, "no-such-action", **late)  # sets the clock and the person
    form = client.get(url_of(case, action))
    assert (form.status_code, "hx-post" in form.content.decode()) == (200, True)
    answer = send(person, case, action, **late, **typed)
    assert (answer.status_code, CaseEvent.objects.filter(case=case).latest("seq").kind) == (302, action)
    is_seen = client.get(answer["Location"]).status_code == 200
    assert is_seen, "the page after the action must be one that the person sees"


@pytest.mark.parametrize("action", [one.action for one in TRANSITIONS.values() if one.carries])
def test_what_must_be_carried_is_asked_for(action: str, office: Office, send: Any) -> None:
    case, person, late, _given = opening(office, action)
    answer = send(person, case, action, **late)
    assert (answer.status_code, "This field is required." in text_of(answer)) == (422, True)


def test_refusal_of_the_action_stands_at_its_field_and_keeps_the_words(office: Office, send: Any) -> None:
    bare = Category.objects.filter(standards=None).first()
    assert bare is not None
    told = Matter("x", "citizen", office.street.communities[0], bare)
    event = report_case(subdistrict=office.street.subdistrict, matter=told, by=None, at=MORNING)
    case = Case.objects.get(pk=event.case_id)
    office.act("accept", case, office.street.clerk)
    answer = send(office.street.clerk, case, "file", note="my words")
    assert answer.status_code == 422
    assert "Choose a filing condition, or give a limit by hand." in text_of(answer)
    assert "my words" in text_of(answer)


def test_stale_says_who_did_what_and_keeps_the_words(office: Office, send: Any, act: Any) -> None:
    case = office.dispatched()
    seen = case.version
    act("receive", case, by=office.street.officer, at=MORNING)
    answer = send(office.street.member, case, "report_back", version=seen, note="my long words")
    text = text_of(answer)
    assert answer.status_code == 409
    assert "officer1 has changed this case in the meantime (Receive)" in text
    assert "my long words" in text
    assert case.get_absolute_url() in answer.content.decode()
    assert case.state == "handling"


def test_form_opened_from_an_old_page_sends_the_version_of_that_page(office: Office, client: Client, act: Any) -> None:
    case = office.dispatched()
    seen = case.version
    act("note", case, by=office.street.clerk, at=MORNING, note="x")
    client.force_login(office.street.officer)
    page = client.get(url_of(case, "report_back") + f"?version={seen}").content.decode()
    assert re.search(r'name="version" value="(\d+)"', page)[1] == str(seen)  # type: ignore[index]


def test_wrong_state_says_so_before_anything_is_typed(office: Office, client: Client) -> None:
    case = office.closed()
    client.force_login(office.street.officer)
    answer = client.get(url_of(case, "report_back"))
    assert (answer.status_code, "the case is now in the state “closed”" in text_of(answer)) == (409, True)


def test_request_is_not_decided_by_who_asked(office: Office, send: Any, client: Client, act: Any) -> None:
    case = office.dispatched()
    act("request_extension", case, by=office.street.clerk, at=MORNING, extra_value=1, note="x")
    answer = send(office.street.clerk, case, "review", note="mine")
    assert (answer.status_code, "Somebody else must review" in text_of(answer)) == (403, True)


def test_sent_twice_is_done_once(office: Office, send: Any) -> None:
    case, key = office.dispatched(), str(uuid.uuid4())
    seen = case.version
    sent = {"version": seen, "request_key": key, "note": "x"}
    answers = [send(office.street.officer, case, "note", **sent).status_code for _ in range(2)]
    assert (answers, case.version) == ([302, 302], seen + 1)


def test_sent_twice_by_somebody_who_sees_it_no_more(office: Office, send: Any) -> None:
    case, key = office.dispatched(), str(uuid.uuid4())
    seen = case.version
    answers = [send(office.street.member, case, "return", version=seen, request_key=key, note="x") for _ in range(2)]
    assert [answer["Location"] for answer in answers] == ["/cases/", "/cases/"]
    assert case.version == seen + 1


def test_key_with_other_words_is_refused(office: Office, send: Any) -> None:
    case, key = office.dispatched(), str(uuid.uuid4())
    send(office.street.officer, case, "note", request_key=key, note="x")
    answer = send(office.street.officer, case, "note", request_key=key, note="y")
    assert (answer.status_code, "already used" in text_of(answer)) == (422, True)


def test_htmx_gets_fragments_and_is_led_on(office: Office, send: Any) -> None:
    case = office.dispatched()
    wrong = send(office.street.officer, case, "note", htmx=True)
    assert (wrong.status_code, "<html" in wrong.content.decode()) == (422, False)
    done = send(office.street.officer, case, "note", htmx=True, note="x")
    assert (done.status_code, done["HX-Redirect"]) == (200, case.get_absolute_url())
    late = send(office.street.clerk, case, "accept", htmx=True)
    assert (late.status_code, "<html" in late.content.decode()) == (409, False)


@pytest.mark.parametrize(
    ("role", "action", "status"),
    [
        ("street.officer", "void", 403),
        ("street.member", "assign", 403),
        ("street.auditor", "note", 403),
        ("street.officer2", "report_back", 404),
        ("other.clerk", "dispatch", 404),
        ("liaison2", "reply", 404),
        ("street.clerk", "no-such-action", 404),
    ],
)
def test_who_may_not(role: str, action: str, status: int, office: Office, client: Client) -> None:
    case = office.escalated()
    person: Any = office.district
    for name in role.split("."):
        person = getattr(person, name)
    client.force_login(person)
    answers = [client.get(url_of(case, action)), client.post(url_of(case, action), {"note": "x"})]
    assert [answer.status_code for answer in answers] == [status, status]
    assert CaseEvent.objects.filter(case=case).latest("seq").kind == "escalate"


def test_other_methods_are_refused(office: Office, client: Client) -> None:
    client.force_login(office.street.clerk)
    case = office.dispatched()
    assert client.put(url_of(case, "note")).status_code == 405
    assert client.post(case.get_absolute_url()).status_code == 405


@pytest.mark.parametrize(
    ("action", "field", "row"),
    [
        ("dispatch", "officer", "other.officer"),
        ("dispatch", "officer", "street.clerk"),
        ("dispatch", "team", "other.team"),
        ("dispatch", "team", "cgj"),
        ("escalate", "department", "street.team"),
        ("correct", "community", "other.communities"),
    ],
)
def test_rows_of_others_are_no_choice(action: str, field: str, row: str, office: Office, send: Any) -> None:
    case = office.dispatched()
    thing: Any = office.district
    for name in row.split("."):
        thing = getattr(thing, name)
    thing = thing[0] if isinstance(thing, list) else thing
    answer = send(office.street.clerk, case, action, note="x", **{field: thing.pk})
    assert (answer.status_code, "Select a valid choice" in text_of(answer)) == (422, True)


def test_case_of_another_sub_district_is_no_target(office: Office, send: Any) -> None:
    other = office.district.other
    told = Matter("x", "call", other.communities[0], standard(20).category)
    event = log_case(subdistrict=other.subdistrict, matter=told, by=other.clerk, at=MORNING)
    case = office.dispatched()
    answer = send(office.street.clerk, case, "merge", target=event.case.number)
    assert (answer.status_code, "There is no case with this number." in text_of(answer)) == (422, True)


@pytest.mark.parametrize("action", ["dispatch", "escalate", "correct", "merge", "note", "request_extension"])
def test_form_costs_few_queries(
    action: str, office: Office, client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    case = office.dispatched()
    monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda: MORNING)
    client.force_login(office.street.clerk)
    client.get(url_of(case, action))  # reads what is kept
    with django_assert_max_num_queries(12):
        assert client.get(url_of(case, action)).status_code == 200
