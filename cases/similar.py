"""Open cases that a new report may repeat: the same kind, at the same place, in the last days."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from cases.models import Case, Category
from cases.named import named
from cases.querysets import open_cases, seen_by
from citymgmt.coordinates import Point, around, distance_m
from citymgmt.people.models import User
from communities.models import Community, KeyPlace

MOST_SHOWN = 5


@dataclass(frozen=True)
class Sought:
    """What is known of a matter while it is being logged; the point in WGS-84 degrees."""

    category: Category
    community: Community | None = None
    key_place: KeyPlace | None = None
    address: str = ""
    longitude: Any = None
    latitude: Any = None

    @property
    def point(self) -> Point | None:
        """The point, when both numbers are known."""
        if self.longitude is None or self.latitude is None:
            return None
        return float(self.longitude), float(self.latitude)


@dataclass(frozen=True)
class Similar:
    """An open case like the one sought, and how far away it is when both have points."""

    case: Case
    distance_m: float | None


def similar_cases(user: User, sought: Sought, *, at: datetime, on: date) -> list[Similar]:
    """The open cases of the same category or disorder at the same place, nearest first, at most five.

    The same place is: a point within SIMILAR_WITHIN_M metres, the same key place, or the same address in the same
    community; reported in the last SIMILAR_WITHIN_DAYS days. Only those that the person sees.
    """
    return similar_among(seen_by(user, on), sought, at=at)


def similar_among(cases: QuerySet[Case], sought: Sought, *, at: datetime) -> list[Similar]:
    """The same among these cases, whoever asks."""
    place = _same_place(sought)
    if place is None:
        return []
    since = at - timedelta(days=settings.SIMILAR_WITHIN_DAYS)
    kind = Q(category__disorder=sought.category.disorder_id)
    found = open_cases(cases).filter(place, kind, created_at__range=(since, at))
    near = [similar for similar in _measured(found, sought.point) if _is_near(similar, sought)]
    same = sought.category.pk
    near.sort(key=lambda one: (one.case.category_id != same, one.distance_m or 0, -one.case.pk))
    return near[:MOST_SHOWN]


def _same_place(sought: Sought) -> Q | None:
    """The query that finds whatever could be at the same place, by an index for each way of telling the place."""
    ways = []
    if sought.point is not None:
        (west, south), (east, north) = around(*sought.point, settings.SIMILAR_WITHIN_M)
        ways.append(Q(longitude__range=(west, east), latitude__range=(south, north)))
    if sought.key_place is not None:
        ways.append(Q(key_place=sought.key_place))
    if sought.address.strip() and sought.community is not None:
        ways.append(Q(community=sought.community, address=sought.address.strip()) & ~Q(address=""))
    place: Q | None = None
    for way in ways:
        place = way if place is None else place | way
    return place


def _measured(found: QuerySet[Case], point: Point | None) -> list[Similar]:
    rows = named(found).order_by("-created_at", "-id")
    return [Similar(case, _distance(case, point)) for case in rows]


def _distance(case: Case, point: Point | None) -> float | None:
    if point is None or case.longitude is None or case.latitude is None:
        return None
    return distance_m(point, (float(case.longitude), float(case.latitude)))


def _is_near(similar: Similar, sought: Sought) -> bool:
    """Whether it is at the same place indeed: the corners of the box lie farther away than its radius."""
    case = similar.case
    if similar.distance_m is not None and similar.distance_m <= settings.SIMILAR_WITHIN_M:
        return True
    if sought.key_place is not None and case.key_place_id == sought.key_place.pk:
        return True
    address = sought.address.strip()
    return bool(address) and sought.community is not None and _is_at(case, sought.community, address)


def _is_at(case: Case, community: Community, address: str) -> bool:
    return case.community_id == community.pk and case.address == address
