"""Pages of publicity: figures lead to the lists that they count, forms lead to actions, few queries."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from cases.models import Case
from cases.publicity.figures import adoption_of, item_tables
from cases.publicity.models import Forum, PublicityItem, Suggestion
from cases.publicity.rates import percent
from communities.models import Regulation
from tests.office import District, standard
from tests.photos.pictures import photo
from tests.publicity.told import (
    DAY,
    HELD,
    NOW,
    TODAY,
    act,
    answered,
    decide,
    forum_in,
    held,
    planned,
    put_out,
    suggested,
)

pytestmark = pytest.mark.usefixtures("english", "moment", "media")
Ask = Callable[..., Any]
MOST_QUERIES = 12
YEAR = (date(2026, 1, 1), TODAY)


def text_of(answer: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def total_of(answer: Any, name: str) -> str:
    found = re.search(rf'id="{name}-total">([^<]*)<', answer.content.decode())
    return found[1] if found else "0"


def queries_of(client: Client, address: str) -> int:
    """How many a page takes for somebody who is logged in and has seen it before."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def some_of_each(district: District) -> None:
    """Items of several kinds, places and makers; a forum; suggestions in each state."""
    law = Regulation.objects.filter(subdistrict=None).order_by("pk").first()
    assert law is not None
    planned(district)
    put_out(district, planned(district, "leaflet", maker="司法所", regulation=law.pk, quantity=300), reached=300)
    put_out(district, planned(district, place=1, quantity=3), reached=None)
    down = planned(district, "banner", place=1, maker="司法所", quantity=4)
    put_out(district, down, reached=50)
    act(district, down, "take_down", on=TODAY)
    put_out(district, planned(district, "online", place=None), reached=1000)
    held(district, forum_in(district))
    for place, decision in ((0, "adopted"), (0, "partly"), (0, "not"), (1, "adopted")):
        answered(district, suggested(district, place), decision)
    done = suggested(district)
    answered(district, done, "adopted")
    decide(district, done, "carry_out", on=TODAY, done="已落实")
    decide(district, suggested(district), "make_case", category=standard(20).category_id)
    decide(district, suggested(district), "withdraw", note="重复")
    suggested(district, 1)


LISTS = [
    "/publicity/",
    "/publicity/month/",
    "/publicity/figures/",
    "/publicity/forums/",
    "/publicity/suggestions/",
    "/publicity/suggestions/figures/",
]


@pytest.mark.parametrize("address", LISTS)
def test_lists_take_few_queries_however_many_rows(district: District, client: Client, address: str) -> None:
    client.force_login(district.street.clerk)
    some_of_each(district)
    few = queries_of(client, address)
    for number in range(9):
        put_out(district, planned(district, "leaflet", theme=f"x{number}", maker=f"单位{number}"))
        forum_in(district, topic=f"x{number}")
        suggested(district, 1)
    assert queries_of(client, address) == few <= MOST_QUERIES


def test_the_pages_of_one_take_few_queries(district: District, client: Client) -> None:
    some_of_each(district)
    client.force_login(district.street.officer)
    pages = [
        one.get_absolute_url() for model in (PublicityItem, Forum, Suggestion) for one in model.objects.order_by("pk")
    ]
    community, case = district.street.communities[0], Case.objects.get()
    for address in [*pages, f"/communities/{community.code}/"]:
        if client.get(address).status_code == 200:
            assert queries_of(client, address) <= MOST_QUERIES, address
    assert "It was a suggestion" in text_of(client.get(case.get_absolute_url()))


def numbers_in(text: str) -> list[int]:
    return [int(one.replace(",", "")) for one in re.findall(r"[\d,]+", text)]


