"""Reporting without a log-in: taken in once, with number and secret; stops, questions, places, photos, limits."""

from base64 import b64encode
from datetime import timedelta
from json import dumps
from typing import Any

import altcha
import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cases.actions import perform
from cases.intake.actions.publishing import withhold
from cases.intake.actions.reporting import MOST_PHOTOS, Told, join_report
from cases.intake.guests import FormKey
from cases.intake.models import Report, Topic
from cases.intake.models.reports import digest_of_secret
from cases.intake.secrets import as_typed, new_key, secret_of
from cases.models import Case, CaseEvent, Photo, Reporter
from citymgmt.outbox.models import Message
from citymgmt.people.models import SubDistrict
from citymgmt.photos.actions import Upload
from citymgmt.refusals import Invalid, KeyReused, WrongState
from tests.intake.conftest import AT, Reports, form_of, secret_shown, the_report, token
from tests.office import District
from tests.photos.pictures import photo as jpeg


def test_a_report_waits_to_be_accepted_and_its_secret_is_kept_as_a_hash(reports: Reports, district: District) -> None:
    receipt = reports(name="王小明", phone="13800001234", address="天河路1号", answers={"blocks": "partly"})
    case, report = receipt.report.case, the_report()
    assert (case.state, case.source, case.logged_by, case.community) == (
        "reported", "citizen", None, district.street.communities[0],
    )  # fmt: skip
    assert case.category == report.topic.category
    assert (report.channel, report.answers, report.is_joined) == ("form", {"blocks": "partly"}, False)
    assert report.digest == digest_of_secret(receipt.secret) != receipt.secret
    assert len(receipt.secret.replace("-", "")) * 5 == 160
    assert (Reporter.objects.get().name, Reporter.objects.get().phone) == ("王小明", "13800001234")
    event = CaseEvent.objects.get()
    assert "王小明" not in f"{event.changes}{event.note}"


def test_sent_twice_it_is_one_case_with_the_same_secret(reports: Reports) -> None:
    first, second = reports(form_key="one"), reports(form_key="one")
    assert first == second
    assert Case.objects.count() == 1
    with pytest.raises(KeyReused):
        reports(form_key="one", description="另外一件事")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"description": "  "}, "description"),
        ({"community": None}, "address"),
        ({"answers": {"blocks": "maybe"}}, "answer_blocks"),
        ({"answers": {"blocks": ["no"]}}, "answer_blocks"),
        ({"answers": {"colour": "red"}}, "answer_colour"),
        ({"answers": {"hours": "x" * 101}}, "answer_hours"),
        ({"longitude": 200.0, "latitude": 23.0}, "longitude"),
    ],
)
def test_what_is_refused_names_its_field(given: dict[str, Any], field: str, reports: Reports) -> None:
    with pytest.raises(Invalid) as refused:
        reports(**given)
    assert list(refused.value.fields) == [field]
    assert not Case.objects.exists()


def test_more_photos_than_there_may_be_are_refused(reports: Reports) -> None:
    with pytest.raises(Invalid) as refused:
        reports(uploads=[Upload("x", "0" * 64)] * (MOST_PHOTOS + 1))
    assert list(refused.value.fields) == ["photos"]


@pytest.mark.parametrize("code", ["danger_fire", "danger_injury", "danger_crime"])
def test_danger_to_life_is_no_report(code: str, reports: Reports) -> None:
    with pytest.raises(Invalid):
        reports(topic=Topic.objects.get(code=code))


def test_a_question_that_must_be_answered(reports: Reports) -> None:
    wires = Topic.objects.get(code="wires")
    with pytest.raises(Invalid):
        reports(topic=wires)
    assert reports(topic=wires, answers={"height": "ground"}).report.answers == {"height": "ground"}


# --- I see that too ----------------------------------------------------------------------------------------------
def test_who_joins_gets_a_number_and_secret_of_their_own(reports: Reports, topic: Topic) -> None:
    target = reports().report.case
    told = Told(topic, "我也看到了", community=target.community)
    receipt = join_report(target=target, told=told, at=AT, form_key="two")
    assert join_report(target=target, told=told, at=AT, form_key="two") == receipt
    own = receipt.report.case
    own.refresh_from_db()
    assert (own.state, own.merged_into, receipt.report.is_joined) == ("merged", target, True)
    assert not Message.objects.filter(
        kind="report", params__number=own.number
    ).exists()  # nobody has to look at it twice
    assert own.number != target.number


