"""The office and its residents: answers, reviews, call-backs, rates, mail."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.actions import perform
from cases.intake.actions.answering import (
    answer_resident,
    let_follow,
    record_call,
    record_call_in_vain,
    reopen_unsolved,
    uphold_closing,
)
from cases.intake.actions.following import judge_closing, report_of_secret
from cases.intake.actions.reporting import Told, join_report
from cases.intake.models import CallAttempt, Judgement, Reply, Report, Topic
from cases.intake.querysets import cases_to_call_back
from cases.intake.satisfaction import Rate, rates_of
from cases.models import Case
from citymgmt.outbox.addressees import mailbox_of, path_of
from citymgmt.outbox.models import Message
from citymgmt.refusals import Invalid, NotFound, NotPermitted, Refusal, WrongState
from tests.intake.conftest import AT, Reports
from tests.office import District

Closed = Callable[[Case], Case]
WHO = {"name": "王小明", "phone": "13800001234", "email": "w@example.org"}


@pytest.fixture
def unsolved(reports: Reports, closed: Closed) -> Judgement:
    """A closed case that its resident calls unsolved."""
    report = reports(**WHO).report
    closed(report.case)
    judge_closing(report=report, is_solved=False, score=1, words="还在", at=AT, key="one")
    return Judgement.objects.get()


# --- answers -----------------------------------------------------------------------------------------------------
def test_an_answer_stays_as_it_was_sent(reports: Reports, district: District) -> None:
    case = reports().report.case
    told = {"number": case.number, "by": district.street.clerk, "at": AT, "text": " 明天处理 "}
    event = answer_resident(**told, request_key="one")
    assert answer_resident(**told, request_key="one") == event
    reply = Reply.objects.get()
    assert (reply.text, reply.event, event.note) == ("明天处理", event, "")
    with pytest.raises(InternalError, match="append-only"), transaction.atomic():
        Reply.objects.update(text="x")


@pytest.mark.parametrize(
    ("role", "text", "refusal"),
    [("clerk", "", Invalid), ("clerk", "x" * 2001, Invalid), ("officer", "x", NotPermitted), ("clerk2", "x", NotFound)],
)
def test_answers_that_are_refused(
    role: str, text: str, refusal: type[Refusal], reports: Reports, district: District
) -> None:
    by = district.other.clerk if role == "clerk2" else getattr(district.street, role)
    with pytest.raises(refusal):
        answer_resident(number=reports().report.case.number, by=by, at=AT, text=text)
    assert not Reply.objects.exists()


def test_a_case_of_the_desk_has_no_resident(district: District, log: Any) -> None:
    with pytest.raises(WrongState):
        answer_resident(number=log(AT).number, by=district.street.clerk, at=AT, text="x")


# --- reviews -----------------------------------------------------------------------------------------------------
def test_an_unsolved_case_is_opened_again(unsolved: Judgement, district: District) -> None:
    told = {"pk": unsolved.pk, "by": district.street.clerk, "at": AT, "reason": "确实还在"}
    event = reopen_unsolved(**told, request_key="one")
    assert reopen_unsolved(**told, request_key="one") == event
    unsolved.refresh_from_db()
    assert (unsolved.review, unsolved.reviewed_by) == ("reopened", district.street.clerk)
    assert Case.objects.get().state == "filed"


def test_a_closing_that_stands_is_explained_to_the_resident(unsolved: Judgement, district: District) -> None:
    told = {"pk": unsolved.pk, "by": district.street.leader, "at": AT, "reason": "摊位已获许可"}
    event = uphold_closing(**told, request_key="one")
    assert uphold_closing(**told, request_key="one") == event
    unsolved.refresh_from_db()
    assert (unsolved.review, Reply.objects.get().text, Case.objects.get().state) == ("upheld", "摊位已获许可", "closed")
    for again in (uphold_closing, reopen_unsolved):
        with pytest.raises(WrongState):
            again(**told, request_key="two")
    assert Case.objects.get().state == "closed"


@pytest.mark.parametrize("act", [uphold_closing, reopen_unsolved])
@pytest.mark.parametrize(
    ("role", "reason", "refusal"),
    [
        ("clerk", " ", Invalid),
        ("officer", "x", NotFound),
        ("auditor", "x", NotPermitted),
        ("clerk2", "x", NotFound),
    ],
)
def test_reviews_that_are_refused(
    act: Any, role: str, reason: str, refusal: type[Refusal], unsolved: Judgement, district: District
) -> None:
    by = district.other.clerk if role == "clerk2" else getattr(district.street, role)
    with pytest.raises(refusal):
        act(pk=unsolved.pk, by=by, at=AT, reason=reason)
    unsolved.refresh_from_db()
    assert unsolved.review == "pending"


def test_the_database_holds_reviews_together(unsolved: Judgement) -> None:
    for broken in ({"review": ""}, {"review": "upheld"}, {"is_solved": True}, {"score": 6}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Judgement.objects.update(**broken)


# --- calling back ------------------------------------------------------------------------------------------------
def test_who_left_a_telephone_is_called_back_once(reports: Reports, closed: Closed, district: District) -> None:
    street, clerk = district.street.subdistrict, district.street.clerk
    case, silent = reports(**WHO).report.case, reports().report.case
    for one in (case, silent):
        closed(one)
    assert list(cases_to_call_back(street, AT)) == [case]
    assert list(cases_to_call_back(district.other.subdistrict, AT)) == []
    assert list(cases_to_call_back(street, AT + timedelta(days=31))) == []
    record_call_in_vain(number=case.number, by=clerk, at=AT, outcome="no_answer", request_key="one")
    record_call_in_vain(number=case.number, by=clerk, at=AT, outcome="no_answer", request_key="one")
    assert (CallAttempt.objects.count(), list(cases_to_call_back(street, AT))) == (1, [case])
    told = {"number": case.number, "by": clerk, "at": AT, "is_solved": True, "score": 5}
    event = record_call(**told, request_key="two")
    assert record_call(**told, request_key="two") == event
    assert (Judgement.objects.get().way, Judgement.objects.get().by) == ("phone", clerk)
    assert list(cases_to_call_back(street, AT)) == []


def test_how_a_call_ended_is_one_of_those_known(reports: Reports, closed: Closed, district: District) -> None:
    case = closed(reports(**WHO).report.case)
    with pytest.raises(Invalid) as refused:
        record_call_in_vain(number=case.number, by=district.street.clerk, at=AT, outcome="busy", request_key="one")
    assert list(refused.value.fields) == ["outcome"]


@pytest.mark.parametrize("act", [uphold_closing, reopen_unsolved])
@pytest.mark.parametrize("pk", [0, 10**9, 2**70])
def test_a_judgement_that_there_is_not_is_not_found(act: Any, pk: int, district: District) -> None:
    with pytest.raises(NotFound):
        act(pk=pk, by=district.street.leader, at=AT, reason="x")


def test_who_does_not_want_to_is_not_called_again(reports: Reports, closed: Closed, district: District) -> None:
    case = closed(reports(**WHO).report.case)
    record_call_in_vain(number=case.number, by=district.street.clerk, at=AT, outcome="refused", request_key="one")
    assert list(cases_to_call_back(district.street.subdistrict, AT)) == []


def test_calls_that_are_refused(reports: Reports, closed: Closed, district: District) -> None:
    opened, case, street = reports(**WHO).report.case, closed(reports(**WHO).report.case), district.street
    told: dict[str, Any] = {"at": AT, "is_solved": True, "score": 5}
    with pytest.raises(WrongState):
        record_call(number=opened.number, by=street.clerk, **told)
    with pytest.raises(WrongState):
        record_call_in_vain(number=opened.number, by=street.clerk, at=AT, outcome="no_answer", request_key="x")
    with pytest.raises(Invalid):
        record_call(number=case.number, by=street.clerk, **{**told, "score": 0})
    with pytest.raises(NotPermitted):
        record_call(number=case.number, by=street.officer, **told)
    with pytest.raises(NotFound):
        record_call(number=case.number, by=district.other.clerk, **told)
    assert not Judgement.objects.exists()


# --- rates -------------------------------------------------------------------------------------------------------
def test_rates_are_shares_of_judgements() -> None:
    rows = [Judgement(is_solved=score > 2, score=score, way="phone" if score == 5 else "web") for score in range(1, 6)]
    assert rates_of(rows) == {"solved": Rate(3, 5), "satisfied": Rate(3, 5), "phone": Rate(1, 5)}
    assert (Rate(1, 3).percent, Rate(0, 0).percent) == (pytest.approx(33.333, abs=0.001), None)


# --- mail --------------------------------------------------------------------------------------------------------
def letters() -> list[tuple[str, str]]:
    """Kind and number of each mail to a resident."""
    return sorted((one.kind, one.params["number"]) for one in Message.objects.filter(addressee__startswith="resident:"))


def test_residents_who_left_an_address_are_told(reports: Reports, topic: Topic, closed: Closed) -> None:
    target = reports(**WHO).report.case
    told = Told(topic, "x", community=target.community, email="o@example.org", language="en")
    own = join_report(target=target, told=told, at=AT, form_key="two").report.case
    reports(name="nobody")
    closed(target)
    both = [(kind, number) for kind in ("resident_accept", "resident_pass") for number in (target.number, own.number)]
    assert letters() == sorted(both)
    message = Message.objects.filter(addressee__startswith="resident:", params__number=own.number).first()
    assert message is not None
    box = mailbox_of(message)
    assert box is not None
    assert (box.address, box.language, path_of(message)) == ("o@example.org", "en", "/follow/")
    assert "example.org" not in f"{message.params}{message.addressee}{message.dedupe_key}"


def test_of_a_new_case_nobody_is_looked_for(log: Any) -> None:
    with CaptureQueriesContext(connection) as asked:
        log(AT)
    assert [one["sql"] for one in asked if "intake_report" in one["sql"]] == []


def test_who_was_erased_gets_no_more_mail(reports: Reports, district: District) -> None:
    from cases.actions.reporters import erase_reporter

    case = reports(**WHO).report.case
    perform("accept", number=case.number, by=district.street.clerk, at=AT)
    erase_reporter(number=case.number, by=None, at=AT, request_key="one")
    assert mailbox_of(Message.objects.get(kind="resident_accept")) is None
    perform("decline_to_file", number=case.number, by=district.street.clerk, at=AT, note="x")
    assert letters() == [("resident_accept", case.number)]


# --- pages -------------------------------------------------------------------------------------------------------
@pytest.fixture
def desk(guest: Client, district: District) -> Client:
    """The clerk's browser, at AT, in English."""
    district.street.clerk.language = "en"
    district.street.clerk.save(update_fields=["language"])
    guest.force_login(district.street.clerk)
    return guest


