"""Pages of residential areas and owners' committees: lists and figures agree, forms lead to actions, few queries."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from communities.areas.actions import ContractTold
from communities.areas.reading import TEMPLATE
from communities.areas.seeded import SEEDED
from communities.models import LocalRule, ReadinessStandard, ResidentialArea
from tests.communities.areas.areas import CONTRACT, DAY, TODAY, act, area_in, assess, covered, piloted
from tests.communities.committees.committees import committee_in, go_to
from tests.office import District

pytestmark = pytest.mark.usefixtures("moment")
Ask = Callable[..., Any]
MOST_QUERIES = 12
NO_POINT = {"longitude": "", "latitude": "", "built_year": ""}


def text_of(answer: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def total_of(answer: Any) -> str:
    found = re.search(r'id="areas-total">([^<]*)<', answer.content.decode())
    return found[1] if found else "0 areas"


def some_areas(district: District, count: int) -> None:
    """Areas in all stages, so many of each."""
    for number in range(count):
        area_in(district, name=f"甲{number}")
        blocked = area_in(district, name=f"乙{number}")
        assess(district, blocked, points=9, consent=3)
        assess(district, area_in(district, 1, name=f"丙{number}"))
        piloted(district, name=f"丁{number}")
        old = ContractTold("旧约物业", Decimal("0.8"), date(2025, 9, 10), TODAY + 400 * DAY)
        area_in(district, 1, name=f"戊{number}", contract=old)


def queries_of(client: Client, address: str) -> int:
    """How many a page takes for somebody who is logged in and has seen it before."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


LISTS = ["/areas/", "/areas/ranking/", "/areas/coverage/", "/areas/rules/", "/committees/"]


@pytest.mark.parametrize("address", LISTS)
def test_lists_take_few_queries_however_many_rows(district: District, client: Client, address: str) -> None:
    client.force_login(district.street.clerk)
    some_areas(district, 1)
    committee_in(district, name="业")
    few = queries_of(client, address)
    for number in range(9):
        area_in(district, name=f"x{number}", contract=CONTRACT)
        assess(district, area_in(district, name=f"y{number}"))
    committee_in(district, name="委")
    assert queries_of(client, address) == few <= MOST_QUERIES


def test_the_pages_of_one_take_few_queries(district: District, client: Client) -> None:
    area, committee = covered(district), committee_in(district, name="乙")
    go_to(district, committee, "file")
    client.force_login(district.street.officer)
    for address in (f"/areas/{area.pk}/", f"/committees/{committee.pk}/", f"/communities/{area.community.code}/"):
        assert queries_of(client, address) <= MOST_QUERIES, address
    page = text_of(client.get(f"/communities/{area.community.code}/"))
    assert "乙 being improved Owners' committee: filing is checked 榕荫小区 under contract" in page


def test_each_figure_of_coverage_leads_to_the_list_that_it_counts(district: District, get: Ask) -> None:
    some_areas(district, 2)
    page = get(district.street.leader, "/areas/coverage/").content.decode()
    links = re.findall(r'<a href="([^"]+)">([^<]+)</a>', page[page.index('id="places-title"') :])
    assert len(links) > 100
    seen: dict[str, set[str]] = {}
    for address, figure in links:
        seen.setdefault(unescape(address), set()).add(figure)
    for address, figures in [*seen.items()][:12]:
        total = total_of(get(district.street.leader, address))
        numbers = set(re.findall(r"[\d,.]+", total))
        assert {one for one in figures if one not in ("0", "0.00")} <= numbers | {
            one.replace(",", "") for one in numbers
        }


def test_the_readiest_comes_first_and_says_what_it_lacks(district: District, get: Ask) -> None:
    some_areas(district, 1)
    told = text_of(get(district.street.leader, "/areas/ranking/"))
    assert told.index("丙0") < told.index("乙0") < told.index("甲0")
    assert "must be reached before a pilot begins" in told[told.index("乙0") :]
    assert "Never assessed." in told[told.index("甲0") :]


def test_steps_are_taken_by_their_forms(district: District, get: Ask, send: Ask, media: Any) -> None:
    street, area = district.street, area_in(district)
    points = {f"points_{one.key}": "8" for one in SEEDED.criteria}
    wrong = send(street.clerk, f"/areas/{area.pk}/assess/", **{**points, "points_rooms": "11"})
    assert wrong.status_code == 422
    assert send(street.clerk, f"/areas/{area.pk}/assess/", **points).status_code == 302
    area.refresh_from_db()
    assert area.state == "assessed"
    pilot = {"provider": "安居物业", "services": "保洁", "let_off_percent": "30", "until_on": "2026-09-01"}
    assert send(street.leader, f"/areas/{area.pk}/begin_pilot/", **pilot).status_code == 302
    assert get(street.leader, f"/areas/{area.pk}/begin_pilot/", 409)
    assert "安居物业" in text_of(get(street.officer, f"/areas/{area.pk}/"))


def test_an_area_is_entered_with_its_contract_as_a_whole(district: District, send: Ask) -> None:
    told = {
        "name": "新圩小区", "community": str(district.street.communities[0].pk), "building_count": "3",
        "household_count": "90", "floor_area_m2": "6400.5", "provider": "城投物业",
        "kind": "old", "longitude": "", "latitude": "", "built_year": "", "fee": "", "from_on": "", "until_on": "",
    }  # fmt: skip
    assert send(district.street.clerk, "/areas/new/", **told).status_code == 422
    whole = {**told, "fee": "1.1", "from_on": "2024-01-01", "until_on": "2027-01-01"}
    assert send(district.street.clerk, "/areas/new/", **whole).status_code == 302
    area = ResidentialArea.objects.get()
    assert (area.state, area.covered_since) == ("contract", date(2024, 1, 1))
    assert send(district.street.clerk, f"/areas/{area.pk}/change/", household_count="91", **NO_POINT).status_code == 302
    area.refresh_from_db()
    assert area.household_count == 91


