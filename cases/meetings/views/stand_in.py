"""Stands in for the pages of meetings until they are merged."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.meetings.querysets import visible_meeting
from cases.views.lists.pages import PortalRequest, needs
from citymgmt.worktime.rules import current_rules


@require_safe
def meeting(request: PortalRequest, pk: int) -> HttpResponse:
    """The resolutions of a meeting."""
    found = visible_meeting(request.user, pk, request.on)
    rows = list(found.resolutions.select_related("lead").order_by("id"))
    context = {"meeting": found, "resolutions": rows, "rules": current_rules()}
    return render(request, "meetings/stand_in.html", context)


@require_safe
@needs("meeting.plan")
def plan(request: PortalRequest) -> HttpResponse:
    """Nothing yet."""
    return HttpResponse("")
