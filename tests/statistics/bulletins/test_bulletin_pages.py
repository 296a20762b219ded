"""Pages of bulletins: drafted, edited beside the paper, issued after a question; of two writers none loses a word."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.statistics.bulletins.actions import ask_files
from cases.statistics.bulletins.wording import SECTIONS
from cases.statistics.bulletins.work import make_files
from cases.statistics.models import Bulletin, BulletinJob
from citymgmt.people.models import User
from tests.cases.list_pages import words
from tests.cases.stories import case_in
from tests.hostile.pages import forms_of
from tests.office import District
from tests.statistics.bulletins.drafting import AFTER, LATER, a_month, drafted, issued, saved

LIST = "/statistics/bulletins/"
SEE = ("clerk", "leader", "auditor")
SEE_NOT = ("officer", "teamleader", "member", "admin", "secadmin")
Get = Callable[..., Any]


@pytest.fixture(autouse=True)
def after_march(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is April, and everybody reads English."""
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
    """The answer to a form of a page, sent as it stands there but for what is typed."""

    def answer(user: User, page: str, action: str = "", **typed: str) -> Any:
        client.force_login(user)
        found = forms_of(client.get(page).content.decode())
        (form,) = [one for one in found if one.method == "post" and one.action == action]
        return client.post(action or page, {name: raw.decode() for name, raw in form.fields.items()} | typed)

    return answer


def address(bulletin: Bulletin, part: str = "") -> str:
    return f"{LIST}{bulletin.pk}/{part}"


def test_from_the_list_to_the_issued_bulletin(district: District, send: Get, get: Get) -> None:
    a_month(district)
    clerk, leader = district.street.clerk, district.street.leader
    answer = send(clerk, LIST, f"{LIST}draft/")
    bulletin = Bulletin.objects.get()
    assert (answer.status_code, answer.url, str(bulletin)) == (302, address(bulletin, "edit/"), "2026-03")
    answer = send(clerk, address(bulletin, "edit/"), title="三月简报", **{"overview-text": "改写的综述。"})
    assert (answer.status_code, answer.url) == (302, address(bulletin, "edit/"))
    page = words(get(leader, address(bulletin)))
    assert "三月简报" in page
    assert "改写的综述。" in page
    answer = send(leader, address(bulletin, "issue/"))
    assert (answer.status_code, answer.url) == (302, address(bulletin))
    for name in SEE:
        page = get(getattr(district.street, name), address(bulletin))
        assert "Monthly bulletin No. 1 of 2026" in words(page)
        assert "/edit/" not in page.content.decode()
        assert "No. 1 of 2026" in words(get(getattr(district.street, name), LIST))


def test_the_page_of_an_evaluation_offers_the_draft_of_its_month(district: District, send: Get, get: Get) -> None:
    march = "/statistics/evaluation/?first=2026-03-01&last=2026-03-31"
    answer = send(district.street.clerk, march, f"{LIST}draft/")
    assert (answer.status_code, Bulletin.objects.get().month.month) == (302, 3)
    for query in ("first=2026-03-01&last=2026-03-30", "period=month", "first=2026-02-01&last=2026-03-31"):
        assert "draft/" not in get(district.street.leader, f"/statistics/evaluation/?{query}").content.decode()
    assert "draft/" not in get(district.street.auditor, march).content.decode()
    assert "draft/" not in get(district.liaison, march).content.decode()


def test_sections_are_moved_with_all_that_was_typed(district: District, send: Get) -> None:
    bulletin, clerk = drafted(district), district.street.clerk
    keys = list(SECTIONS)
    send(clerk, address(bulletin, "edit/"), do="down:overview", **{"next-text": "打算"})
    bulletin.refresh_from_db()
    assert [one["key"] for one in bulletin.sections] == [keys[1], keys[0], *keys[2:]]
    assert bulletin.sections[-1]["text"] == "打算"
    send(clerk, address(bulletin, "edit/"), do="up:next")
    bulletin.refresh_from_db()
    assert [one["key"] for one in bulletin.sections][-2:] == ["next", keys[-2]]
    answer = send(clerk, address(bulletin, "edit/"), do="up:handling")  # the first one stays
    bulletin.refresh_from_db()
    assert (bulletin.sections[0]["key"], answer.url) == ("handling", address(bulletin, "edit/#section-handling"))


