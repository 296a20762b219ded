"""Who reported a case: shown in full with a reason, erased for good, and for the auditor who looked."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.reporters import erase_reporter, look_at_reporter
from cases.forms.reporters import EraseForm, LookForm
from cases.models import Reporter, ReporterLook
from cases.querysets import visible_case
from cases.views.lists.pages import PortalRequest
from citymgmt.pages import needs
from citymgmt.people.permissions import require_role, visible_to
from citymgmt.refusals import Invalid, WrongState, mark

PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def reporter(request: PortalRequest, number: str) -> HttpResponse:
    """Ask what it is needed for, then show who reported, once. Raises: NotFound, NotPermitted."""
    case = visible_case(request.user, number, request.on)
    require_role(request.user, "reporter.reveal")
    if request.method != "POST":
        return _show(request, number, LookForm())
    form, found = LookForm(request.POST), None
    if form.is_valid():
        try:
            found = look_at_reporter(number=case.number, by=request.user, at=request.at, **form.cleaned_data)
        except Invalid as invalid:
            mark(form, invalid)
    return _show(request, number, form, found, 422 if form.errors else 200)


def _show(
    request: PortalRequest, number: str, form: LookForm, found: Reporter | None = None, status: int = 200
) -> HttpResponse:
    context = {"number": number, "form": form, "reporter": found}
    template = "cases/_reporter_full.html" if request.htmx else "cases/reporter.html"
    return render(request, template, context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: PortalRequest, number: str) -> HttpResponse:
    """Erase who reported a case, after asking. Raises: NotFound, NotPermitted."""
    case = visible_case(request.user, number, request.on)
    require_role(request.user, "reporter.erase")
    form = EraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            erase_reporter(
                number=number, by=request.user, at=request.at, note=told["note"], request_key=str(told["request_key"])
            )
        except (Invalid, WrongState) as refused:
            mark(form, refused)
        else:
            messages.success(request, _("Who reported this case is no longer kept."))
            return HttpResponseRedirect(case.get_absolute_url())
    context = {"case": case, "form": form}
    return render(request, "cases/reporter_erase.html", context, status=422 if form.errors else 200)


@require_safe
@needs("reporter.looks")
def looks(request: PortalRequest) -> HttpResponse:
    """Who saw who reported which case, and why; the newest first."""
    seen = visible_to(request.user, ReporterLook.objects.all(), on=request.on)
    rows = seen.select_related("case", "by").order_by("-id")
    return render(
        request, "cases/reporter_looks.html", {"page": Paginator(rows, PAGE).get_page(request.GET.get("page"))}
    )
