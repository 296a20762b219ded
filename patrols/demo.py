"""Teams of the demo office: shifts, three weeks behind and the months to come, attendance, leave, certificates.

Each other room plays its own part, in its own `demo`. `manage.py seed_demo` calls `seed`. Everything goes through the
actions, at the moments at which it happened.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.demo import names
from citymgmt.people.models import User
from communities.models import Community
from patrols.cleanliness.demo import make_cleanliness
from patrols.findings.demo import make_findings
from patrols.guards.demo import make_guards
from patrols.illegal_buildings.demo import make_buildings
from patrols.pests.demo import make_pests
from patrols.rounds.demo import walk_rounds
from patrols.rounds.planned_demo import make_plans
from patrols.sites.demo import make_sites
from patrols.stations.demo import make_stations
from patrols.teams import actions
from patrols.teams.actions.setting_up import USUAL
from patrols.teams.models import Certificate, Duty, Rotation, Team
from patrols.teams.querysets import members_of
from patrols.teams.rotation import ONE_DAY, month_of

BEHIND = 20 * ONE_DAY
MINUTE = timedelta(minutes=1)
KIND = Certificate.Kind
OF_KIND = {"cleaning_team": KIND.DRIVING, "enforcement_team": KIND.ENFORCEMENT, "pest_team": KIND.PEST}


def seed(*, now: datetime, tell: Callable[[str], object], **_others: Any) -> None:
    """Play the teams of the demo office and what they look after, once. Without a demo office nothing happens."""
    for make, sentence in (
        (make_teams, _("%(count)d demo teams have a duty calendar.")),
        (make_stations, _("%(count)d demo stations were checked for two weeks.")),
        (make_sites, _("%(count)d demo construction sites are inspected.")),
        (make_buildings, _("%(count)d demo illegal buildings are on their way through the law.")),
        (make_plans, _("%(count)d demo routes are planned.")),
        (walk_rounds, _("%(count)d demo rounds are walked.")),
        (make_findings, _("%(count)d demo findings are noted.")),
        (make_cleanliness, _("%(count)d demo street segments are looked at.")),
        (make_guards, _("%(count)d demo guard posts have their watches.")),
        (make_pests, _("%(count)d demo pest teams have records.")),
    ):
        count = make(now)
        if count:
            tell(sentence % {"count": count})


@transaction.atomic
def make_teams(now: datetime) -> int:
    """How many teams were given a calendar; 0 when they have one already."""
    teams = Team.objects.filter(district_code=names.DISTRICT_CODE, rotation=None).order_by("subdistrict", "key")
    played = [team for team in teams if _play(team, now)]
    if played:
        actions.tell_of_certificates(at=now)
    return len(played)


def _play(team: Team, now: datetime) -> bool:
    people = members_of(team)
    if len(people) < 2:
        return False
    leader = people[0]
    since = now - BEHIND
    _set_up(team, leader, people, since)
    today = timezone.localdate(now)
    last_month = month_of(today)[0] - ONE_DAY
    if last_month >= timezone.localdate(since):
        actions.plan_month(by=leader, at=since, team=team.pk, month=last_month)
    actions.plan_month(by=leader, at=max(since, _start_of_month(now)), team=team.pk, month=today)
    actions.plan_month(by=leader, at=now, team=team.pk, month=month_of(today)[1] + ONE_DAY)
    _attend(team, now)
    member = _on_both_days(team, people[1:], today + 3 * ONE_DAY)
    away = actions.LeaveTold(member.pk, today + 3 * ONE_DAY, today + 4 * ONE_DAY, reason="事假")
    actions.grant_member_leave(by=leader, at=now, team=team.pk, told=away)
    for person, kind, days in (
        (leader, OF_KIND[team.kind], 20),
        (member, OF_KIND[team.kind], 400),
        (member, KIND.FIRST_AID, -5),
    ):
        number = f"{team.kind[:2].upper()}{person.pk:06d}"
        told = actions.CertificateTold(person.pk, kind, number, today - 700 * ONE_DAY, today + days * ONE_DAY)
        actions.save_certificate(by=leader, at=now, team=team.pk, told=told)
    return Rotation.objects.filter(team=team).exists()


def _on_both_days(team: Team, people: list[User], on: date) -> User:
    """Who is on duty on this day and the next, so that a leave leaves a gap."""
    duties = Duty.objects.filter(team=team, on__range=(on, on + ONE_DAY), is_removed=False)
    counted = Counter(duties.values_list("user", flat=True))
    return max(people, key=lambda one: counted[one.pk])


def _start_of_month(now: datetime) -> datetime:
    return timezone.localtime(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _set_up(team: Team, leader: User, people: list[User], at: datetime) -> None:
    """Two days each: one person in the evening and, from three on, one at rest; all others in the day."""
    given: dict[str, Any] = {"by": leader, "at": at, "team": team.pk}
    day, evening, night = actions.make_usual_shifts(**given)
    told = actions.ShiftTold(*USUAL[2], fewest=0)
    actions.save_shift(**given, pk=night.pk, told=replace(told, is_active=False))
    in_the_day = max(len(people) - 2, 1)
    actions.save_shift(**given, pk=day.pk, told=actions.ShiftTold(*USUAL[0], fewest=in_the_day))
    places = Community.objects.filter(subdistrict=team.subdistrict_id, is_active=True).order_by("code")
    actions.set_area(**given, communities=[one.pk for one in places])
    rest = [0] * 2 if len(people) > 2 else []
    cycle = [*[day.pk] * 2 * in_the_day, *[evening.pk] * 2, *rest]
    order = [one.pk for one in people]
    actions.set_rotation(**given, since=timezone.localdate(at), step=2, cycle=cycle, members=order)


def _attend(team: Team, now: datetime) -> None:
    """Who was on duty until now came, now and then late, once not at all."""
    past = Duty.objects.filter(team=team, period__startswith__lt=now).select_related("user")
    for n, duty in enumerate(past.order_by("period", "pk")):
        came_at = duty.starts_at + (15 if n % 9 == 4 else -6 - n % 5) * MINUTE
        if n % 13 != 7 and came_at <= now:
            actions.check_in(by=duty.user, at=came_at, pk=duty.pk)
            if duty.ends_at <= now:
                actions.check_out(by=duty.user, at=duty.ends_at, pk=duty.pk)
