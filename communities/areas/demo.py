"""Residential areas of the demo office: a few in each stage, with contracts that began over the last two years."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from citymgmt.people.models import SubDistrict, User
from citymgmt.people.roles import Role
from citymgmt.worktime import sweep
from communities.areas import actions
from communities.areas.actions import AreaTold, AssessmentTold, ContractTold
from communities.areas.seeded import SEEDED
from communities.models import Community, ResidentialArea
from communities.placed import PlaceTold

DAY = timedelta(days=1)
Step = tuple[str, int, dict[str, Any]]


@dataclass(frozen=True)
class Story:
    """An area of the demo: what it is, how many days ago it was entered, its contract then, and what happened since,
    each step so many days after the entry.
    """

    name: str
    kind: str
    size: tuple[int, int, str, int]  # buildings, households, m², year
    ago: int
    points: dict[str, int] | None = None  # of its assessment, 7 for what is not named; None: never assessed
    steps: tuple[Step, ...] = ()
    contract: tuple[str, str, int] | None = None  # provider, fee, days since it began


PILOT: Step = (
    "begin_pilot",
    10,
    {
        "provider": "安居物业",
        "services": "每日保洁两次；南门设门岗，夜间巡逻",
        "let_off_percent": Decimal(30),
        "subsidy": Decimal(36000),
        "until_on": 190,
    },
)
OPINION: Step = ("ask_residents", 100, {"asked": 320, "in_favour": 236, "against": 41})
SIGN: Step = ("sign", 150, {"provider": "安居物业", "fee": Decimal("0.80"), "from_on": 150, "until_on": 880})
REVIEW: Step = ("review", 300, {"score": 84, "complaints": 6, "follow_up": "3 栋楼道灯未修复；垃圾投放点早高峰满溢"})
STORIES = (
    Story("榕荫小区", "old", (12, 360, "28600", 1992), 40, {"consent": 5, "enclosure": 3, "rooms": 2}),
    Story("工人新村", "unit", (8, 240, "16800", 1986), 60, {"boundary": 4, "utilities": 3, "party": 9}),
    Story("河涌苑", "old", (6, 180, "13200", 1995), 25, {"consent": 9, "payment": 8}),
    Story("新圩宿舍", "unit", (3, 96, "6400", 1983), 15),
    Story("育才小区", "old", (10, 320, "25400", 1994), 130, {"consent": 8}, (PILOT, OPINION)),
    Story("建设新村", "old", (14, 420, "33800", 1990), 420, {"consent": 8, "party": 9}, (PILOT, OPINION, SIGN, REVIEW)),
    Story("锦绣花园", "market", (9, 680, "81200", 2006), 500, None, (REVIEW,), ("锦绣物业", "1.95", 2900)),
    Story("城南安置区", "relocation", (16, 960, "88400", 2013), 480, None, (), ("城投物业", "1.20", 420)),
)


@transaction.atomic
def make_areas(now: datetime, district_code: str) -> int:
    """How many residential areas were entered; 0 when there are some, or no demo office."""
    offices = list(SubDistrict.objects.filter(district_code=district_code).order_by("code"))
    if not offices or ResidentialArea.objects.exists():
        return 0
    for office in offices:
        _play(office, now)
    sweep.run(now)
    return ResidentialArea.objects.filter(community__subdistrict__in=offices).count()


def _play(office: SubDistrict, now: datetime) -> None:
    clerk, leader = (_of_role(office, role) for role in (Role.CLERK, Role.LEADER))
    places = list(Community.objects.filter(subdistrict=office, is_active=True).order_by("code"))
    if clerk is None or leader is None or not places:
        return
    for number, story in enumerate(STORIES):
        _tell(story, places[number % len(places)], now, clerk, leader)


def _of_role(office: SubDistrict, role: Role) -> User | None:
    return User.objects.filter(subdistrict=office, role=role, is_active=True).order_by("pk").first()


def _tell(story: Story, place: Community, now: datetime, clerk: User, leader: User) -> None:
    began = timezone.localtime(now - story.ago * DAY).replace(hour=9, minute=30)
    on = timezone.localdate(began)
    buildings, households, m2, year = story.size
    contract = None
    if story.contract:
        provider, fee, since = story.contract
        today = timezone.localdate(now)
        contract = ContractTold(provider, Decimal(fee), today - since * DAY, today + 400 * DAY)
    told = AreaTold(
        place=PlaceTold(place.pk, f"{story.name.removesuffix('小区')}路 {buildings} 号"),
        name=story.name,
        kind=story.kind,
        building_count=buildings,
        household_count=households,
        floor_area_m2=Decimal(m2),
        built_year=year,
        contract=contract,
    )
    pk = actions.enter_area(by=clerk, at=began, told=told).area_id
    if story.points is not None:
        points = {one.key: story.points.get(one.key, 7) for one in SEEDED.criteria}
        found = AssessmentTold(
            on + 5 * DAY, 0, points, {"consent": "入户征求意见汇总表"}, "街道、社区、居民代表联合评估"
        )
        actions.assess_area(pk=pk, by=clerk, at=began + 5 * DAY, told=found)
    for name, days, given in story.steps:
        by = clerk if name in ("ask_residents", "review") else leader
        dated = {key: on + value * DAY if key.endswith("_on") else value for key, value in given.items()}
        actions.act_on_area(name, pk=pk, by=by, at=began + days * DAY, on=on + days * DAY, **dated)
