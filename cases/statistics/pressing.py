"""Hot spots press for a decision: places at which the same disorder is reported again and again. The plan of patrols
asks where they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from cases import pressing
from cases.models import Case
from cases.pressing import Matter
from cases.statistics.models import Dimension
from cases.statistics.named import name_of
from cases.statistics.periods import Period
from cases.statistics.spots import DAYS, latest_at, spots_of_period
from citymgmt.coordinates import Point
from communities.models import KeyPlace

MOST = 10


@dataclass(frozen=True)
class HotPlace:
    """A hot spot of the last ninety days: its disorder and name, the latest case there, and where it is.

    `position` is in WGS-84 degrees; None: not known.
    """

    title: str
    name: str
    case: Case
    key_place_id: int | None
    count: int
    recurrences: int
    position: Point | None

    @property
    def background(self) -> str:
        """How often it came, in words."""
        return _("%(count)s cases in %(days)s days, %(again)s of them again after one was closed.") % {
            "count": self.count,
            "days": DAYS,
            "again": self.recurrences,
        }


def hot_places(subdistrict_id: int, at: datetime, most: int = MOST) -> Iterator[HotPlace]:
    """The worst hot spots of the last ninety days in a sub-district, the most recurrences first."""
    last_on = timezone.localdate(at)
    spots, _count = spots_of_period(subdistrict_id, Period(last_on - timedelta(days=DAYS), last_on), most)
    latest = latest_at(spots)
    for spot in spots:
        case = latest[spot.last_case_id]
        place = case.key_place if spot.key_place_id else None
        name = place.name if place else case.address or case.number
        title = f"{name_of(Dimension.DISORDER, str(spot.disorder_id))}: {name}"[:100]
        yield HotPlace(title, name, case, spot.key_place_id, spot.count, spot.recurrences, _position(place or case))


def _position(where: KeyPlace | Case) -> Point | None:
    if where.longitude is None or where.latitude is None:
        return None
    return float(where.longitude), float(where.latitude)


def hot_spot_matters(subdistrict_id: int, at: datetime) -> Iterator[Matter]:
    """The worst hot spots of the last ninety days, by their disorder and where it is."""
    return (Matter(title=one.title, background=one.background) for one in hot_places(subdistrict_id, at))


def register() -> None:
    """Say it once, when the app is ready."""
    pressing.register(hot_spot_matters)
