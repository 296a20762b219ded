"""Presence at guard posts in figures: of a month by post, team and person, and month by month."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cases.views.lists.pages import PortalRequest
from citymgmt.pages import needs
from patrols.guards.lifecycle import ABSENT, MISSED
from patrols.guards.models import GuardWatch
from patrols.guards.presence import Presence
from patrols.guards.querysets import presence_at, watches_for_figures
from patrols.teams.rotation import ONE_DAY, month_of
from patrols.teams.views.looking import month_asked

MONTHS = 6


@dataclass(frozen=True)
class Line:
    """A line of figures: what it is about, watches that are over, those to which nobody came, the presence."""

    name: str
    count: int
    missed: int
    absent: int
    presence: Presence
    url: str = ""


@require_safe
@needs("guard.view")
def figures(request: PortalRequest) -> HttpResponse:
    """Presence in a month, and in the months before it. Raises: NotPermitted."""
    first, last = month_of(month_asked(request))
    months = _months_until(first)
    every = watches_for_figures(request.user, months[0], last, request.on)
    over = [one for one in every if one.ends_at <= request.at]
    watches = [one for one in over if one.on >= first]
    teams = _lines(watches, lambda one: one.team, request)
    context = {
        "whole": _line("", watches, request),
        "posts": _lines(watches, lambda one: one.post, request),
        "teams": teams if len(teams) > 1 else [],
        "people": _lines([one for one in watches if one.user is not None], lambda one: one.user, request),
        "months": [(month, _line("", _of_month(over, month), request)) for month in months],
        "back_url": reverse("guards:list"),
        "month": first,
        "month_before": first - ONE_DAY,
        "month_after": last + ONE_DAY,
    }
    return render(request, "patrols/guards/figures.html", context)


def _months_until(last: date) -> list[date]:
    """The first days of so many months, until this one."""
    found = [last]
    while len(found) < MONTHS and found[0] > date(2000, 1, 1):
        found.insert(0, (found[0] - ONE_DAY).replace(day=1))
    return found


def _of_month(watches: Iterable[GuardWatch], month: date) -> list[GuardWatch]:
    return [one for one in watches if one.on.replace(day=1) == month]


def _lines(watches: Iterable[GuardWatch], about: Callable[[GuardWatch], Any], request: PortalRequest) -> list[Line]:
    """A line for each thing that watches are about, by name."""
    grouped: dict[Any, list[GuardWatch]] = {}
    for one in watches:
        grouped.setdefault(about(one), []).append(one)
    return sorted((_line(str(thing), own, request) for thing, own in grouped.items()), key=lambda line: line.name)


def _line(name: str, watches: list[GuardWatch], request: PortalRequest) -> Line:
    missed = sum(one.state == MISSED for one in watches)
    absent = sum(one.state == ABSENT for one in watches)
    return Line(name, len(watches), missed, absent, presence_at(watches, request.at))
