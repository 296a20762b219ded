"""Pages of meetings: planned from usual values, answered, put together, written on; each role sees what is its own."""

import json
import uuid
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.meetings.actions import (
    MeetingPlan,
    add_item,
    add_proposals,
    answer_invitation,
    cancel_meeting,
    hold_meeting,
    plan_meeting,
    save_discussion,
    save_rule,
)
from cases.meetings.models import AgendaItem, Meeting, MeetingRule, MemberUnit, Seat
from citymgmt.people.models import User
from tests.campaigns import campaign
from tests.cases.list_pages import words
from tests.cases.stories import case_in
from tests.hostile.pages import forms_of
from tests.meetings.gatherings import BEGINS, PLANNED, Gathering
from tests.office import District, china

LIST = "/meetings/"
NOW = PLANNED + timedelta(hours=1)  # Monday, 2 March, 10:00
Get = Callable[..., Any]
LIVE = {"Accept": "application/json"}


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], None]:
    """Sets the present moment; until then it is Monday morning, and everybody reads English."""

    def set_to(at: Any) -> None:
        monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda: at)

    return set_to


@pytest.fixture(autouse=True)
def monday(gathering: Gathering, moment: Callable[[Any], None]) -> None:
    User.objects.update(language="en")
    moment(NOW)


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
    """The answer to a form of a page, sent as it stands there but for what is typed."""

    def answer(user: User, page: str, action: str = "", **typed: Any) -> Any:
        client.force_login(user)
        found = [one for one in forms_of(client.get(page).content.decode()) if one.method == "post"]
        form = next(one for one in found if one.action == action)
        return client.post(action or page, {name: raw.decode() for name, raw in form.fields.items()} | typed)

    return answer


def address(gathering: Gathering, part: str = "") -> str:
    return f"{LIST}{gathering.meeting.pk}/{part}"


def item_in(gathering: Gathering, title: str = "雨棚") -> AgendaItem:
    return add_item(by=gathering.district.street.clerk, at=PLANNED, pk=gathering.meeting.pk, title=title)


def written(gathering: Gathering, item: AgendaItem, text: str, version: int = 1) -> AgendaItem:
    return save_discussion(
        by=gathering.district.street.leader, at=NOW, pk=gathering.meeting.pk, item=item.pk, version=version, text=text
    )


def posted(client: Client, gathering: Gathering, item: AgendaItem, text: str, version: int = 1, **headers: Any) -> Any:
    """What the page that saves by itself sends."""
    client.force_login(gathering.district.street.clerk)
    sent = {"text": text, "version": version}
    return client.post(address(gathering, f"items/{item.pk}/"), sent, headers=headers)


def test_planned_from_what_is_usual(gathering: Gathering, send: Get) -> None:
    street = gathering.district.street
    page = f"{LIST}plan/"
    everybody = [unit.pk for unit in gathering.units]
    answer = send(street.clerk2, page, page, units=everybody)
    found = Meeting.objects.latest("pk")
    assert (answer.status_code, answer.url) == (302, f"{LIST}{found.pk}/")
    assert (found.title, found.place, found.kind) == ("Joint meeting on city management", "三楼会议室", "regular")
    assert (found.starts_at, found.chair, found.recorder) == (china("2026-03-03 14:30"), street.leader, street.clerk2)


def test_all_active_units_are_ticked_and_the_next_working_day_is_proposed(
    gathering: Gathering, get: Get, moment: Any
) -> None:
    gathering.school.is_active = False
    gathering.school.save()
    moment(china("2026-04-03 09:00"))  # the Friday before Qingming
    page = get(gathering.district.street.leader, f"{LIST}plan/").content.decode()
    ticked = [one.pk for one in gathering.units if f'value="{one.pk}" class="form-check-input" id=' in page]
    assert page.count("checked") == 3, ticked
    assert 'value="2026-04-07T14:30"' in page
    assert "第一小学" not in page


def test_a_consultation_for_a_case(gathering: Gathering, send: Get, get: Get) -> None:
    case = case_in(gathering.district, "escalated")
    street, page = gathering.district.street, f"{LIST}plan/"
    shown = words(get(street.clerk, f"{page}?case={case.number}"))
    assert f"A consultation on case {case.number}" in shown
    answer = send(street.clerk, f"{page}?case={case.number}", page, units=[gathering.team.pk])
    found = Meeting.objects.get(called_for=case)
    assert (answer.status_code, found.kind, found.title) == (302, "consultation", f"Consultation on case {case.number}")
    assert found.reason.startswith(f"Case {case.number}")
    assert found.items.get().case == case
    assert f'href="/cases/{case.number}/"' in get(street.clerk, answer.url).content.decode()