def test_criteria_and_rules_are_saved_by_their_forms(district: District, send: Ask, get: Ask) -> None:
    clerk = district.street.clerk
    own = {"name_zh_own1_1": "加装电梯意愿", "weight_own1_1": "10", "name_zh_own1_2": "", "name_zh_rooms": ""}
    assert send(clerk, "/areas/rules/criteria/", threshold="65", **own).status_code == 302
    kept = ReadinessStandard.objects.get()
    assert (kept.threshold, len(kept.criteria), kept.criteria[-1]["name_zh"]) == (65, 10, "加装电梯意愿")
    assert send(clerk, "/areas/rules/filing/", value="5", unit="wd", source="地方规定").status_code == 302
    assert send(clerk, "/areas/rules/filing/", value="31", unit="nd", source="x").status_code == 422
    assert LocalRule.objects.values_list("value", "unit").get() == (5, "wd")
    assert "5 working days" in text_of(get(district.street.leader, "/areas/rules/"))
    get(clerk, "/areas/rules/none/", 404)


def test_a_vote_is_counted_of_a_list(district: District, client: Client, get: Ask) -> None:
    committee = committee_in(district)
    go_to(district, committee, "call")
    act_on = f"/committees/{committee.pk}/vote/"
    client.force_login(district.street.clerk)
    told = {"on": "2026-03-04", "matter": "3", "title": "选举", "version": committee.version, "request_key": "0" * 32}
    wrong = SimpleUploadedFile("a.csv", "房号,面积,表决\n1,x,同意\n".encode())
    assert client.post(act_on, {**told, "units": wrong}).status_code == 422
    assert client.post(act_on, told).status_code == 422
    early = SimpleUploadedFile("a.csv", "房号,面积,表决\n1,50,同意\n2,50,\n".encode())
    assert client.post(act_on, {**told, "units": early}).status_code == 422  # before the assembly
    assert committee.votes.count() == 0


def test_the_register_leaves_as_it_is_filtered(district: District, get: Ask) -> None:
    area_in(district, name="甲")
    area_in(district, name="乙", contract=CONTRACT)
    answer = get(district.street.clerk, "/areas/export/xlsx/?stage=contract")
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["乙"]
    lines = b"".join(get(district.street.clerk, "/areas/export/csv/").streaming_content).decode()
    assert lines.count("\r\n") == 3
    get(district.street.clerk, "/areas/export/csv/?covered_on=x", 422)


def test_an_officer_sees_the_own_community_alone(district: District, get: Ask) -> None:
    mine, theirs = area_in(district), area_in(district, 1, name="别处")
    told = text_of(get(district.street.officer, "/areas/"))
    assert (mine.name in told, theirs.name in told) == (True, False)
    get(district.street.officer, f"/areas/{theirs.pk}/", 404)
    get(district.street.member, "/areas/", 403)


def sheet_of(*rows: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("areas.csv", "\n".join([",".join(TEMPLATE), *rows]).encode())


def test_a_list_is_checked_row_by_row_and_imported(district: District, client: Client) -> None:
    client.force_login(district.street.clerk)
    place = district.street.communities[0]
    good = f"榕荫小区,{place.name_zh},榕荫路20号,旧小区,12,360,28000.5,1992年,,,,"
    under = f"锦绣花园,{place.code},,商品房,9,680,81200,2006,锦绣物业,1.95,2020/1/1,2027-01-01"
    bad = [
        f"坏一,{place.name_zh},,旧小区,x,1,1,,,,,",
        f"坏二,{place.name_zh},,城堡,1,1,1,,,,,",
        "坏三,别的社区,,,1,1,1,,,,,",
        f"坏四,{place.name_zh},,,0,1,1,,,,,",
        f"坏五,{place.name_zh},,,1,1,1,,甲物业,,,",
        f"榕荫小区,{place.name_zh},,,1,1,1,,,,,",
    ]
    key = {"request_key": "0" * 32}
    answer = client.post("/areas/import/", {"file": sheet_of(good, under, *bad), **key})
    assert (answer.status_code, ResidentialArea.objects.count()) == (422, 0)
    assert len(re.findall(r"<li>Row [4-9]:", answer.content.decode())) == 6
    assert client.post("/areas/import/", {"file": sheet_of(good), "is_dry_run": "on", **key}).status_code == 200
    assert ResidentialArea.objects.count() == 0
    assert (
        client.post("/areas/import/", {"file": sheet_of(good, under, *bad), "skip_errors": "on", **key}).status_code
        == 422
    )
    assert sorted(ResidentialArea.objects.values_list("name", "state")) == [
        ("榕荫小区", "improve"),
        ("锦绣花园", "contract"),
    ]
    changed = good.replace("360", "361")
    assert client.post("/areas/import/", {"file": sheet_of(changed, under), **key}).status_code == 302
    assert ResidentialArea.objects.get(name="榕荫小区").household_count == 361
    assert ResidentialArea.objects.get(name="锦绣花园").version == 1
    client.force_login(district.street.officer)
    assert client.get("/areas/import/").status_code == 403


def test_a_photo_of_a_step_is_seen_by_who_sees_the_area(district: District, get: Ask, media: Any) -> None:
    area = area_in(district)
    assess(district, area)
    get(district.street.clerk, "/areas/photos/1/other/", 404)
    act(district, area, "strike", note="重复")
    assert area.name not in text_of(get(district.street.clerk, "/areas/"))
    assert area.name in text_of(get(district.street.clerk, "/areas/?stage=struck"))
