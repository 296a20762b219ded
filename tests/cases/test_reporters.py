"""Who reported a case: sealed in the database, masked on pages, seen in full with a reason, erased for good."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.conf import LazySettings
from django.core.management import call_command
from django.db import InternalError, connection, transaction
from django.test import Client

from cases.actions import perform
from cases.actions.reporters import erase_reporter, forget_reporters, look_at_reporter
from cases.masking import covered, masked_email, masked_name, masked_phone
from cases.models import Case, Reporter, ReporterLook
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, Refusal, WrongState
from citymgmt.sealed import UNREADABLE, seal, unseal
from tests.office import District, china

AT = china("2026-03-04 09:00")
WHO = {"reporter_name": "王小明", "reporter_phone": "13800001234", "reporter_email": "w@example.org"}


@pytest.fixture
def case(district: District, log: Any) -> Case:
    """A case whose reporter is known."""
    found: Case = log(AT, **WHO)
    return found


def lying() -> list[tuple[str, str, str]]:
    """What lies in the table, as a thief of the database reads it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone, email FROM cases_reporter ORDER BY id")
        rows: list[tuple[str, str, str]] = cursor.fetchall()
        return rows


# --- what a text tells ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("打13800001234找我", "打***找我"),
        ("电话 138-0000-1234、+86 138 0000 1234", "电话 ***、***"),
        ("身份证440106199001011234，另一张11010119900307803X", "身份证***，另一张***"),
        ("写信到w.m+1@mail.example.org.cn吧", "写信到***吧"),
        ("粤A12345、粤B·D12345、京A1234警停在路口", "***、***、***停在路口"),
        ("王小明在3栋，小明不在", "王**在3栋，小明不在"),
        (
            "工单20260304000123，天河路123号，长13800米，编号1380000123456",
            "工单20260304000123，天河路123号，长13800米，编号1380000123456",
        ),
        ("", ""),
    ],
)
def test_what_tells_who_somebody_is_is_covered(text: str, told: str) -> None:
    assert covered(text, ["王小明", "王", ""]) == told


# --- masks -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("mask", "text", "shown"),
    [
        (masked_name, "王小明", "王**"),
        (masked_name, "A", "A**"),
        (masked_name, "", ""),
        (masked_phone, "13800001234", "138****1234"),
        (masked_phone, "38281234", "382****1234"),
        (masked_phone, "3828123", "****"),
        (masked_phone, "110", "****"),
        (masked_phone, "", ""),
        (masked_email, "wang@example.org", "w****@example.org"),
        (masked_email, "", ""),
    ],
)
def test_masks(mask: Callable[[str], str], text: str, shown: str) -> None:
    assert mask(text) == shown


# --- sealing -----------------------------------------------------------------------------------------------------
def test_the_database_holds_no_name_in_the_clear(case: Case) -> None:
    tokens = lying()[0]
    assert [unseal(token) for token in tokens] == ["王小明", "13800001234", "w@example.org"]
    assert not any(told in token for told in WHO.values() for token in tokens)


def test_the_same_text_is_sealed_differently_each_time(db: None) -> None:
    assert seal("王小明") != seal("王小明")
    assert seal("") == ""


def test_a_lost_key_is_said_and_breaks_no_page(
    case: Case, district: District, settings: LazySettings, client: Client
) -> None:
    settings.PERSONAL_DATA_KEYS = [Fernet.generate_key().decode()]
    assert Reporter.objects.get(case=case).name == UNREADABLE
    client.force_login(district.street.clerk)
    assert client.get(f"/cases/{case.number}/").status_code == 200


