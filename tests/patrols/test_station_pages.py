"""Pages of stations: what is to be done today, the form on the phone, the strip of days, the clerk's register."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from cases.actions import process_photos
from cases.models import Case
from citymgmt.people.models import User
from citymgmt.worktime import sweep
from patrols.stations.actions import excuse_check, log_failed_item, save_station
from patrols.stations.models import CheckAnswer, ChecklistItem, CheckPhoto, DailyCheck, Station
from tests.cases.list_pages import words
from tests.hostile.pages import forms_of
from tests.office import china
from tests.patrols.costs import costs_of
from tests.patrols.stations import MIDNIGHT, MORNING, NOON, ONE_DAY, Yard
from tests.photos.pictures import photo

Get = Callable[..., Any]


@pytest.fixture(autouse=True)
def moment(yard: Yard, monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], None]:
    """Sets the present moment of pages, which is Monday noon; everybody reads English."""

    def set_to(at: Any) -> None:
        monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda: at)

    User.objects.update(language="en")
    set_to(NOON)
    return set_to


@pytest.fixture
def get(client: Client) -> Get:
    def answer(person: User, address: str, status: int = 200) -> Any:
        client.force_login(person)
        found = client.get(address)
        assert found.status_code == status, address
        return found

    return answer


@pytest.fixture
def send(client: Client) -> Get:
    """The answer to a form of a page, sent as it stands there but for what is typed."""

    def answer(person: User, page: str, action: str = "", /, **typed: Any) -> Any:
        client.force_login(person)
        found = [one for one in forms_of(client.get(page).content.decode()) if one.method == "post"]
        form = next(one for one in found if one.action == action)
        return client.post(action or page, {name: raw.decode() for name, raw in form.fields.items()} | typed)

    return answer


def filled(yard: Yard, **changed: Any) -> dict[str, Any]:
    """Everything in order, but what is changed."""
    plain = {f"result_{one.pk}": "ok" for one in yard.items if one.answer == "yes_no"}
    empty = {f"note_{one.pk}": "" for one in yard.items} | {f"na_{yard.measured.pk}": ""}
    return {**plain, **empty, f"value_{yard.measured.pk}": "500", **changed}


def test_all_in_order_answers_what_is_not_answered_and_measures_nothing(yard: Yard, get: Get, send: Get) -> None:
    check, first, last = yard.planned(), yard.items[0].pk, yard.items[-1].pk
    me, page = yard.street.member, f"/stations/checks/{check.pk}/make/"
    assert "All in order" in words(get(me, page))
    typed = {
        f"result_{first}": "failed",
        f"note_{first}": "积水",
        f"result_{last}": "na",
        f"value_{yard.measured.pk}": "",
    }
    shown = send(me, page, in_order="ok", **typed)
    form = next(one for one in forms_of(shown.content.decode()) if one.method == "post" and not one.action)
    choices = {one.pk: form.fields.get(f"result_{one.pk}", b"").decode() for one in yard.items}
    expected = {one.pk: "ok" if one.answer == "yes_no" else "" for one in yard.items} | {first: "failed", last: "na"}
    assert (shown.status_code, choices) == (200, expected)
    measured = re.search(rf'<input[^>]*name="value_{yard.measured.pk}"[^>]*>', shown.content.decode())
    assert measured is not None
    assert (form.fields[f"note_{first}"].decode(), " value=" in measured[0]) == ("积水", False)
    assert "Choose one of these." not in words(shown)
    check.refresh_from_db()
    assert check.state == "planned"


def test_a_member_checks_on_the_phone_and_makes_a_case(yard: Yard, get: Get, send: Get, media: Path) -> None:
    check, last = yard.planned(), yard.items[-1].pk
    me, page = yard.street.member, f"/stations/checks/{check.pk}/make/"
    assert page in get(me, "/stations/").content.decode()
    wrong = {f"value_{yard.measured.pk}": "120", f"result_{last}": "failed", f"note_{last}": "灭火器过期"}
    refused = send(me, page, **filled(yard, **wrong))
    assert refused.status_code == 422
    assert "Say what is wrong." in words(refused)
    assert "A photo shows what is wrong." in words(refused)
    told = {**wrong, f"note_{yard.measured.pk}": "配比不足"}
    picture = {f"photo_{last}": _file(photo())}
    assert send(me, page, **filled(yard, **told), **picture)["Location"] == check.get_absolute_url()
    process_photos(now=lambda: NOON)
    shown = words(get(me, check.get_absolute_url()))
    assert (
        "Available chlorine of the disinfectant not in order 120 mg/L allowed 400–700 配比不足 Make a case of it"
        in shown
    )
    case_form = f"/stations/checks/{check.pk}/answers/{yard.items.index(yard.measured) + 1}/case/"
    assert send(me, check.get_absolute_url(), case_form).status_code == 302
    number = Case.objects.get().number
    assert f"Case {number}" in words(get(me, check.get_absolute_url()))
    kept = CheckPhoto.objects.get()
    answer = get(me, f"/stations/photos/{kept.pk}/thumbnail/")
    assert answer["Content-Type"] == "image/jpeg"
    get(me, f"/stations/photos/{kept.pk}/nothing/", 404)
    get(yard.district.other.member, f"/stations/photos/{kept.pk}/thumbnail/", 404)


def _file(content: bytes) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("x.jpg", content)


def test_not_applicable_is_a_tick_beside_a_value(yard: Yard, send: Get) -> None:
    check, item = yard.planned(), yard.measured.pk
    page = f"/stations/checks/{check.pk}/make/"
    both = send(yard.street.member, page, **filled(yard, **{f"na_{item}": "on"}))
    assert both.status_code == 422
    told = filled(yard, **{f"na_{item}": "on", f"value_{item}": ""})
    assert send(yard.street.member, page, **told).status_code == 302
    assert CheckAnswer.objects.get(item=item).result == "na"


def test_the_strip_tells_each_of_thirty_days_in_words(yard: Yard, get: Get, moment: Any) -> None:
    moment(NOON + 5 * ONE_DAY)
    yard.make(yard.planned())
    tuesday = yard.planned(MORNING + ONE_DAY)
    yard.make(tuesday, at=MIDNIGHT + ONE_DAY + ONE_DAY / 2)
    excused = yard.planned(MORNING + 2 * ONE_DAY)
    excuse_check(by=yard.street.teamleader, at=NOON + 2 * ONE_DAY, pk=excused.pk, reason="停水")
    yard.planned(MORNING + 3 * ONE_DAY)
    faulty = yard.planned(MORNING + 4 * ONE_DAY)
    yard.make(faulty, at=NOON + 4 * ONE_DAY, i3="浓度不足")
    yard.planned(MORNING + 5 * ONE_DAY)
    sweep.run(NOON + 5 * ONE_DAY)
    page = get(yard.street.teamleader, f"/stations/{yard.station.pk}/")
    strip = words(page).partition("The last thirty days")[2]
    told = "03-02 in order 03-03 made up later 03-04 excused with a reason 03-05 not checked 03-06 items failed 03-07"
    assert strip.strip().startswith("02-06 not planned")
    assert told in strip
    assert "Not checked, and nobody has said why 2026-03-05 Excuse" in words(page)
    assert "02 500 400–700 in order" in words(page)
    assert "Excuse" not in words(get(yard.street.member, f"/stations/{yard.station.pk}/"))
    assert "02-28 closed" not in strip
    save_station(by=yard.street.clerk, at=NOON, told=yard.tell(open_days=(1, 2, 3, 4, 5)), pk=yard.station.pk)
    assert "02-28 closed" in words(get(yard.street.teamleader, f"/stations/{yard.station.pk}/"))


def test_a_leader_of_the_team_excuses_with_a_reason(yard: Yard, get: Get, send: Get) -> None:
    check = yard.planned()
    page = f"/stations/checks/{check.pk}/excuse/"
    assert send(yard.street.teamleader, page, reason=" ").status_code == 422
    assert send(yard.street.teamleader, page, reason="停水").status_code == 302
    shown = words(get(yard.street.member, check.get_absolute_url()))
    assert "excused" in shown
    assert "停水" in shown
    for part in ("make/", "excuse/"):
        assert get(yard.street.teamleader, f"{check.get_absolute_url()}{part}", 302)["Location"] == page[:-7]


def test_what_is_to_be_done_comes_first_and_the_list_tells_what_was_missed(yard: Yard, get: Get, moment: Any) -> None:
    for name in ("甲公厕", "乙公厕"):
        save_station(by=yard.street.clerk, at=MORNING, told=yard.tell(name_zh=name))
    yard.planned()
    sweep.run(MIDNIGHT)
    moment(NOON + ONE_DAY)
    yard.planned(MORNING + ONE_DAY)
    done = DailyCheck.objects.get(station__name_zh="甲公厕", on="2026-03-03")
    yard.make(done, at=NOON + ONE_DAY)
    shown = words(get(yard.street.clerk, "/stations/"))
    assert "Today, 2026-03-03: to be checked 2 in order 1" in shown
    assert shown.index("榕荫路公厕") < shown.index("甲公厕")
    assert shown.index("乙公厕") < shown.index("甲公厕")
    assert "甲街执法队 to be checked" in shown
    leader = words(get(yard.street.leader, "/stations/"))
    assert "Check:" not in leader
    assert "New station" not in leader


def test_a_clerk_keeps_register_and_checklists_in_the_browser(yard: Yard, get: Get, send: Get) -> None:
    clerk = yard.street.clerk
    told = {"name_zh": "转运站", "kind": "transfer", "unit": "环卫站", "person": "李四", "phone": "020-1",
            "opens": "06:00", "closes": "22:00", "open_days": ["1", "2"], "community": yard.street.communities[0].pk,
            "team": yard.street.team.pk}  # fmt: skip
    assert send(clerk, "/stations/new/", **told).status_code == 302
    made = Station.objects.get(name_zh="转运站")
    assert made.open_days == [1, 2]
    shown = words(get(clerk, f"/stations/{made.pk}/"))
    assert "Opening hours 06:00–22:00 Monday, Tuesday" in shown
    assert send(clerk, f"/stations/{made.pk}/change/", phone="x").status_code == 422
    assert send(clerk, f"/stations/{made.pk}/change/", person="王五").status_code == 302
    assert Station.objects.get(pk=made.pk).person == "王五"
    usual = "/stations/checklists/collection/usual/"
    assert send(clerk, "/stations/checklists/", usual).status_code == 302
    assert "10 items were added." in words(get(clerk, "/stations/checklists/"))
    item = {"name_zh": "水温", "answer": "value", "unit": "℃", "lowest": "", "highest": "60", "position": 5}
    assert send(clerk, "/stations/checklists/collection/new/", **item).status_code == 302
    row = ChecklistItem.objects.get(name_zh="水温")
    assert "≤ 60 ℃" in words(get(clerk, "/stations/checklists/"))
    assert send(clerk, f"/stations/items/{row.pk}/", highest="nan").status_code == 422
    assert send(clerk, f"/stations/items/{row.pk}/", highest="65").status_code == 302
    assert ChecklistItem.objects.get(pk=row.pk).highest == 65
    get(clerk, "/stations/checklists/bridge/new/", 404)


def test_others_have_no_such_pages(yard: Yard, get: Get) -> None:
    street, other, check = yard.street, yard.district.other, yard.planned()
    address = f"/stations/{yard.station.pk}/"
    for person in (street.admin, street.auditor, yard.district.liaison):
        get(person, "/stations/", 403)
        get(person, address, 404)
    for person in (other.clerk, other.member, other.officer, street.officer2):
        get(person, address, 404)
        get(person, check.get_absolute_url(), 404)
        assert "榕荫路公厕" not in words(get(person, "/stations/"))
    get(street.officer, address)
    for person in (street.leader, street.teamleader, street.officer):
        get(person, f"{address}change/", 403)
        get(person, "/stations/checklists/", 403)


def test_as_many_queries_however_many_rows(yard: Yard, client: Client, get: Get, moment: Any) -> None:
    moment(NOON + 9 * ONE_DAY)
    check = yard.planned(MORNING + 9 * ONE_DAY)
    first = yard.planned()
    station, own = f"/stations/{yard.station.pk}/", first.get_absolute_url()
    pages = ["/stations/", station, own, f"{check.get_absolute_url()}make/", "/stations/checklists/"]
    yard.make(first, i0="积水")
    log_failed_item(by=yard.street.clerk, at=NOON, pk=first.pk, ordinal=1)
    few = costs_of(client, get, yard.street.clerk, pages)
    for n in range(8):
        save_station(by=yard.street.clerk, at=MORNING, told=yard.tell(name_zh=f"公厕{n}"))
        at = NOON + (n + 1) * ONE_DAY
        if n < 6:
            yard.make(yard.planned(at), at=at, i1="异味", i3="浓度不足")
    yard.planned(MORNING + 9 * ONE_DAY)
    sweep.run(china("2026-03-11 12:00"))
    assert costs_of(client, get, yard.street.clerk, pages) == few
    assert max(few.values()) <= 12
