"""Pages to arrange a team: shifts, area, rotation, a month, single duties, leave, presence, certificates."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from citymgmt.form_pages import ASKING, form_page, sent
from citymgmt.found import one_of
from citymgmt.people.permissions import require
from citymgmt.refusals import Invalid
from communities.models import Community
from patrols.teams import actions
from patrols.teams.forms import (
    AreaForm,
    CertificateForm,
    DutyForm,
    LastDayForm,
    MemberLeaveForm,
    MoveForm,
    PresenceForm,
    RotationForm,
    ShiftForm,
    rotation_as_typed,
)
from patrols.teams.models import Certificate, Duty, MemberLeave, Rotation, Shift, Team
from patrols.teams.querysets import members_of, shifts_of, visible_team
from patrols.teams.views.looking import MONTH

ONE_DAY = timedelta(days=1)


def _arranged(request: Any, pk: int, action: str = "team.plan") -> Team:
    """The team, if the person may do this there. Raises: NotFound, NotPermitted."""
    found = visible_team(request.user, pk, request.on)
    require(request.user, action, found, on=request.on)
    return found


def _form_page(
    request: Any, team: Team, form: forms.Form, act: Callable[[dict[str, Any]], Any], **words: Any
) -> HttpResponse:
    """A form about a team: see `patrols.pages.form_page`."""
    return form_page(request, form, act, about=team.name, **words)


def _to(name: str, team: Team) -> str:
    return reverse(f"teams:{name}", args=[team.pk])


def calendar_of(team: Team, day: date) -> str:
    """The address of the calendar of the month in which a day lies."""
    return f"{_to('calendar', team)}?month={day:%Y-%m}"


@require_POST
def usual_shifts(request: Any, pk: int) -> HttpResponse:
    """Give a team day, evening and night. Raises: NotFound, NotPermitted."""
    made = actions.make_usual_shifts(by=request.user, at=request.at, team=pk)
    messages.success(
        request,
        ngettext("%(count)s shift was added.", "%(count)s shifts were added.", len(made)) % {"count": len(made)},
    )
    return redirect("teams:shifts", pk)


@require_http_methods(ASKING)
def new_shift(request: Any, pk: int) -> HttpResponse:
    """Enter a shift. Raises: NotFound, NotPermitted."""
    return _shift_page(request, _arranged(request, pk), None)


@require_http_methods(ASKING)
def shift(request: Any, pk: int, shift: int) -> HttpResponse:
    """Change a shift. Raises: NotFound, NotPermitted."""
    team = _arranged(request, pk)
    return _shift_page(request, team, one_of(Shift.objects.filter(team=team), shift))


def _shift_page(request: Any, team: Team, row: Shift | None) -> HttpResponse:
    names = ("name_zh", "name_en", "starts", "ends", "fewest", "is_active")
    form = ShiftForm(sent(request), initial={name: getattr(row, name) for name in names} if row else None)

    def act(_told: dict[str, Any]) -> None:
        pk = row.pk if row else None
        actions.save_shift(by=request.user, at=request.at, team=team.pk, told=form.told(), pk=pk)

    words = {"title": row.name if row else _("New shift"), "button": _("Save"), "done": _("The shift is saved.")}
    return _form_page(request, team, form, act, **words, back_url=_to("shifts", team))


@require_http_methods(ASKING)
def area(request: Any, pk: int) -> HttpResponse:
    """Say in which communities a team works. Raises: NotFound, NotPermitted."""
    team = _arranged(request, pk)
    offered = Community.objects.filter(subdistrict=team.subdistrict_id, is_active=True).order_by("code")
    now = list(team.areas.order_by("pk").values_list("community_id", flat=True))
    form = AreaForm(sent(request), offered=list(offered), initial={"communities": now})

    def act(told: dict[str, Any]) -> None:
        actions.set_area(by=request.user, at=request.at, team=team.pk, communities=told["communities"])

    words = {"title": _("Area of the team"), "button": _("Save"), "done": _("The area is saved.")}
    return _form_page(request, team, form, act, **words, back_url=_to("team", team))


@require_http_methods(ASKING)
def rotation(request: Any, pk: int) -> HttpResponse:
    """Say how members take turns. Raises: NotFound, NotPermitted."""
    team = _arranged(request, pk)
    people, now = members_of(team), Rotation.objects.filter(team=team).first()
    typed = rotation_as_typed(now, people, request.on)
    form = RotationForm(sent(request), shifts=shifts_of(team), people=people, initial=typed)

    def act(told: dict[str, Any]) -> None:
        asked = {"since": told["since"], "step": told["step"], "cycle": form.cycle(), "members": form.members()}
        actions.set_rotation(by=request.user, at=request.at, team=team.pk, **asked)

    return _form_page(
        request,
        team,
        form,
        act,
        title=_("Rotation"),
        lead=_(
            "Choose a shift or off for each day of the cycle, and number the members in their order."
            " Who has no number takes no turn."
        ),
        button=_("Save"),
        done=_("The rotation is saved. Plan the months anew for which it is to hold."),
        back_url=_to("calendar", team),
    )


@require_POST
def plan(request: Any, pk: int) -> HttpResponse:
    """Plan a month from the rotation. Raises: NotFound, NotPermitted, WrongState, Invalid."""
    team = _arranged(request, pk)
    asked = MONTH.match(request.POST.get("month", ""))
    if asked is None:
        raise Invalid(_("Choose a month."))
    month = date(int(asked[1]), int(asked[2]), 1)
    done = actions.plan_month(by=request.user, at=request.at, team=team.pk, month=month)
    counts = {"added": done.added, "removed": done.removed, "gaps": len(done.gaps)}
    said = _("Planned: %(added)s duties added, %(removed)s taken off, %(gaps)s gaps remain.") % counts
    (messages.warning if done.gaps else messages.success)(request, said)
    return redirect(calendar_of(team, month))


@require_http_methods(ASKING)
def add_duty(request: Any, pk: int) -> HttpResponse:
    """Put a member on a shift; `?on=` and `?shift=` fill in the form. Raises: NotFound, NotPermitted."""
    team = _arranged(request, pk)
    asked = {"on": request.GET.get("on", request.on), "shift": request.GET.get("shift", "")}
    form = DutyForm(sent(request), shifts=shifts_of(team), people=members_of(team), initial=asked)

    def act(told: dict[str, Any]) -> None:
        asked = {name: told[name] for name in ("on", "shift", "user")}
        actions.add_duty(by=request.user, at=request.at, team=team.pk, **asked)

    words = {"title": _("Add a duty"), "button": _("Add"), "done": _("The duty is added.")}
    return _form_page(request, team, form, act, **words, back_url=_back(form, team))


def _back(form: forms.Form, team: Team) -> str:
    """The calendar of the month in which the form's day lies."""
    on = form.cleaned_data.get("on") if form.is_bound and form.is_valid() else None
    return calendar_of(team, on) if isinstance(on, date) else _to("calendar", team)


