"""Routes of the demo teams, with points from key places, hot spots and by hand, and a plan of thirty days for each."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.demo import names
from citymgmt.people.models import User
from communities.models import Community
from patrols.rounds.actions import (
    PointTold,
    RouteTold,
    add_hot_spot,
    add_key_places,
    load_place_classes,
    put_in_force,
    save_point,
    save_route,
)
from patrols.rounds.drafting import PlanTold
from patrols.rounds.models import PlaceClass, Route, RoutePlan, RoutePoint
from patrols.rounds.offers import area_of, hot_places_for, key_places_for
from patrols.teams.models import Team
from patrols.teams.querysets import members_of, shifts_of

DAY = timedelta(days=1)
DAYS = 30  # of each plan
HOT = 3  # hot spots taken over
ROUTES = (("东线", "east"), ("西线", "west"))
SHORT = {
    "cleaning_team": ("保洁", "Cleaning"),
    "enforcement_team": ("执法", "Enforcement"),
    "pest_team": ("消杀", "Pest"),
}
BY_HAND: Mapping[str, Sequence[tuple[str, str]]] = {  # by kind of the team: names in each community, and their classes
    "cleaning_team": (
        ("{}大街东段", "street1"),
        ("{}大街西段", "street1"),
        ("{}横街", "street2"),
        ("{}后巷", "street4"),
        ("{}垃圾收集点", "station"),
        ("{}墙脚绿化带", "blind"),
    ),
    "enforcement_team": (("{}路口", "street4"), ("{}夜宵摊档", "window"), ("{}出租屋群", "estate")),
    "pest_team": (
        ("{}花园", "estate"),
        ("{}新村", "estate"),
        ("{}公厕", "station"),
        ("{}沙井口", "blind"),
        ("{}绿地", "other"),
    ),
}
STEP = Decimal("0.0004")  # degrees between points entered by hand


@transaction.atomic
def make_plans(now: datetime) -> int:
    """How many routes were planned; 0 when there are some, or no demo office with teams that have shifts."""
    teams = Team.objects.filter(district_code=names.DISTRICT_CODE).select_related("subdistrict")
    if Route.objects.filter(team__in=teams).exists():
        return 0
    ready = [team for team in teams.order_by("subdistrict", "key") if members_of(team) and shifts_of(team)]
    if ready:
        load_place_classes()
    return sum(_play(team, now) for team in ready)


def _play(team: Team, now: datetime) -> int:
    """Two routes of a team, its communities shared among them, each planned from today on."""
    leader = members_of(team)[0]
    yesterday = now - DAY
    for number, (name_zh, name_en) in enumerate(ROUTES):
        zh, en = SHORT[team.kind]
        told = RouteTold(f"{zh}{name_zh}", f"{en}, {name_en}")
        route = save_route(by=leader, at=yesterday, team=team.pk, told=told)
        area = area_of(route)[number :: len(ROUTES)]
        _put_points(route, area, leader, yesterday)
        plan_days(route, leader, yesterday, seed=number + 1)
    return len(ROUTES)


def _put_points(route: Route, area: Sequence[Community], leader: User, at: datetime) -> None:
    classes = dict(PlaceClass.objects.values_list("code", "pk"))
    given: dict[str, Any] = {"by": leader, "at": at, "route": route.pk}
    if route.team.kind == "enforcement_team":
        offered = [place.pk for place in key_places_for(route, area)]
        if offered:
            add_key_places(**given, place_class=classes["window"], places=offered)
        for spot in hot_places_for(route, area, RoutePoint.objects.filter(route=route), at)[:HOT]:
            add_hot_spot(**given, case=spot.case.pk)
    for community in area:
        for place, (name, code) in enumerate(BY_HAND[route.team.kind]):
            save_point(**given, told=_point(community, place, name, classes[code]))


def _point(community: Community, place: int, name: str, place_class: int) -> PointTold:
    """A point near the middle of a community."""
    ring = (community.boundary or {"coordinates": [[[113.3, 23.1]]]})["coordinates"][0]
    east, north = (Decimal(sum(one[axis] for one in ring) / len(ring)) for axis in (0, 1))
    short = community.name_zh.removesuffix("社区")
    return PointTold(
        name.format(short),
        place_class,
        east + STEP * (place % 3 - 1),
        north + STEP * (place // 3 - 1),
        address=f"{short}路{place * 8 + 6}号旁",
        community=community.pk,
    )


def plan_days(route: Route, leader: User, at: datetime, *, count: int = DAYS, seed: int = 1) -> RoutePlan:
    """Plan a route for the days after a moment."""
    told = PlanTold(timezone.localdate(at) + DAY, count, avoids_holidays=False, seed=seed)
    return put_in_force(by=leader, at=at, route=route.pk, told=told)
