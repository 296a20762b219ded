"""Plan a meeting, change it, invite to it, call it off, say that it was held."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.meetings.actions import cancel_meeting, hold_meeting, invite_units, plan_meeting, revise_meeting
from cases.meetings.actions.meetings import LONGEST_REASON
from cases.meetings.forms import ChangeForm, PlanForm, ReasonForm, staff_of, usual_start
from cases.meetings.models import Meeting
from cases.meetings.querysets import latest_meeting, seats_of, units_offered, visible_meeting
from cases.models import Case
from cases.querysets import visible_case
from cases.views.lists.pages import PortalRequest
from citymgmt.forms import new_request_key
from citymgmt.found import id_in
from citymgmt.pages import needs
from citymgmt.people.models import User
from citymgmt.people.permissions import require_role
from citymgmt.people.roles import Role
from citymgmt.refusals import Invalid, Stale, WrongState, mark
from citymgmt.worktime.rules import current_rules
from communities.models import Project
from communities.projects.querysets import visible_project

ASKING = ["GET", "HEAD", "POST"]
CHANGEABLE = ("title", "starts_at", "place")


@require_http_methods(ASKING)
@needs("meeting.plan")
def plan(request: PortalRequest) -> HttpResponse:
    """Plan a meeting; with `?case=` or `?project=` a consultation for that. Raises: NotFound, KeyReused."""
    office = request.user.subdistrict_id or 0
    if request.method != "POST":
        about = _asked(request, request.GET.get("case", ""), request.GET.get("project", ""))
        return _plan_page(request, PlanForm(office=office, initial=_usual(request, about)), about)
    form = PlanForm(request.POST, office=office)
    if form.is_valid():
        told = form.cleaned_data
        about = _asked(request, told["case"], told["project"])
        kind = Meeting.Kind.CONSULTATION if about.thing else told["kind"]
        asked = form.plan(kind=kind, reason=told["reason"], case=about.case, project=about.project)
        try:
            made = plan_meeting(by=request.user, at=request.at, plan=asked, request_key=str(told["request_key"]))
        except Invalid as refused:
            mark(form, refused)
        else:
            messages.success(request, _("The meeting is planned. Put its agenda together, then invite the units."))
            return HttpResponseRedirect(made.get_absolute_url())
    return _plan_page(request, form, About())


@dataclass(frozen=True)
class About:
    """What a consultation is called for: a case, a project, or neither."""

    case: Case | None = None
    project: Project | None = None

    @property
    def thing(self) -> Case | Project | None:
        """The one of the two."""
        return self.case or self.project


def _asked(request: PortalRequest, number: str, project: str) -> About:
    """Raises: NotFound."""
    if number:
        return About(case=visible_case(request.user, number, request.on))
    return About(project=visible_project(request.user, id_in(project), request.on)) if project else About()


def _plan_page(request: PortalRequest, form: PlanForm, about: About) -> HttpResponse:
    context = {"form": form, "about": about}
    return render(request, "meetings/plan.html", context, status=422 if form.errors else 200)


def _usual(request: PortalRequest, about: About) -> dict[str, Any]:
    """What a meeting usually is, for the fields of the form."""
    office = request.user.subdistrict_id or 0
    latest = latest_meeting(office)
    told = {
        "title": _("Joint meeting on city management"),
        "kind": Meeting.Kind.REGULAR,
        "starts_at": usual_start(request.on, current_rules().calendar),
        "place": latest.place if latest else "",
        "chair": _usual_chair(office),
        "recorder": request.user.pk,
        "units": [unit.pk for unit in units_offered(office)],
    }
    if about.case is not None:
        return told | _of_case(about.case)
    return told if about.project is None else told | _of_project(about.project)


def _usual_chair(office: int) -> int | None:
    leaders: list[User] = [one for one in staff_of(office) if one.role == Role.LEADER]
    return leaders[0].pk if leaders else None


def _of_case(case: Case) -> dict[str, Any]:
    place = case.address or case.description
    told = {"number": case.number, "place": " ".join(place.split())[:60]}
    reason = _("Case %(number)s, %(place)s, needs several units to agree on how it is handled.") % told
    return {
        "kind": Meeting.Kind.CONSULTATION,
        "case": case.number,
        "title": _("Consultation on case %(number)s") % told,
        "reason": f"{reason}\n{case.description}"[:LONGEST_REASON],
    }


def _of_project(project: Project) -> dict[str, Any]:
    reason = _("The project “%(name)s” needs several units to agree on how it is carried out.") % {"name": project}
    return {
        "kind": Meeting.Kind.CONSULTATION,
        "project": project.pk,
        "title": _("Consultation on “%(name)s”") % {"name": project},
        "reason": f"{reason}\n{project.aim}"[:LONGEST_REASON],
    }


def _ahead(request: PortalRequest, pk: int) -> Meeting:
    """A meeting that is still to be held, for whoever plans. Raises: NotFound, NotPermitted, WrongState."""
    found = visible_meeting(request.user, pk, request.on)
    require_role(request.user, "meeting.plan")
    if not found.is_ahead:
        raise WrongState(_("This meeting is over."))
    return found


@require_http_methods(ASKING)
def change(request: PortalRequest, pk: int) -> HttpResponse:
    """Change when, where and with whom a meeting is held. Raises: NotFound, NotPermitted, WrongState."""
    found = _ahead(request, pk)
    seated = [seat.unit_id for seat in seats_of(found)]
    if request.method != "POST":
        form = ChangeForm(office=found.subdistrict_id, seated=seated, initial=_kept(found, seated))
        return _change_page(request, found, form)
    form = ChangeForm(request.POST, office=found.subdistrict_id, seated=seated)
    if not form.is_valid():
        return _change_page(request, found, form, 422)
    try:
        told = form.cleaned_data
        revise_meeting(by=request.user, at=request.at, pk=pk, version=told["version"], plan=form.plan())
    except Stale:
        return _conflict(request, pk, seated)
    except Invalid as refused:
        mark(form, refused)
        return _change_page(request, found, form, 422)
    messages.success(request, _("The meeting is changed."))
    return HttpResponseRedirect(found.get_absolute_url())


def _kept(meeting: Meeting, seated: list[int]) -> dict[str, Any]:
    told = {name: getattr(meeting, name) for name in (*CHANGEABLE, "version")}
    return told | {"chair": meeting.chair_id, "recorder": meeting.recorder_id, "units": seated}


def _conflict(request: PortalRequest, pk: int, seated: list[int]) -> HttpResponse:
    """What was typed, beside what somebody else has saved, ready to be saved on top of that."""
    found = visible_meeting(request.user, pk, request.on)
    sent = request.POST.copy()
    sent["version"], sent["request_key"] = str(found.version), new_request_key()
    form = ChangeForm(sent, office=found.subdistrict_id, seated=seated)
    return _change_page(request, found, form, 409)


def _change_page(request: PortalRequest, meeting: Meeting, form: ChangeForm, status: int = 200) -> HttpResponse:
    theirs = [seat.unit for seat in seats_of(meeting)] if status == 409 else []
    context = {"meeting": meeting, "form": form, "is_conflict": status == 409, "their_units": theirs}
    return render(request, "meetings/change.html", context, status=status)


@require_POST
def invite(request: PortalRequest, pk: int) -> HttpResponse:
    """Invite the units. Raises: NotFound, NotPermitted, WrongState."""
    found = invite_units(by=request.user, at=request.at, pk=pk)
    messages.success(request, _("The units are invited."))
    return HttpResponseRedirect(found.get_absolute_url())


@require_http_methods(ASKING)
def call_off(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask why a meeting is called off, or do it. Raises: NotFound, NotPermitted, WrongState."""
    found = _ahead(request, pk) if request.method != "POST" else visible_meeting(request.user, pk, request.on)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            cancel_meeting(by=request.user, at=request.at, pk=pk, reason=form.cleaned_data["reason"])
        except Invalid as refused:
            mark(form, refused)
        else:
            messages.success(request, _("The meeting is called off."))
            return HttpResponseRedirect(found.get_absolute_url())
    require_role(request.user, "meeting.plan")
    status = 422 if form.errors else 200
    return render(request, "meetings/call_off.html", {"meeting": found, "form": form}, status=status)


@require_POST
def hold(request: PortalRequest, pk: int) -> HttpResponse:
    """Say that a meeting was held. Raises: NotFound, NotPermitted, WrongState."""
    found = hold_meeting(by=request.user, at=request.at, pk=pk)
    messages.success(request, _("The meeting was held. Its agenda stays open for what was said and resolved."))
    return HttpResponseRedirect(found.get_absolute_url())