@require_http_methods(ASKING)
def duty(request: Any, pk: int, duty: int) -> HttpResponse:
    """Move a duty to somebody else, or remove it. Raises: NotFound, NotPermitted, WrongState."""
    team = _arranged(request, pk)
    found = one_of(Duty.objects.filter(team=team, is_removed=False).select_related("shift", "user"), duty)
    form = MoveForm(sent(request), people=members_of(team), initial={"user": found.user_id})

    def act(told: dict[str, Any]) -> None:
        actions.move_duty(by=request.user, at=request.at, team=team.pk, pk=found.pk, user=told["user"])

    return _form_page(
        request,
        team,
        form,
        act,
        title=f"{found.on:%Y-%m-%d} · {found.shift} · {found.user}",
        button=_("Move to this person"),
        done=_("The duty is moved."),
        back_url=calendar_of(team, found.on),
        remove_url=reverse("teams:remove-duty", args=[team.pk, found.pk]),
        remove_question=_("Take this duty off the calendar?"),
        remove_label=_("Take off the calendar"),
    )


@require_POST
def remove_duty(request: Any, pk: int, duty: int) -> HttpResponse:
    """Take a duty off the calendar. Raises: NotFound, NotPermitted, WrongState."""
    team = _arranged(request, pk)
    on = one_of(Duty.objects.filter(team=team), duty).on
    actions.remove_duty(by=request.user, at=request.at, team=team.pk, pk=duty)
    messages.success(request, _("The duty is taken off."))
    return redirect(calendar_of(team, on))


