"""Checks are planned: one for each station in use, on each day on which it is open."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from citymgmt.bulk import next_id
from citymgmt.worktime.rules import Rules, current_rules, hold_rules
from patrols.stations.journal import Journal, end_of
from patrols.stations.lifecycle import PLAN, PLANNED, WAITING
from patrols.stations.models import DailyCheck, Station
from patrols.stations.querysets import stations_to_plan

BATCH = 200


def plan_checks(*, at: datetime) -> int:
    """Plan the checks of the day in which `at` lies; returns how many. Repeating it, or doing it at several places at
    once, plans nothing twice; a day that passed while nobody planned stays without.
    """
    on = timezone.localdate(at)
    count = 0
    while planned := _plan_some(on, at):
        count += planned
    return count


@transaction.atomic
def _plan_some(on: date, at: datetime) -> int:
    """Plan for some stations that nobody else works on; 0 when there is none left."""
    hold_rules()
    free = stations_to_plan(on).select_for_update(of=("self",), no_key=True, skip_locked=True)
    locked = [station.pk for station in free[:BATCH]]
    stations = list(stations_to_plan(on).filter(pk__in=locked))  # as they are now that nobody else can plan for them
    _record(stations, on, at, current_rules())
    return len(stations)


def _record(stations: list[Station], on: date, at: datetime, rules: Rules) -> None:
    checks = [_new_check(station, on) for station in stations]
    journal = Journal(checks, rules)
    for check in checks:
        journal.record(check, PLAN, at=at, to=PLANNED, changes={"due_at": end_of(on), "watched_from": at})
    journal.write()


def _new_check(station: Station, on: date) -> DailyCheck:
    """A row that is not written yet, with its id."""
    return DailyCheck(id=next_id(DailyCheck), station=station, team_id=station.team_id, on=on, state=PLANNED)


def recheck_checks(at: datetime) -> int:
    """Have the next sweep look again at what waits, when a rule of time has changed; returns how many these are."""
    return DailyCheck.objects.filter(state__in=WAITING).update(next_check_at=at)
