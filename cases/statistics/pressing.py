"""Hot spots press for a decision: places at which the same disorder is reported again and again."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from cases import pressing
from cases.pressing import Matter
from cases.statistics.models import Dimension
from cases.statistics.named import name_of
from cases.statistics.periods import Period
from cases.statistics.spots import DAYS, latest_at, spots_of_period

MOST = 10


def hot_spot_matters(subdistrict_id: int, at: datetime) -> Iterator[Matter]:
    """The worst hot spots of the last ninety days, by their disorder and where it is."""
    last_on = timezone.localdate(at)
    spots, _count = spots_of_period(subdistrict_id, Period(last_on - timedelta(days=DAYS), last_on), MOST)
    latest = latest_at(spots)
    for spot in spots:
        case = latest[spot.last_case_id]
        where = case.key_place.name if spot.key_place_id and case.key_place else case.address or case.number
        yield Matter(
            title=f"{name_of(Dimension.DISORDER, str(spot.disorder_id))}: {where}"[:100],
            background=_("%(count)s cases in %(days)s days, %(again)s of them again after one was closed.")
            % {"count": spot.count, "days": DAYS, "again": spot.recurrences},
        )


def register() -> None:
    """Say it once, when the app is ready."""
    pressing.register(hot_spot_matters)
