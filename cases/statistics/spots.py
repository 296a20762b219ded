"""Hot spots: places at which the same disorder is reported again and again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.functions import Coalesce

from cases.models import Case
from cases.named import named
from cases.statistics.models import CaseFact, Place
from cases.statistics.periods import Period
from citymgmt.people.models import User
from citymgmt.people.permissions import visible_to
from citymgmt.worktime.clock import SHANGHAI

DAYS = 90
LEAST = 3  # cases in these days


@dataclass(frozen=True)
class Spot:
    """A place and a disorder: how often it was reported, how often that followed a closed case, and when last."""

    disorder_id: int
    key_place_id: int | None
    cell: int | None
    count: int
    recurrences: int
    last_at: datetime
    last_case_id: int


def hot_spots(user: User, on: date, at: datetime, most: int = 50) -> list[Spot]:
    """The places with at least three cases of one disorder in ninety days, the most recurrences first.

    A place is a key place, else a cell of about fifty metres.
    """
    seen = visible_to(user, CaseFact.objects.all(), on=on).values("pk")
    return [_spot(row) for row in _grouped(_recent(at).filter(pk__in=seen))[:most]]


def spots_of_period(subdistrict_id: int, period: Period, most: int) -> tuple[list[Spot], int]:
    """The same places by what was reported in a period in a sub-district, and how many there are in all."""
    first, end = (datetime.combine(day, time(), SHANGHAI) for day in (period.first, period.last + timedelta(days=1)))
    places = Place.objects.filter(subdistrict_id=subdistrict_id, reported_at__gte=first, reported_at__lt=end)
    found = _grouped(places)
    return [_spot(row) for row in found[:most]], found.count()


def _grouped(places: QuerySet[Place]) -> QuerySet[Any, Any]:
    return (
        places.order_by()
        .annotate(spot=Coalesce(F("key_place_id"), -F("cell")))
        .values("disorder_id", "spot")
        .annotate(
            count=Count("pk"),
            recurrences=Count("pk", filter=Q(case__fact__measures__contains=["recurred_30"])),
            last_at=Max("reported_at"),
            last_case=Max("pk"),
            place=Max("key_place_id"),
            where=Max("cell"),
        )
        .filter(count__gte=LEAST)
        .order_by("-recurrences", "-count", "-last_at")
    )


def _recent(at: datetime) -> QuerySet[Place]:
    return Place.objects.filter(reported_at__gt=at - timedelta(days=DAYS), reported_at__lte=at)


def _spot(row: Mapping[str, Any]) -> Spot:
    has_key_place = row["place"] is not None
    return Spot(
        row["disorder_id"],
        row["place"] if has_key_place else None,
        None if has_key_place else row["where"],
        row["count"],
        row["recurrences"],
        row["last_at"],
        row["last_case"],
    )


@dataclass(frozen=True)
class Where:
    """A spot by what names it: a disorder at a key place, else in a cell."""

    disorder_id: int
    key_place_id: int | None
    cell: int | None


def cases_at(user: User, on: date, where: Where, recent_at: datetime | None = None) -> QuerySet[Case]:
    """The history of a spot: the cases of its disorder there, of what the person may see; with `recent_at` those of the
    ninety days before that moment, which the page of hot spots counts.
    """
    places = Place.objects.all() if recent_at is None else _recent(recent_at)
    places = places.filter(disorder_id=where.disorder_id, key_place_id=where.key_place_id)
    there = places if where.key_place_id else places.filter(cell=where.cell)
    seen = visible_to(user, CaseFact.objects.all(), on=on)
    return Case.objects.filter(pk__in=seen.filter(pk__in=there.values("pk")).values("pk"))


def latest_at(spots: Sequence[Spot]) -> dict[int, Case]:
    """The latest case of each spot, by its id: it tells where the spot is."""
    return {case.pk: case for case in named(Case.objects.filter(pk__in=[spot.last_case_id for spot in spots]))}
