"""Pages of routes: the list with how far each is planned, one route with its points and plans."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.views.lists.pages import PortalRequest
from citymgmt.form_pages import ASKING, form_page, sent
from citymgmt.pages import needs
from citymgmt.people.models import User
from citymgmt.people.permissions import allows, permits, require, require_role, visible_to
from communities import maps
from communities.models import Community
from patrols.rounds.actions import save_route
from patrols.rounds.drafting import last_seen
from patrols.rounds.models import Route, RoutePlan, RoutePoint
from patrols.rounds.offers import area_of
from patrols.rounds.planning import A_DAY
from patrols.rounds.planning_forms import RouteForm
from patrols.rounds.querysets import visible_route
from patrols.rounds.wording import frequency
from patrols.teams.models import Team

MOST_PLANS = 12  # on the page of a route, the latest


def planned_route(request: Any, pk: int) -> Route:
    """The route, if the person may plan it. Raises: NotFound, NotPermitted."""
    found = visible_route(request.user, pk, request.on)
    require(request.user, "round.plan", found, on=request.on)
    return found


def teams_planned_by(user: User, on: date) -> list[Team]:
    """The teams whose rounds a person plans."""
    return [one for one in visible_to(user, Team.objects.order_by("kind", "key", "id"), on=on) if _plans(user, one, on)]


def _plans(user: User, team: Team, on: date) -> bool:
    return team.is_active and permits(user, "round.plan", team, on=on)


@require_safe
@needs("round.view")
def route_list(request: PortalRequest) -> HttpResponse:
    """The routes that the person sees, with how many points each has and until when it is planned."""
    points = Count("points", filter=Q(points__is_active=True))
    rows = visible_to(request.user, Route.objects.select_related("team").annotate(point_count=points), on=request.on)
    routes = list(rows.order_by("-is_active", "team__kind", "team__key", "name_zh", "pk"))
    until = _planned_until(routes)
    context = {
        "rows": [(one, until.get(one.pk)) for one in routes],
        "today": request.on,
        "back_url": reverse("rounds:list"),
        "may_plan": allows(request.user, "round.plan"),
    }
    return render(request, "patrols/rounds/planning/routes.html", context)


def _planned_until(routes: Iterable[Route]) -> Mapping[int, date]:
    """The last day of the last plan of each route, where one is in force; one query."""
    rows = RoutePlan.objects.filter(route__in=[one.pk for one in routes], withdrawn_at=None).order_by()
    last = rows.values("route").annotate(end=Max("period__endswith"))
    return {pk: end - A_DAY for pk, end in last.values_list("route", "end")}


@require_safe
def route(request: PortalRequest, pk: int) -> HttpResponse:
    """A route: its points with their classes and when each was seen last, its plans. Raises: NotFound."""
    found = visible_route(request.user, pk, request.on)
    rows = RoutePoint.objects.filter(route=found).select_related("place_class", "community")
    points = list(rows.order_by("-is_active", "community__code", "name", "pk"))
    seen = last_seen([one.pk for one in points], request.on + A_DAY)
    plans = RoutePlan.objects.filter(route=found).annotate(round_count=Count("rounds"))
    context = {
        "route": found,
        "back_url": reverse("rounds:routes"),
        "points": [(one, frequency(one.place_class.wish), seen.get(one.pk)) for one in points],
        "active_count": sum(one.is_active for one in points),
        "plans": list(plans.select_related("made_by").order_by("-period", "-pk")[:MOST_PLANS]),
        "may_plan": permits(request.user, "round.plan", found, on=request.on),
        "drawing": _map_of(points, area_of(found)),
        "today": request.on,
    }
    return render(request, "patrols/rounds/planning/route.html", context)


def _map_of(points: Iterable[RoutePoint], area: Iterable[Community]) -> dict[str, Any] | None:
    """The points that are in use on a map of the team's area; None without any."""
    spots = [
        {"id": str(one.pk), "name": str(one), "at": maps.on_map(one.longitude, one.latitude)}
        for one in points
        if one.is_active
    ]
    return maps.drawing(areas=[maps.area(one) for one in area if one.boundary], spots=spots) if spots else None


@require_http_methods(ASKING)
def new_route(request: PortalRequest) -> HttpResponse:
    """Enter a route. Raises: NotPermitted."""
    require_role(request.user, "round.plan")
    teams = teams_planned_by(request.user, request.on)
    form = RouteForm(sent(request), teams=teams, initial={"team": teams[0].pk if len(teams) == 1 else None})

    def act(told: dict[str, Any]) -> None:
        save_route(by=request.user, at=request.at, team=told["team"].pk if teams else 0, told=form.told())

    words = {"title": _("New route"), "button": _("Save"), "done": _("The route is saved. Now add its points.")}
    return form_page(request, form, act, about=_("Routes and plans"), **words, back_url=reverse("rounds:routes"))


@require_http_methods(ASKING)
def change_route(request: PortalRequest, pk: int) -> HttpResponse:
    """Change the name of a route, or take it out of use. Raises: NotFound, NotPermitted."""
    found = planned_route(request, pk)
    form = RouteForm(
        sent(request), initial={name: getattr(found, name) for name in ("name_zh", "name_en", "is_active")}
    )

    def act(_told: dict[str, Any]) -> None:
        save_route(by=request.user, at=request.at, team=found.team_id, told=form.told(), pk=found.pk)

    words = {"title": _("Change the route"), "button": _("Save"), "done": _("The route is saved.")}
    return form_page(request, form, act, about=found.name, **words, back_url=found.get_absolute_url())
