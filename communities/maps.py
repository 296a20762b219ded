"""What a map in the browser draws, in the coordinates of its tiles. The database knows WGS-84 only."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings

from citymgmt import coordinates
from citymgmt.coordinates import Point
from communities.models import Community, KeyPlace

Drawn = dict[str, Any]


def is_gcj02() -> bool:
    """Whether the tiles of this installation are in GCJ-02."""
    return bool(settings.MAP_COORDINATES == "gcj02")


def on_map(longitude: Any, latitude: Any) -> list[float]:
    """Where the map shows a WGS-84 point: longitude and latitude of its tiles, to some centimetres."""
    point = (float(longitude), float(latitude))
    shown = coordinates.gcj02(*point) if is_gcj02() else point
    return [round(shown[0], 7), round(shown[1], 7)]


def from_map(x: Any, y: Any) -> Point:
    """The WGS-84 point of a click on the map."""
    point = (float(x), float(y))
    return coordinates.wgs84(*point) if is_gcj02() else point


def area(community: Community, *, url: str = "", tone: str = "") -> Drawn:
    """A community as the map draws it; it must have a boundary. `tone`: own, alert or nothing."""
    assert community.boundary is not None
    shape = community.boundary
    drawn = {"type": shape["type"], "coordinates": _moved(shape["coordinates"]) if is_gcj02() else shape["coordinates"]}
    return {"id": str(community.pk), "name": str(community), "shape": drawn, "url": url, "tone": tone}


def _moved(value: list[Any]) -> list[Any]:
    if isinstance(value[0], int | float):
        return on_map(value[0], value[1])
    return [_moved(part) for part in value]


def areas(communities: Iterable[Community]) -> list[Drawn]:
    """Those of the communities that have a boundary, each leading to its page."""
    return [area(one, url=f"/communities/{one.code}/") for one in communities if one.boundary]


def spots(places: Iterable[KeyPlace]) -> list[Drawn]:
    """The key places that have a point."""
    return [
        {"id": str(place.pk), "name": str(place), "at": on_map(place.longitude, place.latitude)}
        for place in places
        if place.longitude is not None
    ]


def drawing(
    *,
    areas: Sequence[Drawn] = (),
    spots: Sequence[Drawn] = (),
    cases: Sequence[Drawn] = (),
    pin: Sequence[float] | None = None,
    is_always: bool = False,
) -> Drawn | None:
    """All that one map shows; None when there is nothing to show and no tiles either, unless it is always drawn.

    `cases` are {"at", "name", "url", "tone"}; `pin` is the one point that the page is about.
    """
    tiles = {"url": settings.MAP_TILE_URL, "attribution": settings.MAP_TILE_ATTRIBUTION}
    if not (areas or spots or cases or pin or tiles["url"] or is_always):
        return None
    shown = {"areas": list(areas), "spots": list(spots), "cases": list(cases), "pin": pin}
    return {**shown, "tiles": tiles if tiles["url"] else None}
