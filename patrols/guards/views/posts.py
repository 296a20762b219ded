"""Pages of guard posts: the list with today's watches, one post with its hours, and their forms."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.views.lists.pages import PortalRequest
from citymgmt.form_pages import ASKING, form_page, sent
from citymgmt.pages import needs
from citymgmt.people.permissions import allows, permits, require, visible_to
from communities.placed import map_of
from patrols.guards import actions
from patrols.guards.forms import HoursForm, PostForm
from patrols.guards.models import GuardHours, GuardPost
from patrols.guards.querysets import (
    places_seen,
    posts_seen,
    presence_at,
    visible_hours,
    visible_post,
    watches_for_figures,
    watches_on,
)
from patrols.guards.views.shown import PostRow, shown
from patrols.teams.models import Team
from patrols.teams.rotation import month_of

OF_POST = ("name_zh", "name_en", "address", "longitude", "latitude", "radius_m", "from_on", "until_on")


@require_safe
@needs("guard.view")
def post_list(request: PortalRequest) -> HttpResponse:
    """The posts that the reader sees, each with its watches of today. Raises: NotPermitted."""
    posts = list(posts_seen(request.user, request.on))
    today = watches_on(posts, request.on)
    rows = [PostRow(one, [shown(watch) for watch in today.get(one.pk, [])]) for one in posts]
    teams = {one.team.pk: one.team for one in posts}
    for team in visible_to(request.user, Team.objects.order_by("kind", "key", "id"), on=request.on):
        teams.setdefault(team.pk, team)
    context = {
        "rows": [row for row in rows if row.post.holds_on(request.on)],
        "over": [row for row in rows if not row.post.holds_on(request.on)],
        "teams": list(teams.values()) if allows(request.user, "team.view") else [],
        "may_plan": allows(request.user, "guard.plan"),
        "may_stand": allows(request.user, "guard.stand"),
        "today": request.on,
    }
    return render(request, "patrols/guards/list.html", context)


@require_safe
def post(request: PortalRequest, pk: int) -> HttpResponse:
    """A post: its place, its hours, its watches of today, its presence this month. Raises: NotFound."""
    found = visible_post(request.user, pk, request.on)
    first, last = month_of(request.on)
    month = [one for one in watches_for_figures(request.user, first, last, request.on) if one.post_id == found.pk]
    context = {
        "post": found,
        "back_url": reverse("guards:list"),
        "hours": list(GuardHours.objects.filter(post=found).order_by("-is_active", "starts", "id")),
        "today": [shown(one) for one in watches_on([found], request.on).get(found.pk, [])],
        "presence": presence_at(month, request.at),
        "is_place_seen": allows(request.user, "place.view"),
        "may_plan": permits(request.user, "guard.plan", found, on=request.on),
        "may_see_roster": allows(request.user, "team.view"),
        "drawing": map_of(found),
    }
    return render(request, "patrols/guards/post.html", context)


@require_http_methods(ASKING)
@needs("guard.plan")
def new_post(request: PortalRequest) -> HttpResponse:
    """Enter a post; `?key_place=` fills in a key place. Raises: NotPermitted."""
    return _post_page(request, None)


@require_http_methods(ASKING)
def change_post(request: PortalRequest, pk: int) -> HttpResponse:
    """Change a post. Raises: NotFound, NotPermitted."""
    found = visible_post(request.user, pk, request.on)
    require(request.user, "guard.plan", found, on=request.on)
    return _post_page(request, found)


def _post_page(request: PortalRequest, row: GuardPost | None) -> HttpResponse:
    user, on = request.user, request.on
    teams = list(visible_to(user, Team.objects.order_by("kind", "key", "id"), on=on, action="guard.plan"))
    places = list(places_seen(user, on))
    initial = _initial(request, row, teams)
    form = PostForm(sent(request), teams=teams, places=places, is_new=row is None, user=user, on=on, initial=initial)

    def act(_told: dict[str, Any]) -> None:
        actions.save_post(by=user, at=request.at, told=form.told(), pk=row.pk if row else None)

    return form_page(
        request,
        form,
        act,
        about=row.name if row else _("Guard posts"),
        title=_("Change the post") if row else _("New guard post"),
        lead="" if row else _("Then enter its hours, and plan the month."),
        button=_("Save"),
        done=_("The post is saved."),
        back_url=row.get_absolute_url() if row else reverse("guards:list"),
    )


def _initial(request: PortalRequest, row: GuardPost | None, teams: list[Team]) -> dict[str, Any]:
    if row is None:
        only = teams[0].pk if len(teams) == 1 else None
        return {"from_on": request.on, "key_place": request.GET.get("key_place", ""), "team": only}
    there = {"community": row.community_id, "team": row.team_id, "key_place": row.key_place_id}
    return {name: getattr(row, name) for name in OF_POST} | there


@require_http_methods(ASKING)
def new_hours(request: PortalRequest, pk: int) -> HttpResponse:
    """Enter hours of a post. Raises: NotFound, NotPermitted."""
    found = visible_post(request.user, pk, request.on)
    require(request.user, "guard.plan", found, on=request.on)
    return _hours_page(request, found, None)


@require_http_methods(ASKING)
def change_hours(request: PortalRequest, pk: int) -> HttpResponse:
    """Change hours of a post. Raises: NotFound, NotPermitted."""
    found = visible_hours(request.user, pk, request.on)
    require(request.user, "guard.plan", found, on=request.on)
    return _hours_page(request, found.post, found)


def _hours_page(request: PortalRequest, about: GuardPost, row: GuardHours | None) -> HttpResponse:
    names = ("days", "starts", "ends", "persons", "is_active")
    form = HoursForm(sent(request), initial={name: getattr(row, name) for name in names} if row else None)

    def act(_told: dict[str, Any]) -> None:
        told, pk = form.told(), row.pk if row else None
        actions.save_hours(by=request.user, at=request.at, post=about.pk, told=told, pk=pk)

    return form_page(
        request,
        form,
        act,
        about=about.name,
        title=_("Guard hours") if row else _("New guard hours"),
        lead=_("Watches follow when the month is planned again on the roster."),
        button=_("Save"),
        done=_("The hours are saved. Plan the month on the roster."),
        back_url=about.get_absolute_url(),
    )
