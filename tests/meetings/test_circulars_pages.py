"""Pages of circulars: written from usual values, gone through step by step, seen by those to whom they were sent."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.meetings.circulars.actions import confirm_circular_receipt, save_circular
from cases.meetings.circulars.forms import chosen
from cases.meetings.circulars.models import Circular
from cases.meetings.models import MemberUnit
from citymgmt.people.models import User
from tests.cases.list_pages import words
from tests.cases.stories import case_in
from tests.hostile.pages import forms_of
from tests.meetings.circulating import AT, LATER, made, text_to
from tests.meetings.gatherings import Gathering

LIST, NEW = "/circulars/", "/circulars/new/"
Get = Callable[..., Any]


@pytest.fixture(autouse=True)
def thursday(monkeypatch: pytest.MonkeyPatch, gathering: Gathering) -> None:
    User.objects.update(language="en")
    monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda: LATER)


@pytest.fixture
def get(client: Client) -> Get:
    def answer(user: User, address: str, status: int = 200) -> Any:
        client.force_login(user)
        found = client.get(address)
        assert found.status_code == status, address
        return found

    return answer


@pytest.fixture
def send(client: Client) -> Get:
    """The answer to a form of a page, sent as it stands there (with all units) but for what is typed."""

    def answer(user: User, page: str, action: str = "", **typed: Any) -> Any:
        client.force_login(user)
        found = [one for one in forms_of(client.get(page).content.decode()) if one.method == "post"]
        form = next(one for one in found if one.action == action)
        fields = {name: raw.decode() for name, raw in form.fields.items() if name != "choose"}
        return client.post(action or page, fields | {"cases": ""} | typed)

    return answer


def ticked(page: Any) -> list[int]:
    found = page.context["form"]["recipients"].value()
    return sorted(map(int, found))


def test_written_from_what_is_usual(gathering: Gathering, get: Get, send: Get) -> None:
    clerk, everybody = gathering.district.street.clerk, [unit.pk for unit in gathering.units]
    assert ticked(get(clerk, NEW)) == everybody
    answer = send(clerk, NEW, title="关于市容的通报", issuer="", body="请知悉。", recipients=everybody)
    found = Circular.objects.get()
    assert (answer.status_code, answer.url) == (302, f"{LIST}{found.pk}/")
    assert (found.recipients, found.kind, found.issuer) == (everybody, "information", "甲街办事处")


def test_sent_twice_it_is_drafted_once(gathering: Gathering, client: Client) -> None:
    client.force_login(gathering.district.street.clerk)
    told = {"title": "通报", "body": "请知悉。", "kind": "information", "language": "zh-hans"}
    told |= {"recipients": [gathering.team.pk], "request_key": "00000000-0000-4000-8000-000000000000"}
    first, second = (client.post(NEW, told) for _ in "12")
    assert (first.url, Circular.objects.count()) == (second.url, 1)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"title": ""}, "This field is required."),
        ({"recipients": []}, "Choose at least one of the active member units."),
        ({"recipients": [10**40]}, "not one of the available choices"),
        ({"confirm_by": "2026-03-04"}, "This day is over."),
        ({"cases": "440106001-20260302-9999"}, "There is no case with the number"),
        ({"corrects": "12345678901234567890"}, "not one of the available choices"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    gathering: Gathering, send: Get, typed: dict[str, Any], told: str
) -> None:
    usual = {"title": "通报", "body": "请知悉。", "recipients": [gathering.team.pk]}
    answer = send(gathering.district.street.clerk, NEW, **{**usual, **typed})
    assert answer.status_code == 422
    assert told in words(answer)
    assert Circular.objects.count() == 0


def test_buttons_tick_units_and_keep_what_was_typed(gathering: Gathering, send: Get) -> None:
    clerk = gathering.district.street.clerk
    page = send(clerk, NEW, title="写到一半", body="", choose="none", recipients=[gathering.team.pk])
    assert (page.status_code, ticked(page)) == (200, [])
    assert 'value="写到一半"' in page.content.decode()
    assert "This field is required." not in words(page)
    page = send(clerk, NEW, choose="institution", recipients=[gathering.team.pk])
    assert ticked(page) == [gathering.team.pk, gathering.school.pk]
    assert Circular.objects.count() == 0


def test_which_units_a_button_ticks(gathering: Gathering) -> None:
    units = gathering.units
    ids = {name: getattr(gathering, name).pk for name in ("department", "team", "community", "school")}
    assert chosen(units, [], "all") == sorted(ids.values())
    assert chosen(units, [ids["team"]], "none") == []
    assert chosen(units, [ids["team"], 10**9], "community") == sorted([ids["team"], ids["community"]])
    assert chosen(units, [ids["team"], ids["community"]], "community") == [ids["team"]]
    second = MemberUnit(pk=10**6, kind="community")
    assert chosen([*units, second], [ids["community"]], "community") == [ids["community"], second.pk]


def test_edited_by_two_the_second_gets_both_texts(gathering: Gathering, client: Client, get: Get) -> None:
    street, circular = gathering.district.street, made(gathering)
    page = f"{LIST}{circular.pk}/edit/"
    form = next(one for one in forms_of(get(street.clerk, page).content.decode()) if "body" in one.fields)
    changed = text_to(gathering, title="他人改的", kind="criticism", recipients=[gathering.team.pk])
    save_circular(by=street.clerk2, at=AT, pk=circular.pk, version=1, text=changed)
    sent = {name: raw.decode() for name, raw in form.fields.items() if name != "choose"}
    sent |= {"cases": "", "title": "我改的", "recipients": [str(gathering.school.pk)]}
    answer = client.post(page, sent)
    assert answer.status_code == 409
    told = words(answer)
    assert "Somebody else saved this circular" in told
    assert all(text in told for text in ("Saved by somebody else: 他人改的", "criticism", "执法队"))
    again = next(one for one in forms_of(answer.content.decode()) if "body" in one.fields)
    assert again.fields["version"] == b"2"
    saved = client.post(page, sent | {"version": "2"})
    found = Circular.objects.get()
    assert (saved.status_code, found.title, found.recipients) == (302, "我改的", [gathering.school.pk])


def test_from_draft_to_issue_by_the_pages(gathering: Gathering, get: Get, send: Get) -> None:
    street, circular = gathering.district.street, made(gathering)
    page = f"{LIST}{circular.pk}/"
    submitted = send(street.clerk, f"{page}step/submit/")
    assert (submitted.status_code, submitted.url) == (302, page)
    assert "It gets the number 1 of the circulars of 2026." in words(get(street.leader, f"{page}step/issue/"))
    without = send(street.leader, f"{page}step/send-back/", reason=" ")
    assert without.status_code == 422
    send(street.leader, f"{page}step/send-back/", reason="数字有误")
    assert "Sent back: 数字有误" in words(get(street.clerk, page))
    send(street.clerk, f"{page}step/submit/")
    send(street.leader, f"{page}step/issue/")
    assert Circular.objects.get().number == 1
    get(street.clerk, f"{page}edit/", 409)
    get(street.leader, f"{page}step/issue/", 409)
    get(street.leader, f"{page}step/other/", 404)


def test_buttons_are_those_that_can_be_pressed(gathering: Gathering, get: Get) -> None:
    street, circular = gathering.district.street, made(gathering, "submitted")
    page = f"{LIST}{circular.pk}/"
    shown = {who: get(getattr(street, who), page).content.decode() for who in ("clerk", "leader", "auditor")}
    found = {
        who: [name for name in ("edit/", "submit/", "issue/", "send-back/") if name in shown[who]] for who in shown
    }
    assert found == {"clerk": [], "leader": ["issue/", "send-back/"], "auditor": []}
    Circular.objects.filter(pk=circular.pk).update(state="draft", submitted_by=None, submitted_at=None)
    Circular.objects.filter(pk=circular.pk).update(state="submitted", submitted_by=street.leader, submitted_at=AT)
    page_of_own = get(street.leader, page)
    assert "step/issue/" not in page_of_own.content.decode()
    assert "Another leader must issue what you wrote." in words(page_of_own)


@pytest.mark.parametrize("who", ["liaison", "teamleader", "officer"])
def test_units_see_issued_ones_that_were_sent_to_them(gathering: Gathering, get: Get, who: str) -> None:
    district = gathering.district
    person = district.liaison if who == "liaison" else getattr(district.street, who)
    unit = {"liaison": gathering.department, "teamleader": gathering.team, "officer": gathering.community}[who]
    mine = made(gathering, "issued", title="给我的", recipients=[unit.pk, gathering.school.pk])
    others = made(gathering, "issued", title="给别人的", recipients=[gathering.school.pk])
    draft = made(gathering, "submitted", title="还没印发")
    shown = words(get(person, LIST))
    assert [text in shown for text in ("给我的", "给别人的", "还没印发")] == [True, False, False]
    assert "1 circular waits for you to confirm its receipt." in shown
    page = words(get(person, f"{LIST}{mine.pk}/"))
    assert "Confirm the receipt" in page
    assert "Remind those" not in page
    for hidden in (others, draft):
        get(person, f"{LIST}{hidden.pk}/", 404)
        get(person, f"{LIST}{hidden.pk}/files/", 404)
    assert mine.receipts.get(unit=gathering.school).pk not in _receipts_shown(get(person, f"{LIST}{mine.pk}/"))


def _receipts_shown(page: Any) -> set[int]:
    return {receipt.pk for receipt, _may in page.context["receipts"]}


@pytest.mark.parametrize("who", ["liaison2", "supervisor"])
def test_whoever_got_none_sees_none(gathering: Gathering, get: Get, who: str) -> None:
    person, circular = getattr(gathering.district, who), made(gathering, "issued")
    assert "No circular yet" in words(get(person, LIST))
    get(person, f"{LIST}{circular.pk}/", 404)


def test_another_office_sees_none(gathering: Gathering, client: Client, get: Get) -> None:
    clerk, circular = gathering.district.other.clerk, made(gathering, "issued")
    get(clerk, f"{LIST}{circular.pk}/", 404)
    get(clerk, f"{NEW}?corrects={circular.pk}", 404)
    key = {"request_key": "00000000-0000-4000-8000-000000000000"}
    assert client.post(f"{LIST}{circular.pk}/remind/", key).status_code == 404
    receipt = circular.receipts.get(unit=gathering.team)
    assert client.post(f"{LIST}receipts/{receipt.pk}/", key).status_code == 404


def test_confirmed_on_the_page_it_waits_no_longer(gathering: Gathering, get: Get, send: Get) -> None:
    liaison, circular = gathering.district.liaison, made(gathering, "issued")
    page = f"{LIST}{circular.pk}/"
    receipt = circular.receipts.get(unit=gathering.department)
    assert send(liaison, page, f"{LIST}receipts/{receipt.pk}/").url == page
    assert "waits for you" not in words(get(liaison, LIST))
    assert "Nothing fits the filters." in words(get(liaison, f"{LIST}?unconfirmed=on"))


def test_the_office_sees_who_has_confirmed_and_reminds_once(gathering: Gathering, get: Get, send: Get) -> None:
    district, circular = gathering.district, made(gathering, "issued", confirm_by=date(2026, 3, 4))
    confirm_circular_receipt(by=district.liaison, at=AT, pk=circular.receipts.get(unit=gathering.department).pk)
    clerk, page = district.street.clerk, f"{LIST}{circular.pk}/"
    shown = get(clerk, LIST)
    assert "1 of 4" in words(shown)
    assert 'class="is-overdue"' in shown.content.decode()
    told = words(get(clerk, page))
    assert "1 of 4 have confirmed." in told
    assert "overdue" in told
    remind = f"{page}remind/"
    assert "Those who have not confirmed are reminded." in words(get(clerk, send(clerk, page, remind).url))
    again = words(get(clerk, page))
    assert "last reminded" in again
    assert "Remind those" not in again


def test_reminded_again_on_a_day_nobody_is_told(
    gathering: Gathering, get: Get, client: Client, monkeypatch: Any
) -> None:
    clerk, circular = gathering.district.street.clerk, made(gathering, "issued")
    client.force_login(clerk)
    address = f"{LIST}{circular.pk}/remind/"
    key = {"request_key": "00000000-0000-4000-8000-000000000000"}
    client.post(address, key)
    monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda: LATER + timedelta(hours=1))
    assert "They were reminded today already." in words(client.post(address, key, follow=True))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["三", "二", "一"]),
        ("q=%E6%A3%80%E6%9F%A5%E4%BA%8C", ["二"]),
        ("kind=criticism", ["三"]),
        ("state=draft", ["三"]),
        ("year=2026", ["二", "一"]),
        ("year=2025", []),
        ("unconfirmed=on", ["二"]),
    ],
)
def test_filters(gathering: Gathering, get: Get, query: str, found: list[str]) -> None:
    street = gathering.district.street
    first = made(gathering, "issued", title="一", recipients=[gathering.school.pk])
    confirm_circular_receipt(by=street.clerk, at=AT, pk=first.receipts.get().pk)
    made(gathering, "issued", title="二", body="检查二")
    made(gathering, title="三", kind="criticism")
    page = get(street.clerk, f"{LIST}?{query}")
    assert [row.circular.title for row in page.context["rows"]] == found


@pytest.mark.parametrize("query", ["kind=x", "state=x", "year=99999", "year=x"])
def test_a_filter_that_is_none_is_said(gathering: Gathering, get: Get, query: str) -> None:
    made(gathering, "issued")
    assert get(gathering.district.street.clerk, f"{LIST}?{query}", 422).context["rows"] == []


def test_a_correction_is_begun_from_what_it_corrects_and_shown_on_both(gathering: Gathering, get: Get) -> None:
    street, first = gathering.district.street, made(gathering, "issued", kind="criticism")
    form = get(street.clerk, f"{NEW}?corrects={first.pk}").context["form"]
    assert {name: form[name].value() for name in ("title", "kind", "corrects", "recipients")} == {
        "title": first.title, "kind": "criticism", "corrects": first.pk, "recipients": first.recipients,
    }  # fmt: skip
    for wrong in (made(gathering).pk, "x", 10**30, 0):
        get(street.clerk, f"{NEW}?corrects={wrong}", 404)
    second = made(gathering, "issued", corrects=first.pk, recipients=[gathering.team.pk])
    assert f'href="{second.get_absolute_url()}"' in get(street.clerk, first.get_absolute_url()).content.decode()
    assert f'href="{first.get_absolute_url()}"' in get(street.clerk, second.get_absolute_url()).content.decode()
    assert "Corrected by" not in words(get(gathering.district.liaison, first.get_absolute_url()))


def test_cases_are_linked_for_whoever_sees_them(gathering: Gathering, get: Get) -> None:
    case = case_in(gathering.district, "filed", at="2026-03-02 10:00")
    circular = made(gathering, "issued", cases=[case])
    page, link = circular.get_absolute_url(), f'href="/cases/{case.number}/"'
    shown = {who: get(person, page) for who, person in people(gathering).items()}
    assert {who: link in one.content.decode() for who, one in shown.items()} == {"clerk": True, "liaison": False}
    assert all(case.number in words(one) for one in shown.values())


def people(gathering: Gathering) -> dict[str, User]:
    return {"clerk": gathering.district.street.clerk, "liaison": gathering.district.liaison}


@pytest.mark.parametrize("who", ["clerk", "liaison"])
def test_pages_ask_a_fixed_number_of_queries(gathering: Gathering, client: Client, get: Get, who: str) -> None:
    person = people(gathering)[who]
    case = case_in(gathering.district, "filed", at="2026-03-02 10:00")
    first = made(gathering, "issued", cases=[case])
    counts = []
    for more in (0, 8):
        for _ in range(more):
            made(gathering, "issued", cases=[case], corrects=first.pk)
        for address in (LIST, f"{LIST}{first.pk}/"):
            get(person, address)
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            counts.append(len(asked))
    assert max(counts) <= 12, counts
    assert counts[:2] == counts[2:], counts
