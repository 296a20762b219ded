"""The roster of a team's guard watches: a month to read and to print, and the button that plans it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from cases.views.lists.pages import PortalRequest
from citymgmt.people.permissions import permits
from patrols.guards import actions
from patrols.guards.models import GuardHours, GuardWatch
from patrols.guards.querysets import guards_of, watches_of_team
from patrols.guards.views.shown import Shown, shown
from patrols.teams.actions.planning import leaves_between
from patrols.teams.models import MemberLeave
from patrols.teams.querysets import visible_team
from patrols.teams.rotation import ONE_DAY, days_between, month_of
from patrols.teams.views.looking import MONTH, month_asked


@dataclass(frozen=True)
class Cell:
    """The watches of some hours on a day."""

    hours: GuardHours
    watches: Sequence[Shown]


@dataclass(frozen=True)
class Day:
    """A row of the roster."""

    on: date
    cells: Sequence[Cell]
    is_today: bool
    away: Sequence[MemberLeave]

    @property
    def is_empty(self) -> bool:
        """Whether nobody guards on it."""
        return not any(cell.watches for cell in self.cells)


@require_safe
def roster(request: PortalRequest, pk: int) -> HttpResponse:
    """The watches of a month, by day and by post. Raises: NotFound."""
    team = visible_team(request.user, pk, request.on)
    first, last = month_of(month_asked(request))
    watches = watches_of_team(team, first, last)
    active = GuardHours.objects.filter(post__team=team, is_active=True).select_related("post")
    hours = {one.pk: one for one in active} | {one.hours_id: one.hours for one in watches}
    for one in watches:
        one.hours.post = one.post
    columns = sorted(hours.values(), key=lambda one: (one.post.name_zh, one.starts, one.pk))
    people = {one.pk: one for one in guards_of(team)}
    leaves = leaves_between(people, first, last)
    for leave in leaves:
        leave.user = people[leave.user_id]
    context = {
        "team": team,
        "back_url": reverse("guards:list"),
        "columns": columns,
        "days": [_day(day, columns, watches, leaves, request.on) for day in days_between(first, last)],
        "open": [one for one in watches if one.user_id is None and one.waits and one.ends_at > request.at],
        "away_count": _on_leave(watches, leaves, request),
        "may_plan": permits(request.user, "guard.plan", team, on=request.on),
        "may_plan_month": last >= request.on,
        "now": request.at,
        "month": first,
        "month_before": first - ONE_DAY,
        "month_after": last + ONE_DAY,
    }
    return render(request, "patrols/guards/roster.html", context)


def _day(
    on: date, columns: Sequence[GuardHours], watches: Iterable[GuardWatch], leaves: Iterable[MemberLeave], today: date
) -> Day:
    of_day = [one for one in watches if one.on == on]
    cells = [Cell(hours, [shown(one) for one in of_day if one.hours_id == hours.pk]) for hours in columns]
    return Day(on, cells, on == today, [leave for leave in leaves if on in leave.period])


def _on_leave(watches: Iterable[GuardWatch], leaves: Iterable[MemberLeave], request: Any) -> int:
    """How many watches ahead belong to somebody who is away then."""
    away = [(leave.user_id, leave.period) for leave in leaves]
    ahead = (one for one in watches if one.waits and one.starts_at > request.at)
    return sum(any(one.user_id == person and one.on in period for person, period in away) for one in ahead)


@require_POST
def plan(request: PortalRequest, pk: int) -> HttpResponse:
    """Plan a month. Raises: NotFound, NotPermitted, WrongState."""
    team = visible_team(request.user, pk, request.on)
    asked = MONTH.match(request.POST.get("month", ""))
    month = date(int(asked[1]), int(asked[2]), 1) if asked else request.on
    done = actions.plan_watches(by=request.user, at=request.at, team=team.pk, month=month)
    told = {"added": done.added, "changed": done.changed, "withdrawn": done.withdrawn}
    messages.success(
        request, _("Planned: %(added)s watches added, %(changed)s changed, %(withdrawn)s taken off.") % told
    )
    if done.open:
        sentence = ngettext("%(count)s watch has nobody yet.", "%(count)s watches have nobody yet.", done.open)
        messages.warning(request, sentence % {"count": done.open})
    return redirect(f"{reverse('guards:roster', args=[team.pk])}?month={month:%Y-%m}")
