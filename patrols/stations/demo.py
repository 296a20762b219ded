"""Stations of the demo offices: two weeks of daily checks, some with failed items, some missed, some made a case of."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from cases.demo import names
from citymgmt.people.models import User
from citymgmt.worktime import sweep
from communities.models import Community, KeyPlace
from patrols.stations import actions
from patrols.stations.actions import AnswerTold, StationTold
from patrols.stations.checklist import VALUE
from patrols.stations.models import ChecklistItem, DailyCheck, Station
from patrols.stations.querysets import items_of
from patrols.teams.models import Team
from patrols.teams.querysets import members_of

BEHIND, ONE_DAY = 12, timedelta(days=1)
CYCLE = 17  # days after which what happens to a station begins anew; its own place in it makes them differ
MISSED, EXCUSED, FAULTY, MADE_UP = 3, 8, (5, 12), 15  # at which places
UNITS = {"transfer": "街道环卫站", "collection": "街道环卫站", "toilet": "街道环卫站", "disinfection": "街道爱卫办"}
PEOPLE = ("陈国强", "李秀兰", "黄志明", "梁少芬", "何伟雄", "周丽华", "吴建平", "郑月娥")
FAULTS = {
    "地面清洁": "门口有污水和纸屑",
    "容器密闭": "两个桶盖缺失",
    "无满溢": "厨余桶已满，垃圾堆放在桶外",
    "渗滤液收集、无外流": "渗滤液流到人行道",
    "除臭": "异味明显，除臭剂用完",
    "工具摆放整齐": "扫把、拖把随处摆放",
}


@transaction.atomic
def make_stations(now: datetime) -> int:
    """How many stations were entered and checked; 0 when there are some, or no demo office."""
    if Station.objects.exists():
        return 0
    streets = {street.code: street for street in (names.BANYAN, names.KAPOK)}
    since = now - BEHIND * ONE_DAY
    clerks = User.objects.filter(subdistrict__code__in=streets, role="clerk", is_active=True).order_by("-username")
    by_street = {one.subdistrict.code: one for one in clerks.select_related("subdistrict") if one.subdistrict}
    for code, clerk in by_street.items():
        for told in _stations_of(streets[code]):
            actions.save_station(by=clerk, at=since, told=told)
    stations = list(Station.objects.order_by("pk"))
    for days in range(BEHIND, -1, -1) if stations else ():
        _play_day(now - days * ONE_DAY, now)
    return len(stations)


def _stations_of(street: names.StreetName) -> Iterator[StationTold]:
    """A toilet in the first street of each community, collection points in the others, here and there a transfer or a
    disinfection station; none where no team can check it.
    """
    teams = {
        team.kind: team for team in Team.objects.filter(subdistrict__code=street.code) if len(members_of(team)) > 1
    }
    cleaning = teams.get("cleaning_team") or next(iter(teams.values()), None)
    pest = teams.get("pest_team") or cleaning
    if cleaning is None or pest is None:
        return
    for n, one in enumerate(street.communities):
        community = Community.objects.get(subdistrict__code=street.code, name_zh=one.name_zh)
        roads = one.roads
        yield _told("toilet", f"{roads[0]}公厕", community, cleaning, n)
        for road in roads[1:] or roads:
            yield _told("collection", f"{road}垃圾收集点", community, cleaning, n)
        if n % 3 == 0:
            yield _told("transfer", f"{roads[0]}垃圾转运站", community, cleaning, n)
        if n % 2 == 0:
            yield _told("disinfection", f"{roads[0]}消毒站", community, pest, n)


def _told(kind: str, name: str, community: Community, team: Team, n: int) -> StationTold:
    place = KeyPlace.objects.filter(community=community, longitude__isnull=False).order_by("pk").first()
    told = StationTold(
        kind=kind,
        name_zh=name,
        community=community.pk,
        team=team.pk,
        unit=UNITS[kind],
        person=PEOPLE[(n + len(name)) % len(PEOPLE)],
        phone=f"020-8555{n:02d}{len(name):02d}",
        opens=time(0) if kind == "toilet" else time(6),
        closes=time(0) if kind == "toilet" else time(22),
        open_days=(1, 2, 3, 4, 5, 6) if kind == "disinfection" else (1, 2, 3, 4, 5, 6, 7),
        address=f"{name[:-3]}附近",
    )
    if place is None or place.longitude is None or place.latitude is None:
        return told
    east = Decimal(len(name) + n) / 10_000
    return replace(told, longitude=Decimal(place.longitude) + east, latitude=Decimal(place.latitude))


def _play_day(at: datetime, now: datetime) -> None:
    """Plan the checks of a day and make those that are made until now."""
    morning = timezone.localtime(at).replace(hour=6, minute=0, second=0, microsecond=0)
    if morning > now:
        return
    actions.plan_checks(at=morning)
    day = timezone.localdate(morning)
    checks = DailyCheck.objects.filter(on=day).select_related("station__subdistrict", "team").order_by("pk")
    known: dict[tuple[int, str], list[ChecklistItem]] = {}
    for n, check in enumerate(checks):
        station = check.station
        key = (station.subdistrict_id, station.kind)
        items = known.setdefault(key, items_of(*key))
        _play(check, items, (n * 5 + day.toordinal()) % CYCLE, morning + timedelta(minutes=75 + n * 7), now)
    sweep.run(min(morning + ONE_DAY, now))


def _play(check: DailyCheck, items: list[ChecklistItem], place: int, came_at: datetime, now: datetime) -> None:
    """One check by its place in the cycle: missed, excused, made up, with a failed item, or in order."""
    leader, *others = members_of(check.team)
    by = others[place % len(others)]
    if place == MADE_UP:
        came_at += ONE_DAY
    if place == MISSED or came_at > now:
        return
    if place == EXCUSED:
        actions.excuse_check(by=leader, at=came_at, pk=check.pk, reason="停水检修，当日停止开放")
        return
    wrong = items[place % len(items)] if place in FAULTY else None
    answers = [_answer(one, place, one is wrong) for one in items]
    event = actions.make_check(by=by, at=came_at, pk=check.pk, answers=answers)
    failed = event.daily_check.answers.filter(result="failed").order_by("ordinal").first()
    if failed is not None and place == FAULTY[0]:
        actions.log_failed_item(by=by, at=came_at, pk=check.pk, ordinal=failed.ordinal)


def _answer(item: ChecklistItem, place: int, is_wrong: bool) -> AnswerTold:
    if item.answer == VALUE:
        value = 320.0 if is_wrong else 420.0 + (place * 37) % 250
        return AnswerTold(item.pk, value=value, note="浓度不足，已要求重新配制" if is_wrong else "")
    if is_wrong and not item.needs_photo:
        return AnswerTold(item.pk, result="failed", note=FAULTS.get(item.name_zh, "已要求当日整改"))
    return AnswerTold(item.pk, result="ok")
