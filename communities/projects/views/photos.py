"""All photos of a project, and which of them everybody sees."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from citymgmt.people.permissions import reaches_as_far
from citymgmt.photos.shown import Shown
from communities.models import ProjectPhoto
from communities.projects.lifecycle import KEEP
from communities.projects.querysets import visible_project
from communities.projects.views.looking import PHOTO, VIEW


@require_safe
def photos(request: Any, pk: int) -> HttpResponse:
    """The photos of a project but for those of acceptance sheets, the newest first. Raises: NotFound."""
    found = visible_project(request.user, pk, request.on)
    rows = ProjectPhoto.objects.filter(project=found).exclude(shows=ProjectPhoto.Shows.SHEET).order_by("-pk")
    context = {
        "project": found,
        "photos": [Shown(one, PHOTO) for one in rows],
        "may_keep": reaches_as_far(request.user, KEEP, VIEW),
    }
    return render(request, "projects/photos.html", context)