def test_each_figure_of_publicity_is_its_list(district: District, get: Ask) -> None:
    some_of_each(district)
    clerk = district.street.clerk
    tables = item_tables(clerk, YEAR, TODAY)
    assert [line.heading for line in tables.by_community] == ["甲街第1社区", "甲街第2社区", "whole sub-district"]
    assert [[cell.value for cell in line.cells] for line in [*tables.by_community, tables.together]] == [
        [1, 0, 300, 0, 0, 0, 0, 300, 300],
        [2, 3, 0, 0, 4, 0, 0, 50, 0],
        [1, 0, 0, 0, 0, 2, 0, 1000, 0],
        [4, 3, 300, 0, 4, 2, 0, 1350, 300],
    ]
    assert [(line.heading, line.cells[0].value) for line in tables.by_maker] == [
        ("the office itself", 2),
        ("司法所", 2),
    ]
    for line in [*tables.by_community, *tables.by_maker]:
        items, *kinds, reached, law = line.cells
        total = total_of(get(clerk, items.url), "items")
        assert numbers_in(total)[0] == items.value
        for cell in kinds:
            told = numbers_in(total_of(get(clerk, cell.url), "items"))
            assert (told[1] if len(told) > 1 else 0) == cell.value, cell.url
        for cell in (reached, law):
            told = numbers_in(total_of(get(clerk, cell.url), "items"))
            assert (told[1] if len(told) > 1 else 0) == cell.value, cell.url


def test_the_adoption_rate_is_what_a_naive_count_gives(district: District, get: Ask) -> None:
    some_of_each(district)
    clerk = district.street.clerk
    lines = adoption_of(clerk, YEAR, TODAY)
    for line, where in zip(lines, [*district.street.communities, None], strict=True):
        rows = [one for one in Suggestion.objects.all().order_by("pk") if where is None or one.community == where]
        told = Counter(one.decision for one in rows if one.answered_on)
        number = sum(told.values())
        assert line.counts.values == (
            sum(one.state != "mistake" for one in rows), number, told["adopted"], told["partly"], told["not"],
            sum(one.state == "case" for one in rows), sum(one.state == "done" for one in rows),
        )  # fmt: skip
        good = told["adopted"] + told["partly"]
        assert line.rate == (f"{good * 1000 // number / 10:.1f} %" if number else "–")
        for cell in line.cells:
            assert numbers_in(total_of(get(clerk, cell.url), "suggestions"))[0] == cell.value, cell.url
    assert lines[-1].rate == "80.0 %"
    page = text_of(get(clerk, "/publicity/suggestions/figures/"))
    assert "Adoption rate: adopted and partly adopted, of all that were answered with a decision" in page
    empty = adoption_of(clerk, (date(2025, 1, 1), date(2025, 2, 1)), TODAY)
    assert {one.rate for one in empty} == {percent(None)} == {"–"}
    get(clerk, "/publicity/suggestions/figures/?from_on=2026-02-01&until=2026-01-01", 422)


def test_the_community_page_leads_to_its_lists(district: District, get: Ask) -> None:
    some_of_each(district)
    late = suggested(district, way="letter", received_on=TODAY - 30 * DAY)
    page = get(district.street.clerk, f"/communities/{late.community.code}/").content.decode()
    tiles = dict(re.findall(r'<a class="stat-tile[^"]*" href="([^"]+)">.*?stat-value">([^<]+)<', page, re.DOTALL))
    mine = {unescape(url): int(value) for url, value in tiles.items() if "/publicity/" in url}
    assert sorted(mine.values()) == [1, 3]
    assert "1 overdue" in page
    for url, value in mine.items():
        name = "suggestions" if "suggestions" in url else "items"
        assert numbers_in(total_of(get(district.street.clerk, url), name))[0] == value


