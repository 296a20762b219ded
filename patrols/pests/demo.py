"""Pest control of the demo office: a year of surveys and operations, breeding sites open and closed.

Figures follow the season: mosquitoes and flies are many from May to October, cockroaches in the warm months, rodents in
winter. They are worked out, not drawn by chance, so that the demo is the same each time.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.demo import names
from citymgmt.people.models import Organisation, User
from communities.models import Community
from patrols.pests import actions
from patrols.pests.models import DensitySurvey
from patrols.pests.querysets import communities_around
from patrols.teams.models import Team
from patrols.teams.querysets import members_of

MONTHS, SURVEY_DAY = 12, 12
MONITORED = 3  # communities with monitoring points
ONE_DAY = timedelta(days=1)
# method: sampled, minutes; positive in a good and in a bad month; animals for each positive (or, of landings, in all)
SAMPLES: dict[str, tuple[int, int | None, int, int, int]] = {
    "rodent_rooms": (60, None, 1, 3, 0),
    "rodent_path": (2000, None, 2, 5, 0),
    "mosquito_path": (2500, None, 1, 7, 0),
    "mosquito_ladle": (80, None, 1, 5, 5),
    "mosquito_landing": (2, 30, 0, 0, 4),
    "fly_rooms": (50, None, 1, 15, 2),
    "fly_food": (20, None, 0, 0, 0),
    "fly_breeding": (30, None, 0, 2, 0),
    "cockroach_rooms": (60, None, 1, 4, 0),
}
SEASON = {"rodent": (12, 1, 2), "mosquito": (6, 7, 8, 9), "fly": (5, 6, 7, 8, 9), "cockroach": (6, 7, 8)}
OPERATIONS: Sequence[dict[str, Any]] = (
    {"place": "文化广场绿地", "place_kind": "green", "pest": "mosquito", "method": "spray",
     "product": "高效氯氰菊酯悬浮剂", "ingredient": "高效氯氰菊酯5%", "registration": "WP20130108", "ratio": "1:100",
     "quantity": Decimal("2.5"), "unit": "l", "area_m2": 3200, "weather": "sunny", "is_notice_posted": True,
     "before": "傍晚成蚊较多，居民反映叮咬。", "after": "两日后复查，成蚊明显减少。"},
    {"place": "垃圾收集点及周边", "place_kind": "refuse", "pest": "fly", "method": "spray",
     "product": "氯菊·烯丙菊酯水乳剂", "ingredient": "氯菊酯10%、烯丙菊酯1%", "registration": "WP20080331",
     "ratio": "1:50", "quantity": Decimal("1.2"), "unit": "l", "area_m2": 600, "weather": "cloudy",
     "is_notice_posted": True, "before": "桶口及地面有成蝇。", "after": "当日成蝇消失，地面已冲洗。"},
    {"place": "下水道检查井", "place_kind": "sewer", "pest": "cockroach", "method": "fog",
     "product": "右旋胺菊酯热雾剂", "ingredient": "右旋胺菊酯2%", "registration": "WP20110042", "ratio": "",
     "quantity": Decimal("3"), "unit": "l", "points": 46, "weather": "sunny", "is_notice_posted": True,
     "before": "井壁有蜚蠊活动。", "after": "抽查六口井，未见活体。"},
    {"place": "农贸市场外围", "place_kind": "market", "pest": "rodent", "method": "bait",
     "product": "溴敌隆毒饵", "ingredient": "溴敌隆0.005%", "registration": "WP20090217", "ratio": "",
     "quantity": Decimal("6"), "unit": "kg", "points": 60, "weather": "cloudy", "is_notice_posted": True,
     "before": "发现鼠洞四处、鼠粪多处。", "after": "一周后盗食率下降，堵洞四处。"},
    {"place": "老旧楼梯间", "place_kind": "stairwell", "pest": "cockroach", "method": "trap",
     "product": "粘蟑屋", "quantity": Decimal(80), "unit": "piece", "points": 80, "weather": "indoors",
     "before": "管道井有蜚蠊。", "after": "一周内捕获三十七只。"},
)  # fmt: skip
SITES = (
    ("屋顶废弃花盆", "container", "mosquito", 74, 70, "清除花盆，告知住户。", 9),
    ("工地基坑积水", "standing_water", "mosquito", 41, 38, "抽干积水，投放灭蚊幼剂。", None),
    ("后巷堆放的旧轮胎", "container", "mosquito", 23, None, "", None),
    ("市场后门垃圾堆", "rubbish", "fly", 5, None, "", None),
    ("河涌边鼠洞", "burrow", "rodent", 30, 26, "堵洞投饵。", None),
    ("污水井盖破损处", "drain", "cockroach", 12, None, "", None),
)  # place, kind, pest; how many days ago found, closed, found again; what was done


@transaction.atomic
def make_pests(now: datetime) -> int:
    """How many pest teams of the demo office were given records; 0 when they have some already."""
    teams = Team.objects.filter(district_code=names.DISTRICT_CODE, kind=Organisation.Kind.PEST_TEAM)
    return sum(_play(team, now) for team in teams.order_by("subdistrict", "key"))


def _play(team: Team, now: datetime) -> bool:
    people, places = members_of(team), list(communities_around(team))
    if not (people and places) or DensitySurvey.objects.filter(team=team).exists():
        return False
    today = timezone.localdate(now)
    for back in range(MONTHS):
        month = _month_before(today, back)
        for n, place in enumerate(places[: len(OPERATIONS)]):
            if n < MONITORED:
                _survey(team, people[-1], place, n, min(month.replace(day=SURVEY_DAY + n), today), now)
            _operate(team, people, places[(n + back) % len(places)], n, min(month.replace(day=3 + 4 * n), today), now)
    _find_sites(team, people[-1], places, today, now)
    return True


def _month_before(today: date, back: int) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
    return date(year, month + 1, 1)


def _afternoon(on: date, now: datetime) -> datetime:
    """Four o'clock on a day, no later than the present moment."""
    return min(datetime.combine(on, time(16), timezone.get_current_timezone()), now)