def test_a_new_key_in_front_then_the_old_one_goes(
    case: Case, settings: LazySettings, capsys: pytest.CaptureFixture[str]
) -> None:
    old, fresh = settings.PERSONAL_DATA_KEYS[0], Fernet.generate_key().decode()
    settings.PERSONAL_DATA_KEYS = [fresh, old]
    assert Reporter.objects.get(case=case).name == "王小明"
    call_command("reseal")
    call_command("reseal")  # what is sealed by it already stays
    told = capsys.readouterr().out.splitlines()
    names = [f"cases_reporter.{name}" for name in ("name", "phone", "email")]
    assert [line for line in told if line.startswith("cases_reporter")] == [
        *(f"{name}: 1" for name in names), *(f"{name}: 0" for name in names)
    ]  # fmt: skip
    settings.PERSONAL_DATA_KEYS = [fresh]
    reporter = Reporter.objects.get(case=case)
    assert (reporter.name, reporter.phone, reporter.email) == ("王小明", "13800001234", "w@example.org")


def test_what_no_key_opens_is_not_sealed_anew(case: Case, settings: LazySettings) -> None:
    before, settings.PERSONAL_DATA_KEYS = lying(), [Fernet.generate_key().decode()]
    call_command("reseal")
    assert lying() == before


# --- looking -----------------------------------------------------------------------------------------------------
def test_who_looks_says_why_and_that_stays(case: Case, district: District) -> None:
    clerk = district.street.clerk
    found = look_at_reporter(number=case.number, by=clerk, at=AT, purpose="other", reason=" court order ")
    assert (found.name, found.phone) == ("王小明", "13800001234")
    look = ReporterLook.objects.get()
    assert (look.case, look.by, look.at, look.purpose, look.reason) == (case, clerk, AT, "other", "court order")
    with pytest.raises(InternalError, match="append-only"), transaction.atomic():
        ReporterLook.objects.update(reason="x")


@pytest.mark.parametrize(
    ("role", "given", "refusal"),
    [
        ("clerk", {"purpose": "other"}, Invalid),
        ("clerk", {"purpose": "curious"}, Invalid),
        ("clerk", {"purpose": "ask_back", "reason": "x" * 201}, Invalid),
        ("clerk", {"purpose": "ask_back", "reason": "a\x00b"}, Invalid),
        ("officer", {"purpose": "ask_back"}, NotPermitted),
        ("auditor", {"purpose": "ask_back"}, NotPermitted),
        ("clerk2", {"purpose": "ask_back"}, NotFound),
    ],
)
def test_looks_that_are_refused_show_nothing(
    role: str, given: dict[str, str], refusal: type[Refusal], case: Case, district: District
) -> None:
    by = district.other.clerk if role == "clerk2" else getattr(district.street, role)
    with pytest.raises(refusal):
        look_at_reporter(number=case.number, by=by, at=AT, **given)
    assert not ReporterLook.objects.exists()


def test_a_case_without_reporter_has_nothing_to_look_at(district: District, log: Any) -> None:
    with pytest.raises(NotFound):
        look_at_reporter(number=log(AT).number, by=district.street.clerk, at=AT, purpose="ask_back")


def test_the_page_shows_in_full_after_a_reason(case: Case, district: District, client: Client) -> None:
    client.force_login(district.street.clerk)
    asked = client.get(f"/cases/{case.number}/reporter/")
    refused = client.post(f"/cases/{case.number}/reporter/", {"purpose": "other"})
    shown = client.post(f"/cases/{case.number}/reporter/", {"purpose": "answer"}, headers={"hx-request": "true"})
    assert [answer.status_code for answer in (asked, refused, shown)] == [200, 422, 200]
    assert ["王小明" in answer.content.decode() for answer in (asked, refused, shown)] == [False, False, True]
    assert shown.headers["Cache-Control"] == "private, no-store"
    assert ReporterLook.objects.count() == 1


def test_the_auditor_reads_who_looked_but_not_at_whom(case: Case, district: District, client: Client) -> None:
    look_at_reporter(number=case.number, by=district.street.clerk, at=AT, purpose="ask_back", reason="which door")
    client.force_login(district.street.auditor)
    text = client.get("/reporters/looks/").content.decode()
    assert (case.number in text, "which door" in text, "王小明" in text) == (True, True, False)
    client.force_login(district.other.auditor)
    assert case.number not in client.get("/reporters/looks/").content.decode()
    client.force_login(district.street.clerk)
    assert client.get("/reporters/looks/").status_code == 403


