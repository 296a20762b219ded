"""Named questions about communities and the people who answer for them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from citymgmt.found import one_of
from citymgmt.people.kept import Kept
from citymgmt.people.models import SubDistrict, User
from citymgmt.people.permissions import visible_to
from citymgmt.people.roles import Role
from citymgmt.refusals import NotFound
from communities.models import Community, OfficerAssignment, OfficerLeave

OFFICER, DEPUTY = OfficerAssignment.Part.OFFICER, OfficerAssignment.Part.DEPUTY


def assignments_on(on: date) -> QuerySet[OfficerAssignment]:
    """The assignments in force on a day."""
    return OfficerAssignment.objects.filter(period__contains=on)


def on_leave(on: date) -> QuerySet[OfficerLeave]:
    """The leaves that hold on a day."""
    return OfficerLeave.objects.filter(period__contains=on)


def communities_of(user: User, on: date) -> Any:
    """The ids of the communities for which the person answers on a day, as officer or as deputy."""
    return assignments_on(on).filter(user=user).values("community_id")


@dataclass(frozen=True)
class Duties:
    """Who acts for which community on a day, by id: the officer, or the deputy while the officer alone is away."""

    acting: Mapping[int, int]
    away: frozenset[int]


def _read_duties(on: date) -> Duties:
    away = frozenset(on_leave(on).values_list("user_id", flat=True))
    acting: dict[int, int] = {}
    for community_id, user_id in assignments_on(on).order_by("-part").values_list("community_id", "user_id"):
        first = acting.setdefault(community_id, user_id)  # the officer, where there is one
        if first in away and user_id not in away:
            acting[community_id] = user_id
    return Duties(acting, away)


duties_on: Kept[Duties] = Kept(_read_duties, OfficerAssignment, OfficerLeave)


def acting_officers(community_ids: Iterable[int], on: date) -> Mapping[int, int]:
    """For each community the id of who acts on a day: the officer, or the deputy while the officer is away."""
    acting = duties_on(on).acting
    return {pk: acting[pk] for pk in community_ids if pk in acting}


def acting_officer(community_id: int, on: date) -> int | None:
    """The id of who acts for a community on a day; None when the post is vacant."""
    return acting_officers([community_id], on).get(community_id)


def answered_for(community: Community, on: date) -> QuerySet[OfficerAssignment]:
    """Who answered for the community on that day: officer first, then deputy; `is_away` says who was on leave."""
    return assignments_of(community, on).filter(period__contains=on).order_by("-part")


def assignments_of(community: Community, on: date, also: date | None = None) -> QuerySet[OfficerAssignment]:
    """All assignments of the community, the latest first; `is_away` says who is on leave on that day, `was_away` who on
    the other one (without one, on the same).
    """
    rows = OfficerAssignment.objects.filter(community=community).select_related("user")
    away, was_away = (Exists(on_leave(day).filter(user=OuterRef("user"))) for day in (on, also or on))
    return rows.annotate(is_away=away, was_away=was_away).order_by("-period", "part")


def present_leaves(user_ids: Iterable[int], on: date) -> QuerySet[OfficerLeave]:
    """The leaves of these people that hold on that day or are to come."""
    return (
        OfficerLeave.objects.filter(user__in=set(user_ids), period__endswith__gt=on)
        .select_related("user")
        .order_by("period")
    )


def with_people(queryset: QuerySet[Community], on: date) -> QuerySet[Community]:
    """Communities with `people_today`, the assignments of that day, in two queries however many rows."""
    return queryset.select_related("subdistrict").prefetch_related(
        Prefetch(
            "assignments",
            queryset=assignments_on(on)
            .select_related("user")
            .annotate(is_away=Exists(on_leave(on).filter(user=OuterRef("user")))),
            to_attr="people_today",
        )
    )


def vacant(queryset: QuerySet[Community], on: date) -> QuerySet[Community]:
    """The active communities that have no officer on that day."""
    served = assignments_on(on).filter(part=OFFICER, community=OuterRef("pk"))
    return queryset.filter(~Exists(served), is_active=True)


def away(queryset: QuerySet[Community], on: date) -> QuerySet[Community]:
    """The active communities whose officer is on leave on that day."""
    gone = assignments_on(on).filter(part=OFFICER, user__in=on_leave(on).values("user"), community=OuterRef("pk"))
    return queryset.filter(Exists(gone), is_active=True)


def officers_of(subdistrict_id: int) -> QuerySet[User]:
    """The active people of a sub-district who can answer for a community."""
    return User.objects.filter(role=Role.OFFICER, is_active=True, subdistrict_id=subdistrict_id)


def visible_community(user: User, code: str, on: date, rows: QuerySet[Community] | None = None) -> Community:
    """The community of this code (of these rows), if the person may see it. Raises: NotFound."""
    among = Community.objects.all() if rows is None else rows
    found = visible_to(user, among.filter(code=code), on=on).select_related("subdistrict").first()
    if found is None:
        raise NotFound
    return found


def locked_community(pk: int) -> Community:
    """The row, locked until the transaction ends. Raises: NotFound."""
    row = Community.objects.filter(pk=pk).select_for_update(of=("self",), no_key=True).first()
    if row is None:
        raise NotFound
    return row


def locked_office(pk: int | None) -> SubDistrict:
    """The row of a sub-district, locked: whoever changes what holds for the office waits here. Raises: NotFound."""
    return one_of(SubDistrict.objects.select_for_update(of=("self",), no_key=True), pk or 0)