def test_a_consultation_for_a_project(gathering: Gathering, send: Get, get: Get) -> None:
    project, street, page = campaign(gathering.district.street), gathering.district.street, f"{LIST}plan/"
    shown = words(get(street.clerk, f"{page}?project={project.pk}"))
    assert f"A consultation on “{project.name}”" in shown
    answer = send(street.clerk, f"{page}?project={project.pk}", page, units=[gathering.team.pk])
    found = Meeting.objects.get(called_for_project=project)
    assert (answer.status_code, found.kind, found.title) == (302, "consultation", f"Consultation on “{project.name}”")
    assert project.name in words(get(street.clerk, answer.url))


def test_a_consultation_for_nothing_one_sees(gathering: Gathering, get: Get) -> None:
    case = case_in(gathering.district, "escalated")
    clerk, other = gathering.district.street.clerk, gathering.district.other.clerk
    get(other, f"{LIST}plan/?case={case.number}", 404)
    for number in ("x", "0", "9" * 300):
        get(clerk, f"{LIST}plan/?case={number}", 404)
        get(clerk, f"{LIST}plan/?project={number}", 404)


WRONG = [{"title": ""}, {"title": "\x00"}, {"title": "字" * 101}, {"place": "a\u202eb"}, {"starts_at": "x"},
         {"starts_at": "0001-01-01T00:00"}, {"starts_at": "9999-12-31T23:59"}, {"starts_at": "2026-03-02T09:59"},
         {"units": []}, {"units": ["9" * 40]}, {"units": ["x"]}, {"chair": "9" * 40}, {"chair": "x"},
         {"recorder": "-1"}, {"kind": "x"}, {"kind": "consultation", "reason": " "}, {"request_key": "x"}]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG, ids=lambda one: str(one)[:40])
def test_a_wrong_plan_is_told_and_kept_on_the_page(gathering: Gathering, send: Get, wrong: dict[str, Any]) -> None:
    page = f"{LIST}plan/"
    typed = {"units": [gathering.team.pk], "place": "我写的", **wrong}
    answer = send(gathering.district.street.clerk, page, page, **typed)
    assert (answer.status_code, Meeting.objects.count()) == (422, 1)
    assert "Please correct what is marked" in words(answer)
    assert typed["place"] in answer.content.decode() or "place" in wrong


def test_a_plan_sent_twice(gathering: Gathering, client: Client) -> None:
    client.force_login(gathering.district.street.clerk)
    sent = {"title": "四月", "starts_at": "2026-04-07T14:30", "place": "三楼", "units": [gathering.team.pk],
            "kind": "regular", "request_key": str(uuid.uuid4())}  # fmt: skip
    first, second = (client.post(f"{LIST}plan/", sent) for _time in range(2))
    assert (first.url, Meeting.objects.count()) == (second.url, 2)


def test_changed_with_what_stands_there(gathering: Gathering, send: Get) -> None:
    page, units = address(gathering, "change/"), [unit.pk for unit in gathering.units]
    clerk = gathering.district.street.clerk
    answer = send(clerk, page, units=units, recorder="")  # nothing is changed
    assert (answer.status_code, Meeting.objects.get(pk=gathering.meeting.pk).version) == (302, 1)
    answer = send(clerk, page, units=units[:3], place="二楼", recorder=str(clerk.pk))
    found = Meeting.objects.get(pk=gathering.meeting.pk)
    assert (answer.url, found.place, found.recorder, found.seats.count()) == (address(gathering), "二楼", clerk, 3)