@require_http_methods(ASKING)
def new_leave(request: Any, pk: int) -> HttpResponse:
    """Note that a member is away. Raises: NotFound, NotPermitted."""
    team = _arranged(request, pk)
    form = MemberLeaveForm(sent(request), people=members_of(team), initial={"from_on": request.on})

    def act(_told: dict[str, Any]) -> None:
        done = actions.grant_member_leave(by=request.user, at=request.at, team=team.pk, told=form.told())
        if done.gaps:
            told = {"gaps": done.gaps}
            messages.warning(request, _("%(gaps)s duties have nobody now: see the calendar.") % told)

    return _form_page(
        request,
        team,
        form,
        act,
        title=_("Leave"),
        lead=_("Duties of these days go to the substitute, where free; the others become gaps in the calendar."),
        button=_("Save"),
        done=_("The leave is noted."),
        back_url=_to("team", team),
    )


@require_http_methods(ASKING)
def end_leave(request: Any, pk: int, leave: int) -> HttpResponse:
    """End a leave early, or withdraw it. Raises: NotFound, NotPermitted."""
    team = _arranged(request, pk)
    found = one_of(MemberLeave.objects.filter(team=team).select_related("user"), leave)
    last_on = max(found.from_on, request.on) - ONE_DAY
    form = LastDayForm(sent(request), initial={"last_on": last_on})

    def act(told: dict[str, Any]) -> None:
        actions.end_member_leave(by=request.user, at=request.at, team=team.pk, pk=found.pk, last_on=told["last_on"])

    return _form_page(
        request,
        team,
        form,
        act,
        title=_("End the leave of %(who)s") % {"who": found.user},
        lead=_("From %(from)s until %(until)s. Duties stay as they are until the month is planned again.")
        % {"from": found.from_on, "until": found.until_on},
        button=_("Save"),
        done=_("The leave is changed."),
        back_url=_to("team", team),
    )


@require_http_methods(ASKING)
def presence(request: Any, pk: int, duty: int) -> HttpResponse:
    """Note that somebody was there who could not check in. Raises: NotFound, NotPermitted, WrongState."""
    team = _arranged(request, pk)
    found = one_of(Duty.objects.filter(team=team, is_removed=False).select_related("shift", "user"), duty)

    def act(told: dict[str, Any]) -> None:
        actions.note_presence(by=request.user, at=request.at, team=team.pk, pk=found.pk, reason=told["reason"])

    return _form_page(
        request,
        team,
        PresenceForm(sent(request)),
        act,
        title=_("Note presence"),
        lead=f"{found.on:%Y-%m-%d} · {found.shift} · {found.user}",
        button=_("Was there"),
        done=_("Presence is noted."),
        back_url=_to("team", team),
    )


@require_http_methods(ASKING)
def new_certificate(request: Any, pk: int) -> HttpResponse:
    """Enter a certificate. Raises: NotFound, NotPermitted."""
    return _certificate_page(request, _arranged(request, pk, "certificate.keep"), None)


@require_http_methods(ASKING)
def certificate(request: Any, pk: int, certificate: int) -> HttpResponse:
    """Change a certificate. Raises: NotFound, NotPermitted."""
    team = _arranged(request, pk, "certificate.keep")
    return _certificate_page(request, team, one_of(Certificate.objects.filter(team=team), certificate))


def _certificate_page(request: Any, team: Team, row: Certificate | None) -> HttpResponse:
    typed = {name: getattr(row, name) for name in ("kind", "number", "issued_on", "expires_on")} if row else {}
    initial = {**typed, "user": row.user_id if row else None}
    form = CertificateForm(sent(request), people=members_of(team), initial=initial)

    def act(_told: dict[str, Any]) -> None:
        pk = row.pk if row else None
        actions.save_certificate(by=request.user, at=request.at, team=team.pk, told=form.told(), pk=pk)

    words = {
        "title": _("Certificate") if row else _("New certificate"),
        "button": _("Save"),
        "done": _("The certificate is saved."),
    }
    return _form_page(request, team, form, act, **words, back_url=_to("certificates", team))