def test_a_section_left_out_is_not_in_the_paper(district: District, send: Get, get: Get) -> None:
    a_month(district)
    bulletin, clerk = drafted(district), district.street.clerk
    send(clerk, address(bulletin, "edit/"), **{"communities-is_left_out": "on"})
    page = get(clerk, address(bulletin)).content.decode()
    assert re.findall(r'paper-heading">([^<]*)<', page)[:3] == ["一、综述", "二、立案与处置", "三、部门办理"]
    assert "charts/communities/" not in page


def test_drawing_up_anew_keeps_what_was_typed_elsewhere_and_asks(district: District, send: Get, get: Get) -> None:
    bulletin, clerk = drafted(district), district.street.clerk
    fresh = bulletin.sections[0]["text"]
    typed = {"overview-text": "改写的综述。", "next-text": "打算"}
    answer = send(clerk, address(bulletin, "edit/"), do="anew:overview", **typed)
    assert (answer.status_code, answer.url) == (302, address(bulletin, "anew/overview/"))
    page = words(get(clerk, answer.url))
    assert "改写的综述。" in page
    assert fresh.splitlines()[0] in page
    answer = send(clerk, answer.url)
    bulletin.refresh_from_db()
    assert (bulletin.sections[0]["text"], bulletin.sections[-1]["text"]) == (fresh, "打算")


def test_of_two_writers_the_second_gets_both_texts_and_loses_nothing(
    district: District, client: Client, send: Get
) -> None:
    bulletin, clerk = drafted(district), district.street.clerk
    client.force_login(clerk)
    (form,) = [
        one
        for one in forms_of(client.get(address(bulletin, "edit/")).content.decode())
        if (one.method, one.action) == ("post", "")
    ]
    old = {name: raw.decode() for name, raw in form.fields.items()}
    other = {"by": district.street.leader, "title": "领导的标题"}
    saved(district, bulletin, **other)
    answer = client.post(address(bulletin, "edit/"), {**old, "title": "我的标题", "next-text": "我的打算"})
    assert answer.status_code == 409
    page = words(answer)
    assert "leader1 saved this bulletin" in page
    assert "Saved by leader1: 领导的标题" in page
    assert Bulletin.objects.get().title == "领导的标题"
    (form,) = [one for one in forms_of(answer.content.decode()) if (one.method, one.action) == ("post", "")]
    mine = {name: raw.decode() for name, raw in form.fields.items()}
    assert (mine["title"], mine["next-text"], mine["version"]) == ("我的标题", "我的打算", "2")
    assert client.post(address(bulletin, "edit/"), mine).status_code == 302
    found = Bulletin.objects.get()
    assert (found.title, found.sections[-1]["text"], found.version) == ("我的标题", "我的打算", 3)


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": "x"}, {"version": "0"}, {"version": str(2**31)}, {"version": "9" * 40}, {"order": ""},
        {"order": "overview"}, {"order": "x," * 90}, {"order": ",".join([*SECTIONS, "overview"])}, {"do": "up:x"},
        {"do": "eat:overview"}, {"do": "up"}, {"do": "x" * 41}, {"title": ""}, {"title": "\x00"}, {"title": "字" * 101},
        {"overview-heading": ""}, {"overview-text": "a\x0bb"}, {"overview-text": "字" * 5001}, {"next-text": "\u202e"},
        {"request_key": "x"}, {"issuer": " "}, {"copies_to": "字" * 301},
    ],
    ids=lambda wrong: str(wrong)[:40],
)  # fmt: skip
def test_a_damaged_form_saves_nothing_and_keeps_what_was_typed(
    district: District, send: Get, wrong: dict[str, str]
) -> None:
    bulletin = drafted(district)
    answer = send(district.street.clerk, address(bulletin, "edit/"), **{"sends_to": "我写的", **wrong})
    assert answer.status_code == 422
    assert "我写的" in answer.content.decode()
    told = words(answer).partition("Please correct what is marked")[2]
    assert told.startswith((" The form was damaged", " title", " heading", " text", " issued by", " distributed to"))
    assert Bulletin.objects.get().version == 1