def _survey(team: Team, by: User, place: Community, n: int, on: date, now: datetime) -> None:
    """One survey by each method; in the season of a pest the first two communities have more of it."""
    for method, (sampled, minutes, few, many, animals) in SAMPLES.items():
        is_bad = on.month in SEASON[method.split("_")[0]] and n < 2
        positive = many if is_bad else few * ((on.month + n) % 2)
        counted = (animals if is_bad else n % 2) if method == "mosquito_landing" else positive * animals
        numbers: dict[str, Any] = {"sampled": sampled, "minutes": minutes, "positive": positive, "counted": counted}
        told = actions.SurveyTold(method, place.pk, f"{place.name_zh}监测点", on, **numbers)
        actions.save_survey(by=by, at=_afternoon(on, now), team=team.pk, told=told)


def _operate(team: Team, people: Sequence[User], place: Community, n: int, on: date, now: datetime) -> None:
    """One operation by a member, checked by the leader unless it was in the last days."""
    one = {**OPERATIONS[n], "place": f"{place.name_zh}{OPERATIONS[n]['place']}"}
    if "registration" in one:
        one["batch"] = f"{on:%y%m}0{n + 1}"
    told = actions.OperationTold(community=place.pk, on=on, people=(people[-1].pk,), **one)
    done = actions.save_operation(by=people[-1], at=_afternoon(on, now), team=team.pk, told=told)
    if on < timezone.localdate(now) - 5 * ONE_DAY and people[0] != people[-1]:
        actions.check_operation(by=people[0], at=_afternoon(on + ONE_DAY, now), pk=done.pk)


def _find_sites(team: Team, by: User, places: Sequence[Community], today: date, now: datetime) -> None:
    for n, (place, kind, pest, found, closed, done, again) in enumerate(SITES):
        community = places[n % len(places)]
        days = [today - ago * ONE_DAY for ago in (found, closed or 0, again or 0)]
        told = actions.SiteTold(community.pk, place, kind, pest, days[0], "巡查发现。")
        pk = actions.find_site(by=by, at=_afternoon(days[0], now), team=team.pk, told=told).pk
        if closed is not None:
            actions.close_site(by=by, at=_afternoon(days[1], now), pk=pk, on=days[1], done=done)
        if again is not None:
            note = "复查时再次发现积水。"
            actions.find_again(by=by, at=_afternoon(days[2], now), pk=pk, on=days[2], note=note)
