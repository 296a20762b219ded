"""Pages to arrange who answers for a community: assign, end, hand over, leave."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from citymgmt.people.permissions import require
from citymgmt.refusals import NotFound
from communities import actions
from communities.forms import AssignForm, EndForm, HandOverForm, LeaveForm, WithdrawForm
from communities.models import Community, DatedDuty, OfficerLeave
from communities.querysets import visible_community
from communities.views.pages import ASKING, form_page, sent

ONE_DAY = timedelta(days=1)


def _arranged(request: Any, code: str) -> Community:
    """The community, if the person may arrange who answers for it. Raises: NotFound, NotPermitted."""
    community = visible_community(request.user, code, request.on)
    require(request.user, "assignment.edit", community, on=request.on)
    return community


def _form_page(
    request: Any,
    community: Community,
    form: forms.Form,
    act: Callable[[dict[str, Any]], str],
    *,
    duty: DatedDuty | None = None,
    **words: Any,
) -> HttpResponse:
    """A form about a community: `act` gets its values without the request key."""

    def act_on(values: dict[str, Any]) -> str:
        return act({name: value for name, value in values.items() if name != "request_key"})

    context = {"community": community, "back_url": address(community), "duty": duty, **words}
    return form_page(request, form, act_on, template="communities/form.html", **context)


def address(community: Community) -> str:
    """The page of who answers for a community."""
    return reverse("communities:people", args=[community.code])


@require_http_methods(ASKING)
def assign(request: Any, code: str) -> HttpResponse:
    """Give the community an officer or a deputy."""
    community = _arranged(request, code)
    form = AssignForm(sent(request), community=community, initial={"from_on": request.on})

    def act(values: dict[str, Any]) -> str:
        actions.assign_officer(community=community, by=request.user, at=request.at, **values)
        return address(community)

    return _form_page(
        request,
        community,
        form,
        act,
        title=_("Assign officer or deputy"),
        lead=_("Whoever holds the post now ends the day before. A new officer takes over the open cases."),
        button=_("Assign"),
        done=_("The assignment was saved."),
    )


@require_http_methods(ASKING)
def hand_over(request: Any, code: str) -> HttpResponse:
    """Hand the community over to a new officer."""
    community = _arranged(request, code)
    form = HandOverForm(sent(request), community=community, initial={"on": request.on})

    def act(values: dict[str, Any]) -> str:
        sheet = actions.hand_over(community=community, by=request.user, at=request.at, **values)
        return reverse("communities:handover", args=[sheet.pk])

    return _form_page(
        request,
        community,
        form,
        act,
        title=_("Hand over"),
        lead=_("The new officer gets the open cases; a handover sheet is made, to be printed and signed."),
        button=_("Hand over"),
        done=_("The community was handed over."),
    )


@require_http_methods(ASKING)
def leave(request: Any, code: str) -> HttpResponse:
    """Note that the officer or the deputy is away."""
    community = _arranged(request, code)
    form = LeaveForm(sent(request), community=community, initial={"from_on": request.on})

    def act(values: dict[str, Any]) -> str:
        actions.grant_leave(by=request.user, at=request.at, **values)
        return address(community)

    return _form_page(
        request,
        community,
        form,
        act,
        title=_("Grant leave"),
        lead=_("While the officer is away the deputy acts and gets the new cases."),
        button=_("Grant leave"),
        done=_("The leave was saved."),
    )


@require_http_methods(ASKING)
def end(request: Any, code: str, pk: int) -> HttpResponse:
    """End an assignment, or withdraw one that has not begun."""
    community = _arranged(request, code)
    assignment = _found(community.assignments.filter(pk=pk).select_related("user"))

    def act(values: dict[str, Any]) -> str:
        last_on = values.get("last_on") or assignment.from_on - ONE_DAY
        actions.end_assignment(assignment=assignment, last_on=last_on, by=request.user, at=request.at)
        return address(community)

    return _end_page(
        request,
        community,
        assignment,
        act,
        title=_("End assignment"),
        lead=f"{assignment.user} · {assignment.get_part_display()}",
        done=_("The assignment was ended."),
    )


@require_http_methods(ASKING)
def end_leave(request: Any, code: str, pk: int) -> HttpResponse:
    """End a leave early, or withdraw one that has not begun."""
    community = _arranged(request, code)
    serving = community.assignments.values("user")
    found = _found(OfficerLeave.objects.filter(pk=pk, user__in=serving).select_related("user"))

    def act(values: dict[str, Any]) -> str:
        last_on = values.get("last_on") or found.from_on - ONE_DAY
        actions.end_leave_early(leave=found, last_on=last_on, by=request.user, at=request.at)
        return address(community)

    return _end_page(
        request,
        community,
        found,
        act,
        title=_("End leave early"),
        lead=str(found.user),
        done=_("The leave was ended."),
    )


def _end_page(
    request: Any, community: Community, duty: DatedDuty, act: Callable[[dict[str, Any]], str], **words: Any
) -> HttpResponse:
    """What has not begun before today is withdrawn as a whole; what has begun gets a last day."""
    if duty.from_on >= request.on:
        form: forms.Form = WithdrawForm(sent(request))
        return _form_page(request, community, form, act, duty=duty, button=_("Withdraw"), **words)
    form = EndForm(sent(request), initial={"last_on": request.on})
    return _form_page(request, community, form, act, duty=duty, button=_("End"), **words)


def _found(queryset: QuerySet[Any]) -> Any:
    row = queryset.first()
    if row is None:
        raise NotFound
    return row