@pytest.mark.parametrize("wrong", [{"month": "x"}, {"month": ""}, {"month": "2026-04-01"}, {"month": "9999-12-31"},
                                   {"month": "0001-01-01"}, {"language": "x"}, {"request_key": ""}])  # fmt: skip
def test_a_wrong_month_is_told_on_the_list(district: District, client: Client, wrong: dict[str, str]) -> None:
    client.force_login(district.street.clerk)
    sent = {"month": "2026-03-01", "language": "en", "request_key": str(uuid.uuid4())}
    answer = client.post(f"{LIST}draft/", sent | wrong)
    assert (answer.status_code, Bulletin.objects.count()) == (422, 0)
    assert "Please correct what is marked" in words(answer)


def test_what_the_leader_saw_is_issued_or_nothing(district: District, client: Client) -> None:
    bulletin = drafted(district)
    client.force_login(district.street.leader)
    (form,) = [
        one
        for one in forms_of(client.get(address(bulletin, "issue/")).content.decode())
        if (one.method, one.action) == ("post", "")
    ]
    sent = {name: raw.decode() for name, raw in form.fields.items()}
    saved(district, bulletin, title="改")
    assert client.post(address(bulletin, "issue/"), sent).status_code == 409
    assert Bulletin.objects.get().is_draft
    assert client.post(address(bulletin, "issue/"), {**sent, "version": "x"}).status_code == 422
    for _time in range(2):  # sent twice
        assert client.post(address(bulletin, "issue/"), {**sent, "version": "2"}).status_code in (302, 409)
    assert Bulletin.objects.get().number == 1


def test_a_correction_says_what_it_replaces(district: District, send: Get, get: Get) -> None:
    first, leader = issued(district), district.street.leader
    second = drafted(district)
    assert "It replaces No. 1 of 2026." in words(get(leader, address(second, "issue/")))
    send(leader, address(second, "issue/"))
    assert f'href="{address(first)}"' in get(leader, address(second)).content.decode()
    page = get(leader, address(first))
    assert f'href="{address(second)}"' in page.content.decode()
    assert "state replaced" in words(page)


def test_discarding_asks(district: District, send: Get, get: Get) -> None:
    bulletin, clerk = drafted(district), district.street.clerk
    assert "is lost" in words(get(clerk, address(bulletin, "discard/")))
    answer = send(clerk, address(bulletin, "discard/"))
    assert (answer.status_code, answer.url, Bulletin.objects.count()) == (302, LIST, 0)


PARTS = ("", "edit/", "anew/overview/", "issue/", "discard/", "files/", "files/docx/", "charts/days/")
READING = ("", "files/", "files/docx/", "charts/days/")


def with_files(district: District) -> Bulletin:
    bulletin = drafted(district)
    ask_files(by=district.street.clerk, at=AFTER, pk=bulletin.pk)
    make_files(lambda: AFTER)
    return bulletin


def test_who_sees_and_does_what(district: District, get: Get) -> None:
    bulletin = with_files(district)
    for part in PARTS:
        may = SEE if part in READING else ("leader",) if part == "issue/" else ("clerk", "leader")
        for name in SEE:
            get(getattr(district.street, name), address(bulletin, part), 200 if name in may else 403)
            get(getattr(district.other, name), address(bulletin, part), 404)
        for name in SEE_NOT:
            get(getattr(district.street, name), address(bulletin, part), 404)
        get(district.liaison, address(bulletin, part), 404)
    for name in SEE_NOT:
        get(getattr(district.street, name), LIST, 403)
    assert address(bulletin) not in get(district.other.clerk, LIST).content.decode()


def test_who_may_press(district: District, client: Client) -> None:
    bulletin = drafted(district)
    sent = {"request_key": str(uuid.uuid4()), "version": "1"}
    for part in ("edit/", "anew/overview/", "issue/", "discard/", "make/"):
        for person, status in ((district.street.auditor, 403), (district.street.officer, 404),
                               (district.other.leader, 404)):  # fmt: skip
            client.force_login(person)
            assert client.post(address(bulletin, part), sent).status_code == status, (part, person)
    client.force_login(district.street.auditor)
    assert client.post(f"{LIST}draft/", sent).status_code == 403
    assert (Bulletin.objects.get().version, BulletinJob.objects.count()) == (1, 0)


