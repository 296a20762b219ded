"""What the page of a community shows of projects: how many are under way for it, and whether something is late."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.beside import Figure, Looker
from communities.models import Community, Project, ProjectPlace
from communities.projects.lifecycle import TIMED
from communities.projects.querysets import is_late


def with_projects(rows: QuerySet[Community], at: datetime) -> QuerySet[Community]:
    """Communities with `projects_beside`, in the same query: for each project under way 1 when it is late, else 0."""
    places = ProjectPlace.objects.filter(community=OuterRef(OuterRef("pk")), project=OuterRef("pk"), is_dropped=False)
    here = Q(is_for_all=True) | Q(Exists(places))
    going = Project.objects.filter(here, subdistrict=OuterRef("subdistrict"), state__in=TIMED).order_by()
    late = Case(When(is_late(at), then=Value(1)), default=Value(0))
    return rows.annotate(projects_beside=ArraySubquery(going.values(late=late)))


def show_projects(community: Any, looker: Looker) -> Iterator[Figure]:
    """The projects under way for a community (`with_projects`); nothing where there is none."""
    going = community.projects_beside
    if not (going and looker.sees("project.view")):
        return
    late = sum(going)
    yield Figure(
        label=_("Projects"),
        value=len(going),
        url=f"{reverse('projects:list')}?community={community.pk}&state=under_way",
        icon="kanban",
        tone="alert" if late else "",
        note=ngettext("%(late)d late", "%(late)d late", late) % {"late": late} if late else "",
    )
