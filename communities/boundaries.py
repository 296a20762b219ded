"""What a boundary may be: a valid GeoJSON polygon in China, no larger than a community can be."""

from collections.abc import Iterator
from math import cos, radians
from typing import Any

import shapely
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from shapely.geometry import shape

MOST_POINTS = 20_000
CHINA = (73.0, 3.0, 136.0, 54.0)  # west, south, east, north, in WGS-84 degrees
DEGREE_KM = 111.195
MOST_KM2 = 2_000.0  # the communities of the steppe are large; a district drawn by mistake is larger still
LEAST_KM2 = 0.0001


def check_boundary(boundary: Any) -> None:
    """Refuse what is no valid Polygon or MultiPolygon of a community. Raises: ValidationError.

    Source: RFC 7946, 3.1; OGC simple features for validity (no ring crosses itself or another).
    """
    if boundary is None:
        return
    if not isinstance(boundary, dict) or set(boundary) != {"type", "coordinates"}:
        raise ValidationError(_("A boundary is a GeoJSON geometry with “type” and “coordinates” only."))
    if boundary["type"] not in ("Polygon", "MultiPolygon"):
        raise ValidationError(_("A boundary is a Polygon or a MultiPolygon."))
    polygons = [boundary["coordinates"]] if boundary["type"] == "Polygon" else boundary["coordinates"]
    count = 0
    for ring in _rings(polygons):
        count += len(ring)
        if count > MOST_POINTS:
            raise ValidationError(_("A boundary has at most %(most)s points.") % {"most": MOST_POINTS})
        _check_ring(ring)
    _check_geometry(shape(boundary))


def area_km2(geometry: Any) -> float:
    """The area of a geometry in degrees, in square kilometres; right to a few parts in a thousand for a community."""
    _west, south, _east, north = geometry.bounds
    return float(geometry.area) * DEGREE_KM**2 * cos(radians((south + north) / 2))


def geometry_in(document: Any) -> Any:
    """The geometry of a GeoJSON document: itself, or that of its only feature, without heights.

    Raises: ValidationError when the document holds none or several.
    """
    features = document.get("features") if isinstance(document, dict) else None
    if isinstance(features, list):
        if len(features) != 1:
            raise ValidationError(_("The file must hold exactly one area."))
        document = features[0]
    geometry = document.get("geometry", document) if isinstance(document, dict) else None
    if not isinstance(geometry, dict):
        raise ValidationError(_("The file holds no GeoJSON geometry."))
    kept = {name: geometry[name] for name in ("type", "coordinates") if name in geometry}
    return {**kept, "coordinates": _flat(kept.get("coordinates"))}


def _flat(value: Any, depth: int = 0) -> Any:
    """Coordinates without a third number, the height, which GeoJSON allows."""
    if not isinstance(value, list) or depth > 4:
        return value
    if len(value) == 3 and all(isinstance(number, int | float) for number in value):
        return value[:2]
    return [_flat(part, depth + 1) for part in value]


def _check_geometry(geometry: Any) -> None:
    west, south, east, north = geometry.bounds
    if not (CHINA[0] <= west and CHINA[1] <= south and east <= CHINA[2] and north <= CHINA[3]):
        raise ValidationError(_("The boundary lies outside China: are longitude and latitude in this order?"))
    if not geometry.is_valid:
        where = {"reason": shapely.is_valid_reason(geometry)}
        raise ValidationError(_("The lines of the boundary cross or touch themselves (%(reason)s).") % where)
    if not LEAST_KM2 <= area_km2(geometry) <= MOST_KM2:
        raise ValidationError(_("A community of %(area).4f km² cannot be.") % {"area": area_km2(geometry)})


def _rings(polygons: Any) -> Iterator[list[Any]]:
    for polygon in _filled(polygons):
        for ring in _filled(polygon):
            yield _filled(ring)


def _filled(value: Any) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise ValidationError(_("The coordinates of a boundary are lists of rings of points."))
    return value


def _check_ring(ring: list[Any]) -> None:
    if not all(_is_on_earth(point) for point in ring):
        raise ValidationError(_("A point of the boundary lies off the earth."))
    if len(ring) < 4 or ring[0] != ring[-1]:
        raise ValidationError(_("A ring of the boundary has at least four points and ends where it began."))


def _is_on_earth(point: Any) -> bool:
    if not isinstance(point, list) or len(point) != 2:
        return False
    if any(isinstance(number, bool) or not isinstance(number, int | float) for number in point):
        return False
    return abs(point[0]) <= 180 and abs(point[1]) <= 90
