"""The standing facts of a sub-district: communities, duty grids, key places."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.refusals import Invalid
from communities.actions.changing import tell_of_change
from communities.boundaries import check_boundary
from communities.models import Community, DutyGrid, KeyPlace
from communities.querysets import locked_community


@transaction.atomic
def save_place(*, place: Community | DutyGrid | KeyPlace, by: User | None, at: datetime) -> None:
    """Save a new or changed community, grid or key place of the own sub-district.

    Raises: NotFound (of another sub-district), NotPermitted, Invalid (a boundary that cannot be).
    """
    community = place if isinstance(place, Community) else place.community
    require(by, "community.edit", community.subdistrict, on=timezone.localdate(at))
    if isinstance(place, Community):
        _check(place)
    place.save()
    if isinstance(place, Community):
        tell_of_change(locked_community(place.pk).pk, at)


def _check(community: Community) -> None:
    try:
        check_boundary(community.boundary)
    except ValidationError as error:
        raise Invalid(fields={"boundary": error.messages[0]}) from error
