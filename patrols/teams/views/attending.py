"""Check in and out of one's own duty, on the phone."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from patrols.teams import actions
from patrols.teams.forms import PositionForm


@require_POST
def check_in(request: Any, duty: int) -> HttpResponse:
    """Say that one is there. Raises: NotFound, WrongState, Invalid."""
    position = PositionForm(request.POST).position()
    there = actions.check_in(by=request.user, at=request.at, pk=duty, position=position)
    if there.is_late:
        messages.warning(request, _("Checked in, %(minutes)s minutes late.") % {"minutes": there.late_minutes})
    else:
        messages.success(request, _("Checked in."))
    return redirect("teams:team", there.duty.team_id)


@require_POST
def check_out(request: Any, duty: int) -> HttpResponse:
    """Say that one leaves. Raises: NotFound, WrongState."""
    there = actions.check_out(by=request.user, at=request.at, pk=duty)
    messages.success(request, _("Checked out."))
    return redirect("teams:team", there.duty.team_id)
