"""What a patrol round says of itself: its ladder, what each step writes, who is told, what is a fact."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from citymgmt import history
from citymgmt.worktime import journal, sweep
from citymgmt.worktime.clock import Unit
from citymgmt.worktime.journal import Effect, taken
from citymgmt.worktime.ladder import Due, Timing, next_due
from citymgmt.worktime.rules import Rules
from patrols.rounds import lifecycle, notices
from patrols.rounds.lifecycle import EVENT_OF_EFFECT, MISSED
from patrols.rounds.models import PatrolRound, RoundEvent, Visit

LADDER = "round"
FACTS = frozenset(
    {"id", "subdistrict_id", "team_id", "route_id", "plan_id", "shift_id", "on", "starts_at", "next_check_at"}
)
FOLDED = history.columns_but(PatrolRound, *FACTS)


class Journal(journal.Journal[PatrolRound, RoundEvent]):
    """The journal of rounds, with their visits."""

    subject = "round"
    event_model = RoundEvent
    part_models = {"visit": Visit}

    def find_due(self, thing: PatrolRound) -> Due | None:
        """The next step of the ladder while it is not walked."""
        if not lifecycle.STATES[thing.state].runs:
            return None
        timing = Timing(thing.due_at, None, Unit.WORKING_HOUR, thing.rung, thing.rung_at, thing.watched_from)
        return next_due(LADDER, timing, frozenset(), self.rules)

    def tell(self) -> None:
        """Tell whom the notice table names."""
        notices.enqueue(self.events, self.rules)


def _urge(journal_: Journal, round_: PatrolRound, due: Due) -> None:
    journal_.record(round_, EVENT_OF_EFFECT["urge"], at=due.at, changes=taken(due))


def _supervise(journal_: Journal, round_: PatrolRound, due: Due) -> None:
    journal_.record(round_, EVENT_OF_EFFECT["supervise"], at=due.at, changes=taken(due))


def _miss(journal_: Journal, round_: PatrolRound, due: Due) -> None:
    journal_.record(round_, EVENT_OF_EFFECT["miss"], at=due.at, to=MISSED, changes=taken(due, ended_at=due.at))


EFFECTS: Mapping[str, Effect] = {"urge": _urge, "supervise": _supervise, "miss": _miss}


def settle_batch(rounds: Sequence[PatrolRound], now: datetime, rules: Rules) -> None:
    """Settle locked rows of the sweep."""
    journal.settle_batch(Journal(rounds, rules), now, EFFECTS)


def differences(round_: PatrolRound, events: Sequence[RoundEvent], visits: Sequence[Visit]) -> list[str]:
    """What the replay of a round's events and its rows say differently; empty when they agree."""
    named = {Journal.part_subject(visit): visit for visit in visits}
    return history.differences("round", list(events), round_, FOLDED, named)


def register() -> None:
    """Have the sweep settle rounds, when the app is ready."""
    sweep.register("rounds", PatrolRound, settle_batch)
