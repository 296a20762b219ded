"""Guard posts of the demo offices: a month of watches behind, stood, late, missed, excused; looks at the key places."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from cases.demo import names
from citymgmt.people.models import Organisation, User
from citymgmt.worktime import sweep
from communities.placed import PlaceTold
from patrols.guards import actions
from patrols.guards.actions import Arrival, HoursTold, LookTold, PostTold
from patrols.guards.condition import SERIOUS, SLIGHT
from patrols.guards.lifecycle import PLANNED
from patrols.guards.models import GuardedPlace, GuardPost, GuardWatch
from patrols.guards.querysets import disorders
from patrols.teams.actions import Position
from patrols.teams.models import Team
from patrols.teams.querysets import members_of
from patrols.teams.rotation import ONE_DAY, month_of

BEHIND, MINUTE = 30 * ONE_DAY, timedelta(minutes=1)
HOURS = (  # of the posts of a team, one after the other
    (("working", time(7), time(9)), ("working", time(17), time(19))),
    (("every", time(19, 30), time(21, 30)),),
    (("working", time(11), time(13)), ("off", time(9, 30), time(11, 30))),
)
CYCLE = 19  # watches after which what happens begins anew
MISSED, ABSENT, BY_WORD, EARLY, LATE, SILENT = (6,), (11,), (3, 14), (8,), (4, 16), (5, 12, 18)
SIDES = ("岗亭", "路口岗", "门前岗")


@transaction.atomic
def make_guards(now: datetime) -> int:
    """How many guard posts the demo teams have; 0 when there are some, or no demo office."""
    if GuardPost.objects.exists():
        return 0
    kind = Organisation.Kind.ENFORCEMENT_TEAM
    teams = Team.objects.filter(district_code=names.DISTRICT_CODE, kind=kind).order_by("subdistrict", "key")
    return sum(_play(team, now) for team in teams)


def _play(team: Team, now: datetime) -> int:
    people = members_of(team)
    places = GuardedPlace.objects.filter(community__subdistrict=team.subdistrict_id, longitude__isnull=False)
    chosen = list(places.order_by("community__code", "pk")[: len(HOURS)])
    if len(people) < 2 or not chosen:
        return 0
    leader, since = people[0], now - BEHIND
    for n, place in enumerate(chosen):
        _set_up(team, leader, place, n, since)
    _plan(team, leader, since, now)
    _stand(team, leader, now)
    sweep.run(now)
    _look(chosen, people, now)
    return len(chosen)


def _set_up(team: Team, leader: User, place: GuardedPlace, n: int, at: datetime) -> None:
    """A post at a key place, with its hours."""
    told = PostTold(
        f"{place.name_zh}{SIDES[n]}", team.pk, PlaceTold(0), timezone.localdate(at), key_place=place.pk, radius_m=100
    )
    post = actions.save_post(by=leader, at=at, told=told)
    for days, starts, ends in HOURS[n]:
        actions.save_hours(by=leader, at=at, post=post.pk, told=HoursTold(days, starts, ends))


def _plan(team: Team, leader: User, since: datetime, now: datetime) -> None:
    """Each month until the next, planned before it began."""
    month = month_of(timezone.localdate(since))[0]
    last = month_of(timezone.localdate(now))[1] + ONE_DAY
    while month <= last:
        begins = timezone.make_aware(datetime.combine(month, time()))
        at = min(max(since, begins - MINUTE), now)
        actions.plan_watches(by=leader, at=at, team=team.pk, month=month)
        month = month_of(month)[1] + ONE_DAY


def _stand(team: Team, leader: User, now: datetime) -> None:
    """What happened to each watch until now, by its place in the cycle."""
    rows = GuardWatch.objects.filter(team=team, period__startswith__lt=now, state=PLANNED)
    today = None
    for n, watch in enumerate(rows.select_related("post", "user").order_by("period", "pk")):
        if watch.on != today:
            today = watch.on
            sweep.run(watch.starts_at - timedelta(hours=2))
        turn = n % CYCLE
        if turn in ABSENT:
            before = watch.starts_at - 30 * MINUTE
            actions.report_absence(pk=watch.pk, by=leader, at=before, reason="临时抽调参加应急值守")
        elif turn not in MISSED and watch.user is not None:
            _stand_one(watch, watch.user, turn, now)


def _stand_one(watch: GuardWatch, guard: User, turn: int, now: datetime) -> None:
    came_at = watch.starts_at + (12 if turn in LATE else -4 - turn % 5) * MINUTE
    if came_at >= now:
        return
    east, north = watch.post.point
    told = Arrival(Position(east, north + 0.0001 * (turn % 4), 12.0))
    if turn in BY_WORD:
        told = Arrival(is_by_word=True, note="楼间信号弱，已到岗")
    actions.arrive(pk=watch.pk, by=guard, at=came_at, told=told)
    left_at = watch.ends_at - 25 * MINUTE if turn in EARLY else watch.ends_at + (turn % 3) * MINUTE
    is_silent = turn in SILENT and timezone.localtime(watch.starts_at).hour >= 19  # the last one of the day
    if left_at < now and not is_silent:
        note = "支援相邻路段清理占道" if turn in EARLY else ""
        actions.leave_post(pk=watch.pk, by=guard, at=left_at, note=note)


def _look(places: Sequence[GuardedPlace], people: Sequence[User], now: datetime) -> None:
    """A look at each place every other day, half a year back; slowly it becomes more orderly."""
    keys = [one.key for one in disorders()]
    for n, place in enumerate(places):
        for days in range(180, -1, -3):
            at = now - days * ONE_DAY - (n + 1) * 37 * MINUTE
            seen = {keys[(days + n) % len(keys)]: SLIGHT} if days % 2 else {}
            if days > 60 and (days // 3 + n) % 4 == 0:
                seen[keys[(days + n + 2) % len(keys)]] = SERIOUS
            if (days // 3) % 7 == n:
                seen[keys[(n + 1) % len(keys)]] = SLIGHT
            person = people[(days // 3 + n) % len(people)]
            actions.take_look(by=person, at=at, place=place.pk, told=LookTold(seen))
