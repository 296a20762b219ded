"""Which community a point lies in: the boundaries of a sub-district, or of all, prepared once for each version."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy
import shapely
from django.apps import apps
from django.db.models import Count, Max
from shapely.geometry import shape

from communities.models import Community

Version = tuple[int | None, int]


@dataclass(frozen=True)
class Boundaries:
    """The areas of a sub-district's active communities, in the order of their codes."""

    community_ids: tuple[int, ...]
    areas: Any  # an array of prepared geometries


def community_at(subdistrict_id: int | None, longitude: float, latitude: float) -> int | None:
    """The id of the community whose boundary holds the point (WGS-84 degrees), in a sub-district or (None) anywhere;
    None outside all of them.

    A point on a border, or where boundaries overlap, belongs to the community with the lower code.
    """
    known = _boundaries(subdistrict_id, _version(subdistrict_id))
    if not known.community_ids:
        return None
    holds = shapely.covers(known.areas, shapely.Point(float(longitude), float(latitude)))
    return next((pk for pk, is_inside in zip(known.community_ids, holds, strict=True) if is_inside), None)


def _version(subdistrict_id: int | None) -> Version:
    """What changes with every change of a community: its audit rows are append-only.

    The count is needed beside the last id: of two transactions the one that began first may commit last.
    """
    found = _of(subdistrict_id, _audit_rows().objects.all()).aggregate(last=Max("pgh_id"), count=Count("pgh_id"))
    return found["last"], found["count"]


def _audit_rows() -> Any:
    return apps.get_model("communities", "CommunityEvent")


def _of(subdistrict_id: int | None, rows: Any) -> Any:
    return rows if subdistrict_id is None else rows.filter(subdistrict_id=subdistrict_id)


@lru_cache(maxsize=64)
def _boundaries(subdistrict_id: int | None, version: Version) -> Boundaries:
    rows = _of(subdistrict_id, Community.objects.filter(is_active=True, boundary__isnull=False))
    found = list(rows.order_by("code").values_list("pk", "boundary"))
    areas = numpy.array([shape(boundary) for _pk, boundary in found], dtype=object)
    shapely.prepare(areas)
    return Boundaries(tuple(pk for pk, _boundary in found), areas)
