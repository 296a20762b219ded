"""A photo: its page with the tool that covers parts of it, and the files, given out to those who see the case."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions import redact_photo
from cases.forms.redacting import RedactForm
from cases.models import Photo
from cases.querysets import visible_photo
from cases.views.lists.pages import PortalRequest
from citymgmt.files import private_file
from citymgmt.people.permissions import permits
from citymgmt.photos.stored import photo_store
from citymgmt.refusals import Invalid, NotFound, mark


@require_http_methods(["GET", "HEAD", "POST"])
def photo(request: PortalRequest, pk: int) -> HttpResponse:
    """The photo large, with what is known of it; who may, covers parts of it for good. 422 keeps the rectangles."""
    found = visible_photo(request.user, pk, request.on)
    if request.method != "POST":
        return _show(request, found, RedactForm(seen=found.redactions))
    form = RedactForm(request.POST)
    if not form.is_valid() or not _redact(request, found, form):
        return _show(request, found, form, 422)
    messages.success(request, _("The photo was covered. The uncovered picture is gone."))
    return HttpResponseRedirect(found.get_absolute_url())


def _redact(request: PortalRequest, found: Photo, form: RedactForm) -> bool:
    """Whether it was done; else the form says why not. Raises: other refusals than Invalid."""
    given = form.cleaned_data
    told = {"boxes": given["boxes"], "seen": given["seen"], "note": given["note"]}
    try:
        redact_photo(by=request.user, at=request.at, pk=found.pk, request_key=str(given["request_key"]), **told)
    except Invalid as invalid:
        mark(form, invalid)
        return False
    return True


def _show(request: PortalRequest, found: Photo, form: RedactForm, status: int = 200) -> HttpResponse:
    may_redact = found.case_id is not None and permits(request.user, "photo.redact", found, on=request.on)
    context = {"photo": found, "form": form if may_redact and found.is_ready else None}
    return render(request, "cases/photo.html", context, status=status)


@require_safe
def photo_file(request: PortalRequest, pk: int, size: str) -> HttpResponseBase:
    """The picture or its thumbnail; 404 for whoever does not see the case, and while there is none."""
    found = visible_photo(request.user, pk, request.on)
    digest = found.hash_of(size)
    if not digest:
        raise NotFound
    path = photo_store().path(digest)
    return private_file(request, path, name=f"{size}-{found.pk}.jpg", content_type="image/jpeg", etag=digest)
