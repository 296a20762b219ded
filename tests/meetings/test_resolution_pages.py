"""The pages of resolutions: who opens which, the ways through them, wrong input, and what they cost."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.meetings.actions import act_on_resolution
from cases.meetings.lifecycle import TRANSITIONS
from cases.meetings.models import AgendaItem, MemberUnit, Resolution
from citymgmt.people.models import User
from citymgmt.people.permissions import TABLE
from citymgmt.worktime import sweep
from communities.models import KeyPlace
from tests.cases.list_pages import words
from tests.hostile.pages import Form, forms_of
from tests.meetings.gatherings import BEGINS, ENACTED, Gathering
from tests.office import china

NOW = ENACTED + timedelta(days=2)  # Friday, 6 March, 09:00
LIST = "/resolutions/"
Get = Callable[..., Any]
ACTS = re.compile(r"/resolutions/[^/]+/do/(\w+)/")


@pytest.fixture(autouse=True)
def in_march(gathering: Gathering, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is two days after, and everybody reads English."""
    User.objects.update(language="en")
    monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda: NOW)


@pytest.fixture
def get(client: Client) -> Get:
    def answer(user: User, address: str, status: int = 200) -> Any:
        client.force_login(user)
        found = client.get(address)
        assert found.status_code == status, address
        return found

    return answer


def posted(page: Any, action: str = "") -> dict[str, str]:
    """The fields of a form of a page as they stand there."""
    form = _form(page, action)
    return {name: raw.decode() for name, raw in form.fields.items()}


def _form(page: Any, action: str) -> Form:
    found = [one for one in forms_of(page.content.decode()) if one.method == "post" and one.action == action]
    return found[0]


@pytest.fixture
def send(client: Client) -> Get:
    """The answer to a form of a page, sent as it stands there but for what is typed."""

    def answer(user: User, page: str, action: str = "", to: str = "", **typed: Any) -> Any:
        client.force_login(user)
        return client.post(to or action or page, posted(client.get(page), action) | typed)

    return answer


def at(resolution: Resolution, part: str = "") -> str:
    return f"{LIST}{resolution.number}/{part}"


def meeting(gathering: Gathering, part: str = "") -> str:
    return f"/meetings/{gathering.meeting.pk}/{part}"


def offered(page: Any) -> set[str]:
    return set(ACTS.findall(page.content.decode()))


def test_from_the_meeting_to_done(gathering: Gathering, send: Get, get: Get, log: Any) -> None:
    street, case = gathering.district.street, log(ENACTED)
    item = AgendaItem.objects.create(
        meeting=gathering.meeting, position=1, title="雨棚", case=case, saved_at=BEGINS, saved_by=street.clerk
    )
    new = meeting(gathering, f"resolutions/new/?item={item.pk}")
    page = get(street.clerk, new)
    assert posted(page)["cases"] == case.number
    assert "10 working days end on 2026-03-20" in words(page)
    typed = {"text": "拆除雨棚", "lead": gathering.department.pk, "supporting": [gathering.team.pk]}
    answer = send(street.clerk, new, key_place="", place="东段", **typed)
    resolution = Resolution.objects.get()
    assert (answer.status_code, answer.url) == (302, at(resolution))
    assert (resolution.item, resolution.limit_days, [one.case for one in resolution.cases.all()]) == (item, 10, [case])
    get(gathering.district.liaison, at(resolution), 404)
    send(street.leader, at(resolution), at(resolution, "do/enact/"))
    liaison, report, progress = (
        gathering.district.liaison,
        at(resolution, "do/report_done/"),
        at(resolution, "do/progress/"),
    )
    assert send(liaison, at(resolution), report, to=progress, note="完成一半").status_code == 302
    assert "完成一半" in get(liaison, at(resolution)).content.decode()
    assert send(liaison, at(resolution), report, note="").status_code == 422  # it must say what was done
    send(liaison, at(resolution), report, note="已拆")
    agree = at(resolution, "do/agree/")
    send(street.leader, at(resolution), agree, to=at(resolution, "do/go_on/"), note="还差")
    assert Resolution.objects.get().state == "open"
    send(liaison, at(resolution), report, note="全拆")
    send(street.leader, at(resolution), agree)
    page = words(get(street.auditor, at(resolution)))
    assert "carried out" in page
    assert "Not done yet: go on" in page  # of its history
    assert Resolution.objects.get().state == "done"


def test_of_an_item_of_another_meeting_or_of_nonsense_there_is_just_an_empty_form(
    gathering: Gathering, get: Get
) -> None:
    for item in ("0", "x", "9" * 400, "-1", "²", ""):
        page = get(gathering.district.street.clerk, meeting(gathering, f"resolutions/new/?item={item}"))
        assert posted(page)["cases"] == "x"  # what the reader of forms enters where nothing stands


