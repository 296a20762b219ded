"""Pages to lead an owners' committee through the law: application, steps, votes."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from citymgmt.files import table_file
from citymgmt.form_pages import ASKING, form_page, sent, sent_with_files
from citymgmt.pages import needs
from citymgmt.people.permissions import require
from citymgmt.refusals import NotFound, WrongState
from citymgmt.worktime.steps import Step
from communities.areas.querysets import visible_area
from communities.committees import actions
from communities.committees.actions.applying import AREA_STEP
from communities.committees.actions.frame import NOT_NOW
from communities.committees.forms import ApplicationForm, StepForm, VoteForm
from communities.committees.lifecycle import RECORD_VOTE, STAGES, STEPS
from communities.committees.querysets import visible_committee
from communities.committees.reading import TEMPLATE
from communities.models import OwnersCommittee

EXAMPLE = (("1-101", "86.50", "同意", ""), ("1-102", "86.50", "同意", "甲"), ("2-201", "92.30", "", "甲"))


@require_http_methods(ASKING)
def apply(request: Any, pk: int) -> HttpResponse:
    """Enter that owners of an area apply for a committee. Raises: NotFound, NotPermitted."""
    area = visible_area(request.user, pk, request.on)
    require(request.user, AREA_STEP, area, on=request.on)
    form = ApplicationForm(sent(request), area=area, on=request.on)

    def act(told: dict[str, Any]) -> None:
        key = str(told["request_key"])
        actions.apply_for_committee(area=pk, by=request.user, at=request.at, told=form.told(), request_key=key)

    words = {"title": _("Owners apply for a committee"), "button": _("Save"), "done": _("The application is entered.")}
    lead = _("By which shares an application is possible, the local rules say; the office answers within their limit.")
    return form_page(request, form, act, about=area.name, **words, lead=lead, back_url=area.get_absolute_url())


@require_http_methods(ASKING)
def act_on(request: Any, pk: int, action: str) -> HttpResponse:
    """Take a step of the table. Raises: NotFound, NotPermitted, WrongState."""
    step = STEPS.get(action)
    if step is None:
        raise NotFound
    found = _possible(request, pk, step)
    form = StepForm(sent(request), step=step, committee=found, on=request.on)

    def act(told: dict[str, Any]) -> None:
        keys: dict[str, Any] = {"version": told["version"], "request_key": str(told["request_key"])}
        actions.act_on_committee(action, pk=pk, by=request.user, at=request.at, **keys, **form.given)

    words = {"title": _(step.label), "button": _("Save"), "done": _("The step is recorded.")}
    lead = _(step.law) if step.law else ""
    return form_page(request, form, act, about=found.area.name, **words, lead=lead, back_url=found.get_absolute_url())


@require_http_methods(ASKING)
def vote(request: Any, pk: int) -> HttpResponse:
    """Record a vote by its sums or by a list of units. Raises: NotFound, NotPermitted, WrongState."""
    found = _possible(request, pk, RECORD_VOTE)
    form = VoteForm(*sent_with_files(request), committee=found, on=request.on)

    def act(told: dict[str, Any]) -> None:
        keys: dict[str, Any] = {"version": told["version"], "request_key": str(told["request_key"])}
        actions.record_vote(pk=pk, by=request.user, at=request.at, told=form.told(), **keys)

    words = {"title": _(RECORD_VOTE.label), "button": _("Save"), "done": _("The vote is recorded.")}
    lead = _("Civil Code, Art. 278: what was reached is worked out by area and by heads, exactly.")
    around = {"lead": lead, "back_url": found.get_absolute_url(), "template": "committees/vote.html"}
    return form_page(request, form, act, about=found.area.name, **words, **around)


@require_safe
@needs("committee.vote")
def template(request: Any) -> HttpResponseBase:
    """The list of units to begin with. Raises: NotPermitted."""
    return table_file([TEMPLATE, *EXAMPLE], "units.xlsx")


def _possible(request: Any, pk: int, step: Step) -> OwnersCommittee:
    """The committee, if the person may do this there and its stage allows it.

    Raises: NotFound, NotPermitted, WrongState.
    """
    found = visible_committee(request.user, pk, request.on)
    require(request.user, step.permission, found, on=request.on)
    if request.method != "POST" and found.state not in step.sources:
        told = {"action": _(step.label), "state": _(STAGES[found.state].label)}
        raise WrongState(_(NOT_NOW) % told, state=found.state)
    return found