def test_of_two_who_change_it_the_second_sees_both(gathering: Gathering, client: Client) -> None:
    street, page = gathering.district.street, address(gathering, "change/")
    units = [unit.pk for unit in gathering.units]
    client.force_login(street.clerk)
    form = next(one for one in forms_of(client.get(page).content.decode()) if "place" in one.fields)
    old = {name: raw.decode() for name, raw in form.fields.items()} | {"units": units}
    assert client.post(page, {**old, "place": "他的地点", "request_key": str(uuid.uuid4())}).status_code == 302
    answer = client.post(page, {**old, "place": "我的地点"})
    assert answer.status_code == 409
    assert "他的地点" in words(answer)
    form = next(one for one in forms_of(answer.content.decode()) if "place" in one.fields)
    mine = {name: raw.decode() for name, raw in form.fields.items()} | {"units": units}
    assert (mine["place"], mine["version"]) == ("我的地点", "2")
    assert client.post(page, mine).status_code == 302
    assert Meeting.objects.get(pk=gathering.meeting.pk).place == "我的地点"


def test_invited_called_off_and_held_by_buttons(gathering: Gathering, send: Get, get: Get, moment: Any) -> None:
    clerk = gathering.district.street.clerk
    Meeting.objects.filter(pk=gathering.meeting.pk).update(state="planned")
    assert address(gathering, "hold/") not in get(clerk, address(gathering)).content.decode()
    send(clerk, address(gathering), address(gathering, "invite/"))
    assert Meeting.objects.get(pk=gathering.meeting.pk).state == "invited"
    assert address(gathering, "invite/") not in get(clerk, address(gathering)).content.decode()
    moment(BEGINS)
    answer = send(clerk, address(gathering, "call-off/"), reason=" ")
    assert (answer.status_code, Meeting.objects.get(pk=gathering.meeting.pk).state) == (422, "invited")
    send(clerk, address(gathering), address(gathering, "hold/"))
    page = get(clerk, address(gathering)).content.decode()
    assert [part for part in ("change/", "call-off/", "hold/") if address(gathering, part) in page] == []
    for part in ("change/", "call-off/"):
        get(clerk, address(gathering, part), 409)


def test_called_off_with_its_reason_on_the_page(gathering: Gathering, send: Get, get: Get) -> None:
    item_in(gathering)
    clerk = gathering.district.street.clerk
    assert send(clerk, address(gathering, "call-off/"), reason="台风红色预警").url == address(gathering)
    page = get(clerk, address(gathering))
    assert "called off because 台风红色预警" in words(page)
    assert "<textarea" not in page.content.decode()
    for part in ("attendance/", "proposals/", "items/new/", "texts/"):
        get(clerk, address(gathering, part), 409)


def test_a_unit_answers_on_the_page(gathering: Gathering, send: Get, get: Get) -> None:
    liaison, seat = gathering.district.liaison, gathering.meeting.seats.get(unit=gathering.department)
    action = address(gathering, f"seats/{seat.pk}/")
    assert "not answered yet" in words(get(liaison, LIST))
    answer = send(liaison, address(gathering), action, answer="substitute", names="李四 副科长")
    seat.refresh_from_db()
    assert (answer.url, seat.answer, seat.names) == (address(gathering, "#seats"), "substitute", "李四 副科长")
    assert "sends a substitute" in words(get(liaison, LIST))
    for wrong in ({"answer": "x"}, {"answer": ""}, {"answer": "coming", "names": "\x00"},
                  {"answer": "coming", "names": "字" * 201}):  # fmt: skip
        assert send(liaison, address(gathering), action, **wrong).status_code == 422
    assert "substitute" in Seat.objects.get(pk=seat.pk).answer


def test_the_office_answers_for_a_unit(gathering: Gathering, send: Get, get: Get) -> None:
    seat, clerk = gathering.meeting.seats.get(unit=gathering.school), gathering.district.street.clerk
    action = address(gathering, f"seats/{seat.pk}/")
    assert f'href="{action}"' in get(clerk, address(gathering)).content.decode()
    assert send(clerk, action, answer="coming", names="陈校长").status_code == 302
    assert "1 of 4 answered" in words(get(clerk, address(gathering)))
    assert "1 of 4" in words(get(clerk, LIST))