@pytest.mark.parametrize("state", ["draft", "open", "reported", "done"])
@pytest.mark.parametrize("name", ["clerk", "leader", "auditor", "liaison", "teamleader"])
def test_buttons_are_those_of_role_and_state(gathering: Gathering, get: Get, name: str, state: str) -> None:
    resolution, district = gathering.resolution(state), gathering.district
    user = getattr(district, name, None) or getattr(district.street, name)
    if state == "draft" and name in ("liaison", "teamleader"):
        get(user, at(resolution), 404)
        return
    allowed = {
        one.action for one in TRANSITIONS.values() if state in one.sources and user.role in TABLE[one.permission]
    }
    page = get(user, at(resolution))
    assert offered(page) == allowed
    html = page.content.decode()
    writes = user.role in TABLE["resolution.write"]
    assert (at(resolution, "revise/") in html) == (writes and state == "draft")
    assert (at(resolution, "cases/") in html) == (writes and state in ("draft", "open"))


PARTS = ("", "do/urge/", "do/agree/", "do/prolong/", "do/withdraw/", "revise/", "cases/")


def test_who_opens_what(gathering: Gathering, get: Get) -> None:
    resolution, street = gathering.resolution("open"), gathering.district.street
    expected = {
        "clerk": (200, 200, 403, 403, 403, 409, 200),
        "leader": (200, 200, 409, 200, 200, 409, 200),
        "auditor": (200, 403, 403, 403, 403, 403, 403),
        "teamleader": (200, 403, 403, 403, 403, 403, 403),
        "officer": (404,) * 7,
        "member": (404,) * 7,
        "admin": (404,) * 7,
        "secadmin": (404,) * 7,
    }
    for name, statuses in expected.items():
        for part, status in zip(PARTS, statuses, strict=True):
            get(getattr(street, name), at(resolution, part), status)
    for part in PARTS:
        get(gathering.district.other.leader, at(resolution, part), 404)
        get(gathering.district.liaison2, at(resolution, part), 404)
    for name, status in {"clerk": 200, "leader": 200, "auditor": 403, "teamleader": 403, "admin": 404}.items():
        get(getattr(street, name), meeting(gathering, "resolutions/new/"), status)
    for name, status in {"clerk": 200, "member": 403, "admin": 403, "officer": 200}.items():
        get(getattr(street, name), LIST, status)


@pytest.mark.parametrize("number", ["x", "0", "9" * 400, "%00", "440106001-2026-R9999"])
@pytest.mark.parametrize("part", PARTS)
def test_an_address_of_nothing_is_404(gathering: Gathering, client: Client, number: str, part: str) -> None:
    client.force_login(gathering.district.street.leader)
    assert client.get(f"{LIST}{number}/{part}").status_code in (400, 404)


def test_an_action_of_nothing_is_404(gathering: Gathering, get: Get) -> None:
    resolution = gathering.resolution("open")
    for action in ("x", "make", "revise", "__class__"):
        get(gathering.district.street.leader, at(resolution, f"do/{action}/"), 404)


def test_who_was_slower_is_told_who_was_faster_and_loses_no_word(
    gathering: Gathering, client: Client, get: Get
) -> None:
    resolution, leader = gathering.resolution("open"), gathering.district.street.leader
    form = posted(get(leader, at(resolution, "do/prolong/")))
    act_on_resolution("urge", number=resolution.number, by=gathering.district.street.clerk, at=NOW)
    answer = client.post(at(resolution, "do/prolong/"), form | {"note": "我的理由", "limit_days": "5"})
    told = words(answer)
    assert answer.status_code == 409
    assert "Somebody else has changed this" in told
    assert "Urge · clerk1" in told
    assert "我的理由" in answer.content.decode()
    assert Resolution.objects.get().limit_days == 10


def test_wrong_state_is_told_as_well(gathering: Gathering, get: Get) -> None:
    resolution = gathering.resolution("done")
    told = words(get(gathering.district.street.leader, at(resolution, "do/withdraw/"), 409))
    assert "“Withdraw” is not possible: the resolution is now in the state “carried out”." in told


def test_a_form_sent_twice_is_done_once(gathering: Gathering, client: Client, get: Get) -> None:
    resolution, leader = gathering.resolution("open"), gathering.district.street.leader
    form = posted(get(leader, at(resolution, "do/prolong/"))) | {"note": "x", "limit_days": "5"}
    for _time in range(2):
        assert client.post(at(resolution, "do/prolong/"), form).status_code == 302
    assert Resolution.objects.get().version == 3
    new = posted(get(leader, meeting(gathering, "resolutions/new/")))
    new |= {"text": "x", "lead": str(gathering.team.pk), "cases": "", "item": "", "key_place": ""}
    for _time in range(2):
        assert client.post(meeting(gathering, "resolutions/new/"), new).status_code == 302
    assert Resolution.objects.count() == 2
    assert client.post(meeting(gathering, "resolutions/new/"), new | {"text": "y"}).status_code == 422


