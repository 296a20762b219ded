"""Whose a place is, when nobody has logged in and any office may be meant."""

from typing import Any

from cases.named import kept_names
from citymgmt.people.models import SubDistrict
from communities.models import Community
from communities.places import community_at


def communities_served() -> list[Community]:
    """The active communities of all offices, by office and code."""
    known = kept_names()[Community].values()
    return sorted((one for one in known if one.is_active), key=lambda one: (one.subdistrict_id, one.code))


def offices_served() -> list[SubDistrict]:
    """All sub-districts of this installation."""
    return list(kept_names()[SubDistrict].values())


def community_of(longitude: Any, latitude: Any) -> Community | None:
    """The community that holds a point in WGS-84 degrees, in whichever office's area; None outside all of them."""
    for office in offices_served():
        pk = community_at(office.pk, longitude, latitude)
        if pk is not None:
            return kept_names()[Community].get(pk)
    return None
