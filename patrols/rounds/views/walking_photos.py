"""The photos of points: large on a page of their own, and the files."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cases.views.lists.pages import PortalRequest
from citymgmt.files import private_file
from citymgmt.photos.stored import photo_store
from citymgmt.refusals import NotFound
from patrols.rounds.querysets import visible_photo
from patrols.rounds.views.walking_shown import photo_shown


@require_safe
def photo(request: PortalRequest, pk: int) -> HttpResponse:
    """The photo large, for whoever may see its round. Raises: NotFound."""
    found = visible_photo(request.user, pk, request.on)
    context = {
        "photo": found,
        "label": photo_shown(found, found.visit).label,
        "round": found.visit.round,
        "back_url": found.visit.round.get_absolute_url(),
        "picture_url": reverse("rounds:photo-file", args=[pk, "picture"]),
    }
    return render(request, "patrols/rounds/walking/photo.html", context)


@require_safe
def photo_file(request: PortalRequest, pk: int, size: str) -> HttpResponseBase:
    """The picture or its thumbnail; 404 for whoever does not see the round, and while there is none."""
    digest = visible_photo(request.user, pk, request.on).hash_of(size)
    if not digest:
        raise NotFound
    path = photo_store().path(digest)
    return private_file(request, path, name=f"round-{size}-{pk}.jpg", content_type="image/jpeg", etag=digest)
