"""Whether units come, and who came."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.meetings.actions import answer_invitation, note_attendance
from cases.meetings.forms import AnswerForm, AttendanceForm
from cases.meetings.models import Meeting, Seat
from cases.meetings.querysets import seat_of, seats_of, visible_meeting
from cases.meetings.views.meetings import answer_form
from cases.views.lists.pages import PortalRequest
from citymgmt.people.permissions import require, require_role
from citymgmt.refusals import Invalid, WrongState, mark

ASKING = ["GET", "HEAD", "POST"]


@require_http_methods(ASKING)
def answer(request: PortalRequest, pk: int, seat: int) -> HttpResponse:
    """Say whether a unit comes: its own people, or the office for it. Raises: NotFound, NotPermitted, WrongState."""
    found = visible_meeting(request.user, pk, request.on)
    place = seat_of(found, seat)
    require(request.user, "meeting.answer", place, on=request.on)
    if found.state != Meeting.State.INVITED:
        raise WrongState(_("This meeting takes no answers."))
    form = answer_form(place, request.POST if request.method == "POST" else None)
    if form.is_valid() and _is_answered(request, place, form):
        messages.success(request, _("The answer is noted."))
        return HttpResponseRedirect(f"{found.get_absolute_url()}#seats")
    context = {"meeting": found, "seat": place, "form": form}
    return render(request, "meetings/answer.html", context, status=422 if form.errors else 200)


def _is_answered(request: PortalRequest, seat: Seat, form: AnswerForm) -> bool:
    told = form.cleaned_data
    try:
        answer_invitation(
            by=request.user, at=request.at, pk=seat.meeting_id, seat=seat.pk, answer=told["answer"], names=told["names"]
        )
    except Invalid as refused:
        mark(form, refused)
        return False
    return True


@require_http_methods(ASKING)
def attendance(request: PortalRequest, pk: int) -> HttpResponse:
    """Note who came for all units at once. Raises: NotFound, NotPermitted, WrongState."""
    found = visible_meeting(request.user, pk, request.on)
    require_role(request.user, "meeting.plan")
    if found.state == Meeting.State.CANCELLED or request.at < found.starts_at:
        raise WrongState(_("Attendance is noted once the meeting has begun."))
    form = AttendanceForm(request.POST if request.method == "POST" else None, seats=list(seats_of(found)))
    if form.is_valid():
        try:
            note_attendance(by=request.user, at=request.at, pk=pk, noted=form.noted)
        except Invalid as refused:
            mark(form, refused)
        else:
            messages.success(request, _("The attendance is noted."))
            return HttpResponseRedirect(f"{found.get_absolute_url()}#seats")
    context = {"meeting": found, "form": form, "rows": list(form.rows())}
    return render(request, "meetings/attendance.html", context, status=422 if form.errors else 200)
