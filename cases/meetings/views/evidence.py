"""The photos of a report: large on a page of their own, and the files; for people who log in, and behind a link."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cases.meetings.evidence.models import Evidence
from cases.meetings.evidence.querysets import evidence_of_unit, visible_evidence
from cases.meetings.views.guests import GuestRequest, of_a_unit
from cases.views.lists.pages import PortalRequest
from citymgmt.files import private_file
from citymgmt.photos.stored import photo_store
from citymgmt.refusals import NotFound


@require_safe
def evidence(request: PortalRequest, pk: int) -> HttpResponse:
    """The photo large, with who sent it, for whoever may see the resolution. Raises: NotFound."""
    found = visible_evidence(request.user, pk, request.on)
    context = {
        "photo": found,
        "back_url": found.event.resolution.get_absolute_url(),
        "picture_url": reverse("meetings:evidence-file", args=[pk, "picture"]),
        "sent_by": found.uploaded_by or found.unit,
    }
    return render(request, "meetings/evidence.html", context)


@require_safe
def evidence_file(request: PortalRequest, pk: int, size: str) -> HttpResponseBase:
    """The picture or its thumbnail; 404 for whoever does not see the resolution, and while there is none."""
    return _file(request, visible_evidence(request.user, pk, request.on), size)


@require_safe
@of_a_unit
def outside_evidence(request: GuestRequest, pk: int) -> HttpResponse:
    """The photo large, for the unit whose link was opened. Raises: NotFound."""
    found = evidence_of_unit(request.link.unit, pk)
    context = {
        "link": request.link,
        "unit": request.link.unit,
        "photo": found,
        "back_url": reverse("meetings:outside-resolution", args=[found.event.resolution.number]),
        "picture_url": reverse("meetings:outside-evidence-file", args=[pk, "picture"]),
        "sent_by": found.unit,
    }
    return render(request, "meetings/evidence.html", context)


@require_safe
@of_a_unit
def outside_evidence_file(request: GuestRequest, pk: int, size: str) -> HttpResponseBase:
    """The picture or its thumbnail, for the unit whose link was opened. Raises: NotFound."""
    return _file(request, evidence_of_unit(request.link.unit, pk), size)


def _file(request: PortalRequest, found: Evidence, size: str) -> HttpResponseBase:
    digest = found.hash_of(size)
    if not digest:
        raise NotFound
    path = photo_store().path(digest)
    return private_file(request, path, name=f"report-{size}-{found.pk}.jpg", content_type="image/jpeg", etag=digest)
