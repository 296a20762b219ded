"""Pages of illegal buildings: figures are the sums of their lists, steps by their forms, who sees whose it is."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.actions import Matter, log_case
from cases.models import Case, Category
from citymgmt.months import months_until
from patrols.illegal_buildings.figures import Tally, sums
from patrols.illegal_buildings.models import BuildingPhoto, IllegalBuilding
from tests.cases.list_pages import words
from tests.hostile.pages import forms_of
from tests.office import District
from tests.patrols.buildings import DAY, NOW, TODAY, act, building_in, go_to

pytestmark = pytest.mark.usefixtures("moment")
Ask = Callable[..., Any]


def test_figures_of_a_month_and_what_remains_by_all_months() -> None:
    january, march = date(2026, 1, 1), date(2026, 3, 1)
    told = [("found", january, 100), ("removed", january, 30), ("regrown", march, 20), ("lawful", march, 50)]
    tallies = [Tally(1, month, kind, Decimal(m2)) for kind, month, m2 in told]
    of_march = sums(tallies, march)
    assert (dict(of_march.of), of_march.remaining) == (
        {"new": 20, "regrown": 20, "removed": 0, "uncounted": 50}, 40,
    )  # fmt: skip
    assert [sums(tallies, month).remaining for month in months_until(march, 3)] == [70, 70, 40]
    assert months_until(january, 2) == [date(2025, 12, 1), january]


def all_stages(district: District) -> None:
    """Buildings of two months and communities: a part removed, one gone and back, one lawful, one mistaken."""
    part = building_in(district, found_on=date(2026, 2, 10), area_m2=Decimal("1000.25"))
    gone = building_in(district, community=1)
    lawful, mistaken = (building_in(district, area_m2=Decimal(m2)) for m2 in (70, 8))
    act(district, part, "remove", area_m2=Decimal("400.25"), way="owner")
    act(district, gone, "remove", area_m2=gone.area_m2, way="owner")
    act(district, gone, "regrow", area_m2=Decimal("33.30"))
    go_to(district, lawful, "refer")
    act(district, lawful, "legalise", TODAY + DAY, document="补 1")
    act(district, mistaken, "withdraw", note="重复")


def test_each_figure_is_the_sum_of_the_list_to_which_it_leads(district: District, get: Ask) -> None:
    all_stages(district)
    leader = district.street.leader
    body = get(leader, "/buildings/figures/?month=2026-03").content.decode()
    found = re.findall(r'<td class="cell-number"[^>]*><a href="([^"]+)">([^<]+)</a>', body)
    assert len(found) == 5 * (len(district.street.communities) + 1 + 12)
    links = dict.fromkeys((unescape(url), figure.replace(",", "")) for url, figure in found if figure != "0.00")
    for url, figure in links:
        total = re.search(r'id="account-total">([^<]+)<', get(leader, url).content.decode())
        assert total is not None
        assert total[1].replace(",", "").lstrip("-") == figure, url
    whole = [figure for url, figure in links if "community" not in url and "2026-03" in url]
    remaining = sum(IllegalBuilding.objects.values_list("remaining_m2", flat=True))
    assert [Decimal(one) for one in whole] == [
        Decimal("231.80") + Decimal("0.00"), Decimal("33.30"), Decimal("520.75"), Decimal(78), remaining,
    ]  # fmt: skip
    assert remaining == Decimal("633.30")
    shown = words(get(leader, "/buildings/?only=standing"))
    assert "2 buildings: 1,033.55 m² found, 633.30 m² still standing" in shown


def test_a_step_by_its_form_with_a_photo_of_its_paper(district: District, send: Ask, get: Ask) -> None:
    building, clerk = building_in(district), district.street.clerk
    page = f"/buildings/{building.pk}/stop/"
    assert send(clerk, page, document="").status_code == 422  # without its paper
    assert send(clerk, page, document="停 1")["Location"] == building.get_absolute_url()
    assert send(clerk, f"/buildings/{building.pk}/order/", document="1", by_day="2026-04-01").status_code == 409
    shown = words(get(clerk, f"/buildings/{building.pk}/"))
    assert "2026-03-02 · 停 1" in shown
    assert "Refer to planning" in shown
    get(clerk, f"/buildings/{building.pk}/x/", 404)
    get(district.street.member, page, 403)
    assert not BuildingPhoto.objects.exists()


@pytest.mark.parametrize(
    ("role", "sees", "steps"),
    [("clerk", True, True), ("teamleader", True, True), ("leader", True, False), ("officer", False, False),
     ("member", False, False)],
)  # fmt: skip
def test_who_sees_whose_it_is_and_who_takes_steps(
    district: District, get: Ask, role: str, sees: bool, steps: bool
) -> None:
    building = building_in(district)
    page = words(get(getattr(district.street, role), f"/buildings/{building.pk}/"))
    assert ("王某" in page, "13800000000" in page, "not shown to you" in page) == (sees, sees, not sees)
    assert ("Order to stop" in page) == steps


def test_a_case_of_this_kind_leads_to_its_entry(district: District, get: Ask, send: Ask) -> None:
    clerk, place = district.street.clerk, district.street.communities[0]
    category = Category.objects.get(code_2026="06001")
    matter = Matter(description="楼顶加建", source=Case.Source.PATROL, community=place, category=category)
    case = log_case(subdistrict=district.street.subdistrict, matter=matter, by=clerk, at=NOW).case
    asked = f"/buildings/new/?case={case.number}"
    assert f'href="{asked}"' in get(clerk, case.get_absolute_url()).content.decode()
    typed = {"origin": "new", "structure": "steel", "area_m2": "40", "community": case.community_id}
    assert send(clerk, asked, **typed)["Location"] == "/buildings/"
    made = IllegalBuilding.objects.get()
    assert made.case == case
    page = get(clerk, case.get_absolute_url()).content.decode()
    assert (asked in page, made.get_absolute_url() in page) == (False, True)
    assert send(clerk, asked, **typed).status_code == 422  # it has its entry
    other = log_case(subdistrict=district.street.subdistrict, matter=replace(matter, category=None), by=clerk, at=NOW)
    assert "/buildings/new/" not in get(clerk, other.case.get_absolute_url()).content.decode()


def test_a_correction_keeps_what_was_written(district: District, send: Ask) -> None:
    building = building_in(district)
    page = f"/buildings/{building.pk}/change/"
    assert send(district.street.clerk, page, storeys="3").status_code == 302
    building.refresh_from_db()
    assert (building.storeys, building.area_m2, building.owner.name) == (3, Decimal("120.50"), "王某")
    assert send(district.street.clerk, page, version="1").status_code == 409


def test_who_comes_second_reads_who_was_faster_keeps_what_was_typed_and_may_send_it_again(
    district: District, client: Client, get: Ask
) -> None:
    building, clerk, leader = building_in(district), district.street.clerk, district.street.teamleader
    page = f"/buildings/{building.pk}/note/"
    form = next(one for one in forms_of(get(clerk, page).content.decode()) if one.method == "post" and not one.action)
    fields = {name: raw.decode() for name, raw in form.fields.items()} | {"note": "仍在使用"}
    act(district, building, "note", note="已巡查", by=leader)
    client.force_login(clerk)
    refused = client.post(page, fields)
    assert refused.status_code == 409
    told = words(refused)
    assert f"Somebody else has changed this in the meantime: {leader}, 03-02 09:00." in told
    assert "Please correct what is marked" not in told
    again = next(one for one in forms_of(refused.content.decode()) if one.method == "post" and not one.action)
    assert (again.fields["note"].decode(), again.fields["version"]) == ("仍在使用", b"2")
    assert client.post(page, {name: raw.decode() for name, raw in again.fields.items()}).status_code == 302
    assert [one.note for one in building.events.order_by("seq")][1:] == ["已巡查", "仍在使用"]


def test_the_list_is_filtered_and_costs_as_much_for_thirty_as_for_one(district: District, client: Client) -> None:
    first = building_in(district, origin="old", community=1)
    act(district, first, "remove", area_m2=first.area_m2, way="owner")
    client.force_login(district.street.clerk)
    client.get("/buildings/")  # what is read once is kept from now on
    counts = []
    for n in range(24):
        if n in (0, 23):
            with CaptureQueriesContext(connection) as found:
                assert client.get("/buildings/").status_code == 200
            counts.append(len(found))
        building_in(district)
    assert counts[0] == counts[1] <= 12
    with CaptureQueriesContext(connection) as found:
        client.get(f"/buildings/{first.pk}/")
    assert len(found) <= 12
    shown = {
        query: client.get(f"/buildings/?{query}").content.decode().count('<th scope="row"')
        for query in ("only=standing", "only=overdue", "state=removed", "origin=old", f"q={first.number}")
    }
    assert list(shown.values()) == [24, 0, 1, 1, 1]
    for wrong in ("/buildings/?community=x", "/buildings/account/?month=2026-13", "/buildings/?state=x"):
        assert client.get(wrong).status_code == 422
