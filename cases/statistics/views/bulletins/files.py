"""The files of a bulletin: made by the worker, with their progress; its charts as pictures."""

import hashlib

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cases.statistics.bulletins.actions import ask_files
from cases.statistics.bulletins.composing import file_name
from cases.statistics.bulletins.querysets import file_of, visible_bulletin
from cases.statistics.bulletins.snapshots import month_of
from cases.statistics.bulletins.tables import charts_of
from cases.statistics.views.bulletins.shown import files_shown
from cases.views.lists.pages import PortalRequest
from citymgmt.files import saved_file
from citymgmt.forms import PortalForm
from citymgmt.papers.charts import png
from citymgmt.papers.fonts import PaperNotPossible
from citymgmt.papers.paper import Chart
from citymgmt.paperwork.shown import CONTENT_TYPES
from citymgmt.people.permissions import require_role
from citymgmt.refusals import Invalid, NotFound


@require_POST
def make_files(request: PortalRequest, pk: int) -> HttpResponse:
    """Have Word, PDF and Excel made of the present text. Raises: NotFound, NotPermitted, WrongState, Invalid."""
    found = visible_bulletin(request.user, pk, request.on)
    require_role(request.user, "bulletin.write")
    if not PortalForm(request.POST).is_valid():
        raise Invalid(_("The form was damaged. Load the page again."))
    ask_files(by=request.user, at=request.at, pk=pk)
    messages.success(request, _("The files are being made. They appear on this page."))
    return HttpResponseRedirect(found.get_absolute_url() + "#files")


@require_safe
def files(request: PortalRequest, pk: int) -> HttpResponse:
    """The files alone, asked for again and again while they are being made. Raises: NotFound."""
    found = visible_bulletin(request.user, pk, request.on)
    context = {"bulletin": found, **files_shown(request, found)}
    return render(request, "papers/_files.html", context)


@require_safe
def bulletin_file(request: PortalRequest, pk: int, kind: str) -> HttpResponseBase:
    """A file of the bulletin, to be saved under its official name. Raises: NotFound."""
    found = visible_bulletin(request.user, pk, request.on)
    if kind not in CONTENT_TYPES:
        raise NotFound
    file = file_of(found, kind)
    return saved_file(bytes(file.content), name=file_name(found, kind), content_type=CONTENT_TYPES[kind])


@require_safe
def chart(request: PortalRequest, pk: int, name: str) -> HttpResponseBase:
    """A chart as a picture, or 304 when the browser has it. Raises: NotFound."""
    found = visible_bulletin(request.user, pk, request.on)
    asked = charts_of(month_of(found)).get(name)
    if asked is None:
        raise NotFound
    return _picture(request, asked)


def _drawn(asked: Chart) -> bytes:
    """Raises: NotFound where this machine cannot write Chinese: the page then shows what the chart says in words."""
    try:
        return png(asked)
    except PaperNotPossible as error:
        raise NotFound from error


def _picture(request: HttpRequest, asked: Chart) -> HttpResponseBase:
    tag = f'"{hashlib.sha256(repr(asked).encode()).hexdigest()[:32]}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=tag)
    if response is None:
        response = HttpResponse(_drawn(asked), content_type="image/png")
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