def test_nobody_joins_what_has_ended(reports: Reports, topic: Topic, district: District) -> None:
    target = reports().report.case
    perform("decline", number=target.number, by=district.street.clerk, at=AT, note="x")
    with pytest.raises((Invalid, WrongState)):
        join_report(target=target, told=Told(topic, "x", community=target.community), at=AT, form_key="two")
    assert Report.objects.count() == 1


# --- secrets -----------------------------------------------------------------------------------------------------
def test_a_secret_is_read_however_it_is_typed() -> None:
    secret = secret_of("key")
    assert as_typed(secret.lower().replace("-", " ")) == secret
    assert as_typed(secret.replace("O", "0").replace("I", "1").replace("B", "8")) == secret
    assert as_typed("x" * 10_000) == as_typed("x" * 100)


# --- the page ----------------------------------------------------------------------------------------------------
def test_a_resident_reports_and_gets_number_and_secret_once(guest: Client, district: District) -> None:
    page = guest.get("/report/?topic=rubbish")
    assert (page.status_code, page.context["form"].initial["topic"]) == (200, "rubbish")
    sent = form_of(district, answer_vending_blocks="blocked", name="王小明", email="w@example.org", is_private="on")
    answer = guest.post("/report/", sent)
    report = the_report()
    assert answer.status_code == 201
    assert report.digest == digest_of_secret(secret_shown(answer))
    assert report.case.number in answer.content.decode()
    assert (report.answers, report.is_private, report.language) == ({"blocks": "blocked"}, True, "en")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Referrer-Policy"] == "same-origin"  # with "no-referrer" browsers send the form from nowhere
    again = guest.post("/report/", sent)
    assert (again.status_code, secret_shown(again), Report.objects.count()) == (201, secret_shown(answer), 1)


def test_the_clerks_are_told_and_no_broker_is(
    guest: Client, district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("celery.app.base.Celery.send_task", lambda *given, **named: pytest.fail("a broker was asked"))
    photo = SimpleUploadedFile("a.jpg", jpeg(), "image/jpeg")
    assert guest.post("/report/", form_of(district, photos=[photo])).status_code == 201
    assert set(Message.objects.values_list("kind", flat=True)) == {"report"}


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"topic": ""}, 422),
        ({"topic": "danger_fire"}, 422),
        ({"topic": "nothing"}, 422),
        ({"description": ""}, 422),
        ({"description": "x" * 2001}, 422),
        ({"description": "a\x00b"}, 422),
        ({"community": "999999"}, 422),
        ({"community": "'; DROP TABLE"}, 422),
        ({"longitude": "NaN", "latitude": "23"}, 422),
        ({"email": "no address"}, 422),
        ({"phone": "<script>"}, 422),
        ({"website": "https://spam.example"}, 422),
        ({"token": ""}, 422),
        ({"token": "forged"}, 422),
        ({"kept": "forged"}, 201),
        ({"altcha": "x" * 5000}, 422),
        ({"altcha": "forged"}, 201),
        ({"join": "440106001-20260304-9999"}, 404),
        ({"join": "x" * 5000}, 404),
    ],
)
def test_what_the_form_refuses(given: dict[str, str], status: int, guest: Client, district: District) -> None:
    assert guest.post("/report/", form_of(district, **given)).status_code == status
    assert Case.objects.exists() == (status == 201)


def test_a_form_that_lay_open_for_a_day_is_sent_once_more(guest: Client, district: District) -> None:
    old = guest.post("/report/", form_of(district, token=token(AT - timedelta(hours=25))))
    assert old.status_code == 422
    fresh = old.context["form"]["token"].value()
    assert guest.post("/report/", form_of(district, token=fresh)).status_code == 201


def test_with_several_offices_the_place_says_whose_it_is(guest: Client, district: District) -> None:
    assert guest.post("/report/", form_of(district, community="", address="天河路1号")).status_code == 422
    other = district.other.communities[1]
    assert guest.post("/report/", form_of(district, community=other.pk)).status_code == 201
    assert the_report().case.subdistrict == district.other.subdistrict
    assert SubDistrict.objects.count() == 2


def test_photos_wait_for_the_worker_and_belong_to_the_report(guest: Client, district: District) -> None:
    files = [SimpleUploadedFile(f"{number}.jpg", jpeg(), "image/jpeg") for number in range(2)]
    guest.post("/report/", form_of(district, photos=files))
    photos = Photo.objects.order_by("id")
    assert [(one.case, one.uploaded_by, one.kind, one.state) for one in photos] == [
        (the_report().case, None, "before", "waiting")
    ] * 2