def test_attendance_is_one_form_with_what_was_answered(gathering: Gathering, send: Get, get: Get, moment: Any) -> None:
    clerk, department, team = gathering.district.street.clerk, gathering.department, gathering.team
    MemberUnit.objects.filter(pk=department.pk).update(contact_name="张三", substitute_name="李四")
    MemberUnit.objects.filter(pk=team.pk).update(contact_name="王五")
    for unit, answer in ((department, "substitute"), (team, "coming"), (gathering.community, "excused")):
        seat = gathering.meeting.seats.get(unit=unit)
        answer_invitation(by=clerk, at=NOW, pk=gathering.meeting.pk, seat=seat.pk, answer=answer)
    get(clerk, address(gathering, "attendance/"), 409)
    moment(BEGINS)
    assert address(gathering, "attendance/") in get(clerk, address(gathering)).content.decode()
    empty = [gathering.meeting.seats.get(unit=unit) for unit in (gathering.community, gathering.school)]
    nobody = {f"{seat.pk}-names": "" for seat in empty}
    assert send(clerk, address(gathering, "attendance/"), **nobody).url == address(gathering, "#seats")
    rows = gathering.meeting.seats.order_by("unit_id").values_list("presence", "names")
    assert list(rows) == [("present", "李四"), ("present", "王五"), ("excused", ""), ("absent", "")]
    seat = gathering.meeting.seats.get(unit=gathering.school)
    answer = send(
        clerk, address(gathering, "attendance/"), **{f"{seat.pk}-presence": "x", f"{seat.pk}-names": "我写的"}
    )
    assert (answer.status_code, "我写的" in answer.content.decode()) == (422, True)
    send(clerk, address(gathering, "attendance/"), **{f"{seat.pk}-presence": "observing"})
    assert "observing, without a vote" in words(get(clerk, address(gathering)))


def test_proposals_by_reason_are_put_on_the_agenda(gathering: Gathering, client: Client, get: Get) -> None:
    cases = [case_in(gathering.district, "escalated") for _count in range(2)]
    clerk = gathering.district.street.clerk
    page = address(gathering, "proposals/")
    shown = words(get(clerk, page))
    assert "with a district department" in shown
    assert shown.count("with a district department") == 1
    assert client.post(page, {}).status_code == 422
    answer = client.post(page, {"key": [f"case:{one.pk}" for one in cases]})
    assert (answer.url, gathering.meeting.items.count()) == (address(gathering, "#agenda"), 2)
    shown = get(clerk, address(gathering)).content.decode()
    assert [f'href="/cases/{one.number}/"' in shown for one in cases] == [True, True]
    assert "Nothing more asks to be discussed" in words(get(clerk, page))


def test_the_agenda_by_buttons(gathering: Gathering, send: Get, get: Get, client: Client) -> None:
    clerk = gathering.district.street.clerk
    for title in "一二三":
        send(clerk, address(gathering, "items/new/"), title=title, background="")
    first, second, third = gathering.meeting.items.order_by("position")
    answer = send(clerk, address(gathering), address(gathering, f"items/{third.pk}/move/"))
    assert answer.url == address(gathering, f"#item-{third.pk}")
    assert [one.title for one in gathering.meeting.items.order_by("position")] == ["一", "三", "二"]
    page = get(clerk, address(gathering)).content.decode()
    ups = [one.fields["to"] for one in forms_of(page) if one.action.endswith("/move/")]
    assert ups == [b"1", b"2", b"1", b"3", b"2", b"3"]
    assert page.count("disabled") == 2
    for to in ("", "x", "0", "-1", "9" * 40):
        assert client.post(address(gathering, f"items/{first.pk}/move/"), {"to": to}).status_code == 422
    send(clerk, address(gathering), address(gathering, f"items/{second.pk}/remove/"))
    written(gathering, first, "讨论")
    page = get(clerk, address(gathering)).content.decode()
    assert address(gathering, f"items/{first.pk}/remove/") not in page
    assert client.post(address(gathering, f"items/{first.pk}/remove/")).status_code == 409
    assert client.post(address(gathering, f"items/{second.pk}/remove/")).status_code == 404


def test_each_item_leads_to_its_resolutions(gathering: Gathering, get: Get) -> None:
    item = item_in(gathering)
    draft = gathering.resolution("draft", item=item.pk)
    page = get(gathering.district.street.clerk, address(gathering)).content.decode()
    assert f'href="{address(gathering, "resolutions/new/")}?item={item.pk}"' in page
    assert page.count(f'href="{draft.get_absolute_url()}"') == 2  # at its item, and in the list of all
    assert draft.number not in get(gathering.district.liaison, address(gathering)).content.decode()


