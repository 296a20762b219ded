"""Construction sites: entered once, inspected item by item; a fault is open until it is met, and becomes one case."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from cases.models import Case
from citymgmt.outbox.models import Message
from citymgmt.people.models import Organisation
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, WrongState
from communities.placed import PlaceTold
from patrols.sites.actions import Look, PermitTold, inspect_site, log_fault, save_permit, save_site, tell_of_permits
from patrols.sites.models import CheckedItem, Site, SiteInspection, SitePermit
from patrols.sites.querysets import open_faults
from patrols.tasks import tell_of_expiring_permits
from tests.office import District
from tests.patrols.sites import NOW, TODAY, fault_of, looks, permit_of, site_in, told_of
from tests.racing import race

DAY = timedelta(days=1)


def test_saving_the_same_again_changes_nothing_and_a_name_is_taken_once_in_a_community(district: District) -> None:
    one = site_in(district)
    assert site_in(district) == one
    with pytest.raises(Invalid) as refused:
        site_in(district, contractor="别家")
    assert set(refused.value.fields) == {"name"}
    elsewhere = site_in(district, community=1)
    assert elsewhere != one
    changed = save_site(by=district.street.clerk, at=NOW, told=told_of(district, state="stopped"), pk=one.pk)
    assert (changed.pk, Site.objects.get(pk=one.pk).state, Site.objects.count()) == (one.pk, "stopped", 2)
    again = save_site(by=district.street.clerk, at=NOW, told=told_of(district, state="stopped"), pk=one.pk)
    assert again == changed


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"name": " "}, "name"), ({"name": "x" * 101}, "name"), ({"builder": "\x00"}, "builder"), ({"state": "x"}, "state"),
    ({"contact_phone": "1" * 31}, "contact_phone"), ({"from_on": date(1999, 12, 31)}, "from_on"),
    ({"from_on": TODAY, "until_on": TODAY - DAY}, "until_on"), ({"key_place": 2**63}, "key_place"),
    ({"place": PlaceTold(2**40)}, "community"), ({"place": PlaceTold(0)}, "community"),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "field"), WRONG, ids=repr)
def test_refused(district: District, changed: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        site_in(district, **changed)
    assert set(refused.value.fields) == {field}
    assert not Site.objects.exists()


def test_a_point_is_whole_and_on_the_earth(district: District) -> None:
    community = district.street.communities[0].pk
    for point in ((Decimal(113), None), (Decimal(181), Decimal(0)), (Decimal(0), Decimal(-91))):
        with pytest.raises(Invalid) as refused:
            site_in(district, place=PlaceTold(community, "", *point))
        assert set(refused.value.fields) == {"longitude"}


@pytest.mark.parametrize(
    ("role", "sees", "keeps", "inspects"),
    [("clerk", True, True, True), ("teamleader", True, True, True), ("member", True, False, True),
     ("officer", True, False, True), ("leader", True, False, False), ("officer2", False, False, False),
     ("admin", False, False, False), ("auditor", False, False, False)],
)  # fmt: skip
def test_who_may(district: District, role: str, sees: bool, keeps: bool, inspects: bool) -> None:
    site, by = site_in(district), getattr(district.street, role)
    acts = {
        keeps: lambda: save_permit(by=by, at=NOW, site=site.pk, told=PermitTold("muck", "1", TODAY)),
        inspects: lambda: inspect_site(by=by, at=NOW, site=site.pk, looks=looks()),
    }
    for may, act in [(keeps, acts[keeps]), (inspects, acts[inspects])] if keeps != inspects else [(keeps, acts[keeps])]:
        if may:
            act()
        else:
            with pytest.raises(NotPermitted if sees else NotFound):
                act()


def test_a_team_that_enforces_nothing_has_no_sites(district: District) -> None:
    site = site_in(district)
    Organisation.objects.filter(pk=district.street.team.pk).update(kind="cleaning_team")
    with pytest.raises(NotFound):
        inspect_site(by=district.street.teamleader, at=NOW, site=site.pk, looks=looks())
    with pytest.raises(Invalid) as refused:
        site_in(district, by=district.street.teamleader, name="别处")
    assert set(refused.value.fields) == {"community"}


@pytest.mark.parametrize(
    ("days", "soon", "over"), [(31, 0, 0), (30, 1, 0), (1, 1, 0), (0, 0, 1), (-29, 0, 1), (-30, 0, 0)]
)
def test_clerks_and_the_team_are_told_before_a_permit_expires_and_on_the_day(
    district: District, days: int, soon: int, over: int
) -> None:
    permit_of(site_in(district), district.street.clerk, TODAY + timedelta(days=days))
    for _time in range(2):
        tell_of_permits(at=NOW)
    rows = Message.objects.filter(kind__startswith="site_permit").order_by("recipient__username")
    told = [(one.kind, one.recipient.username) for one in rows]
    who = ["clerk1", "clerkb1", "teamleader1"]
    assert (
        told
        == [("site_permit_expiring", one) for one in who] * soon + [("site_permit_expired", one) for one in who] * over
    )


def test_permits_of_finished_sites_are_not_told_of_and_the_worker_rings(district: District) -> None:
    permit_of(site_in(district, state="finished"), district.street.clerk, TODAY)
    tell_of_permits(at=NOW)
    tell_of_expiring_permits()
    assert not Message.objects.filter(kind__startswith="site_permit").exists()


def test_a_permit_is_entered_once_and_changed_by_its_page(district: District) -> None:
    site, clerk = site_in(district), district.street.clerk
    one = permit_of(site, clerk, TODAY)
    assert permit_of(site, clerk, TODAY) == one
    for number, day in (("许 1", TODAY + DAY), (" ", TODAY), ("1", date(1999, 1, 1))):
        with pytest.raises(Invalid):
            permit_of(site, clerk, day, number)
    permit_of(site, clerk, TODAY + DAY, "许 2", pk=one.pk)
    assert (SitePermit.objects.get().number, SitePermit.objects.get().expires_on) == ("许 2", TODAY + DAY)
    with pytest.raises(Invalid):
        save_permit(by=clerk, at=NOW, site=site.pk, told=PermitTold("x", "3", TODAY))


def test_an_inspection_is_written_once_and_says_something(district: District) -> None:
    site, by = site_in(district), district.street.member
    given = {"by": by, "at": NOW, "site": site.pk, "looks": looks(hoarding="破损"), "request_key": "k"}
    one = inspect_site(**given)
    assert inspect_site(**given) == one
    assert list(one.items.order_by("pk").values_list("item", "is_met"))[:2] == [("hoarding", False), ("covering", True)]
    other = site_in(district, name="别处")
    with pytest.raises(KeyReused):
        inspect_site(**{**given, "site": other.pk})
    for wrong in ({}, {"x": Look(True)}, {"hoarding": Look(False, "x" * 201)}):
        with pytest.raises(Invalid):
            inspect_site(by=by, at=NOW, site=site.pk, looks=wrong)
    finished = site_in(district, name="完工", state="finished")
    with pytest.raises(WrongState):
        inspect_site(by=by, at=NOW, site=finished.pk, looks=looks())
    assert SiteInspection.objects.count() == 1


def test_a_fault_is_open_until_its_item_is_met_by_the_time_of_the_look(district: District) -> None:
    site, by = site_in(district), district.street.clerk
    first = fault_of(site, by, "washing")
    inspect_site(by=by, at=NOW + DAY, site=site.pk, looks={"hoarding": Look(True)})
    assert open_faults([site.pk]) == {site.pk: [first]}
    inspect_site(by=by, at=NOW - DAY, site=site.pk, looks={"washing": Look(True)})  # entered late
    assert open_faults([site.pk]) == {site.pk: [first]}
    inspect_site(by=by, at=NOW + DAY, site=site.pk, looks={"washing": Look(True)})
    assert open_faults([site.pk]) == {site.pk: []}


def test_a_fault_becomes_one_case_with_place_category_and_description(district: District) -> None:
    place = PlaceTold(district.street.communities[0].pk, "建设路 1 号", Decimal("113.2"), Decimal("23.1"))
    site = site_in(district, place=place)
    fault = fault_of(site, district.street.member, "washing")
    case = log_fault(by=district.street.member, at=NOW, pk=fault.pk)
    assert (case.community, case.category.code_2026, case.address, case.state, case.source, float(case.longitude)) == (
        district.street.communities[0], "08012", "建设路 1 号", "dispatched", "patrol", 113.2,
    )  # fmt: skip
    assert ("学府花园" in case.description, "无洗车槽" in case.description) == (True, True)
    assert log_fault(by=district.street.clerk, at=NOW + DAY, pk=fault.pk) == case
    assert (Case.objects.count(), CheckedItem.objects.get(pk=fault.pk).case) == (1, case)


def test_where_a_category_has_several_conditions_the_desk_files_the_case(district: District) -> None:
    fault = fault_of(site_in(district), district.street.officer, "hoarding")
    case = log_fault(by=district.street.officer, at=NOW, pk=fault.pk)
    assert (case.category.code_2026, case.state) == ("08007", "accepted")


def test_what_was_met_since_becomes_no_case_and_a_leader_makes_none(district: District) -> None:
    site, by = site_in(district), district.street.clerk
    fault = fault_of(site, by)
    with pytest.raises(NotPermitted):
        log_fault(by=district.street.leader, at=NOW, pk=fault.pk)
    with pytest.raises(NotFound):
        log_fault(by=district.other.clerk, at=NOW, pk=fault.pk)
    inspect_site(by=by, at=NOW + DAY, site=site.pk, looks=looks())
    with pytest.raises(WrongState):
        log_fault(by=by, at=NOW + DAY, pk=fault.pk)
    assert not Case.objects.exists()


def test_two_at_once_make_one_case(committed: District) -> None:
    fault = fault_of(site_in(committed), committed.street.clerk)
    people = (committed.street.clerk, committed.street.member)
    done = race([lambda by=by: log_fault(by=by, at=NOW, pk=fault.pk) for by in people])
    assert len({one.pk for one in done}) == Case.objects.count() == 1