def test_photos_of_a_form_that_is_refused_are_kept(guest: Client, district: District) -> None:
    photo = SimpleUploadedFile("a.jpg", jpeg(), "image/jpeg")
    refused = guest.post("/report/", form_of(district, description="", photos=[photo]))
    assert "1 photo is kept" in refused.content.decode()
    kept = refused.context["form"]["kept"].value()
    assert guest.post("/report/", form_of(district, kept=kept)).status_code == 201
    assert Photo.objects.count() == 1


@pytest.mark.parametrize(
    "content", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<html>", b"GIF89a", b"\xff" * 100]
)
def test_files_that_are_no_photos(content: bytes, guest: Client, district: District) -> None:
    file = SimpleUploadedFile("a.jpg", content, "image/jpeg")
    answer = guest.post("/report/", form_of(district, photos=[file]))
    assert (answer.status_code, Case.objects.count()) == (422, 0)


def test_a_seventh_photo_is_refused(guest: Client, district: District) -> None:
    files = [SimpleUploadedFile(f"{number}.jpg", jpeg(), "image/jpeg") for number in range(7)]
    answer = guest.post("/report/", form_of(district, photos=files))
    assert (answer.status_code, Case.objects.count()) == (422, 0)


def test_what_was_reported_nearby_is_offered_without_a_word_of_it(
    guest: Client, district: District, reports: Reports
) -> None:
    point = {"longitude": "113.3265000", "latitude": "23.1366000"}
    target = reports(longitude=113.3265, latitude=23.1366, description="王小明在摆摊", name="王小明").report.case
    private = reports(longitude=113.3265, latitude=23.1366, is_private=True).report.case
    withheld = reports(longitude=113.3265, latitude=23.1366).report.case
    withhold(number=withheld.number, by=district.street.clerk, at=AT, reason="x")
    shown = guest.get("/report/similar/", {"topic": "vending", **point}).content.decode()
    assert [one.number in shown for one in (target, private, withheld)] == [True, False, False]
    assert "王小明" not in shown
    assert guest.post("/report/", form_of(district, **point, join=private.number)).status_code == 404
    assert guest.post("/report/", form_of(district, **point, join=target.number)).status_code == 201
    assert Case.objects.get(merged_into=target).report.is_joined


def test_where_a_point_lies(guest: Client, district: District) -> None:
    assert guest.get("/report/where/?longitude=113&latitude=23").json()["community"] == ""
    assert guest.get("/report/where/?longitude=999&latitude=23").status_code == 422


# --- limits ------------------------------------------------------------------------------------------------------
def solved(key: FormKey) -> str:
    """The work done, as the browser sends it."""
    challenge = altcha.Challenge.from_dict(key.challenge())
    solution = altcha.solve_challenge(challenge)
    assert solution is not None
    return b64encode(dumps({"challenge": challenge.to_dict(), "solution": solution.to_dict()}).encode()).decode()


def test_work_lets_more_reports_pass(guest: Client, district: District, settings: LazySettings) -> None:
    settings.REPORT_RATE, settings.REPORT_RATE_UNPROVEN = 3, 1
    assert guest.post("/report/", form_of(district)).status_code == 201
    assert guest.post("/report/", form_of(district)).status_code == 429
    key = FormKey(new_key(), AT)
    proven = form_of(district, token=key.signed, altcha=solved(key))
    assert guest.post("/report/", proven).status_code == 201
    assert guest.post("/report/", form_of(district)).status_code == 429


def test_work_is_good_for_its_own_form_only(district: District, settings: LazySettings) -> None:
    settings.SECRET_KEY = "x" * 50
    one, other = FormKey(new_key(), AT), FormKey(new_key(), AT)
    payload = solved(one)
    assert (one.is_proven(payload), other.is_proven(payload)) == (True, False)


def test_forwarded_addresses_are_believed_behind_a_proxy_only(
    guest: Client, district: District, settings: LazySettings
) -> None:
    settings.REPORT_RATE_UNPROVEN = 1
    answers = [
        guest.post("/report/", form_of(district), headers={"x-forwarded-for": f"10.0.0.{number}"}).status_code
        for number in range(2)
    ]
    assert answers == [201, 429]