def test_a_text_is_saved_by_the_button(gathering: Gathering, send: Get, get: Get) -> None:
    item = item_in(gathering)
    clerk, action = gathering.district.street.clerk, address(gathering, f"items/{item.pk}/")
    answer = send(clerk, address(gathering), action, text="讨论 <b>")
    assert answer.url == address(gathering, f"#item-{item.pk}")
    page = get(clerk, address(gathering)).content.decode()
    assert "讨论 &lt;b&gt;" in page
    assert "Saved by clerk1 at 2026-03-02 10:00" in words(get(clerk, address(gathering)))
    assert "讨论 &lt;b&gt;" in get(clerk, action).content.decode()


def test_of_two_writers_the_second_gets_both_texts(gathering: Gathering, client: Client) -> None:
    item = item_in(gathering)
    written(gathering, item, "领导写的")
    answer = posted(client, gathering, item, "我写的")
    assert answer.status_code == 409
    assert "leader1 saved another text at 10:00:00" in words(answer)
    (form,) = [one for one in forms_of(answer.content.decode()) if "text" in one.fields]
    assert {name: raw.decode() for name, raw in form.fields.items()} == {"version": "2", "text": "我写的"}
    assert "领导写的" in words(answer)
    assert posted(client, gathering, item, "领导写的\n我写的", 2).status_code == 302
    item.refresh_from_db()
    assert (item.discussion, item.version) == ("领导写的\n我写的", 3)


def test_the_page_that_saves_by_itself(gathering: Gathering, client: Client) -> None:
    item = item_in(gathering)
    answer = posted(client, gathering, item, "讨论\r\n二 ", **LIVE)
    told = {"item": item.pk, "version": 2, "text": "讨论\n二", "said": "Saved by clerk1 at 10:00:00"}
    assert (answer.status_code, answer.json()) == (200, told)
    written(gathering, item, "领导写的", 2)
    answer = posted(client, gathering, item, "我写的", 2, **LIVE)
    body = answer.json()
    assert (answer.status_code, answer["Content-Type"], body["status"]) == (409, "application/problem+json", 409)
    assert (body["version"], body["text"]) == (3, "领导写的")
    assert body["detail"].startswith("leader1 saved another text")
    answer = posted(client, gathering, item, "讨论\n二", 2, **LIVE)  # nothing was written here
    assert (answer.status_code, answer.json()["text"], answer.json()["version"]) == (200, "领导写的", 3)
    for text, version in (("字" * 10_001, 3), ("\u202e", 3), ("x", "x"), ("x", 0), ("x", 2**31), ("\x00", 3)):
        answer = posted(client, gathering, item, text, version, **LIVE)
        assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
        assert answer.json()["detail"]
    item.refresh_from_db()
    assert (item.discussion, item.version) == ("领导写的", 3)


def test_what_is_wrong_with_a_text_is_told_and_kept(gathering: Gathering, client: Client) -> None:
    item = item_in(gathering)
    answer = posted(client, gathering, item, "a\u202eb")
    assert (answer.status_code, "a\u202eb" in answer.content.decode()) == (422, True)
    answer = posted(client, gathering, item, "我写的", "x")
    assert (answer.status_code, "我写的" in answer.content.decode()) == (422, True)
    assert "The form was damaged" in words(answer)


def test_all_texts_for_the_page_that_follows(gathering: Gathering, get: Get) -> None:
    first, second = item_in(gathering, "一"), item_in(gathering, "二")
    written(gathering, second, "领导写的")
    answer = get(gathering.district.street.clerk, address(gathering, "texts/"))
    told = json.loads(answer.content)
    assert told["items"] == [
        {"item": first.pk, "version": 1, "text": "", "said": ""},
        {"item": second.pk, "version": 2, "text": "领导写的", "said": "Saved by leader1 at 10:00:00"},
    ]
    assert (len(told["token"]) > 30, answer["Cache-Control"]) == (True, "private, no-store")


SEE = ("clerk", "leader", "auditor", "officer", "teamleader")
WRITE = ("change/", "call-off/", "proposals/", "items/new/", "texts/")
PRESS = ("invite/", "hold/")


