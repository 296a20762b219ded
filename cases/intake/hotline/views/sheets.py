"""Sheets of orders: uploaded, looked at row by row, taken in turn by turn, or discarded."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from cases.intake.hotline.actions import discard_sheet, import_sheet, keep_sheet
from cases.intake.hotline.actions.sheets import AT_ONCE
from cases.intake.hotline.forms import UploadForm
from cases.intake.hotline.models import HotlineSheet
from cases.intake.hotline.preview import STATES, places_of, preview_of
from cases.intake.hotline.querysets import visible_sheet
from cases.views.lists.pages import PortalRequest
from citymgmt.pages import needs
from citymgmt.people.permissions import visible_to
from citymgmt.refusals import Invalid, WrongState, mark
from communities.importing import LARGEST_FILE

ROWS, LATEST = 50, 10


@require_http_methods(["GET", "HEAD", "POST"])
@needs("hotline.import")
def upload(request: PortalRequest) -> HttpResponse:
    """Choose a sheet; it is read and shown, nothing is taken in yet."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        try:
            return HttpResponseRedirect(_kept(request, form).get_absolute_url())
        except Invalid as refused:
            mark(form, refused)
    latest = visible_to(request.user, HotlineSheet.objects.defer("rows", "faults"), on=request.on)
    context = {"form": form, "sheets": latest.select_related("by").order_by("-id")[:LATEST]}
    return render(request, "intake/hotline/upload.html", context, status=422 if form.errors else 200)


def _kept(request: PortalRequest, form: UploadForm) -> HotlineSheet:
    file, key = form.cleaned_data["file"], str(form.cleaned_data["request_key"])
    content = file.read(LARGEST_FILE + 1)
    return keep_sheet(by=request.user, at=request.at, content=content, name=file.name, request_key=key)


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: PortalRequest, pk: int) -> HttpResponse:
    """The rows of a sheet: new, known or wrong; sent, the next of them are taken in. Raises: NotFound."""
    shown = visible_sheet(request.user, pk, request.on)
    if request.method == "POST":
        return _take_in(request, shown)
    preview = preview_of(shown)
    state = request.GET.get("state", "")
    page = Paginator(preview.of_state(state), ROWS).get_page(request.GET.get("page"))
    counts = preview.counts
    tabs = [("", _("all"), len(preview.rows)), *((key, label, counts[key]) for key, (label, _tone) in STATES.items())]
    context = {
        "sheet": shown,
        "counts": counts,
        "tabs": [(key, label, count, key == state) for key, label, count in tabs],
        "page": page,
        "rows": places_of(shown, list(page)),
        "at_once": AT_ONCE,
    }
    return render(request, "intake/hotline/sheet.html", context)


def _take_in(request: PortalRequest, shown: HotlineSheet) -> HttpResponse:
    done = import_sheet(pk=shown.pk, by=request.user, at=request.at)
    if done.finished_at is not None:
        words = ngettext(
            "%(new)s order is new and waits to be accepted.",
            "%(new)s orders are new and wait to be accepted.",
            done.new,
        )
        messages.success(request, words % {"new": done.new})
    return HttpResponseRedirect(shown.get_absolute_url())


@require_POST
def discard(request: PortalRequest, pk: int) -> HttpResponse:
    """Forget a sheet. Raises: NotFound."""
    shown = visible_sheet(request.user, pk, request.on)
    try:
        discard_sheet(pk=pk, by=request.user, at=request.at)
    except WrongState as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(shown.get_absolute_url())
    messages.success(request, _("The sheet is forgotten."))
    return HttpResponseRedirect(reverse("intake:hotline-import"))