@pytest.mark.parametrize("pk", ["0", str(2**63), "9" * 400, "x", "-1"])
@pytest.mark.parametrize("part", PARTS)
def test_an_address_of_nothing_is_404(district: District, get: Get, pk: str, part: str) -> None:
    get(district.street.leader, f"{LIST}{pk}/{part}", 404)


@pytest.mark.parametrize("part", ["anew/x/", "files/exe/", "files/docx/", "charts/x/", "charts/%2e%2e/"])
def test_a_part_of_nothing_is_404(district: District, get: Get, part: str) -> None:
    get(district.street.leader, address(drafted(district), part), 404)


def test_of_an_issued_one_nothing_is_edited(district: District, get: Get) -> None:
    bulletin = issued(district)
    for part in ("edit/", "anew/overview/", "issue/", "discard/"):
        get(district.street.leader, address(bulletin, part), 409)


def test_files_are_asked_for_and_come_with_their_progress(district: District, send: Get, get: Get) -> None:
    bulletin, clerk = drafted(district), district.street.clerk
    answer = send(clerk, address(bulletin), address(bulletin, "make/"))
    assert (answer.status_code, answer.url) == (302, address(bulletin, "#files"))
    part = get(clerk, address(bulletin, "files/")).content.decode()
    assert 'hx-trigger="every 2s"' in part
    assert "The files will be made in a moment." in part
    bulletin.jobs.update(lease_until=LATER, done=30)  # a worker is at it
    assert "Being made: charts (30 %)" in get(clerk, address(bulletin, "files/")).content.decode()
    bulletin.jobs.update(lease_until=None)
    make_files(lambda: LATER)
    part = get(clerk, address(bulletin, "files/")).content.decode()
    assert "hx-trigger" not in part
    assert re.findall(r'href="([^"]*)" download', part) == [
        address(bulletin, f"files/{kind}/") for kind in ("docx", "pdf", "xlsx")
    ]


def test_files_have_their_official_names_in_any_script(district: District, get: Get) -> None:
    bulletin = with_files(district)
    answer = get(district.street.clerk, address(bulletin, "files/docx/"))
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E5%9F%8E%E5%B8%82%E7%AE%A1%E7%90%86%E5%B7%A5%E4%BD%9C%E7%AE%80%E6%8A%A5"
        "2026%E5%B9%B43%E6%9C%88%E8%8D%89%E7%A8%BF.docx"
    )
    bulletin = issued(district, bulletin)
    get(district.street.clerk, address(bulletin, "files/docx/"), 404)  # that of the draft is none of the issued one
    make_files(lambda: LATER)
    answer = get(district.street.clerk, address(bulletin, "files/pdf/"))
    assert "2026%E5%B9%B4%E7%AC%AC1%E6%9C%9F.pdf" in answer["Content-Disposition"]
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


def test_a_chart_is_asked_for_again_only_when_it_changed(district: District, client: Client) -> None:
    bulletin = drafted(district)
    client.force_login(district.street.clerk)
    first = client.get(address(bulletin, "charts/days/"))
    assert (first["Content-Type"], first.content[:4], first["Cache-Control"]) == (
        "image/png", b"\x89PNG", "private, no-cache",
    )  # fmt: skip
    again = client.get(address(bulletin, "charts/days/"), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


COSTING = ("", "edit/", "anew/overview/", "issue/", "discard/", "files/", "files/xlsx/", "charts/days/")


def test_pages_cost_few_queries(district: District, client: Client) -> None:
    for _count in range(12):
        case_in(district, "escalated")
    bulletin = with_files(district)
    client.force_login(district.street.leader)
    for part in COSTING:
        client.get(address(bulletin, part))
        with CaptureQueriesContext(connection) as queries:
            client.get(address(bulletin, part))
        assert len(queries) <= 12, [part, *(one["sql"][:150] for one in queries)]


def test_the_list_costs_few_queries_however_many_there_are(district: District, client: Client) -> None:
    client.force_login(district.street.leader)
    holding, counts = None, []
    for _round in range(2):
        client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        counts.append(len(queries))
        for _count in range(4):
            holding = issued(district, drafted(district), replaces=holding and holding.pk)
    assert counts[0] <= 12
    assert counts[1] - counts[0] <= 1  # the count of the pages