def test_publicity_is_planned_and_put_out_by_its_forms(district: District, send: Ask, get: Ask, client: Client) -> None:
    street = district.street
    places = [str(one.pk) for one in street.communities]
    told = {"kind": "poster", "theme": "清除四害", "communities": places, "planned_on": "2026-03-04", "quantity": "30",
            "until_on": "2026-04-01", "unit": "", "maker": ""}  # fmt: skip
    assert send(street.clerk, "/publicity/new/", **{**told, "until_on": ""}).status_code == 422
    assert send(street.clerk, "/publicity/new/", **told).status_code == 302
    first, second = PublicityItem.objects.order_by("pk")
    assert (first.theme, second.community, first.unit) == ("清除四害", street.communities[1], "张")
    changed = {"address": "楼道口", "longitude": "113.33", "latitude": "23.13"}
    assert send(street.clerk, f"/publicity/{first.pk}/change/", **changed).status_code == 302
    first.refresh_from_db()
    assert (first.address, float(first.longitude)) == ("楼道口", 113.33)
    assert send(street.clerk, f"/publicity/{first.pk}/put_out/", reached="").status_code == 422  # no photo
    files = {"photos": SimpleUploadedFile("a.jpg", photo(120, 90))}
    assert send(street.clerk, f"/publicity/{first.pk}/put_out/", reached="90", web="", **files).status_code == 302
    get(street.clerk, f"/publicity/{first.pk}/put_out/", 409)
    get(street.clerk, f"/publicity/{first.pk}/revise/", 404)
    page = text_of(get(street.officer, f"/publicity/{first.pk}/"))
    assert "It is taken down" in page
    assert "It is put out" in page
    assert "清除四害" in text_of(get(street.officer, "/publicity/month/?month=2026-03"))
    assert "Nothing in this month" in text_of(get(street.officer, "/publicity/month/?month=2027-03"))
    get(street.officer, f"/publicity/{second.pk}/", 404)


def test_suggestions_of_a_forum_are_typed_one_after_the_other(district: District, send: Ask, get: Ask) -> None:
    clerk, forum = district.street.clerk, forum_in(district)
    address = forum.get_absolute_url()
    assert "autofocus" not in get(clerk, address).content.decode()
    answer = send(clerk, address, text="多设垃圾桶", name="陈婉仪", phone="13800002231")
    assert (answer.status_code, answer["Location"]) == (302, f"{address}?suggest=1")
    assert "autofocus" in get(clerk, answer["Location"]).content.decode()
    assert send(clerk, address, text=" ").status_code == 422
    assert send(clerk, address, text="x", phone="?").status_code == 422
    row = Suggestion.objects.get()
    page = text_of(get(clerk, row.get_absolute_url()))
    assert ("陈**" in page, "138****2231" in page, "13800002231" in page) == (True, True, False)


def test_forums_are_planned_and_recorded_by_their_forms(district: District, send: Ask, get: Ask, moment: Any) -> None:
    street = district.street
    told = {"community": str(street.communities[0].pk), "topic": "市场周边", "held_at": "2026-03-04T15:00",
            "place": "居委会", "chair": "王书记"}  # fmt: skip
    assert send(street.clerk, "/publicity/forums/new/", **told).status_code == 302
    forum = Forum.objects.get()
    assert forum.held_at == HELD
    assert send(street.clerk, f"/publicity/forums/{forum.pk}/change/", topic="夜间摊档").status_code == 302
    record = {"residents": "12", "record": "意见集中。"}
    assert send(street.clerk, f"/publicity/forums/{forum.pk}/hold/", **record).status_code == 422
    moment(HELD + DAY / 8)
    assert send(street.clerk, f"/publicity/forums/{forum.pk}/hold/", **record).status_code == 302
    assert "夜间摊档" in text_of(get(street.officer, "/publicity/forums/?state=held"))
    assert "意见集中。" in text_of(get(street.officer, forum.get_absolute_url()))


