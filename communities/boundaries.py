"""What a boundary may be: a GeoJSON polygon on the earth, and nothing else."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_POINTS = 20_000


def check_boundary(boundary: Any) -> None:
    """Refuse what is no Polygon or MultiPolygon in degrees. Raises: ValidationError. Source: RFC 7946, 3.1."""
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
