"""Illegal buildings of the demo office: a dozen in all stages, over the last months, one of them built again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.demo import names
from cases.demo.people import spot_in
from citymgmt.people.models import SubDistrict, User
from citymgmt.people.roles import Role
from citymgmt.worktime import sweep
from communities.models import Community
from communities.placed import PlaceTold
from patrols.illegal_buildings import actions
from patrols.illegal_buildings.actions import BuildingTold
from patrols.illegal_buildings.models import IllegalBuilding

DAY = timedelta(days=1)
Step = tuple[str, int, dict[str, Any]]
PAPERS = {
    "stop": "停",
    "refer": "函",
    "order": "责",
    "remind": "催",
    "announce": "决",
    "hand_over": "移",
    "legalise": "核",
}
LAW: tuple[Step, ...] = (  # the steps of the law, each so many days after it was found, with the days for the party
    ("stop", 1, {}),
    ("refer", 4, {}),
    ("order", 15, {"term": 15}),
    ("remind", 33, {}),
    ("announce", 46, {"term": 7}),
)


@dataclass(frozen=True)
class Story:
    """A building of the demo: where and what, how many days ago it was found, what happened to it since."""

    address: str
    what: tuple[str, str, str]  # kind, found by, structure
    storeys: int
    m2: str
    ago: int
    steps: tuple[Step, ...]
    text: str = ""


def _removal(days: int, m2: str, way: str, note: str = "") -> Step:
    return "remove", days, {"area_m2": Decimal(m2), "way": way, "note": note}


STORIES = (
    Story("旧圩街 12 号楼顶", ("new", "patrol", "steel"), 1, "38", 0, (), "楼顶正在搭建铁皮棚，现场有三名工人施工。"),
    Story("榕荫路 45 号后院", ("new", "hotline", "brick"), 2, "76.50", 6, LAW[:1], "后院加建二层砖混房，已停工。"),
    Story("市场北门西侧", ("old", "survey", "light"), 1, "52", 12, (LAW[1],), "市场外墙搭建雨棚占用消防通道。"),
    Story(
        "工业路 3 号", ("old", "survey", "frame"), 3, "640", 30, (LAW[1], LAW[2]), "厂区内自建办公楼，未办理规划许可。"
    ),
    Story("榕荫一街 7 号", ("old", "report", "brick"), 1, "28.80", 40, LAW[1:4], "首层临街面外扩约两米。"),
    Story(
        "建设路 88 号",
        ("new", "patrol", "steel"),
        2,
        "210",
        60,
        (*LAW, _removal(50, "90", "owner", "当事人自行拆除北侧部分。")),
        "两层钢结构仓库。",
    ),
    Story(
        "河涌边 2 号", ("old", "survey", "brick"), 1, "135", 70, (*LAW[:2], ("hand_over", 20, {})), "占用河涌管理范围。"
    ),
    Story(
        "新村三巷 9 号",
        ("new", "patrol", "frame"),
        4,
        "480",
        95,
        (
            *LAW,
            _removal(60, "480", "force", "联合执法，街道、公安、消防到场，安全拆除。"),
            ("recheck", 75, {"note": "场地已平整。"}),
        ),
        "超出许可加建两层。",
    ),
    Story(
        "旧圩街 30 号",
        ("new", "report", "light"),
        1,
        "18",
        85,
        (LAW[0], _removal(3, "18", "owner"), ("regrow", 70, {"area_m2": Decimal(22), "note": "原址再次搭建。"})),
        "门前搭建遮阳棚。",
    ),
    Story(
        "小学后门", ("old", "hotline", "light"), 1, "15.60", 50, (_removal(8, "15.60", "owner"),), "占道搭建杂物间。"
    ),
    Story(
        "社区活动中心旁",
        ("old", "survey", "brick"),
        1,
        "60",
        110,
        (LAW[1], ("legalise", 45, {"note": "已补办建设工程规划许可。"})),
        "公共服务用房，手续不全。",
    ),
    Story(
        "榕荫路 45 号后院",
        ("new", "report", "brick"),
        2,
        "76.50",
        5,
        (("withdraw", 1, {"note": "与前一宗重复登记。"}),),
    ),
)


@transaction.atomic
def make_buildings(now: datetime) -> int:
    """How many illegal buildings were entered; 0 when there are some, or no demo office."""
    offices = SubDistrict.objects.filter(district_code=names.DISTRICT_CODE).order_by("code")
    if IllegalBuilding.objects.filter(subdistrict__in=offices).exists():
        return 0
    for office in offices:
        _play(office, now)
    sweep.run(now)
    return IllegalBuilding.objects.filter(subdistrict__in=offices).count()


def _play(office: SubDistrict, now: datetime) -> None:
    people = {
        role: User.objects.filter(subdistrict=office, role=role, is_active=True).order_by("pk").first()
        for role in (Role.CLERK, Role.LEADER)
    }
    clerk, leader = people[Role.CLERK], people[Role.LEADER]
    places = list(Community.objects.filter(subdistrict=office, is_active=True).order_by("code"))
    if clerk is None or leader is None or not places:
        return
    for n, story in sorted(enumerate(STORIES), key=lambda one: -one[1].ago):
        _tell(story, n, places[n % len(places)], clerk, leader, now)


def _tell(story: Story, n: int, community: Community, clerk: User, leader: User, now: datetime) -> None:
    found_at = now - story.ago * DAY
    origin, found_by, structure = story.what
    told = BuildingTold(
        place=PlaceTold(community.pk, story.address, *spot_in(community, n + 3)),
        origin=origin,
        found_on=timezone.localdate(found_at),
        found_by=found_by,
        structure=structure,
        storeys=story.storeys,
        area_m2=Decimal(story.m2),
        text=story.text,
        owner=f"{'陈李黄梁何周'[n % 6]}某",
        phone=f"1380000{n:04d}",
    )
    pk = actions.enter_building(by=clerk, at=found_at, told=told).building_id
    for name, days, given in story.steps:
        at = found_at + days * DAY
        by = leader if name in ("announce", "legalise", "withdraw") else clerk
        actions.act_on_building(name, pk=pk, by=by, at=at, **_given(name, n, at, given))


def _given(name: str, n: int, at: datetime, given: dict[str, Any]) -> dict[str, Any]:
    """What a step carries: its day, the number of its paper, the day for the party."""
    on = timezone.localdate(at)
    carried = {"on": on, **{key: value for key, value in given.items() if key != "term"}}
    if name in PAPERS:
        carried["document"] = f"街综执{PAPERS[name]}字〔{on.year}〕{n + 1:03d}号"
    return carried | ({"by_day": on + given["term"] * DAY} if "term" in given else {})