def test_who_sees_and_does_what(gathering: Gathering, get: Get, client: Client) -> None:
    street, other = gathering.district.street, gathering.district.other
    item = item_in(gathering)
    of_item = (f"items/{item.pk}/", f"items/{item.pk}/move/", f"items/{item.pk}/remove/")
    for name in (*SEE, "member", "admin", "secadmin"):
        person = getattr(street, name)
        get(person, address(gathering), 200 if name in SEE else 404)
        for part in (*WRITE, of_item[0]):
            get(person, address(gathering, part), 200 if name in ("clerk", "leader") else 403 if name in SEE else 404)
        for part in (*PRESS, *of_item) if name not in ("clerk", "leader") else ():
            assert client.post(address(gathering, part)).status_code == (403 if name in SEE else 404), part
        get(person, LIST, 200 if name in SEE else 403)
    for person in (other.clerk, other.leader, other.officer, gathering.district.liaison2, street.officer2):
        for part in ("", *WRITE, of_item[0]):
            get(person, address(gathering, part), 404)
        assert "三月联席会议" not in words(get(person, LIST))
    assert (Meeting.objects.get(pk=gathering.meeting.pk).state, AgendaItem.objects.count()) == ("invited", 1)


def test_units_see_what_they_are_invited_to_without_the_minutes(gathering: Gathering, get: Get) -> None:
    item = item_in(gathering)
    written(gathering, item, "内部讨论")
    case = case_in(gathering.district, "handling")  # no department's
    add_proposals(by=gathering.district.street.clerk, at=NOW, pk=gathering.meeting.pk, keys=[])
    type(item).objects.filter(pk=item.pk).update(case=case)
    seat = gathering.meeting.seats.get(unit=gathering.school)
    answer_invitation(
        by=gathering.district.street.clerk,
        at=NOW,
        pk=gathering.meeting.pk,
        seat=seat.pk,
        answer="coming",
        names="陈校长",
    )
    for person in (gathering.district.liaison, gathering.district.street.teamleader, gathering.district.street.officer):
        page = get(person, address(gathering))
        assert "雨棚" in words(page)
        assert "内部讨论" not in page.content.decode()
        assert "陈校长" not in page.content.decode()
    assert "内部讨论" in words(get(gathering.district.street.auditor, address(gathering)))
    assert f'href="/cases/{case.number}/"' not in get(gathering.district.liaison, address(gathering)).content.decode()
    Meeting.objects.filter(pk=gathering.meeting.pk).update(state="planned")
    get(gathering.district.liaison, address(gathering), 404)
    assert "三月联席会议" not in words(get(gathering.district.liaison, LIST))


@pytest.mark.parametrize("pk", ["0", str(2**63), "9" * 400, "x", "-1"])
def test_an_address_of_nothing_is_404(gathering: Gathering, get: Get, client: Client, pk: str) -> None:
    leader = gathering.district.street.leader
    for part in ("", *WRITE, "attendance/", "seats/1/", "items/1/"):
        get(leader, f"{LIST}{pk}/{part}", 404)
    for part in (f"seats/{pk}/", f"items/{pk}/"):
        get(leader, address(gathering, part), 404)
    for part in (*(f"{LIST}{pk}/{one}" for one in PRESS), address(gathering, f"items/{pk}/move/"),
                 address(gathering, f"items/{pk}/remove/")):  # fmt: skip
        assert client.post(part, {"to": "1"}).status_code == 404, part
    for part in ("units", "rules"):
        get(leader, f"{LIST}{part}/{pk}/", 404)


UNIT = {"name_zh": "派出所", "name_en": "", "kind": "police", "contact_name": "张三", "is_active": "on"}
RULE = {"title": "每月联席会议", "ordinal": "1", "weekday": "2", "every_months": "1", "since": "2026-01-01",
        "starts": "14:30", "place": "三楼", "is_active": "on"}  # fmt: skip


def test_the_register_of_units(gathering: Gathering, send: Get, get: Get) -> None:
    admin, page = gathering.district.street.admin, f"{LIST}units/new/"
    assert send(admin, page, **UNIT, organisation="", community="").url == f"{LIST}units/"
    found = MemberUnit.objects.get(name_zh="派出所")
    assert (found.contact_name, found.is_active, found.subdistrict) == ("张三", True, admin.subdistrict)
    page = f"{LIST}units/{found.pk}/"
    assert send(admin, page, contact_name="李四", organisation="", community="").url == f"{LIST}units/"
    assert "李四" in words(get(admin, f"{LIST}units/"))
    for wrong in ({"name_zh": "执法队"}, {"name_zh": ""}, {"kind": "x"}, {"organisation": "9" * 40},
                  {"community": str(gathering.district.other.communities[0].pk)}, {"contact_email": "x"},
                  {"contact_name": "a\u202eb"}, {"contact_name": "\x00"}):  # fmt: skip
        answer = send(admin, page, **{"organisation": "", "community": "", **wrong})
        assert (answer.status_code, "Please correct what is marked" in words(answer)) == (422, True), wrong
    assert MemberUnit.objects.get(pk=found.pk).contact_name == "李四"