def test_the_case_shows_what_its_resident_did(desk: Client, unsolved: Judgement) -> None:
    number = unsolved.case.number
    assert f"/residents/cases/{number}/" in desk.get(f"/cases/{number}/").content.decode()
    part = desk.get(f"/residents/cases/{number}/", headers={"hx-request": "true"}).content.decode()
    assert ("还在" in part, "not solved" in part, "<html" in part) == (True, True, False)
    key = desk.get(f"/residents/cases/{number}/").context["form"]["request_key"].value()
    answer = desk.post(f"/residents/cases/{number}/answer/", {"request_key": key, "text": "收到"})
    assert (answer.status_code, Reply.objects.get().text) == (302, "收到")


def test_the_lists_of_residents(desk: Client, unsolved: Judgement, reports: Reports, closed: Closed) -> None:
    waiting = closed(reports(**WHO).report.case)
    review = desk.get("/residents/").content.decode()
    calls = desk.get("/residents/call-back/").content.decode()
    judged = desk.get("/residents/judged/").content.decode()
    assert unsolved.case.number in review
    assert (waiting.number in calls, "138****1234" in calls, "王小明" in calls) == (True, True, False)
    assert (unsolved.case.number in judged, "0.0 %" in judged) == (True, True)
    assert desk.get("/residents/judged/?since=2026-13-01").status_code == 422