WRONG = [
    {"text": ""}, {"text": "\x00"}, {"text": "字" * 2001}, {"text": "\u202e"}, {"lead": ""}, {"lead": "x"},
    {"lead": "9" * 40}, {"supporting": ["x"]}, {"supporting": ["9" * 40]}, {"by_when": "x"}, {"by_when": ""},
    {"limit_days": ""}, {"limit_days": "0"}, {"limit_days": "251"}, {"limit_days": "1.5"}, {"limit_days": "9" * 4000},
    {"by_when": "by_day", "due_on": ""}, {"by_when": "by_day", "due_on": "2026-02-30"},
    {"by_when": "by_day", "due_on": "2026-03-05"}, {"by_when": "by_day", "due_on": "9999-12-31"},
    {"item": "x"}, {"item": "9" * 40}, {"key_place": "x"}, {"key_place": "9" * 40}, {"place": "字" * 201},
    {"place": "a\x0bb"}, {"cases": "x"}, {"cases": "\x00"}, {"cases": " ".join(map(str, range(21)))},
    {"cases": "9" * 1001}, {"request_key": "x"}, {"request_key": ""},
]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: str(wrong)[:40])
def test_a_wrong_wording_is_told_and_nothing_is_lost(gathering: Gathering, send: Get, wrong: dict[str, Any]) -> None:
    typed = {
        "text": "我写的决议",
        "lead": gathering.team.pk,
        "place": "我的地点",
        "cases": "",
        "item": "",
        "key_place": "",
    }
    answer = send(gathering.district.street.clerk, meeting(gathering, "resolutions/new/"), **{**typed, **wrong})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert ("我写的决议" in html) or ("text" in wrong)
    assert ("我的地点" in html) or ("place" in wrong)
    assert "error-summary" in html
    assert not Resolution.objects.exists()


def test_a_day_instead_of_a_limit(gathering: Gathering, send: Get) -> None:
    typed = {"text": "x", "lead": gathering.team.pk, "cases": "", "item": "", "key_place": "", "limit_days": "x"}
    clerk = gathering.district.street.clerk
    send(clerk, meeting(gathering, "resolutions/new/"), **typed, by_when="by_day", due_on="2026-03-20")
    resolution = Resolution.objects.get()
    assert (resolution.limit_days, str(resolution.due_on)) == (None, "2026-03-20")


def test_a_draft_is_worded_anew_as_it_stands_there(gathering: Gathering, send: Get, get: Get) -> None:
    place = KeyPlace.objects.create(community=gathering.district.street.communities[0], kind="street", name_zh="步行街")
    draft = gathering.resolution(key_place_id=place.pk, place="东段")
    clerk = gathering.district.street.clerk
    answer = send(clerk, at(draft, "revise/"), text="改写", item="", supporting=[gathering.team.pk], due_on="")
    assert (answer.status_code, answer.url) == (302, at(draft))
    again = Resolution.objects.get()
    told = (again.text, again.lead, again.supporting, again.limit_days, again.key_place, again.place, again.version)
    assert told == ("改写", gathering.department, [gathering.team.pk], 10, place, "东段", 2)
    answer = send(clerk, at(draft, "revise/"), version="1", item="", due_on="")
    assert answer.status_code == 409


def test_cases_are_told_by_number(gathering: Gathering, send: Get, get: Get, log: Any) -> None:
    one, two = log(ENACTED), log(ENACTED)
    resolution, clerk = gathering.resolution("open", cases=[one]), gathering.district.street.clerk
    assert send(clerk, at(resolution, "cases/"), cases=f"{one.number}，{two.number}\r\n{one.number}").status_code == 302
    assert [part.case for part in resolution.cases.filter(is_linked=True)] == [one, two]
    answer = send(clerk, at(resolution, "cases/"), cases=f"{one.number} 12345")
    assert answer.status_code == 422
    assert "There is no case with the number 12345." in words(answer)
    assert send(clerk, at(resolution, "cases/"), version="x").status_code == 422
    page = get(gathering.district.liaison, at(resolution)).content.decode()
    assert f"<li>{one.number}" in page  # told, but no link: the department does not have the case
    assert f'href="/cases/{one.number}/"' not in page
    assert f'href="/cases/{one.number}/"' in get(clerk, at(resolution)).content.decode()


