"""Pages to look at: the teams, one team, its duty calendar, its shifts, its certificates."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from citymgmt.people.models import User
from citymgmt.people.permissions import permits, require_role, scope_query, visible_to
from citymgmt.people.roles import Role
from communities.models import Community
from patrols.expiring import tone_of
from patrols.teams.models import DOOR_OPENS, Certificate, Duty, MemberLeave, Rotation, Shift, Team
from patrols.teams.querysets import (
    Presence,
    duties_between,
    duties_now,
    gaps_in,
    leaves_from,
    members_of,
    presence_of,
    shifts_of,
    visible_team,
)
from patrols.teams.rotation import ONE_DAY, Short, days_between, month_of

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])\Z", re.ASCII)
IN_TEAM = (Role.TEAM_LEADER, Role.TEAM_MEMBER)


def month_asked(request: Any) -> date:
    """The first day of the month that `?month=2026-11` asks for; of the present one for anything else."""
    found = MONTH.match(request.GET.get("month", ""))
    return date(int(found[1]), int(found[2]), 1) if found else request.on.replace(day=1)


@dataclass(frozen=True)
class OwnDuty:
    """A duty of the reader near this moment, and what can be said about it now."""

    duty: Duty
    may_check_in: bool
    may_check_out: bool


def own_duties(request: Any) -> list[OwnDuty]:
    """What the reader has to do today; nothing for whoever works in no team."""
    if request.user.role not in IN_TEAM:
        return []
    return [_own(duty, request.at) for duty in duties_now(request.user, request.at)]


def _own(duty: Duty, at: Any) -> OwnDuty:
    there = duty.presence
    is_open = duty.starts_at - DOOR_OPENS <= at < duty.ends_at
    may_leave = there is not None and there.came_at is not None and there.left_at is None
    return OwnDuty(duty, there is None and is_open, may_leave)


@require_safe
def team_list(request: Any) -> HttpResponse:
    """The teams that the reader sees, with one's own duty first. Raises: NotPermitted."""
    require_role(request.user, "team.view")
    people = Count("user", filter=Q(user__is_active=True, user__role__in=IN_TEAM), distinct=True)
    rows = visible_to(request.user, Team.objects.annotate(people=people), on=request.on).order_by("kind", "key", "id")
    return render(request, "patrols/teams.html", {"teams": list(rows), "own": own_duties(request)})


@dataclass(frozen=True)
class MemberRow:
    """A member with the presence of a month."""

    person: User
    presence: Presence


@require_safe
def team(request: Any, pk: int) -> HttpResponse:
    """A team: who is on duty today, who was there in a month, who is away. Raises: NotFound."""
    found = visible_team(request.user, pk, request.on)
    first, last = month_of(month_asked(request))
    presence = presence_of(found, first, last, request.at)
    context = {
        "team": found,
        "back_url": reverse("teams:list"),
        "own": own_duties(request),
        "today": duties_between(found, request.on, request.on),
        "rows": [MemberRow(one, presence.get(one.pk, Presence())) for one in members_of(found)],
        "leaves": leaves_from(found, request.on),
        "areas": Community.objects.filter(pk__in=found.areas.values("community")).order_by("code"),
        "may_plan": permits(request.user, "team.plan", found, on=request.on),
        "certificates_url": scope_query(request.user, "certificate.view", Certificate, request.on) is not None,
        **_months(first, last),
    }
    return render(request, "patrols/team.html", context)


def _months(first: date, last: date) -> dict[str, date]:
    return {"month": first, "month_before": first - ONE_DAY, "month_after": last + ONE_DAY}


@dataclass(frozen=True)
class Cell:
    """A shift of a day: who is on duty, and how many are missing."""

    shift: Shift
    duties: Sequence[Duty]
    missing: int


@dataclass(frozen=True)
class Day:
    """A row of the calendar, with who is away on it."""

    on: date
    cells: Sequence[Cell]
    is_today: bool
    away: Sequence[MemberLeave]

    @property
    def is_empty(self) -> bool:
        """Whether nobody is on duty on it."""
        return not any(cell.duties for cell in self.cells)


@require_safe
def calendar(request: Any, pk: int) -> HttpResponse:
    """The duty calendar of a month, to read and to print. Raises: NotFound."""
    found = visible_team(request.user, pk, request.on)
    first, last = month_of(month_asked(request))
    duties = duties_between(found, first, last)
    shifts = _shown_shifts(shifts_of(found), duties)
    start = max(first, request.on)
    gaps = gaps_in([one for one in shifts if one.is_active], duties, start, last) if start <= last else []
    away = [leave for leave in leaves_from(found, first) if leave.from_on <= last]
    context = {
        "team": found,
        "back_url": reverse("teams:team", args=[found.pk]),
        "shifts_url": reverse("teams:shifts", args=[found.pk]),
        "shifts": shifts,
        "days": [_day(day, shifts, duties, gaps, away, request.on) for day in days_between(first, last)],
        "gaps": [(gap, next(one for one in shifts if one.pk == gap.shift)) for gap in gaps],
        "has_duties": bool(duties),
        "has_rotation": Rotation.objects.filter(team=found).exists(),
        "may_plan": permits(request.user, "team.plan", found, on=request.on),
        "may_plan_month": last >= request.on,
        "now": request.at,
        **_months(first, last),
    }
    return render(request, "patrols/calendar.html", context)


def _shown_shifts(active: Sequence[Shift], duties: Sequence[Duty]) -> list[Shift]:
    """The active shifts and those that had duties in the month, in the order in which they start."""
    shown = {one.pk: one for one in active} | {duty.shift_id: duty.shift for duty in duties}
    return sorted(shown.values(), key=lambda one: (one.starts, one.pk))


def _day(
    on: date,
    shifts: Sequence[Shift],
    duties: Sequence[Duty],
    gaps: Sequence[Short],
    away: Sequence[MemberLeave],
    today: date,
) -> Day:
    missing: Mapping[int, int] = {gap.shift: gap.missing for gap in gaps if gap.on == on}
    of_day = [duty for duty in duties if duty.on == on]
    cells = [Cell(s, [one for one in of_day if one.shift_id == s.pk], missing.get(s.pk, 0)) for s in shifts]
    return Day(on, cells, on == today, [leave for leave in away if on in leave.period])


@require_safe
def shift_list(request: Any, pk: int) -> HttpResponse:
    """The shifts of a team. Raises: NotFound."""
    found = visible_team(request.user, pk, request.on)
    rows = Shift.objects.filter(team=found).order_by("-is_active", "starts", "id")
    may_plan = permits(request.user, "team.plan", found, on=request.on)
    context = {"team": found, "back_url": reverse("teams:team", args=[found.pk]), "shifts": rows, "may_plan": may_plan}
    return render(request, "patrols/shifts.html", context)


@require_safe
def certificates(request: Any, pk: int) -> HttpResponse:
    """The certificates of a team's members, or one's own: expired ones and those that expire soon stand out.

    Raises: NotFound.
    """
    found = visible_team(request.user, pk, request.on)
    rows = visible_to(request.user, Certificate.objects.filter(team=found), on=request.on)
    shown = rows.select_related("user").order_by("expires_on", "id")
    may_keep = permits(request.user, "certificate.keep", found, on=request.on)
    context = {
        "team": found,
        "back_url": reverse("teams:team", args=[found.pk]),
        "rows": [(one, tone_of(one.expires_on, request.on)) for one in shown],
        "may_keep": may_keep,
    }
    return render(request, "patrols/certificates.html", context)