def test_the_pages_that_act(desk: Client, unsolved: Judgement, reports: Reports, closed: Closed) -> None:
    page = desk.get(f"/residents/review/{unsolved.pk}/")
    key = page.context["form"]["request_key"].value()
    empty = desk.post(f"/residents/review/{unsolved.pk}/", {"request_key": key, "reason": ""})
    done = desk.post(f"/residents/review/{unsolved.pk}/", {"request_key": key, "reason": "复查", "reopen": "yes"})
    assert (empty.status_code, done.status_code, Case.objects.get(pk=unsolved.case_id).state) == (422, 302, "filed")
    case = closed(reports(**WHO).report.case)
    key = desk.get(f"/residents/cases/{case.number}/call/").context["form"]["request_key"].value()
    half = desk.post(f"/residents/cases/{case.number}/call/", {"request_key": key, "outcome": "judged"})
    told = {"request_key": key, "outcome": "judged", "is_solved": "yes", "score": "5", "words": ""}
    assert (half.status_code, desk.post(f"/residents/cases/{case.number}/call/", told).status_code) == (422, 302)
    assert Judgement.objects.filter(case=case, way="phone").exists()


@pytest.mark.parametrize("path", ["/residents/", "/residents/call-back/", "/residents/judged/"])
def test_as_many_questions_for_one_as_for_many(path: str, desk: Client, reports: Reports, closed: Closed) -> None:
    def add() -> None:
        for _time in range(2):
            report = reports(**WHO).report
            closed(report.case)
        judge_closing(report=report, is_solved=False, score=1, words="", at=AT, key=report.case.number)

    add()
    desk.get(path)
    with CaptureQueriesContext(connection) as few:
        desk.get(path)
    for _time in range(3):
        add()
    with CaptureQueriesContext(connection) as many:
        assert desk.get(path).status_code == 200
    assert len(many) <= len(few) <= 12


# --- who told it at the desk -------------------------------------------------------------------------------------
def test_who_called_can_follow_with_a_secret_from_the_desk(desk: Client, log: Any, district: District) -> None:
    case = log(AT, reporter_name="王小明")
    part = desk.get(f"/residents/cases/{case.number}/", headers={"hx-request": "true"})
    key = part.context["follow_form"]["request_key"].value()
    told = [desk.post(f"/residents/cases/{case.number}/follow/", {"request_key": key}) for _time in range(2)]
    secrets = [one.context["secret"] for one in told]
    assert secrets[0] == secrets[1]
    report = report_of_secret(number=case.number, secret=secrets[0])
    assert (report.channel, report.is_private, report.topic.category) == ("desk", True, case.category)
    with pytest.raises(WrongState):
        let_follow(number=case.number, by=district.street.clerk, at=AT, form_key="another")


def test_who_may_not_give_a_secret(log: Any, district: District) -> None:
    number = log(AT).number
    for by, refusal in ((district.street.officer, NotPermitted), (district.other.clerk, NotFound)):
        with pytest.raises(refusal):
            let_follow(number=number, by=by, at=AT, form_key="one")
    assert not Report.objects.exists()
