"""Write a circular, go a step with it, throw a draft away."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.meetings.circulars import actions
from cases.meetings.circulars.composing import circular_paper
from cases.meetings.circulars.forms import ALL, LINES, NONE, PLACE, CircularForm, EditForm, chosen, kept_values
from cases.meetings.circulars.models import Circular
from cases.meetings.circulars.querysets import MOST_CORRECTED, in_order, issued_of, next_number, visible_circular
from cases.meetings.models import MemberUnit
from cases.meetings.querysets import MOST_ID, units_offered
from cases.meetings.views import papers
from cases.meetings.views.circulars_steps import STEPS
from cases.views.lists.pages import PortalRequest
from citymgmt.forms import errors_at_the_head
from citymgmt.pages import needs
from citymgmt.paperwork import shown
from citymgmt.people.permissions import require_role
from citymgmt.refusals import Invalid, NotFound, Stale, WrongState, mark

ASKING = ["GET", "HEAD", "POST"]
CHOICES = frozenset({ALL, NONE, *MemberUnit.Kind.values})
FROM_CORRECTED = ("title", "kind", "language", "issuer", "recipients")


@require_http_methods(ASKING)
@needs("circular.write")
def new(request: PortalRequest) -> HttpResponse:
    """Write a circular; with `?corrects=` one that corrects an issued one. Raises: NotFound, KeyReused."""
    given = _given(request, request.user.subdistrict_id or 0)
    if request.method != "POST":
        return _page(request, None, CircularForm(initial=_first_values(request, given["units"]), **given))
    choice = _choice(request)
    if choice:
        return _page(request, None, CircularForm(initial=_typed(request, given["units"], choice), **given))
    form = CircularForm(request.POST, **given)
    if form.is_valid():
        key = str(form.cleaned_data["request_key"])
        try:
            made = actions.draft_circular(by=request.user, at=request.at, text=form.text, request_key=key)
        except Invalid as refused:
            mark(form, refused)
        else:
            messages.success(request, _("The draft is kept. Read it as it will look, then submit it."))
            return HttpResponseRedirect(made.get_absolute_url())
    return _page(request, None, form)


def _given(request: PortalRequest, office: int) -> dict[str, Any]:
    """What the form offers."""
    units, issued = in_order(units_offered(office)), list(issued_of(office)[:MOST_CORRECTED])
    return {"units": units, "issued": issued, "user": request.user, "on": request.on}


def _first_values(request: PortalRequest, units: list[MemberUnit]) -> dict[str, Any]:
    """All active units, and what a correction takes over. Raises: NotFound."""
    usual: dict[str, Any] = {"recipients": [unit.pk for unit in units]}
    asked = request.GET.get("corrects", "")
    if not asked:
        return usual
    pk = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else 0
    found = visible_circular(request.user, pk, request.on)
    if not found.is_issued:
        raise NotFound
    return usual | {name: getattr(found, name) for name in FROM_CORRECTED} | {"corrects": found.pk}


def _choice(request: PortalRequest) -> str:
    """Which of the buttons beside the units was pressed, if any."""
    asked = request.POST.get("choose", "")
    return asked if asked in CHOICES or asked.startswith(PLACE) else ""


def _typed(request: PortalRequest, units: list[MemberUnit], choice: str) -> dict[str, Any]:
    """What was typed so far, with the units ticked anew; nothing is judged yet."""
    ticked = [int(one) for one in request.POST.getlist("recipients") if one.isascii() and one.isdigit()]
    told = {name: request.POST.get(name, "") for name in (*LINES, "version", "request_key")}
    return {**told, "recipients": chosen(units, [pk for pk in ticked if pk < MOST_ID], choice)}


@require_http_methods(ASKING)
def edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Show the text of a draft to be written, or keep it. Raises: NotFound, NotPermitted, WrongState."""
    found = visible_circular(request.user, pk, request.on)
    require_role(request.user, "circular.write")
    if not found.is_draft:
        raise WrongState(_("This circular is no draft any more."))
    given = _given(request, found.subdistrict_id)
    if request.method != "POST":
        return _page(request, found, EditForm(initial=kept_values(found), **given))
    choice = _choice(request)
    if choice:
        return _page(request, found, EditForm(initial=_typed(request, given["units"], choice), **given))
    form = EditForm(request.POST, **given)
    return _save(request, found, form) if form.is_valid() else _page(request, found, form)


def _save(request: PortalRequest, found: Circular, form: EditForm) -> HttpResponse:
    version = form.cleaned_data["version"]
    try:
        actions.save_circular(by=request.user, at=request.at, pk=found.pk, version=version, text=form.text)
    except Stale:
        return _conflict(request, found.pk)
    except Invalid as refused:
        mark(form, refused)
        return _page(request, found, form)
    messages.success(request, _("The text is saved."))
    return HttpResponseRedirect(found.get_absolute_url())


def _conflict(request: PortalRequest, pk: int) -> HttpResponse:
    """What was typed, each field beside what somebody else has saved, ready to be saved on top of that."""
    found = visible_circular(request.user, pk, request.on)
    form = EditForm(papers.sent_again(request, found.version), **_given(request, found.subdistrict_id))
    return _page(request, found, form, theirs=kept_values(found))


def _page(
    request: PortalRequest, found: Circular | None, form: CircularForm, theirs: dict[str, Any] | None = None
) -> HttpResponse:
    names = {unit.pk: unit.name for unit in form.units}
    context = {
        "circular": found,
        "form": form,
        "head_errors": errors_at_the_head(form),
        "lines": [(field, _in_words(field, other)) for field, other in papers.beside_theirs(form, LINES, theirs)],
        "is_conflict": theirs is not None,
        "their_units": [names[pk] for pk in theirs["recipients"] if pk in names] if theirs else [],
        **(shown.paper_shown(circular_paper(found)) if found is not None else {}),
    }
    status = 409 if theirs is not None else 422 if form.errors else 200
    return render(request, "meetings/circular_edit.html", context, status=status)


def _in_words(field: Any, other: str) -> str:
    """What somebody else has chosen as the field words it."""
    choices = {str(value): label for value, label in getattr(field.field, "choices", ())}
    return str(choices.get(other, other)) if other else ""


@require_http_methods(ASKING)
def step(request: PortalRequest, pk: int, name: str) -> HttpResponse:
    """Ask whether to go a step, or go it. Raises: NotFound, NotPermitted, WrongState, Stale, Invalid."""
    found = visible_circular(request.user, pk, request.on)
    if name not in STEPS:
        raise NotFound
    asked = STEPS[name]
    require_role(request.user, asked.row)
    page = {"back_label": _("The circular as it reads"), "first": ""}
    if request.method == "POST":
        return papers.go(request, found, asked, page)
    if found.state not in asked.sources:
        raise WrongState(_("The circular is now in the state “%(state)s”.") % {"state": found.get_state_display()})
    if name == "issue":
        told = {"number": next_number(found.subdistrict_id, request.on.year), "year": request.on.year}
        page["first"] = _("It gets the number %(number)s of the circulars of %(year)s.") % told
    return papers.ask(request, found, asked, page)


@require_http_methods(ASKING)
def discard(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask whether to throw a draft away, or do it. Raises: NotFound, NotPermitted, WrongState, Invalid."""
    found = visible_circular(request.user, pk, request.on)
    require_role(request.user, "circular.write")
    if not found.is_draft:
        raise WrongState(_("This circular is no draft any more."))
    page = {"back_label": _("The circular as it reads"), "lost": _("Its text and its files are lost.")}
    return papers.discard(request, found, actions.discard_circular, reverse("meetings:circulars"), page)