def test_the_register_of_regular_meetings(gathering: Gathering, send: Get, get: Get) -> None:
    clerk, page = gathering.district.street.clerk, f"{LIST}rules/new/"
    assert send(clerk, page, **RULE, units=[gathering.team.pk]).url == f"{LIST}rules/"
    found = MeetingRule.objects.get()
    assert list(found.units.all()) == [gathering.team]
    for shown in (words(get(clerk, f"{LIST}rules/")), words(get(clerk, LIST))):
        assert "first Tuesday of every month, 14:30" in shown
        assert "2026-03-03, 2026-04-07, 2026-05-06" in shown
    page = f"{LIST}rules/{found.pk}/"
    for wrong in ({"units": []}, {"units": ["9" * 40]}, {"ordinal": "5"}, {"weekday": "9"}, {"every_months": "0"},
                  {"every_months": "13"}, {"since": "x"}, {"starts": "25:00"}, {"title": ""},
                  {"place": "\x00"}):  # fmt: skip
        answer = send(clerk, page, **{**RULE, "units": [gathering.team.pk], **wrong})
        assert answer.status_code == 422, wrong
    for day in ("0001-01-01", "9999-12-31"):
        assert send(clerk, page, **{**RULE, "units": [gathering.team.pk], "since": day}).status_code == 302
        get(clerk, LIST)
    sent = {**RULE, "units": [gathering.school.pk], "every_months": "3"}
    del sent["is_active"]
    assert send(clerk, page, **sent).status_code == 302
    found.refresh_from_db()
    assert (list(found.units.all()), found.every_months) == ([gathering.school], 3)


def test_who_keeps_the_registers(gathering: Gathering, get: Get) -> None:
    street = gathering.district.street
    rule = MeetingRule(title="每月", since=date(2026, 1, 1), starts=time(14, 30), place="三楼")
    save_rule(by=street.clerk, at=NOW, rule=rule, units=[gathering.team.pk])
    for name in ("clerk", "leader", "admin", "auditor", "officer", "teamleader", "member", "secadmin"):
        may = name in ("clerk", "leader", "admin")
        for part in ("units/", "units/new/", "rules/", "rules/new/"):
            get(getattr(street, name), f"{LIST}{part}", 200 if may else 403)
        for part in (f"units/{gathering.team.pk}/", f"rules/{rule.pk}/"):
            get(getattr(street, name), f"{LIST}{part}", 200 if may else 404)
            get(gathering.district.other.leader, f"{LIST}{part}", 404)
    assert f'href="{LIST}"' not in get(street.admin, f"{LIST}units/").content.decode()
    assert f'class="page-back" href="{LIST}"' in get(street.clerk, f"{LIST}units/").content.decode()


def test_the_next_one_comes_first_and_earlier_ones_by_page(gathering: Gathering, get: Get) -> None:
    clerk = gathering.district.street.clerk
    for day in range(1, 28):
        plan = MeetingPlan(f"会议{day:02}", china(f"2026-05-{day:02} 09:00"), "三楼", [gathering.team.pk])
        made = plan_meeting(by=clerk, at=PLANNED, plan=plan)
        if day > 2:
            cancel_meeting(by=clerk, at=PLANNED, pk=made.pk, reason="x")
    shown = words(get(clerk, LIST))
    ahead, _middle, earlier = shown.partition(" Earlier ")
    assert [title for title in ("三月联席会议", "会议01", "会议02") if title in ahead] == [
        "三月联席会议",
        "会议01",
        "会议02",
    ]
    assert ahead.index("三月联席会议") < ahead.index("会议01") < ahead.index("会议02")
    assert "会议27" in earlier
    assert "会议03" in earlier
    assert earlier.index("会议27") < earlier.index("会议03")


