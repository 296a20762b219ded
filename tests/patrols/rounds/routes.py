"""What tests of plans begin with: a route of a crew, with points on a grid of a hundred metres."""

from datetime import date
from decimal import Decimal
from typing import Any

from patrols.rounds.actions import PointTold, RouteTold, load_place_classes, put_in_force, save_point, save_route
from patrols.rounds.drafting import PlanTold
from patrols.rounds.models import PlaceClass, Route, RoutePlan, RoutePoint
from tests.patrols.teams import NOW, TODAY, Crew

TOMORROW = date(2026, 3, 3)


def place_class(code: str) -> PlaceClass:
    """One of the shipped classes."""
    load_place_classes()
    return PlaceClass.objects.get(code=code)


def route_of(crew: Crew, name: str = "东片") -> Route:
    """A route without points."""
    return save_route(by=crew.leader, at=NOW, team=crew.team.pk, told=RouteTold(name))


def point_told(crew: Crew, number: int = 0, code: str = "blind", **changed: Any) -> PointTold:
    """A point of the grid."""
    given = {
        "name": f"点{number}",
        "place_class": place_class(code).pk,
        "longitude": Decimal("113.3000000") + Decimal("0.001") * (number % 10),
        "latitude": Decimal("23.1000000") + Decimal("0.001") * (number // 10),
        "community": crew.district.street.communities[0].pk,
    }
    return PointTold(**{**given, **changed})


def add_points(crew: Crew, route: Route, codes: list[str]) -> list[RoutePoint]:
    """A point for each of these classes."""
    first = route.points.count()
    return [
        save_point(by=crew.leader, at=NOW, route=route.pk, told=point_told(crew, number, code))
        for number, code in enumerate(codes, first)
    ]


def plan_told(count: int = 7, **changed: Any) -> PlanTold:
    """A week from tomorrow on."""
    return PlanTold(**{"first": TOMORROW, "count": count, "avoids_holidays": False, "seed": 7, **changed})


def plan_of(crew: Crew, route: Route, told: PlanTold | None = None, **changed: Any) -> RoutePlan:
    """A plan in force."""
    asked = {"by": crew.leader, "at": NOW, "route": route.pk, "told": told or plan_told(), **changed}
    return put_in_force(**asked)


__all__ = ["NOW", "TODAY", "TOMORROW", "add_points", "place_class", "plan_of", "plan_told", "point_told", "route_of"]
