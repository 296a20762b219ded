"""Draft a bulletin, draw up a section anew, issue or discard it: each asks first, but for the drafting."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.statistics.bulletins.actions import discard_bulletin, draft_bulletin, issue_bulletin, redraw_section
from cases.statistics.bulletins.actions.editing import drawn_anew
from cases.statistics.bulletins.forms import DraftForm, IssueForm
from cases.statistics.bulletins.models import Bulletin
from cases.statistics.bulletins.querysets import issued_of, next_number, visible_bulletin
from cases.statistics.views.bulletins.reading import list_page
from cases.views.lists.pages import PortalRequest
from citymgmt.forms import PortalForm, VersionForm
from citymgmt.pages import needs
from citymgmt.people.permissions import require_role
from citymgmt.refusals import Invalid, WrongState, mark

ASKING = ["GET", "HEAD", "POST"]


@require_POST
@needs("bulletin.write")
def draft(request: PortalRequest) -> HttpResponse:
    """Draft the bulletin of a month. Raises: KeyReused."""
    form = DraftForm(request.POST, on=request.on)
    if form.is_valid():
        told = form.cleaned_data
        try:
            bulletin = draft_bulletin(
                by=request.user,
                at=request.at,
                month=told["month"],
                language=told["language"],
                request_key=str(told["request_key"]),
            )
        except Invalid as refused:
            mark(form, refused)
        else:
            messages.success(request, _("The bulletin is drafted from the figures of the month. Read it and edit it."))
            return HttpResponseRedirect(reverse("statistics:edit-bulletin", args=[bulletin.pk]))
    return list_page(request, form)


def _draft_to(request: PortalRequest, pk: int, row: str) -> Bulletin:
    """The draft, for whoever may do this with it. Raises: NotFound, NotPermitted, WrongState."""
    bulletin = visible_bulletin(request.user, pk, request.on)
    require_role(request.user, row)
    if not bulletin.is_draft:
        raise WrongState(_("This bulletin is issued already."))
    return bulletin


@require_http_methods(ASKING)
def anew(request: PortalRequest, pk: int, key: str) -> HttpResponse:
    """Show what a section holds beside what the figures give, or draw it up anew.

    Raises: NotFound, NotPermitted, WrongState, Stale, Invalid.
    """
    bulletin = _draft_to(request, pk, "bulletin.write")
    fresh = drawn_anew(bulletin, key)
    if request.method == "POST":
        form = VersionForm(request.POST)
        if not form.is_valid():
            raise _damaged()
        redraw_section(by=request.user, at=request.at, pk=pk, version=form.cleaned_data["version"], key=key)
        messages.success(request, _("The section is drawn up anew."))
        return HttpResponseRedirect(reverse("statistics:edit-bulletin", args=[pk]) + f"#section-{key}")
    section = next(one for one in bulletin.sections if one["key"] == key)
    context = {
        "bulletin": bulletin,
        "section": section,
        "fresh": fresh,
        "form": VersionForm(initial={"version": bulletin.version}),
    }
    return render(request, "statistics/bulletin_anew.html", context)


@require_http_methods(ASKING)
def issue(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask whether to issue the bulletin, or issue it. Raises: NotFound, NotPermitted, WrongState, Stale, Invalid."""
    bulletin = _draft_to(request, pk, "bulletin.issue")
    if request.method == "POST":
        return _issue(request, pk)
    holding = issued_of(bulletin.subdistrict_id, bulletin.month)
    year = timezone.localdate(request.at).year
    context = {
        "bulletin": bulletin,
        "holding": holding,
        "year": year,
        "number": next_number(bulletin.subdistrict_id, year),
        "form": IssueForm(initial={"version": bulletin.version, "replaces": holding.pk if holding else None}),
    }
    return render(request, "statistics/bulletin_issue.html", context)


def _issue(request: PortalRequest, pk: int) -> HttpResponse:
    form = IssueForm(request.POST)
    if not form.is_valid():
        raise _damaged()
    told = form.cleaned_data
    issued = issue_bulletin(
        by=request.user,
        at=request.at,
        pk=pk,
        version=told["version"],
        replaces=told["replaces"],
        request_key=str(told["request_key"]),
    )
    sentence = _("The bulletin is issued as No. %(number)s of %(year)s. It never changes from now on.")
    messages.success(request, sentence % {"number": issued.number, "year": issued.year})
    return HttpResponseRedirect(issued.get_absolute_url())


@require_http_methods(ASKING)
def discard(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask whether to throw the draft away, or do it. Raises: NotFound, NotPermitted, WrongState, Invalid."""
    bulletin = _draft_to(request, pk, "bulletin.write")
    if request.method == "POST":
        if not PortalForm(request.POST).is_valid():
            raise _damaged()
        discard_bulletin(by=request.user, at=request.at, pk=pk)
        messages.success(request, _("The draft was discarded."))
        return HttpResponseRedirect(reverse("statistics:bulletins"))
    context: dict[str, Any] = {"bulletin": bulletin, "form": PortalForm()}
    return render(request, "statistics/bulletin_discard.html", context)


def _damaged() -> Invalid:
    return Invalid(_("The form was damaged. Load the page again."))