def test_a_suggestion_is_entered_answered_and_made_a_case_by_its_forms(district: District, send: Ask, get: Ask) -> None:
    street, condition = district.street, standard(20)
    told = {"text": "井盖松动", "community": str(street.communities[0].pk), "way": "visit", "name": "陈婉仪"}
    for _number in range(2):
        assert send(street.clerk, "/publicity/suggestions/new/", **told).status_code == 302
    first, second = (one.get_absolute_url() for one in Suggestion.objects.order_by("pk"))
    decision = {"decision": "not", "answer": "收到", "reason": ""}
    assert send(street.clerk, f"{first}answer/", **decision).status_code == 422
    assert send(street.clerk, f"{first}answer/", **{**decision, "reason": "已有方案"}).status_code == 302
    assert send(street.clerk, f"{second}make_case/", category=f"s{condition.pk}").status_code == 302
    case = Case.objects.get()
    assert (case.standard, case.source) == (condition, "visit")
    assert case.number in text_of(get(street.clerk, second))
    assert send(street.clerk, f"{first}who/", purpose="ask_back").content.decode().count("陈婉仪") == 1
    assert send(street.clerk, f"{first}who/", purpose="other", reason="").status_code == 422
    looks = text_of(get(street.auditor, "/publicity/suggestions/looks/"))
    assert ("clerk1" in looks, "陈婉仪" in looks) == (True, False)
    assert send(street.clerk, f"{first}erase/", note="本人要求").status_code == 302
    assert "Erased on 2026-03-04." in text_of(get(street.clerk, first))


def test_lists_leave_as_they_are_filtered(district: District, get: Ask) -> None:
    some_of_each(district)
    suggested(district, name="陈婉仪")
    clerk = district.street.clerk
    answer = get(clerk, "/publicity/export/xlsx/?kind=banner")
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    assert [row[5] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["司法所"]
    lines = b"".join(get(clerk, "/publicity/suggestions/export/csv/?only=taken_up").streaming_content).decode()
    assert (lines.count("\r\n"), "陈婉仪" in lines) == (5, False)
    get(clerk, "/publicity/export/pdf/", 404)
    get(clerk, "/publicity/suggestions/export/csv/?from_on=x", 422)


FILTERS = [
    ("/publicity/?only=late", "items", 0),
    ("/publicity/?only=law", "items", 1),
    ("/publicity/?state=planned", "items", 1),
    ("/publicity/?community=0", "items", 1),
    ("/publicity/?maker=-", "items", 3),
    ("/publicity/?q=司法", "items", 2),
    ("/publicity/?from_on=2026-03-05", "items", 0),
    ("/publicity/forums/?only=late", "forums", 0),
    ("/publicity/forums/?q=市场&from_on=2026-03-04&until=2026-03-04", "forums", 1),
    ("/publicity/suggestions/?only=waiting", "suggestions", 4),
    ("/publicity/suggestions/?only=late", "suggestions", 0),
    ("/publicity/suggestions/?way=phone&q=早市", "suggestions", 8),
    ("/publicity/suggestions/?decision=not", "suggestions", 1),
    ("/publicity/suggestions/?until=2026-03-03", "suggestions", 0),
]


@pytest.mark.parametrize(("address", "name", "number"), FILTERS)
def test_lists_are_narrowed(district: District, get: Ask, address: str, name: str, number: int) -> None:
    some_of_each(district)
    assert numbers_in(total_of(get(district.street.clerk, address), name))[0] == number


def test_an_officer_sees_the_own_community_alone(district: District, get: Ask) -> None:
    some_of_each(district)
    officer = district.street.officer
    for address, name, number in (("/publicity/", "items", 2), ("/publicity/suggestions/", "suggestions", 6)):
        assert numbers_in(total_of(get(officer, address), name))[0] == number
    get(district.street.member, "/publicity/", 403)
    get(district.other.clerk, PublicityItem.objects.latest("pk").get_absolute_url(), 404)


def test_a_photo_is_seen_by_who_sees_its_item(district: District, get: Ask) -> None:
    put_out(district, planned(district), at=NOW)
    photo_of = PublicityItem.objects.get().events.latest("seq").photos.get()
    get(district.street.clerk, f"/publicity/photos/{photo_of.pk}/picture/", 404)  # it waits for the worker
    get(district.other.clerk, f"/publicity/photos/{photo_of.pk}/picture/", 404)


def test_a_regulation_tells_how_it_was_publicised(district: District, get: Ask) -> None:
    some_of_each(district)
    law = Regulation.objects.filter(subdistrict=None).order_by("pk").first()
    assert law is not None
    assert "Publicised by" in text_of(get(district.street.clerk, law.get_absolute_url()))
