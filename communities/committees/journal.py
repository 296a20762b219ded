"""What an owners' committee says of itself: its deadline, its ladder, what each step writes, what is a fact."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from citymgmt import history
from citymgmt.months import months_later
from citymgmt.worktime import journal, sweep
from citymgmt.worktime.clock import Unit
from citymgmt.worktime.journal import Effect, taken
from citymgmt.worktime.ladder import Due, Timing, next_due
from citymgmt.worktime.rules import Rules
from citymgmt.worktime.terms import begun_anew, due_on
from communities.committees import notices
from communities.committees.lifecycle import EVENT_OF_EFFECT, FILED, NOTIFIED, REELECTING, RULE_OF
from communities.local_rules import REELECT, Rule
from communities.models import CommitteeEvent, OwnersCommittee, OwnersVote
from communities.terms import due_by

LADDER = "committee"
FOLDED = history.columns_but(OwnersCommittee, "id", "area_id", "made_at", "next_check_at")


class Journal(journal.Journal[OwnersCommittee, CommitteeEvent]):
    """The journal of owners' committees, with votes as their parts."""

    subject = "committee"
    event_model = CommitteeEvent
    part_models = {"vote": OwnersVote}

    def find_due(self, thing: OwnersCommittee) -> Due | None:
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
    """The columns of the deadline of a committee that came into a stage by a step of that day, and of a ladder begun
    anew. `days` are the columns that a stage is due by; `limits` the local rules in force.
    """
    if stage in RULE_OF:
        return {**due_by(limits[RULE_OF[stage]], on, at, rules), **begun_anew(at)}
    day = _due_day(stage, days, limits)
    return {**due_on(day, rules), **begun_anew(at if day else None)}


def _due_day(stage: str, days: Mapping[str, Any], limits: Mapping[str, Rule]) -> date | None:
    found: date | None = {NOTIFIED: days.get("meeting_by"), REELECTING: days.get("term_until")}.get(stage)
    if stage == FILED:
        return months_later(days["term_until"], -limits[REELECT].value)
    return found


def _effect(name: str) -> Effect:
    def write(journal_: Journal, committee: OwnersCommittee, due: Due) -> None:
        journal_.record(committee, EVENT_OF_EFFECT[name], at=due.at, changes=taken(due))

    return write


EFFECTS: Mapping[str, Effect] = {name: _effect(name) for name in EVENT_OF_EFFECT}


def settle_batch(committees: Sequence[OwnersCommittee], now: datetime, rules: Rules) -> None:
    """Settle locked rows of the sweep."""
    journal.settle_batch(Journal(committees, rules), now, EFFECTS)


def differences(committee: OwnersCommittee, events: Sequence[CommitteeEvent], parts: Sequence[Any]) -> list[str]:
    """What the replay of a committee's events and its rows say differently; empty when they agree."""
    named = {Journal.part_subject(part): part for part in parts}
    return history.differences("committee", list(events), committee, FOLDED, named)


def register() -> None:
    """Have the sweep settle committees, when the app is ready."""
    sweep.register("owners' committees", OwnersCommittee, settle_batch)
