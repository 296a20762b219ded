"""Whose projects a person sees and may work on: the office all of its own; an officer reports on those for the own
communities, and does the tasks of these or those that name the officer.
"""

from django.db.models import Q

from citymgmt.people.permissions import Scope
from citymgmt.people.permissions import register as register_scope
from communities.models import Project, ProjectPhoto, ProjectTask
from communities.projects.querysets import for_people_of
from communities.querysets import communities_of


def register() -> None:
    """Say it once, when the app is ready."""
    register_scope(
        Project,
        view="project.view",
        queries={
            Scope.SUBDISTRICT: lambda user, on: Q(subdistrict_id=user.subdistrict_id),
            Scope.COMMUNITY: for_people_of,
        },
    )
    register_scope(
        ProjectTask,
        view="project.view",
        queries={
            Scope.SUBDISTRICT: lambda user, on: Q(project__subdistrict_id=user.subdistrict_id),
            Scope.COMMUNITY: lambda user, on: (
                Q(project__subdistrict_id=user.subdistrict_id)
                & (Q(community__in=communities_of(user, on)) | Q(owner=user))
            ),
        },
    )
    register_scope(
        ProjectPhoto,
        view="project.view",
        queries={Scope.SUBDISTRICT: lambda user, on: Q(project__subdistrict_id=user.subdistrict_id)},
    )
