"""Named questions about residential areas."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When

from citymgmt.found import one_of
from citymgmt.people.models import User
from citymgmt.people.permissions import visible_to
from communities.areas.coverage import Area, Period
from communities.areas.lifecycle import STANDING, STRUCK
from communities.areas.readiness import Criterion
from communities.areas.seeded import SEEDED, Standard
from communities.local_rules import Rule, in_force
from communities.models import AreaPhoto, LocalRule, PropertyContract, ReadinessStandard, ResidentialArea


def visible_area(user: User, pk: int, on: date) -> ResidentialArea:
    """The area of this id with its community, if the person may see it. Raises: NotFound."""
    return one_of(visible_to(user, ResidentialArea.objects.select_related("community__subdistrict"), on=on), pk)


def visible_photo(user: User, pk: int, on: date) -> AreaPhoto:
    """The photo of this id, if the person may see its area. Raises: NotFound."""
    return one_of(visible_to(user, AreaPhoto.objects.all(), on=on), pk)


def locked_area(pk: int) -> ResidentialArea:
    """The area of this id, locked until the transaction ends. Raises: NotFound."""
    rows = ResidentialArea.objects.select_related("community__subdistrict")
    return one_of(rows.select_for_update(of=("self",), no_key=True), pk)


def registered(rows: QuerySet[ResidentialArea]) -> QuerySet[ResidentialArea]:
    """Those that have not been struck off."""
    return rows.exclude(state=STRUCK)


def due_first(rows: QuerySet[ResidentialArea]) -> QuerySet[ResidentialArea]:
    """What is due first first, then what is not timed."""
    return rows.order_by(F("due_at").asc(nulls_last=True), "community__code", "name", "id")


def best_first(rows: QuerySet[ResidentialArea]) -> QuerySet[ResidentialArea]:
    """The readiest first, then those that are blocked; what was never assessed comes last."""
    never = Case(When(score=None, then=1), default=0)
    return rows.order_by(never, "is_blocked", F("score").desc(nulls_last=True), "community__code", "name", "id")


def is_overdue(at: datetime) -> Q:
    """Whose next step should have been taken by now."""
    return Q(state__in=STANDING, due_at__lt=at)


def is_covered_on(day: date) -> Exists:
    """Under a contract on that day, as `coverage.Period` counts it."""
    of_area = PropertyContract.objects.filter(area=OuterRef("pk"), from_on__lte=day)
    return Exists(of_area.filter(Q(ended_on=None) | Q(ended_on__gt=day)))


def counted(rows: QuerySet[ResidentialArea]) -> tuple[list[Area], list[Period]]:
    """What coverage is counted of, of these areas: two queries."""
    names = ("pk", "community_id", "household_count", "floor_area_m2")
    areas = [Area(*one) for one in registered(rows).order_by("pk").values_list(*names)]
    contracts = PropertyContract.objects.filter(area__in=registered(rows).order_by()).order_by("area_id", "ordinal")
    return areas, [Period(*one) for one in contracts.values_list("area_id", "from_on", "ended_on")]


def rules_of(subdistrict_id: int, on: date) -> Mapping[str, Rule]:
    """The local rules of an office that are in force on a day."""
    rows = LocalRule.objects.filter(subdistrict=subdistrict_id, from_on__lte=on).order_by("name", "from_on")
    return in_force([one.entered for one in rows], on)


def standard_of(subdistrict_id: int | None) -> Standard:
    """By which criteria an office assesses: its latest version, else what the portal comes with."""
    row = ReadinessStandard.objects.filter(subdistrict=subdistrict_id or 0).order_by("-number").first()
    if row is None:
        return SEEDED
    return Standard(row.number, row.threshold, tuple(Criterion.of(one) for one in row.criteria))


def latest_of(area: ResidentialArea, name: str) -> Any:
    """The latest part of an area of this name ("pilots", "contracts", …); None where there is none."""
    return getattr(area, name).order_by("-ordinal").first()
