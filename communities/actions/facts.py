"""The standing facts of a sub-district: communities, duty grids, key places."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from citymgmt.people.models import User
from citymgmt.people.permissions import require
from communities.models import Community, DutyGrid, KeyPlace


@transaction.atomic
def save_place(*, place: Community | DutyGrid | KeyPlace, by: User | None, at: datetime) -> None:
    """Save a new or changed community, grid or key place of the own sub-district.

    Raises: NotFound (of another sub-district), NotPermitted.
    """
    community = place if isinstance(place, Community) else place.community
    require(by, "community.edit", community.subdistrict, on=timezone.localdate(at))
    place.save()
