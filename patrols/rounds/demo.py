"""Rounds of the demo teams, some days behind and today: walked by who is on duty, missed, excused, under way.

The routes and plans are those of `patrols.rounds.planned_demo`.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from cases.demo import names
from citymgmt.people.models import User
from patrols.rounds.actions.excusing import excuse_round
from patrols.rounds.actions.walking import CheckIn, finish_round, see_point, skip_point, start_round
from patrols.rounds.lifecycle import APPOINTED
from patrols.rounds.models import PatrolRound, Route, Visit
from patrols.rounds.planned_demo import plan_days
from patrols.teams.actions import Position
from patrols.teams.models import IN_FORCE, Duty, Team
from patrols.teams.querysets import members_of

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
BEHIND = (6, 2, 1)  # days before today on which the first route of each team was to be walked
MISSED, EXCUSED, SKIPPED = 7, 5, 9  # of so many rounds (points) one
UNDER_WAY = 20 * MINUTE  # since the round of a shift that runs has begun
REASONS = ("暴雨红色预警", "全员参加应急处置")
CLOSED = "正在施工，无法通行"


@transaction.atomic
def walk_rounds(now: datetime) -> int:
    """How many rounds the demo teams have begun; 0 without routes, or when some are walked already."""
    teams = Team.objects.filter(district_code=names.DISTRICT_CODE).order_by("subdistrict", "key")
    if PatrolRound.objects.filter(team__in=teams, started_at__isnull=False).exists():
        return 0
    return sum(_play(team, now) for team in teams)


def _play(team: Team, now: datetime) -> int:
    leader = next(iter(members_of(team)), None)
    routes = list(Route.objects.filter(team=team, is_active=True).order_by("pk"))
    if leader is None or not routes:
        return 0
    for days in BEHIND:
        plan_days(routes[0], leader, now - (days + 1) * DAY, count=1)
    rounds = PatrolRound.objects.filter(team=team, state=APPOINTED, starts_at__lt=now)
    free_at: dict[int, datetime] = {}  # by whom: each walks one round after the other
    begun = 0
    for n, found in enumerate(rounds.order_by("starts_at", "pk"), 1):
        walker = _on_duty(found, n)
        is_over = found.is_overdue(now)
        if is_over and n % EXCUSED == 2:
            excuse_round(pk=found.pk, by=leader, at=found.starts_at + MINUTE, note=REASONS[n % len(REASONS)])
        elif walker is not None and not (is_over and n % MISSED == 1):
            opens = found.starts_at if is_over else max(found.starts_at, now - UNDER_WAY)
            begins = max(opens, free_at.get(walker.pk, opens)) + MINUTE
            if begins < now:
                free_at[walker.pk] = _walk(found, walker, begins, now)
                begun += 1
    return begun


def _on_duty(round_: PatrolRound, turn: int) -> User | None:
    """Who of those on duty walks it: each in turn."""
    duties = list(
        Duty.objects.filter(IN_FORCE, shift=round_.shift_id, on=round_.on).select_related("user").order_by("pk")
    )
    return duties[turn % len(duties)].user if duties else None


def _walk(round_: PatrolRound, walker: User, at: datetime, now: datetime) -> datetime:
    """Walk a round as far as it goes until now; gives the moment until which its walker is busy."""
    start_round(pk=round_.pk, by=walker, at=at)
    for n, visit in enumerate(_ahead(round_), 1):
        at += (5 + n % 4) * MINUTE
        if at >= now:
            return now + DAY
        given: dict[str, Any] = {"pk": round_.pk, "ordinal": visit.ordinal, "by": walker, "at": at}
        if n % SKIPPED == 4:
            skip_point(**given, note=CLOSED)
        else:
            see_point(**given, told=_told(visit, n))
    finish_round(pk=round_.pk, by=walker, at=at + MINUTE)
    return at + MINUTE


def _ahead(round_: PatrolRound) -> Iterable[Visit]:
    return round_.visits.select_related("point").order_by("ordinal")


def _told(visit: Visit, n: int) -> CheckIn:
    """Most by position, some by the sign, now and then by word."""
    if n % 5 == 0:
        return CheckIn(code=visit.point.code)
    if n % 11 == 6:
        return CheckIn(is_by_word=True, note="楼间信号弱，已到点位")
    place = visit.point
    return CheckIn(Position(float(place.longitude), float(place.latitude) + 0.0001 * (n % 4), 12.0))
