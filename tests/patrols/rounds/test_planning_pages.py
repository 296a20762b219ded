"""Pages of routes, plans and classes: entered by forms, drafted before they are in force, explained, few queries."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communities.models import KeyPlace
from communities.placed import PlaceTold
from patrols.rounds.models import PatrolRound, PlaceClass, Route, RoutePlan, RoutePoint
from patrols.sites.models import Site
from tests.cases.list_pages import words
from tests.communities.areas.areas import area_in
from tests.patrols.rounds.routes import TOMORROW, add_points, place_class, plan_of, plan_told, route_of
from tests.patrols.sites import site_in
from tests.patrols.teams import Crew

pytestmark = pytest.mark.usefixtures("moment")
Ask = Callable[..., Any]
DAYS = f"?first={TOMORROW}&count=7&seed=5"


@pytest.fixture
def route(crew: Crew) -> Route:
    """A route with six points: seen daily, twice a week, weekly."""
    made = route_of(crew)
    add_points(crew, made, ["hot", "hot", "estate", "estate", "blind", "blind"])
    return made


def test_a_route_with_its_points_is_entered_and_changed_by_its_forms(crew: Crew, get: Ask, send: Ask) -> None:
    hot, team = place_class("hot"), crew.team.pk
    assert send(crew.leader, "/rounds/routes/new/", team="", name_zh="西片").status_code == 422
    assert (
        send(crew.leader, "/rounds/routes/new/", team=team, name_zh="西片", name_en="")["Location"] == "/rounds/routes/"
    )
    page = f"/rounds/routes/{Route.objects.get().pk}/"
    assert send(crew.leader, f"{page}change/", name_zh="西片甲", name_en="")["Location"] == page
    typed = {"name": "文昌桥头", "place_class": hot.pk, "longitude": "113.3", "latitude": "23.1", "community": ""}
    refused = send(crew.leader, f"{page}points/new/", **typed)
    assert refused.status_code == 422
    assert "The point lies in none of your communities: choose one." in words(refused)
    typed["community"] = crew.district.street.communities[0].pk
    assert send(crew.leader, f"{page}points/new/", **typed)["Location"] == page
    point = RoutePoint.objects.get()
    assert (
        send(crew.leader, f"{page}points/{point.pk}/", name="文昌桥南", place_class=hot.pk, is_active="on").status_code
        == 302
    )
    shown = words(get(crew.members[0], page))
    assert "西片甲" in shown
    assert "文昌桥南 hot spots of recurrence once a day" in shown


def test_key_places_and_sites_are_ticked_onto_a_route(crew: Crew, route: Route, get: Ask, send: Ask) -> None:
    community = crew.district.street.communities[0]
    placed = {"community": community, "longitude": "113.26", "latitude": "23.12"}
    market = KeyPlace.objects.create(kind="market", name_zh="榕荫市场", **placed)
    site = site_in(crew.district)
    Site.objects.update(longitude="113.2600000", latitude="23.1200000")
    page = f"/rounds/routes/{route.pk}/"
    window = place_class("window").pk
    assert send(crew.leader, f"{page}key-places/", place_class=window, places=[market.pk])["Location"] == page
    assert send(crew.leader, f"{page}sites/", place_class=place_class("site").pk, places=[site.pk]).status_code == 302
    points = RoutePoint.objects.order_by("-pk")[:2]
    assert [(one.name, one.key_place, one.site, one.place_class.code) for one in points] == [
        (site.name, None, site, "site"), ("榕荫市场", market, None, "window"),
    ]  # fmt: skip
    assert "Nothing to add" in words(get(crew.leader, f"{page}sites/"))


def test_residential_areas_with_a_position_are_ticked_onto_a_route(
    crew: Crew, route: Route, get: Ask, send: Ask
) -> None:
    point = PlaceTold(crew.district.street.communities[0].pk, "榕荫路 20 号", Decimal("113.26"), Decimal("23.12"))
    area = area_in(crew.district, place=point)
    area_in(crew.district, name="无坐标小区")
    page = f"/rounds/routes/{route.pk}/"
    estate = place_class("estate").pk
    assert send(crew.leader, f"{page}areas/", place_class=estate, places=[area.pk])["Location"] == page
    found = RoutePoint.objects.get(area=area)
    assert (found.name, found.address, found.place_class.code) == ("榕荫小区", "榕荫路 20 号", "estate")
    assert "Nothing to add" in words(get(crew.leader, f"{page}areas/"))


def test_a_draft_appoints_nothing_until_it_is_put_into_force_as_it_was_seen(
    crew: Crew, route: Route, get: Ask, send: Ask
) -> None:
    page = f"/rounds/routes/{route.pk}/plan/"
    assert "No place waits longer than its class says." in words(get(crew.leader, page + DAYS))
    assert not PatrolRound.objects.exists()
    stale = send(crew.leader, page + DAYS, action="", seen="x" * 64)
    assert (stale.status_code, RoutePlan.objects.count()) == (409, 0)
    assert "have changed since you looked" in words(stale)
    answer = send(crew.leader, page + DAYS)
    plan = RoutePlan.objects.get()
    assert (answer["Location"], plan.seed, plan.from_on) == (plan.get_absolute_url(), 5, TOMORROW)
    shown = words(get(crew.members[0], plan.get_absolute_url()))
    assert "begins later" in shown
    assert "number of the draw 5" in shown
    assert "has a plan from 2026-03-03 until 2026-03-09 already" in words(get(crew.leader, page + DAYS, 422))


@pytest.mark.parametrize(
    "asked", ["?first=9999-12-31&count=62&seed=1", "?first=2026-03-03&count=99&seed=1", "?first=x"]
)
def test_days_that_cannot_be_are_told_on_the_form(crew: Crew, route: Route, get: Ask, asked: str) -> None:
    get(crew.leader, f"/rounds/routes/{route.pk}/plan/{asked}", 422)


def test_a_plan_tells_why_a_point_is_seen_on_its_days(crew: Crew, route: Route, get: Ask) -> None:
    plan = plan_of(crew, route, plan_told(14))
    point = route.points.filter(place_class__code="blind").order_by("pk")[0]
    page = words(get(crew.members[0], f"{plan.get_absolute_url()}?point={point.pk}"))
    assert f"Why these days: {point.name}" in page
    assert "It begins here, where the days were emptiest." in page
    assert "Its turn. (7 days after the last visit)" in page


def test_a_plan_is_withdrawn_with_a_reason_and_says_so(crew: Crew, route: Route, get: Ask, send: Ask) -> None:
    plan = plan_of(crew, route)
    page = f"/rounds/routes/plans/{plan.pk}/"
    assert send(crew.leader, f"{page}withdraw/", reason="").status_code == 422
    assert send(crew.leader, f"{page}withdraw/", reason="道路施工")["Location"] == page
    assert "withdrawn" in words(get(crew.leader, page))
    assert set(PatrolRound.objects.values_list("state", flat=True)) == {"excused"}


def test_each_sign_opens_the_check_in_at_its_point(
    crew: Crew, route: Route, get: Ask, send: Ask, settings: Any
) -> None:
    settings.PUBLIC_BASE_URL = "https://cg.example.cn"
    point = route.points.order_by("pk")[0]
    page = f"/rounds/routes/{route.pk}/signs/"
    all_of_them = get(crew.leader, page).content.decode()
    assert all_of_them.count('role="img"') == 6
    one = get(crew.leader, f"{page}?point={point.pk}").content.decode()
    assert one.count('role="img"') == 1
    edit = f"/rounds/routes/{route.pk}/points/{point.pk}/"
    assert send(crew.leader, edit, f"{edit}code/")["Location"] == edit
    assert get(crew.leader, f"{page}?point={point.pk}").content.decode() != one


def test_clerks_keep_the_classes(crew: Crew, get: Ask, send: Ask) -> None:
    assert send(crew.clerk, "/rounds/routes/classes/", "/rounds/routes/classes/usual/").status_code == 302
    assert "along class 1 roads" in words(get(crew.members[0], "/rounds/routes/classes/"))
    count = PlaceClass.objects.count()
    typed = {"code": "bridge", "name_zh": "桥下空间", "times": "2", "days": "7", "minutes": "10"}
    assert send(crew.clerk, "/rounds/routes/classes/new/", **typed).status_code == 302
    row = PlaceClass.objects.get(code="bridge")
    assert send(crew.clerk, f"/rounds/routes/classes/{row.pk}/", times="0").status_code == 422
    assert send(crew.clerk, f"/rounds/routes/classes/{row.pk}/", times="3").status_code == 302
    assert (PlaceClass.objects.count(), PlaceClass.objects.get(pk=row.pk).times) == (count + 1, 3)


def test_as_many_queries_for_a_long_plan_as_for_a_short_one(crew: Crew, route: Route, client: Client) -> None:
    short, other = plan_of(crew, route), route_of(crew, "北片")
    add_points(crew, other, ["street1"] * 12 + ["estate"] * 8)
    long = plan_of(crew, other, plan_told(30))
    client.force_login(crew.leader)
    client.get("/rounds/routes/")  # what is read once and kept
    counts: dict[str, set[int]] = {}
    for plan, many in ((short, False), (long, True)):
        at = plan.route.get_absolute_url()
        later = "?first=2026-05-01&count=30&seed=1" if many else "?first=2026-05-01&count=2&seed=1"
        for name, page in {
            "plan": plan.get_absolute_url(),
            "route": at,
            "draft": f"{at}plan/{later}",
            "all": "/rounds/routes/",
        }.items():
            with CaptureQueriesContext(connection) as found:
                assert client.get(page).status_code == 200
            counts.setdefault(name, set()).add(len(found))
    assert all(len(one) == 1 and max(one) <= 12 for one in counts.values()), counts
