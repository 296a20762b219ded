"""Coverage: how many institutions were visited in a quarter, have an agreement in force, and kept what they promised.

Each figure is counted by the very question of the list to which it leads. Institutions are those that are active today.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.db.models import Count, Max, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from citymgmt.people.models import User
from citymgmt.people.permissions import visible_to
from communities.institutions.lifecycle import MADE, OPEN
from communities.institutions.quarters import Quarter, quarter_of
from communities.institutions.querysets import (
    communities_open_to,
    due_in,
    in_force,
    is_late,
    kept_on_time,
    under_agreement,
    visited_in,
)
from communities.models import Agreement, Community, Institution, InstitutionVisit, Pledge

VIEW = "institution.view"


@dataclass(frozen=True)
class Figure:
    """A count of a whole, and the list that it counts."""

    count: int
    whole: int
    url: str

    @property
    def percent(self) -> int | None:
        """Its share in whole per cent, half up; None of nothing."""
        return (200 * self.count + self.whole) // (2 * self.whole) if self.whole else None


@dataclass(frozen=True)
class Covered:
    """The figures of a community, or of all together (`community` None)."""

    community: Community | None
    active: Figure
    visited: Figure
    agreed: Figure
    due: Figure
    on_time: Figure


def coverage_of(user: User, quarter: Quarter, on: date) -> list[Covered]:
    """The figures of each community within reach, and of all together at the end; five queries."""
    places = list(communities_open_to(user, VIEW, on))
    institutions = visible_to(user, Institution.objects.filter(is_active=True), on=on)
    active = _by_community(institutions, "community")
    visited = _by_community(institutions.filter(visited_in(quarter)), "community")
    agreed = _by_community(institutions.filter(under_agreement(on)), "community")
    pledges = visible_to(user, Pledge.objects.filter(due_in(quarter)), on=on)
    rows = (
        pledges.order_by()
        .values("institution__community")
        .annotate(due=Count("pk"), kept=Count("pk", filter=kept_on_time()))
    )
    due = {row["institution__community"]: row["due"] for row in rows}
    kept = {row["institution__community"]: row["kept"] for row in rows}
    counts = (active, visited, agreed, due, kept)
    lines = [_covered(one, quarter, *(count.get(one.pk, 0) for count in counts)) for one in places]
    return [*lines, _covered(None, quarter, *(sum(count.values()) for count in counts))]


def _by_community(rows: QuerySet[Institution], path: str) -> Mapping[int, int]:
    found = rows.order_by().values(path).annotate(count=Count("pk"))
    return {row[path]: row["count"] for row in found}


def _covered(
    place: Community | None, quarter: Quarter, active: int, visited: int, agreed: int, due: int, kept: int
) -> Covered:
    where = {"community": place.pk} if place else {}
    listed, promised = reverse("institutions:list"), reverse("institutions:pledges")
    now = {**where, "is_active": "yes"}
    return Covered(
        place,
        active=Figure(active, active, f"{listed}?{urlencode(now)}"),
        visited=Figure(visited, active, f"{listed}?{urlencode({**now, 'visited': 'yes', 'quarter': quarter})}"),
        agreed=Figure(agreed, active, f"{listed}?{urlencode({**now, 'agreement': 'in_force'})}"),
        due=Figure(due, due, f"{promised}?{urlencode({**where, 'quarter': quarter})}"),
        on_time=Figure(kept, due, f"{promised}?{urlencode({**where, 'quarter': quarter, 'only': 'on_time'})}"),
    )


@dataclass(frozen=True)
class Panel:
    """A community's institutions in a few figures, for the page of the community."""

    active: int
    visited: int
    agreed: int
    open_pledges: int
    late_pledges: int
    list_url: str
    pledges_url: str


def panel_of(community: Community, on: date, at: datetime) -> Panel:
    """The figures of a community's institutions in this quarter; one query."""
    made = InstitutionVisit.objects.filter(state=MADE, made_on__gte=quarter_of(on).first)
    agreed = Agreement.objects.filter(in_force(on))
    promised = Pledge.objects.filter(institution__community=community, state=OPEN).order_by().values("state")
    counts = [promised.values(found=Count("pk")), promised.filter(is_late(at)).values(found=Count("pk"))]
    figures = Institution.objects.filter(community=community).aggregate(
        active=Count("pk", filter=Q(is_active=True)),
        visited=Count("pk", filter=Q(is_active=True, pk__in=made.values("institution"))),
        agreed=Count("pk", filter=Q(is_active=True, pk__in=agreed.values("institution"))),
        open_pledges=Coalesce(Max(Subquery(counts[0])), 0),
        late_pledges=Coalesce(Max(Subquery(counts[1])), 0),
    )
    asked = urlencode({"community": community.pk, "is_active": "yes"})
    to_keep = urlencode({"community": community.pk, "only": "open"})
    return Panel(
        **figures,
        list_url=f"{reverse('institutions:list')}?{asked}",
        pledges_url=f"{reverse('institutions:pledges')}?{to_keep}",
    )
