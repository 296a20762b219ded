"""What an illegal building says of itself: its deadline, its ladder, what each step writes, what is a fact."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from citymgmt import history
from citymgmt.worktime import journal, sweep
from citymgmt.worktime.journal import Effect, taken
from citymgmt.worktime.ladder import Due, Timing, next_due
from citymgmt.worktime.rules import Rules
from citymgmt.worktime.terms import begun_anew, due_after, due_on, end_of
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
    ladder = begun_anew(at if limit else None)
    if limit is None:
        return {**due_on(None, rules), **ladder}
    since = end_of(by_day, rules) if by_day else min(at, end_of(on, rules))
    return {**due_after(limit.value, limit.unit.value, since, rules), **ladder}


def _effect(name: str) -> Effect:
    def write(journal_: Journal, building: IllegalBuilding, due: Due) -> None:
        journal_.record(building, EVENT_OF_EFFECT[name], at=due.at, changes=taken(due))

    return write


EFFECTS: Mapping[str, Effect] = {name: _effect(name) for name in EVENT_OF_EFFECT}


def settle_batch(buildings: Sequence[IllegalBuilding], now: datetime, rules: Rules) -> None:
    """Settle locked rows of the sweep."""
    journal.settle_batch(Journal(buildings, rules), now, EFFECTS)


def differences(building: IllegalBuilding, events: Sequence[BuildingEvent], parts: Sequence[AreaEntry]) -> list[str]:
    """What the replay of a building's events and its rows say differently; empty when they agree."""
    named = {Journal.part_subject(part): part for part in parts}
    return history.differences("building", list(events), building, FOLDED, named)


def register() -> None:
    """Have the sweep settle buildings, when the app is ready."""
    sweep.register("illegal buildings", IllegalBuilding, settle_batch)
