"""Pages to put points on a route: by hand, from key places, construction sites and hot spots; a new code for a sign."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.views.lists.pages import PortalRequest
from citymgmt.form_pages import ASKING, form_page, sent
from citymgmt.found import one_of
from citymgmt.refusals import Invalid, WrongState
from communities import maps
from patrols.rounds.actions import (
    add_hot_spot,
    add_key_places,
    add_residential_areas,
    add_sites,
    renew_code,
    save_point,
)
from patrols.rounds.models import PlaceClass, Route, RoutePoint
from patrols.rounds.offers import (
    area_of,
    class_for_hot_spots,
    hot_places_for,
    key_places_for,
    residential_areas_for,
    sites_for,
)
from patrols.rounds.planning_forms import PlacesForm, PointForm
from patrols.rounds.views.routes import planned_route

TEMPLATE = "patrols/rounds/planning/point.html"


def _classes(now: RoutePoint | None = None) -> list[PlaceClass]:
    """The classes in use, and the one that the point has."""
    rows = PlaceClass.objects.order_by("code")
    return [one for one in rows if one.is_active or (now is not None and now.place_class_id == one.pk)]


@require_http_methods(ASKING)
def new_point(request: PortalRequest, pk: int) -> HttpResponse:
    """Enter a point of a route by hand. Raises: NotFound, NotPermitted."""
    return _point_page(request, planned_route(request, pk), None)


@require_http_methods(ASKING)
def change_point(request: PortalRequest, pk: int, point: int) -> HttpResponse:
    """Change a point of a route. Raises: NotFound, NotPermitted."""
    found = planned_route(request, pk)
    return _point_page(request, found, one_of(RoutePoint.objects.filter(route=found), point))


def _point_page(request: PortalRequest, route: Route, row: RoutePoint | None) -> HttpResponse:
    names = ("name", "address", "longitude", "latitude", "is_active")
    typed: dict[str, Any] = {name: getattr(row, name) for name in names} if row else {}
    if row:
        typed |= {"place_class": row.place_class_id, "community": row.community_id}
    area = area_of(route)
    form = PointForm(sent(request), classes=_classes(row), communities=area, initial=typed or None)

    def act(_told: dict[str, Any]) -> None:
        pk = row.pk if row else None
        save_point(by=request.user, at=request.at, route=route.pk, told=form.told(), pk=pk)

    return form_page(
        request,
        form,
        act,
        about=route.name,
        template=TEMPLATE,
        title=row.name if row else _("New point"),
        button=_("Save"),
        done=_("The point is saved."),
        back_url=route.get_absolute_url(),
        sign_url=f"{reverse('rounds:signs', args=[route.pk])}?point={row.pk}" if row else "",
        renew_url=reverse("rounds:renew-code", args=[route.pk, row.pk]) if row else "",
        drawing=maps.drawing(
            areas=[maps.area(one) for one in area if one.boundary],
            pin=maps.on_map(row.longitude, row.latitude) if row else None,
        ),
    )


@require_POST
def new_sign(request: PortalRequest, pk: int, point: int) -> HttpResponse:
    """Make the sign of a point void and give it a new code. Raises: NotFound, NotPermitted."""
    found = planned_route(request, pk)
    row = renew_code(by=request.user, at=request.at, route=found.pk, pk=point)
    messages.success(request, _("%(point)s has a new code: print its sign anew.") % {"point": row})
    return redirect("rounds:point", found.pk, row.pk)


@require_http_methods(ASKING)
def key_places(request: PortalRequest, pk: int) -> HttpResponse:
    """Put key places on a route. Raises: NotFound, NotPermitted."""
    found = planned_route(request, pk)
    offered = key_places_for(found, area_of(found))
    lead = _("Key places of the team's area that have a position and are not on the route yet.")
    return _places_page(request, found, offered, add_key_places, title=_("Add key places"), lead=lead)


@require_http_methods(ASKING)
def sites(request: PortalRequest, pk: int) -> HttpResponse:
    """Put construction sites on a route. Raises: NotFound, NotPermitted."""
    found = planned_route(request, pk)
    offered = sites_for(found, area_of(found))
    lead = _("Unfinished construction sites of the team's area that have a position and are not on the route yet.")
    return _places_page(request, found, offered, add_sites, title=_("Add construction sites"), lead=lead)


@require_http_methods(ASKING)
def residential_areas(request: PortalRequest, pk: int) -> HttpResponse:
    """Put residential areas on a route. Raises: NotFound, NotPermitted."""
    found = planned_route(request, pk)
    offered = residential_areas_for(found, area_of(found))
    lead = _("Residential areas of the register that have a position and are not on the route yet.")
    return _places_page(request, found, offered, add_residential_areas, title=_("Add residential areas"), lead=lead)


def _places_page(
    request: PortalRequest, route: Route, offered: Sequence[Any], add: Callable[..., list[RoutePoint]], **words: Any
) -> HttpResponse:
    form = PlacesForm(sent(request), classes=_classes(), offered=offered)

    def act(told: dict[str, Any]) -> None:
        given = {"place_class": told["place_class"].pk, "places": told["places"]}
        add(by=request.user, at=request.at, route=route.pk, **given)

    return form_page(
        request,
        form,
        act,
        about=route.name,
        template="patrols/rounds/planning/places.html",
        is_empty=not offered,
        button=_("Add to the route"),
        done=_("The places are on the route."),
        back_url=route.get_absolute_url(),
        **words,
    )


@require_safe
def hot_spots(request: PortalRequest, pk: int) -> HttpResponse:
    """The hot spots of the team's area near which the route has no point. Raises: NotFound, NotPermitted."""
    found = planned_route(request, pk)
    points = list(RoutePoint.objects.filter(route=found).order_by("pk"))
    context = {
        "route": found,
        "back_url": found.get_absolute_url(),
        "spots": hot_places_for(found, area_of(found), points, request.at),
        "place_class": class_for_hot_spots(),
    }
    return render(request, "patrols/rounds/planning/hot_spots.html", context)


@require_POST
def add_hot(request: PortalRequest, pk: int, case: int) -> HttpResponse:
    """Put a hot spot on a route, by the latest case there; what refuses it is told on the list of those that are left.

    Raises: NotFound, NotPermitted.
    """
    found = planned_route(request, pk)
    try:
        point = add_hot_spot(by=request.user, at=request.at, route=found.pk, case=case)
    except (Invalid, WrongState) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("%(point)s is on the route now.") % {"point": point})
    return redirect("rounds:hot-spots", found.pk)
