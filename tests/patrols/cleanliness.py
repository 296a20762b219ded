"""What tests of cleanliness begin with: street segments, a sample, a blind spot."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from citymgmt.people.models import User
from communities.placed import PlaceTold
from patrols.cleanliness.actions import SegmentTold, SpotTold, draw_sample, find_spot, save_segment
from patrols.cleanliness.models import BlindSpot, SampleDraw, StreetSegment
from tests.office import District
from tests.patrols.sites import NOW


def street_in(
    district: District, nth: int = 0, at: datetime = NOW, pk: int | None = None, **changed: Any
) -> StreetSegment:
    """A street of class 1 in a community of the first street office."""
    place = district.street.communities[nth].pk
    told = {"community": place, "code": "A1", "name": "建设路东段", "road_class": 1, "length_m": 600, **changed}
    return save_segment(by=district.street.clerk, at=at, told=SegmentTold(**told), pk=pk)


def sample_of(by: User, count: int = 4, seed: str = "2026-03-02 双色球 2026023", at: datetime = NOW) -> SampleDraw:
    """A sample of the streets of an office."""
    return draw_sample(by=by, at=at, seed=seed, count=count)


def spot_in(
    district: District, community: int = 0, at: datetime = NOW, by: User | None = None, **changed: Any
) -> BlindSpot:
    """A blind spot behind the market."""
    place = PlaceTold(district.street.communities[community].pk, "市场后巷")
    told = {"place": place, "name": "市场后巷垃圾堆", "found_on": timezone.localdate(at), **changed}
    return find_spot(by=by or district.street.clerk, at=at, told=SpotTold(**told))
