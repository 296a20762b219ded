"""What a residential area says of itself: its deadline, its ladder, what each step writes, what is a fact."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from citymgmt import history
from citymgmt.worktime import journal, sweep
from citymgmt.worktime.clock import Unit
from citymgmt.worktime.journal import Effect, taken
from citymgmt.worktime.ladder import Due, Timing, next_due
from citymgmt.worktime.rules import Rules
from citymgmt.worktime.terms import begun_anew, due_on
from communities.areas import notices
from communities.areas.lifecycle import COVERED, EVENT_OF_EFFECT, PILOT, RULE_OF
from communities.local_rules import Rule
from communities.models import AreaEvent, Assessment, Pilot, PropertyContract, ResidentialArea, ServiceReview
from communities.terms import due_by

LADDER = "area"
FOLDED = history.columns_but(ResidentialArea, "id", "made_at", "next_check_at")


class Journal(journal.Journal[ResidentialArea, AreaEvent]):
    """The journal of residential areas, with assessments, pilots, contracts and reviews as their parts."""

    subject = "area"
    event_model = AreaEvent
    part_models = {"assessment": Assessment, "pilot": Pilot, "contract": PropertyContract, "review": ServiceReview}

    def find_due(self, thing: ResidentialArea) -> Due | None:
        """The next step of the ladder while something is due."""
        limit = thing.limit
        unit = limit.unit if limit else Unit.NATURAL_DAY
        told = Timing(thing.due_at, limit, unit, thing.rung, thing.rung_at, thing.watched_from)
        return next_due(LADDER, told, frozenset(), self.rules)

    def tell(self) -> None:
        """Tell whom the notice table names."""
        notices.TOLD.enqueue(self.events, self.rules)


def begun(
    stage: str, on: date, days: Mapping[str, Any], at: datetime, rules: Rules, limits: Mapping[str, Rule]
) -> dict[str, Any]:
    """The columns of the deadline of an area that came into a stage by a step of that day, and of a ladder begun anew.

    `days` are the columns that a stage is due by; `limits` the local rules in force.
    """
    if stage in RULE_OF:
        return {**due_by(limits[RULE_OF[stage]], on, at, rules), **begun_anew(at)}
    day = _due_day(stage, days)
    return {**due_on(day, rules), **begun_anew(at if day else None)}


def _due_day(stage: str, days: Mapping[str, Any]) -> date | None:
    names = {PILOT: ("trial_until",), **dict.fromkeys(COVERED, ("next_review_on", "contract_until"))}.get(stage, ())
    known = [days[name] for name in names if days[name] is not None]
    return min(known, default=None)


def _effect(name: str) -> Effect:
    def write(journal_: Journal, area: ResidentialArea, due: Due) -> None:
        journal_.record(area, EVENT_OF_EFFECT[name], at=due.at, changes=taken(due))

    return write


EFFECTS: Mapping[str, Effect] = {name: _effect(name) for name in EVENT_OF_EFFECT}


def settle_batch(areas: Sequence[ResidentialArea], now: datetime, rules: Rules) -> None:
    """Settle locked rows of the sweep."""
    journal.settle_batch(Journal(areas, rules), now, EFFECTS)


def differences(area: ResidentialArea, events: Sequence[AreaEvent], parts: Sequence[Any]) -> list[str]:
    """What the replay of an area's events and its rows say differently; empty when they agree."""
    named = {Journal.part_subject(part): part for part in parts}
    return history.differences("area", list(events), area, FOLDED, named)


def register() -> None:
    """Have the sweep settle areas, when the app is ready."""
    sweep.register("residential areas", ResidentialArea, settle_batch)
