"""Cleanliness of the demo office: streets of each community, half a year of samples, blind spots that are watched.

Which points were dirty is worked out from their metres, not drawn by chance, so that the demo is the same each time.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from cases.demo import names
from citymgmt.people.models import SubDistrict, User
from citymgmt.people.roles import Role
from communities.models import Community
from communities.placed import PlaceTold
from patrols.cleanliness import actions
from patrols.cleanliness.checks import ITEMS
from patrols.cleanliness.models import SampleDraw, StreetSegment

DAY = timedelta(days=1)
STREETS = (("大道", 1, 820), ("中路", 2, 640), ("横街", 3, 430), ("后巷", 4, 210))  # name, class, metres
SAMPLES, POINTS = 6, 60  # one a month
DIRTY_OF = {1: 17, 2: 11, 3: 8, 4: 5}  # of each class of road, one of so many metres is dirty
SPOTS = (  # place, days since it was found, the looks since, oldest first: + clean, - dirty
    ("市场后门", 60, "-+-++"),
    ("河涌桥底", 45, "++-"),
    ("拆迁空地", 30, "-+"),
    ("老旧小区垃圾房旁", 80, "-+++"),
    ("公交站背后绿化带", 12, ""),
    ("施工围挡外侧", 50, "+++"),
)


@transaction.atomic
def make_cleanliness(now: datetime) -> int:
    """How many street segments of the demo office were entered; 0 when there are some already, or no demo office."""
    offices = SubDistrict.objects.filter(district_code=names.DISTRICT_CODE).order_by("code")
    if StreetSegment.objects.filter(subdistrict__in=offices).exists():
        return 0
    return sum(_play(office, now) for office in offices)


def _play(office: SubDistrict, now: datetime) -> int:
    clerk = User.objects.filter(subdistrict=office, role=Role.CLERK, is_active=True).order_by("pk").first()
    places = list(Community.objects.filter(subdistrict=office, is_active=True).order_by("code"))
    if clerk is None or not places:
        return 0
    for n, place in enumerate(places):
        for name, road_class, length in STREETS:
            code, told = f"{n + 1:02}-{road_class}", f"{place.name_zh.removesuffix('社区')}{name}"
            segment = actions.SegmentTold(place.pk, code, told, road_class, length + 37 * n)
            actions.save_segment(by=clerk, at=now - 200 * DAY, told=segment)
    for back in range(SAMPLES, -1, -1):
        _sample(clerk, now - 30 * back * DAY, is_new=back == 0)
    _watch(clerk, places, now)
    return len(places) * len(STREETS)


def _sample(clerk: User, at: datetime, *, is_new: bool) -> None:
    """A sample whose points are looked at within a week; of a new one the first third."""
    draw = actions.draw_sample(by=clerk, at=at, seed=f"{at:%Y-%m-%d} 公开抽签", count=POINTS)
    points = _points(draw)[: POINTS // 3 if is_new else POINTS]
    codes = list(ITEMS)
    for n, (pk, road_class, metre) in enumerate(points):
        amiss = [codes[metre % len(codes)]] if metre % DIRTY_OF[road_class] == 0 else []
        actions.score_point(by=clerk, at=at if is_new else at + n % 7 * DAY, pk=pk, amiss=amiss)


def _points(draw: SampleDraw) -> Sequence[tuple[int, int, int]]:
    return list(draw.points.order_by("road_class", "ordinal").values_list("pk", "road_class", "metre"))


def _watch(clerk: User, places: Sequence[Community], now: datetime) -> None:
    for n, (name, ago, looks) in enumerate(SPOTS):
        found, place = now - ago * DAY, PlaceTold(places[n % len(places)].pk)
        told = actions.SpotTold(place, name, timezone.localdate(found), "居民反映，反复堆放垃圾。")
        spot = actions.find_spot(by=clerk, at=found, told=told)
        for week, look in enumerate(looks, 1):
            at = found + 7 * week * DAY
            note = "" if look == "+" else "又有垃圾堆放，已通知清运。"
            actions.look_at_spot(by=clerk, at=at, pk=spot.pk, is_clean=look == "+", note=note)
