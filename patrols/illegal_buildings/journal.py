"""What an illegal building says of itself: its deadline, its ladder, what each step writes, what is a fact."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from citymgmt import history
from citymgmt.worktime import clock, journal, sweep
from citymgmt.worktime.clock import Unit
from citymgmt.worktime.journal import Effect, taken
from citymgmt.worktime.ladder import Due, Timing, next_due
from citymgmt.worktime.rules import Rules
from patrols.illegal_buildings import lifecycle, notices
from patrols.illegal_buildings.lifecycle import EVENT_OF_EFFECT
from patrols.illegal_buildings.models import AreaEntry, BuildingEvent, IllegalBuilding

LADDER = "building"
FACTS = ("id", "subdistrict_id", "number", "made_at", "regrown_from_id", "next_check_at")
FOLDED = history.columns_but(IllegalBuilding, *FACTS)


class Journal(journal.Journal[IllegalBuilding, BuildingEvent]):
    """The journal of illegal buildings, with the account of their square metres."""

    subject = "building"
    event_model = BuildingEvent
    part_models = {"entry": AreaEntry}

    def find_due(self, thing: IllegalBuilding) -> Due | None:
        """The next step of the ladder while the next step of the law is to be taken."""
        limit = thing.limit
        if limit is None:
            return None
        told = Timing(thing.due_at, limit, limit.unit, thing.rung, thing.rung_at, thing.watched_from)
        return next_due(LADDER, told, frozenset(), self.rules)

    def tell(self) -> None:
        """Tell whom the notice table names."""
        notices.enqueue(self.events, self.rules)


def begun(
    state: str, on: date, by_day: date | None, at: datetime, rules: Rules, *, is_being_built: bool
) -> dict[str, Any]:
    """The columns of the deadline of one that came into a state by a step of that day, and of a ladder begun anew.

    The limit counts from the end of the office's day that the step gave the party, else of the day of the step; never
    from later than now for what has happened.
    """
    limit = lifecycle.limit_of(state, is_being_built=is_being_built)
    rest = {"rung": 0, "rung_at": None, "ladder_code": "", "watched_from": at if limit else None}
    if limit is None:
        nothing: dict[str, Any] = {"due_at": None, "counted_from": None, "is_due_provisional": False}
        return {**nothing, "limit_value": None, "limit_unit": "", **rest}
    since = _end_of(by_day, rules) if by_day else min(at, _end_of(on, rules))
    return {**due_after(limit.value, limit.unit.value, since, rules), **rest}


def due_after(value: int, unit: str, since: datetime, rules: Rules) -> dict[str, Any]:
    """The columns of a deadline: so many units after a moment."""
    due_at = clock.due(rules.calendar, since, clock.Limit(value, Unit(unit)))
    return {
        "due_at": due_at,
        "limit_value": value,
        "limit_unit": unit,
        "counted_from": since,
        "is_due_provisional": clock.is_provisional(rules.calendar, since, due_at),
    }


def _end_of(day: date, rules: Rules) -> datetime:
    """The end of the office's day."""
    closes = max((shift.ends for shift in rules.calendar.shifts), default=time(17, 30))
    return timezone.make_aware(datetime.combine(day, closes))


def _effect(name: str) -> Effect:
    def write(journal_: Journal, building: IllegalBuilding, due: Due) -> None:
        journal_.record(building, EVENT_OF_EFFECT[name], at=due.at, changes=taken(due))

    return write


EFFECTS: Mapping[str, Effect] = {name: _effect(name) for name in EVENT_OF_EFFECT}


def settle_batch(buildings: Sequence[IllegalBuilding], now: datetime, rules: Rules) -> None:
    """Settle locked rows of the sweep."""
    journal.settle_batch(Journal(buildings, rules), now, EFFECTS)


def settle(journal_: Journal, building: IllegalBuilding, now: datetime) -> None:
    """Record in the journal whatever fell due for the building until and including `now`."""
    journal.settle(journal_, building, now, EFFECTS)


def differences(building: IllegalBuilding, events: Sequence[BuildingEvent], parts: Sequence[AreaEntry]) -> list[str]:
    """What the replay of a building's events and its rows say differently; empty when they agree."""
    named = {Journal.part_subject(part): part for part in parts}
    return history.differences("building", list(events), building, FOLDED, named)


def register() -> None:
    """Have the sweep settle buildings, when the app is ready."""
    sweep.register("illegal buildings", IllegalBuilding, settle_batch)
