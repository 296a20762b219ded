"""Street segments: entered and changed by the clerks of their office."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.faults import line_faults, number_faults, refuse, stripped
from citymgmt.people.models import User
from citymgmt.refusals import Invalid, NotFound
from communities.placed import communities_for
from patrols.cleanliness.actions.frame import in_office
from patrols.cleanliness.models import LONGEST_CODE, LONGEST_M, LONGEST_NAME, SHORTEST_M, StreetSegment


@dataclass(frozen=True)
class SegmentTold:
    """A street segment as a person writes it; `community` is an id."""

    community: int
    code: str
    name: str
    road_class: int
    length_m: int
    is_active: bool = True


def save_segment(*, by: User, at: datetime, told: SegmentTold, pk: int | None = None) -> StreetSegment:
    """Enter or change a segment of one's own office. Saving the same again changes nothing.

    Raises: NotFound, NotPermitted, WrongState, Invalid (also: the code is taken).
    """
    with in_office("save_segment", permission="cleanliness.keep", by=by) as office:
        values = _checked(told, by, at)
        own = StreetSegment.objects.filter(subdistrict=office)
        same = own.filter(code=values["code"]).exclude(pk=pk or 0).first()
        if same is not None:
            if pk is None and all(getattr(same, name) == value for name, value in values.items()):
                return same
            raise Invalid(fields={"code": [_("Another segment has this code.")]})
        row = StreetSegment(subdistrict=office) if pk is None else own.filter(pk=pk).first()
        if row is None:
            raise NotFound
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        return row


def _checked(told: SegmentTold, by: User, at: datetime) -> dict[str, Any]:
    """The columns. Raises: Invalid."""
    lines = {"code": LONGEST_CODE, "name": LONGEST_NAME}
    places = communities_for(by, "cleanliness.keep", timezone.localdate(at))
    is_place = 0 < told.community < 2**31 and places.filter(pk=told.community).exists()
    refuse({
        **line_faults(told, lines, tuple(lines)),
        "community": [] if is_place else [_("Choose one of these.")],
        "road_class": [] if told.road_class in StreetSegment.RoadClass.values else [_("Choose one of these.")],
        "length_m": number_faults(told.length_m, LONGEST_M, SHORTEST_M),
    })  # fmt: skip
    columns = {name: value for name, value in stripped(told).items() if name != "community"}
    return {**columns, "community_id": told.community}