def test_the_drafts_of_a_meeting_come_into_force_by_a_button(
    gathering: Gathering, send: Get, get: Get, client: Client
) -> None:
    gathering.resolution()
    gathering.resolution()
    leader, page, act = (
        gathering.district.street.leader,
        meeting(gathering),
        meeting(gathering, "resolutions/enact/"),
    )
    assert act not in get(gathering.district.street.clerk, page).content.decode()
    form = posted(get(leader, page), act)
    for wrong in ({"drafts": ""}, {"drafts": "x"}, {"drafts": "x:y"}, {"drafts": ":1"}, {"drafts": "x:" + "9" * 40},
                  {"drafts": "a:1," * 4000}, {"request_key": "x"}):  # fmt: skip
        assert client.post(act, form | wrong).status_code == 422
    assert client.post(act, form | {"drafts": "a:1"}).status_code == 409
    for _time in range(2):
        answer = client.post(act, form)
        assert (answer.status_code, answer.url) == (302, page)
    assert list(Resolution.objects.values_list("state", flat=True)) == ["open", "open"]
    assert act not in get(leader, page).content.decode()
    client.force_login(gathering.district.street.clerk)
    assert client.post(act, form).status_code == 403
    assert client.get(act).status_code == 405


@pytest.mark.parametrize(
    "query",
    [
        "state=x", "unit=x", "unit=" + "9" * 40, "meeting=x", "meeting=0", "figure=x", "lead=0", "lead=" + "9" * 40,
        "first=x", "first=2026-12-31&last=2026-01-01", "first=2000-01-01&last=2100-12-31", "last=9999-12-31",
    ],
)  # fmt: skip
def test_a_wrong_filter_is_told(gathering: Gathering, get: Get, query: str) -> None:
    gathering.resolution("open")
    page = get(gathering.district.street.clerk, f"{LIST}?{query}", 422)
    assert "440106001-2026-R0001" not in page.content.decode()


def listed(page: Any) -> list[str]:
    return [one.number for one, _supporting in page.context["rows"]]


def test_filters_combine_and_what_is_due_first_comes_first(
    gathering: Gathering, get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    later, sooner, draft = (
        gathering.resolution("open"),
        gathering.resolution("open", limit_days=3),
        gathering.resolution(),
    )
    done, reported = gathering.resolution("done"), gathering.resolution("reported", supporting=[], limit_days=4)
    clerk = gathering.district.street.clerk
    order = [sooner, reported, later, draft, done]
    assert listed(get(clerk, LIST)) == [one.number for one in order]
    late = china("2026-03-20 10:00")
    sweep.run(late)
    monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda: late)
    team, school, this = gathering.team.pk, gathering.school.pk, gathering.meeting.pk
    for query, expected in {
        "state=draft": [draft],
        "state=unfinished": [sooner, reported, later],
        "overdue=on": [sooner, later],
        "back=on": [sooner],
        f"unit={team}": [sooner, later, draft, done],
        f"unit={team}&state=open&back=on": [sooner],
        f"unit={school}": [],
        f"meeting={this}&state=done": [done],
        f"unit={gathering.department.pk}&overdue=on&meeting={this}": [sooner, later],
    }.items():
        assert listed(get(clerk, f"{LIST}?{query}")) == [one.number for one in expected], query


def test_units_choose_among_what_they_see(gathering: Gathering, get: Get) -> None:
    gathering.resolution("open", lead=gathering.community.pk, supporting=[])
    other = gathering.resolution("open")
    page = get(gathering.district.liaison, LIST)
    assert listed(page) == [other.number]
    assert gathering.community.name not in page.content.decode()


COSTING = ("", "do/withdraw/", "do/prolong/", "cases/")


@pytest.mark.parametrize("name", ["clerk", "leader", "liaison", "officer", "teamleader", "auditor"])
def test_pages_cost_few_queries_however_many_there_are(
    gathering: Gathering, client: Client, log: Any, name: str
) -> None:
    district = gathering.district
    user = getattr(district, name, None) or getattr(district.street, name)
    units = [gathering.team.pk, gathering.community.pk]
    resolution = gathering.resolution("open", supporting=units, cases=[log(ENACTED) for _count in range(3)])
    counts = []
    client.force_login(user)
    for _round in range(2):
        client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        assert len(queries) <= 12, [one["sql"][:200] for one in queries]
        counts.append(len(queries))
        for number in range(8):
            unit = MemberUnit.objects.create(
                subdistrict=district.street.subdistrict, kind="office", name_zh=f"科{number} {len(counts)}"
            )
            gathering.resolution("open", supporting=[*units, unit.pk])
    assert counts[0] == counts[1]
    for part in COSTING:
        client.get(at(resolution, part))
        with CaptureQueriesContext(connection) as queries:
            client.get(at(resolution, part))
        assert len(queries) <= 12, [part, *(one["sql"][:200] for one in queries)]
    address = meeting(gathering, "resolutions/new/")
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) <= 12, [one["sql"][:200] for one in queries]