def cost(client: Client, page: str) -> int:
    """The queries of a page that was opened before."""
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    assert len(queries) <= 12, [page, *(one["sql"][:150] for one in queries)]
    return len(queries)


def fill(gathering: Gathering, count: int) -> None:
    """Units with seats, items with cases and resolutions, rules, meetings ahead and earlier."""
    clerk, pk, office = gathering.district.street.clerk, gathering.meeting.pk, gathering.district.street.subdistrict
    cases = [case_in(gathering.district, "escalated") for _count in range(2)]
    add_proposals(by=clerk, at=NOW, pk=pk, keys=[f"case:{case.pk}" for case in cases])
    for number in range(count):
        unit = MemberUnit.objects.create(
            subdistrict=office, kind="department", name_zh=f"单位{number}", organisation=gathering.district.cgj
        )
        Seat.objects.create(meeting=gathering.meeting, unit=unit)
        item = item_in(gathering, f"事项{number}")
        gathering.resolution("draft", item=item.pk)
        rule = MeetingRule(title=f"例会{number}", since=date(2026, 1, 1), starts=time(14, 30), place="三楼")
        save_rule(by=clerk, at=NOW, rule=rule, units=[unit.pk])
        plan = MeetingPlan(f"会议{number}", china("2026-04-07 14:30"), "三楼", [unit.pk], chair=clerk.pk)
        plan_meeting(by=clerk, at=PLANNED, plan=plan)
        made = plan_meeting(by=clerk, at=PLANNED, plan=plan)
        hold_meeting(by=clerk, at=china("2026-04-07 14:30"), pk=made.pk)


@pytest.mark.parametrize("who", ["leader", "liaison", "officer"])
def test_pages_cost_few_queries_however_much_there_is(
    gathering: Gathering, client: Client, moment: Any, who: str
) -> None:
    moment(BEGINS)
    fill(gathering, 1)
    item = gathering.meeting.items.first()
    seat = gathering.meeting.seats.get(unit=gathering.department)
    parts = ["", "change/", "call-off/", "attendance/", "proposals/", "items/new/", "texts/", f"items/{item.pk}/"]
    pages = [LIST, address(gathering)]
    if who == "leader":
        pages += [address(gathering, part) for part in (*parts, f"seats/{seat.pk}/")]
        own = (f"units/{gathering.team.pk}/", f"rules/{MeetingRule.objects.get().pk}/")
        pages += [f"{LIST}{part}" for part in ("plan/", "units/", "rules/", "units/new/", "rules/new/", *own)]
    client.force_login(getattr(gathering.district, who, None) or getattr(gathering.district.street, who))
    before = [cost(client, page) for page in pages]
    fill_more(gathering)
    assert [cost(client, page) for page in pages] == before


def fill_more(gathering: Gathering) -> None:
    """Another nine of each, with other names."""
    MemberUnit.objects.filter(name_zh="单位0").update(name_zh="单位x")
    MeetingRule.objects.filter(title="例会0").update(title="例会x")
    AgendaItem.objects.filter(title="事项0").update(title="事项x")
    fill(gathering, 9)


def test_nothing_of_another_office_stands_on_the_pages(gathering: Gathering, district: District, get: Get) -> None:
    other = MemberUnit.objects.create(subdistrict=district.other.subdistrict, kind="office", name_zh="乙街科室")
    plan = MeetingPlan("乙街会议", china("2026-04-07 14:30"), "乙街", [other.pk])
    plan_meeting(by=district.other.clerk, at=PLANNED, plan=plan)
    for part in ("", "units/", "plan/", "rules/new/"):
        page = get(district.street.clerk, f"{LIST}{part}")
        assert not {one for one in ("乙街会议", "乙街科室", "clerk2") if one in words(page)}, part


def test_the_office_is_told_which_units_no_news_reaches(gathering: Gathering, client: Client) -> None:
    client.force_login(gathering.district.street.clerk)
    address = gathering.meeting.get_absolute_url()
    assert client.get(address).context["unreached"] == set()
    MemberUnit.objects.update(contact_email="", substitute_email="")
    assert client.get(address).context["unreached"] == {gathering.school.pk}
    client.force_login(gathering.district.liaison)
    assert client.get(address).context["unreached"] == set()
