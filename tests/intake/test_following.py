"""Following by number and secret: plain words, nothing of the staff; add, judge, have data erased."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cases.actions import perform
from cases.actions.reporters import erase_reporter
from cases.intake.actions.following import add_information, judge_closing, report_of_secret
from cases.intake.actions.reporting import MOST_PHOTOS, Told, join_report
from cases.intake.models import Addition, Judgement, Topic
from cases.intake.words import PLAIN
from cases.models import Case, Photo, Reporter
from cases.workflow import event_label
from citymgmt.outbox.models import Message
from citymgmt.photos.actions import Upload
from citymgmt.refusals import Invalid, KeyReused, NotFound, WrongState
from tests.intake.conftest import AT, Reports, follow, token
from tests.office import District
from tests.photos.pictures import photo
from tests.racing import race

Closed = Callable[[Case], Case]


def test_every_told_event_exists() -> None:
    assert all(event_label(kind) for kind in PLAIN)


# --- opening -----------------------------------------------------------------------------------------------------
def test_number_and_secret_open_a_report(reports: Reports) -> None:
    receipt, other = reports(), reports()
    number = receipt.report.case.number
    assert report_of_secret(number=number, secret=receipt.secret) == receipt.report
    for wrong in ({"number": number, "secret": other.secret}, {"number": "x", "secret": receipt.secret}):
        with pytest.raises(NotFound):
            report_of_secret(**wrong)


def test_wrong_ones_look_alike_and_are_counted(guest: Client, reports: Reports) -> None:
    receipt = reports()
    number = receipt.report.case.number
    wrong = [guest.post("/follow/", {"number": name, "secret": "AAAA-BBBB"}) for name in (number, "440106001-1-1")]
    assert [answer.status_code for answer in wrong] == [422, 422]
    texts = [re.sub(r'(csrfmiddlewaretoken" value)="\w+"', r"\1", one.content.decode()) for one in wrong]
    texts = [text.split('id="main"')[1] for text in texts]
    assert texts[0].replace(number, "440106001-1-1") == texts[1]
    tries = [guest.post("/follow/", {"number": number, "secret": "AAAA-BBBB"}).status_code for _time in range(5)]
    assert tries == [422] * 4 + [429]
    right = guest.post("/follow/", {"number": number, "secret": receipt.secret})
    assert right.status_code == 302  # whoever guesses keeps nobody out


def test_the_page_needs_the_secret_and_forgets_it(
    guest: Client, reports: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert guest.get("/follow/report/").url == "/follow/"  # type: ignore[attr-defined]
    assert guest.post("/follow/report/add/", {"text": "x"}).status_code == 403
    page = follow(guest, reports())
    assert page.status_code == 200
    guest.cookies["followed"] = guest.cookies["followed"].value[:-2] + "xx"
    assert guest.get("/follow/report/").status_code == 302
    follow(guest, reports())
    monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda: AT + timedelta(minutes=31))
    assert guest.get("/follow/report/").status_code == 302


def test_leaving_forgets_it(guest: Client, reports: Reports) -> None:
    follow(guest, reports())
    guest.post("/follow/leave/")
    assert guest.get("/follow/report/").status_code == 302


def test_plain_words_without_names_and_internal_notes(
    guest: Client, reports: Reports, closed: Closed, district: District
) -> None:
    receipt = reports()
    closed(receipt.report.case)
    text = follow(guest, receipt).content.decode()
    told = [
        "Your report has arrived.",
        "The office has taken it up.",
        "It was handled and will be checked.",
        "Checked and closed.",
    ]
    assert [one in text for one in told] == [True] * 4
    people = (district.street.clerk, district.street.officer)
    assert [one in text for one in ("内部备注", *(str(person) for person in people))] == [False] * 3


def test_who_joined_follows_the_case_it_was_added_to(
    guest: Client, reports: Reports, topic: Topic, closed: Closed
) -> None:
    target = reports().report.case
    told = Told(topic, "我也看到", community=target.community)
    joined = join_report(target=target, told=told, at=AT, form_key="two")
    closed(target)
    text = follow(guest, joined).content.decode()
    assert "Checked and closed." in text
    assert "Is it solved?" in text


# --- adding ------------------------------------------------------------------------------------------------------
def test_words_and_photos_are_added_while_it_is_open(guest: Client, reports: Reports, kinds: Any) -> None:
    receipt = reports()
    follow(guest, receipt)
    file = SimpleUploadedFile("a.jpg", photo(), "image/jpeg")
    sent = {"token": token(), "text": "他们又来了", "website": "", "altcha": "", "photos": [file]}
    assert guest.post("/follow/report/add/", sent).url == "/follow/report/"  # type: ignore[attr-defined]
    file.seek(0)
    guest.post("/follow/report/add/", sent)  # sent twice
    addition = Addition.objects.get()
    assert (addition.text, addition.event.kind, addition.event.note) == ("他们又来了", "add_information", "")
    assert Photo.objects.get().event == addition.event
    assert kinds(receipt.report.case) == ["report", "add_information"]
    assert "他们又来了" in guest.get("/follow/report/").content.decode()


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001, "a\x00b"])
def test_what_cannot_be_added(text: str, guest: Client, reports: Reports) -> None:
    follow(guest, reports())
    answer = guest.post("/follow/report/add/", {"token": token(), "text": text, "website": "", "altcha": ""})
    assert (answer.status_code, Addition.objects.count()) == (422, 0)


def test_nothing_is_added_once_it_has_ended(reports: Reports, closed: Closed) -> None:
    report = reports().report
    closed(report.case)
    with pytest.raises(WrongState):
        add_information(report=report, text="x", at=AT, key="one")
    with pytest.raises(Invalid):
        add_information(report=report, text="", at=AT, key="one")


def test_no_more_photos_are_added_than_a_report_may_have(reports: Reports) -> None:
    photos = [Upload("x", "0" * 64)] * (MOST_PHOTOS + 1)
    with pytest.raises(Invalid) as refused:
        add_information(report=reports().report, text="x", at=AT, key="one", uploads=photos)
    assert list(refused.value.fields) == ["photos"]


# --- judging -----------------------------------------------------------------------------------------------------
def test_a_closing_is_judged_once(guest: Client, reports: Reports, closed: Closed, kinds: Any) -> None:
    receipt = reports()
    closed(receipt.report.case)
    follow(guest, receipt)
    sent = {"token": token(), "is_solved": "no", "score": "2", "words": "还在那里", "website": "", "altcha": ""}
    assert guest.post("/follow/report/judge/", sent).status_code == 302
    assert guest.post("/follow/report/judge/", sent).status_code == 302  # sent twice
    judgement = Judgement.objects.get()
    assert (judgement.is_solved, judgement.score, judgement.words, judgement.way, judgement.review) == (
        False, 2, "还在那里", "web", "pending",
    )  # fmt: skip
    assert kinds(receipt.report.case)[-1] == "judge_unsolved"
    assert Message.objects.filter(kind="judge_unsolved").exists()
    again = guest.post("/follow/report/judge/", {**sent, "token": token(), "is_solved": "yes"})
    assert (again.status_code, Judgement.objects.count()) == (422, 1)


@pytest.mark.parametrize("given", [{"is_solved": ""}, {"score": "9"}, {"score": ""}, {"words": "x" * 501}])
def test_a_judgement_needs_both(given: dict[str, str], guest: Client, reports: Reports, closed: Closed) -> None:
    receipt = reports()
    closed(receipt.report.case)
    follow(guest, receipt)
    sent = {"token": token(), "is_solved": "yes", "score": "5", "words": "", "website": "", "altcha": "", **given}
    assert guest.post("/follow/report/judge/", sent).status_code == 422
    assert not Judgement.objects.exists()


@pytest.mark.parametrize(("given", "field"), [({"score": 9}, "score"), ({"words": "x" * 501}, "words")])
def test_a_judgement_that_no_form_sent_is_refused_too(
    given: dict[str, Any], field: str, reports: Reports, closed: Closed
) -> None:
    report = reports().report
    closed(report.case)
    with pytest.raises(Invalid) as refused:
        judge_closing(**{"report": report, "is_solved": True, "score": 5, "words": "", "at": AT, "key": "1", **given})
    assert list(refused.value.fields) == [field]


def test_what_is_open_is_not_judged(reports: Reports) -> None:
    with pytest.raises(WrongState):
        judge_closing(report=reports().report, is_solved=True, score=5, words="", at=AT, key="one")


def test_after_a_reopening_it_is_judged_anew(reports: Reports, closed: Closed, district: District) -> None:
    report = reports().report
    case = closed(report.case)
    judge_closing(report=report, is_solved=True, score=5, words="", at=AT, key="one")
    perform("reopen", number=case.number, by=district.street.clerk, at=AT, note="x")
    perform("close_special", number=case.number, by=district.street.leader, at=AT, note="x")
    judge_closing(report=report, is_solved=True, score=4, words="", at=AT, key="two")
    assert sorted(Judgement.objects.values_list("score", flat=True)) == [4, 5]
    with pytest.raises(KeyReused):
        judge_closing(report=report, is_solved=False, score=4, words="", at=AT, key="two")


def test_two_judgements_at_once_are_one(committed: District) -> None:
    from cases.intake.actions.reporting import report_matter

    told = Told(Topic.objects.get(code="vending"), "x", community=committed.street.communities[0])
    report = report_matter(subdistrict=committed.street.subdistrict, told=told, at=AT, form_key="one").report
    perform("decline", number=report.case.number, by=committed.street.clerk, at=AT, note="x")

    def judge(key: str) -> Any:
        return lambda: judge_closing(report=report, is_solved=False, score=1, words="", at=AT, key=key)

    answers = race([judge("a"), judge("b")])
    assert sum(isinstance(one, WrongState) for one in answers) == 1
    assert Judgement.objects.count() == 1


# --- one's own data ----------------------------------------------------------------------------------------------
def test_a_person_reads_and_erases_what_is_kept(guest: Client, reports: Reports) -> None:
    receipt = reports(name="王小明", phone="13800001234", email="w@example.org")
    follow(guest, receipt)
    kept = guest.get("/follow/report/data/").json()
    assert (kept["name"], kept["telephone"], kept["e_mail"]) == ("王小明", "13800001234", "w@example.org")
    assert kept["number"] == receipt.report.case.number
    sent = {"token": token(), "website": "", "altcha": ""}
    assert guest.post("/follow/report/erase/", sent).status_code == 302
    assert not Reporter.objects.get().is_known
    assert guest.get("/follow/report/data/").json()["name"] == ""
    assert guest.post("/follow/report/erase/", {**sent, "token": token()}).status_code == 422


def test_erased_words_tell_nobody_who_it_was(reports: Reports, closed: Closed) -> None:
    receipt = reports(name="王小明", description="王小明：电话13800001234")
    other = reports(name="李四", description="李四：电话13800001234")
    for one in (receipt, other):
        add_information(report=one.report, text="找王小明，13800001234", at=AT, key=one.report.case.number)
    closed(receipt.report.case)
    judge_closing(report=receipt.report, is_solved=True, score=5, words="谢谢，王小明", at=AT, key="j")
    erase_reporter(number=receipt.report.case.number, by=None, at=AT)
    said = dict(Addition.objects.values_list("report__case__number", "text"))
    assert said == {receipt.report.case.number: "找王**，***", other.report.case.number: "找王小明，13800001234"}
    assert Judgement.objects.get().words == "谢谢，王**"
    assert Case.objects.get(number=receipt.report.case.number).description == "王**：电话***"
