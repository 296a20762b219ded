"""What the page of a community shows of projects: how many are under way for it, and whether something is late."""

from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.beside import Figure, Looker
from communities.models import Community, Project
from communities.projects.lifecycle import TIMED
from communities.projects.querysets import for_community, is_late


def show_projects(community: Community, looker: Looker) -> Iterator[Figure]:
    """The projects under way for the community: one query."""
    if not looker.sees("project.view"):
        return
    rows = Project.objects.filter(for_community(community.pk), subdistrict=community.subdistrict_id, state__in=TIMED)
    told = rows.order_by().aggregate(all=Count("pk"), late=Count("pk", filter=Q(is_late(looker.at))))
    late = told["late"]
    yield Figure(
        label=_("Projects"),
        value=told["all"],
        url=f"{reverse('projects:list')}?community={community.pk}&state=under_way",
        icon="kanban",
        tone="alert" if late else "",
        note=ngettext("%(late)d late", "%(late)d late", late) % {"late": late} if late else "",
    )
