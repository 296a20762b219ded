"""Pages to arrange who answers for a community: assign, end, hand over, leave."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from citymgmt.people.permissions import require
from citymgmt.refusals import Invalid, NotFound, mark
from communities import actions
from communities.forms import AssignForm, EndForm, HandOverForm, LeaveForm, WithdrawForm
from communities.models import Community, DatedDuty, OfficerLeave
from communities.querysets import visible_community

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
    **words: Any,
) -> HttpResponse:
    """Show a form, or do what it asks: `act` gets the values and returns where to go. A refusal shows on the form."""
    if request.method == "POST" and form.is_valid():
        values = {name: value for name, value in form.cleaned_data.items() if name != "request_key"}
        try:
            target = act(values)
        except Invalid as refused:
            mark(form, refused)
        else:
            messages.success(request, words["done"])
            return redirect(target)
    context = {"community": community, "form": form, "back_url": address(community), "duty": None, **words}
    return render(request, "communities/form.html", context, status=422 if form.is_bound else 200)


def address(community: Community) -> str:
    """The page of a community."""
    return reverse("communities:detail", args=[community.code])


def _sent(request: Any) -> Any:
    return request.POST if request.method == "POST" else None


@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: Any, code: str) -> HttpResponse:
    """Give the community an officer or a deputy."""
    community = _arranged(request, code)
    form = AssignForm(_sent(request), community=community, initial={"from_on": request.on})

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


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: Any, code: str) -> HttpResponse:
    """Hand the community over to a new officer."""
    community = _arranged(request, code)
    form = HandOverForm(_sent(request), community=community, initial={"on": request.on})

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


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: Any, code: str) -> HttpResponse:
    """Note that the officer or the deputy is away."""
    community = _arranged(request, code)
    form = LeaveForm(_sent(request), community=community, initial={"from_on": request.on})

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


@require_http_methods(["GET", "HEAD", "POST"])
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


@require_http_methods(["GET", "HEAD", "POST"])
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
        form: forms.Form = WithdrawForm(_sent(request))
        return _form_page(request, community, form, act, duty=duty, button=_("Withdraw"), **words)
    form = EndForm(_sent(request), initial={"last_on": request.on})
    return _form_page(request, community, form, act, duty=duty, button=_("End"), **words)


def _found(queryset: QuerySet[Any]) -> Any:
    row = queryset.first()
    if row is None:
        raise NotFound
    return row
