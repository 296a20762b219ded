"""The pages of the office: what everybody reads of a case, and the programs that may report."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from cases.intake.actions.clients import end_client, make_client
from cases.intake.actions.publishing import release_text, show_again, withhold
from cases.intake.models import ApiClient, Disclosure, Publication, Report
from cases.intake.office.forms import ProgramForm, ReleaseForm, WhyForm
from cases.intake.public.showing import shown
from cases.models import Case
from cases.querysets import visible_case
from cases.views.lists.pages import PortalRequest
from citymgmt.forms import PortalForm
from citymgmt.pages import needs
from citymgmt.people.permissions import require_role, visible_to
from citymgmt.refusals import Invalid, NotFound, mark

ACTS: Mapping[str, tuple[type[PortalForm], Callable[..., Disclosure]]] = {
    "withhold": (WhyForm, withhold),
    "show": (WhyForm, show_again),
    "release": (ReleaseForm, release_text),
}


# --- publications ------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def publication(request: PortalRequest, number: str) -> HttpResponse:
    """What everybody reads of a resident's case; withhold it, show it again, release a text.

    Raises: NotFound, NotPermitted.
    """
    case = visible_case(request.user, number, request.on)
    require_role(request.user, "publication.edit")
    if request.method != "POST":
        return _publication_page(request, case)
    name = request.POST.get("act", "")
    if name not in ACTS:
        raise NotFound
    make_form, act = ACTS[name]
    form = make_form(request.POST, auto_id=f"id_{name}_%s")
    if form.is_valid():
        told = {field: value for field, value in form.cleaned_data.items() if field != "request_key"}
        try:
            act(number=number, by=request.user, at=request.at, **told)
        except Invalid as refused:
            mark(form, refused)
        else:
            messages.success(request, _("What everybody reads has changed."))
            return HttpResponseRedirect(reverse("office:publication", args=[number]))
    return _publication_page(request, case, {name: form}, status=422)


def _publication_page(
    request: PortalRequest, case: Case, sent: Mapping[str, PortalForm] | None = None, status: int = 200
) -> HttpResponse:
    report = Report.objects.filter(case=case, is_joined=False).first()
    if report is None:
        raise NotFound(_("This is no resident's report."))
    decided = Disclosure.objects.filter(case=case).select_related("by").first()
    public = Publication.objects.filter(case=case).first()
    text = decided.text if decided else ""
    forms = {
        "withhold": WhyForm(auto_id="id_withhold_%s"),
        "show": WhyForm(auto_id="id_show_%s"),
        "release": ReleaseForm(auto_id="id_release_%s", initial={"text": text or case.description}),
        **(sent or {}),
    }
    context = {
        "case": case,
        "report": report,
        "decided": decided,
        "public": next(shown([public]), None) if public else None,
        "forms": forms,
    }
    return render(request, "intake/office/publication.html", context, status=status)


# --- programs ----------------------------------------------------------------------------------------------------
@sensitive_variables("key")
@require_http_methods(["GET", "HEAD", "POST"])
@needs("client.keep")
def programs(request: PortalRequest) -> HttpResponse:
    """The programs that may report; one that is let in gets its key in the answer, once and nowhere else."""
    form = ProgramForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = {name: form.cleaned_data[name] for name in ("name", "contact")}
        try:
            key, client = make_client(by=request.user, at=request.at, **told)
            return render(request, "intake/office/program_made.html", {"key": key, "client": client})
        except Invalid as refused:
            mark(form, refused)
    rows = visible_to(request.user, ApiClient.objects.all(), on=request.on).select_related("made_by")
    context = {
        "programs": list(rows.annotate(report_count=Count("reports")).order_by("ended_at", "-id")),
        "form": form,
        "address": f"{settings.PUBLIC_BASE_URL}/open311/discovery.xml",
    }
    return render(request, "intake/office/programs.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def end_program(request: PortalRequest, pk: int) -> HttpResponse:
    """Shut a program out. Raises: NotFound, NotPermitted."""
    ended = end_client(by=request.user, at=request.at, pk=pk)
    messages.success(request, _("The key has ended: %(name)s") % {"name": ended})
    return HttpResponseRedirect(reverse("office:programs"))
