"""Sheets of replies: what waits to leave, and what has left, to be saved again at will."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.intake.hotline.actions import send_back_replies
from cases.intake.hotline.models import HotlineExport
from cases.intake.hotline.querysets import replies_to_send, visible_export
from cases.intake.hotline.returned import sheet_of
from cases.views.lists.pages import PortalRequest
from citymgmt.files import EXCEL, saved_file
from citymgmt.forms import PortalForm
from citymgmt.pages import needs, page_of
from citymgmt.people.permissions import allows, visible_to
from citymgmt.refusals import Invalid, NotPermitted, WrongState, mark

MOST_WAITING = 200  # shown of what waits


@require_http_methods(["GET", "HEAD", "POST"])
@needs("hotline.view")
def returns(request: PortalRequest) -> HttpResponse:
    """The replies that wait to leave and the sheets that have left; sent, what waits becomes a sheet.

    Raises: NotPermitted.
    """
    may_send = allows(request.user, "hotline.reply")
    form = PortalForm(request.POST) if request.method == "POST" else PortalForm()
    if form.is_bound:
        if not may_send:
            raise NotPermitted
        if not form.is_valid():
            raise Invalid(_("The form was damaged. Load the page again."))
        try:
            send_back_replies(by=request.user, at=request.at, request_key=str(form.cleaned_data["request_key"]))
        except WrongState as refused:
            mark(form, refused)
        else:
            messages.success(request, _("The sheet is made. Save it and give it back to the hotline."))
            return HttpResponseRedirect(reverse("intake:hotline-returns"))
    return _page(request, form, may_send=may_send)


def _page(request: PortalRequest, form: PortalForm, *, may_send: bool) -> HttpResponse:
    assert request.user.subdistrict is not None  # the row of the table is an office's
    made = visible_to(request.user, HotlineExport.objects.all(), on=request.on)
    made = made.select_related("by").annotate(count=Count("rows")).order_by("-id")
    waiting = list(replies_to_send(request.user.subdistrict)[: MOST_WAITING + 1])
    context = {
        "form": form,
        "may_send": may_send,
        "waiting": waiting[:MOST_WAITING],
        "is_cut": len(waiting) > MOST_WAITING,
        "page": page_of(request, made),
    }
    return render(request, "intake/hotline/returns.html", context, status=409 if form.errors else 200)


@require_safe
def export_file(request: PortalRequest, pk: int) -> HttpResponse:
    """A sheet of replies, the same each time. Raises: NotFound."""
    export = visible_export(request.user, pk, request.on)
    name = f"12345-{timezone.localtime(export.at):%Y%m%d-%H%M}-{export.pk}.xlsx"
    return saved_file(sheet_of(export), name=name, content_type=EXCEL)
