"""Visits on the phone: what is to be visited today, a visit is recorded or called off."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from citymgmt.people.permissions import require, require_role
from communities.institutions import actions
from communities.institutions.forms import DropForm, VisitForm
from communities.institutions.querysets import for_whom, pledges_seen, to_make, visible_visit, visits_seen
from communities.institutions.views.keeping import around, opened
from communities.institutions.views.looking import pledge_row, visit_row
from communities.models import Institution, InstitutionVisit
from communities.querysets import duties_on
from communities.views.pages import ASKING, form_page, sent, sent_files

VISIT, A_WEEK, MOST = "institution.visit", timedelta(days=7), 100


@require_safe
def today(request: Any) -> HttpResponse:
    """What the person is to visit: what waits since before, today, in the coming week; and promises to look after.

    Raises: NotPermitted.
    """
    require_role(request.user, VISIT)
    acts_in = [place for place, person in duties_on(request.on).acting.items() if person == request.user.pk]
    mine = visits_seen(request.user, request.on).filter(for_whom(request.user, acts_in))
    found = [visit_row(one, request) for one in to_make(mine, request.on + A_WEEK)[:MOST]]
    promised = pledges_seen(request.user, request.on).filter(state="open", by_day__lte=request.on + A_WEEK)
    if acts_in:
        promised = promised.filter(institution__community__in=acts_in)
    context = {
        "now": [one for one in found if one.visit.planned_on <= request.on],
        "later": [one for one in found if one.visit.planned_on > request.on],
        "pledges": [pledge_row(one, request) for one in promised[:MOST]],
        "here": "today",
    }
    return render(request, "institutions/today.html", context)


@require_http_methods(ASKING)
def record(request: Any, pk: int) -> HttpResponse:
    """Record a visit that was planned. Raises: NotFound, NotPermitted, KeyReused."""
    planned = _opened_visit(request, pk)
    return _recorded(request, planned.institution, visit=planned.pk)


@require_http_methods(ASKING)
def new(request: Any, pk: int) -> HttpResponse:
    """Record a visit that nobody had planned. Raises: NotFound, NotPermitted, KeyReused."""
    found = opened(request, pk, VISIT)
    return _recorded(request, found, institution=found.pk)


def _recorded(request: Any, found: Institution, **which: int) -> HttpResponse:
    form = VisitForm(sent(request), sent_files(request), initial={"on": request.on})

    def act(told: dict[str, Any]) -> str:
        made = actions.record_visit(
            by=request.user,
            at=request.at,
            told=form.told(),
            pledges=form.pledges(),
            photos=(one.read() for one in told["photos"]),
            request_key=str(told["request_key"]),
            **which,
        )
        return made.get_absolute_url()

    texts = {"title": _("Record the visit"), "button": _("Record"), "done": _("The visit is recorded.")}
    return form_page(request, form, act, **texts, **around(found))


@require_http_methods(ASKING)
def drop(request: Any, pk: int) -> HttpResponse:
    """Call off a visit. Raises: NotFound, NotPermitted."""
    planned = _opened_visit(request, pk)

    def act(told: dict[str, Any]) -> str:
        actions.drop_visit(by=request.user, at=request.at, pk=pk, reason=told["reason"])
        return reverse("institutions:visits")

    texts = {
        "title": _("Call the visit off"),
        "button": _("Call off this visit"),
        "done": _("The visit is called off."),
    }
    return form_page(request, DropForm(sent(request)), act, **texts, **around(planned.institution))


def _opened_visit(request: Any, pk: int) -> InstitutionVisit:
    found = visible_visit(request.user, pk, request.on)
    require(request.user, VISIT, found.institution, on=request.on)
    return found
