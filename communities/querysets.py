"""Named questions about communities and the people who answer for them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from citymgmt.people.models import User
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


def acting_officers(community_ids: Iterable[int], on: date) -> Mapping[int, int]:
    """For each community the id of who acts on a day: the officer, or the deputy while the officer is away."""
    rows = (
        assignments_on(on)
        .filter(community_id__in=set(community_ids))
        .annotate(is_away=Exists(on_leave(on).filter(user=OuterRef("user"))))
        .values_list("community_id", "part", "user_id", "is_away")
    )
    acting: dict[int, int] = {}
    for community_id, _part, user_id, is_away in sorted(rows, key=lambda row: (row[1] == OFFICER) and not row[3]):
        if not is_away or community_id not in acting:
            acting[community_id] = user_id
    return acting


def acting_officer(community_id: int, on: date) -> int | None:
    """The id of who acts for a community on a day; None when the post is vacant."""
    return acting_officers([community_id], on).get(community_id)


def answered_for(community: Community, on: date) -> QuerySet[OfficerAssignment]:
    """Who answered for the community on that day: officer first, then deputy."""
    return assignments_on(on).filter(community=community).select_related("user").order_by("-part")


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
