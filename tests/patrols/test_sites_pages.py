"""Pages of construction sites: what is amiss stands out, a fault becomes a case by its button, few queries."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.models import Case
from patrols.sites.checklist import ITEMS
from patrols.sites.models import Site, SiteInspection, SitePermit
from tests.cases.list_pages import words
from tests.office import District
from tests.patrols.sites import TODAY, fault_of, permit_of, site_in

pytestmark = pytest.mark.usefixtures("moment")
Ask = Callable[..., Any]


@pytest.mark.parametrize(("role", "may_log"), [("clerk", True), ("officer", True), ("leader", False)])
def test_a_site_shows_what_is_amiss_and_who_may_make_a_case_of_it(
    district: District, get: Ask, role: str, may_log: bool
) -> None:
    site = site_in(district)
    fault_of(site, district.street.clerk)
    permit_of(site, district.street.clerk, TODAY)
    page = words(get(getattr(district.street, role), f"/sites/{site.pk}/"))
    assert "vehicles washed before they leave not met since 2026-03-02 · 无洗车槽" in page
    assert "1 of 6 items not met" in page
    assert "expires on 2026-03-02 expired" in page
    assert ("Make it a case" in page, "020-1234" in page) == (may_log, may_log)


def test_one_tap_makes_the_case_and_leads_to_it(district: District, get: Ask, send: Ask) -> None:
    site = site_in(district)
    fault = fault_of(site, district.street.clerk)
    answer = send(district.street.officer, f"/sites/{site.pk}/", f"/sites/faults/{fault.pk}/case/")
    case = Case.objects.get()
    assert answer["Location"] == case.get_absolute_url()
    page = get(district.street.officer, f"/sites/{site.pk}/")
    assert page.content.decode().count(f'href="{case.get_absolute_url()}"') == 2
    assert "Make it a case" not in words(page)


def test_a_site_and_its_permit_are_entered_and_changed_by_their_forms(district: District, send: Ask) -> None:
    clerk, community = district.street.clerk, district.street.communities[0].pk
    typed = {"name": "学府花园", "community": community, "longitude": "113.2", "latitude": "23.1", "state": "building"}
    assert send(clerk, "/sites/new/", **{**typed, "latitude": ""}).status_code == 422
    assert send(clerk, "/sites/new/", **typed)["Location"] == "/sites/"
    site = Site.objects.get()
    assert send(clerk, f"/sites/{site.pk}/change/", contractor="市建一公司").status_code == 302
    assert (Site.objects.get().contractor, float(Site.objects.get().longitude)) == ("市建一公司", 113.2)
    permit = {"kind": "muck", "number": "1", "expires_on": "2026-05-01"}
    assert send(clerk, f"/sites/{site.pk}/permits/new/", **permit).status_code == 302
    row = SitePermit.objects.get()
    assert send(clerk, f"/sites/{site.pk}/permits/{row.pk}/", expires_on="2027-05-01").status_code == 302
    assert SitePermit.objects.get().expires_on.year == 2027


def test_an_inspection_by_its_form(district: District, send: Ask, get: Ask) -> None:
    site, page = site_in(district), f"/sites/{site_in(district).pk}/inspect/"
    all_met = {f"item_{code}": "met" for code in ITEMS}
    assert (
        send(district.street.member, page, item_wetting="").status_code == 422
    )  # nothing is met unless somebody says so
    typed = {**all_met, "item_wetting": "skipped", "item_washing": "unmet", "note_washing": "无洗车槽"}
    assert send(district.street.member, page, **typed).status_code == 302
    items = SiteInspection.objects.get().items.order_by("pk")
    assert [(one.item, one.is_met) for one in items] == [
        ("hoarding", True), ("covering", True), ("hardening", True), ("washing", False), ("closed_lorries", True),
    ]  # fmt: skip
    assert items.get(item="washing").note == "无洗车槽"
    Site.objects.filter(pk=site.pk).update(state="finished")
    refused = send(district.street.member, page, **typed)
    assert (refused.status_code, "This site is finished." in words(refused)) == (409, True)
    get(district.street.leader, page, 403)


def test_the_list_is_filtered_and_costs_as_much_for_thirty_as_for_one(district: District, client: Client) -> None:
    first = site_in(district, state="stopped")
    fault_of(first, district.street.clerk)
    client.force_login(district.street.clerk)
    client.get("/sites/")  # what is read once is kept from now on
    counts = []
    for n in range(24):
        if n in (0, 23):
            with CaptureQueriesContext(connection) as found:
                assert client.get("/sites/").status_code == 200
            counts.append(len(found))
        permit_of(site_in(district, community=1, name=f"工地{n}"), district.street.clerk, TODAY, number=str(n))
    assert counts[0] == counts[1] <= 12
    shown = {
        query: client.get(f"/sites/?{query}").content.decode().count('<th scope="row"')
        for query in ("faulty=on", "ending=on", "state=stopped", "q=工地2", f"community={first.community_id}")
    }
    assert list(shown.values()) == [1, 24, 1, 5, 1]
    assert client.get("/sites/?community=x").status_code == 422
