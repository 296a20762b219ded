"""Pages to note a finding, made for the phone: a category, a photo, a button. Every form may be sent twice."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.views.lists.pages import PortalRequest
from citymgmt.form_pages import ASKING, sent_with_files
from citymgmt.pages import needs
from citymgmt.people.permissions import require
from citymgmt.refusals import Invalid, WrongState, mark
from patrols.findings.actions import make_case, note_finding
from patrols.findings.forms import FindingForm, PlacedFindingForm
from patrols.findings.models import Finding
from patrols.findings.querysets import usual_categories
from patrols.rounds.models import PatrolRound, Visit
from patrols.rounds.querysets import has_point, visible_round, walked_by
from patrols.rounds.views.walking import refusal_page
from patrols.teams.models import Team

NEW = "patrols/findings/new.html"


@require_http_methods(ASKING)
@needs("finding.note")
def new_finding(request: PortalRequest) -> HttpResponse:
    """Note a finding anywhere; while the person walks a round it belongs to that. Raises: NotPermitted, KeyReused."""
    running = walked_by(request.user)
    subdistrict = request.user.subdistrict_id
    form = PlacedFindingForm(*sent_with_files(request), usual=_usual(request), subdistrict=subdistrict)
    where = {"round": running.pk} if running else {}
    return _note(request, form, where, running=running, visit=None, back_url=reverse("findings:list"))


@require_http_methods(ASKING)
def finding_at_point(request: PortalRequest, round: int, ordinal: int) -> HttpResponse:
    """Note a finding at a point of a round, whose place it takes. Raises: NotFound, NotPermitted, KeyReused."""
    found = visible_round(request.user, round, request.on)
    has_point(found, ordinal)
    require(request.user, "finding.note", found, on=request.on)
    visit = Visit.objects.select_related("point__community", "point__key_place").get(round=found, ordinal=ordinal)
    form = FindingForm(*sent_with_files(request), usual=_usual(request))
    back_url = found.get_absolute_url()
    return _note(request, form, {"round": found.pk, "ordinal": ordinal}, running=found, visit=visit, back_url=back_url)


def _usual(request: PortalRequest) -> list[int]:
    return usual_categories(Team(pk=request.user.organisation_id), request.on)


def _note(
    request: PortalRequest, form: FindingForm, where: dict[str, Any], *, back_url: str, **shown: Any
) -> HttpResponse:
    """The form, or what it asks; `where` says round and point. A refusal shows on the form, with what was typed."""
    status = 200
    if request.method == "POST":
        status = Invalid.status
        if form.is_valid():
            try:
                made = _made(request, form, where)
            except Invalid as refused:
                mark(form, refused)
            except WrongState as refused:
                return refusal_page(request, refused, back_url)
            else:
                return _done(request, made, shown["running"])
    context = {**shown, "form": form, "back_url": back_url, "is_placed": isinstance(form, PlacedFindingForm)}
    return render(request, NEW, context, status=status)


def _made(request: PortalRequest, form: FindingForm, where: dict[str, Any]) -> Finding:
    told = form.told(request.POST.get("way", ""), **where)
    key = str(form.cleaned_data["request_key"])
    return note_finding(by=request.user, at=request.at, told=told, photos=form.contents, request_key=key)


def _done(request: PortalRequest, made: Finding, running: PatrolRound | None) -> HttpResponse:
    """Back to the round that is walked, else to the finding."""
    if made.case is not None:
        messages.success(request, _("The case %(number)s is logged.") % {"number": made.case.number})
    else:
        messages.success(request, _("Noted: handled on the spot."))
    return redirect(running or made)


@require_POST
def finding_case(request: PortalRequest, pk: int) -> HttpResponse:
    """Make a case of what was handled on the spot. Raises: NotFound, NotPermitted."""
    case = make_case(by=request.user, at=request.at, pk=pk)
    messages.success(request, _("The case %(number)s is logged.") % {"number": case.number})
    return redirect("findings:finding", pk)