# --- erasing -----------------------------------------------------------------------------------------------------
def test_erased_is_erased_and_the_history_says_so(case: Case, district: District, kinds: Any) -> None:
    told = {"number": case.number, "by": district.street.clerk, "at": AT, "note": "asked for it"}
    event = erase_reporter(**told, request_key="one")
    assert erase_reporter(**told, request_key="one") == event
    reporter = Reporter.objects.get(case=case)
    assert (reporter.is_known, reporter.erased_at, lying()) == (False, AT, [("", "", "")])
    assert kinds(case)[-1] == "erase_reporter"
    with pytest.raises(NotFound):
        look_at_reporter(number=case.number, by=district.street.clerk, at=AT, purpose="ask_back")
    with pytest.raises(WrongState):
        erase_reporter(**told, request_key="two")
    with pytest.raises(KeyReused):
        erase_reporter(**{**told, "note": "another"}, request_key="one")


@pytest.mark.parametrize(("role", "refusal"), [("officer", NotPermitted), ("auditor", NotPermitted)])
def test_who_may_not_erase(role: str, refusal: type[Refusal], case: Case, district: District) -> None:
    with pytest.raises(refusal):
        erase_reporter(number=case.number, by=getattr(district.street, role), at=AT, note="x")
    assert Reporter.objects.get(case=case).is_known


def test_the_page_asks_before_it_erases(case: Case, district: District, client: Client) -> None:
    client.force_login(district.street.clerk)
    page = client.get(f"/cases/{case.number}/reporter/erase/")
    key = page.context["form"]["request_key"].value()
    assert Reporter.objects.get(case=case).is_known
    answer = client.post(f"/cases/{case.number}/reporter/erase/", {"request_key": key, "note": "asked for it"})
    assert (answer.status_code, answer.url) == (302, f"/cases/{case.number}/")  # type: ignore[attr-defined]
    assert not Reporter.objects.get(case=case).is_known


def test_reporters_are_forgotten_a_year_after_the_end(case: Case, district: District, log: Any, act: Any) -> None:
    street, opened = district.street, log(AT, **WHO)
    perform("void", number=case.number, by=street.leader, at=AT, note="x")
    year = china("2027-03-04 09:00")
    assert forget_reporters(at=year) == 0
    assert forget_reporters(at=year + timedelta(seconds=1)) == 1
    assert [Reporter.objects.get(case=one).is_known for one in (case, opened)] == [False, True]
    assert forget_reporters(at=year + timedelta(days=1)) == 0


def test_what_the_description_tells_of_a_reporter_goes_too(district: District, log: Any, kinds: Any) -> None:
    told = {"description": "王小明说楼下有摊，电话13800001234", "address": "粤A12345旁"}
    case, other = log(AT, **WHO, **told), log(AT, **{**WHO, "reporter_name": "李四"}, **told)
    erase_reporter(number=case.number, by=district.street.clerk, at=AT)
    found = Case.objects.in_bulk([case.pk, other.pk])
    assert (found[case.pk].description, found[case.pk].address) == ("王**说楼下有摊，电话***", "***旁")
    assert (found[other.pk].description, found[other.pk].address) == (told["description"], told["address"])


def test_a_dry_run_erases_nobody(
    case: Case, district: District, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    perform("void", number=case.number, by=district.street.leader, at=AT, note="x")
    name = "cases.management.commands.forget_reporters.database_now"
    monkeypatch.setattr(name, lambda: china("2027-03-05 09:00"))
    call_command("forget_reporters", "--dry-run")
    assert (capsys.readouterr().out, Reporter.objects.get(case=case).is_known) == ("would be erased: 1\n", True)
    call_command("forget_reporters")
    assert (capsys.readouterr().out, Reporter.objects.get(case=case).is_known) == ("erased: 1\n", False)
