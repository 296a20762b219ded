"""What a guard watch says of itself: when nobody came, its ladder, what each step writes, what is a fact."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from citymgmt import history
from citymgmt.worktime import journal, sweep
from citymgmt.worktime.clock import Unit
from citymgmt.worktime.journal import Effect, taken
from citymgmt.worktime.ladder import Due, Timing, next_due
from citymgmt.worktime.rules import Rules
from patrols.guards import notices
from patrols.guards.lifecycle import CLOSE, CLOSE_AFTER, DONE, MISS, MISSED, PLANNED, PRESENT, STATES, SUPERVISE, URGE
from patrols.guards.models import GuardEvent, GuardWatch

LADDER, LAPSE, SILENCE = "guard", "lapse", "silence"
FACTS = frozenset({"id", "post_id", "hours_id", "team_id", "on", "place", "period", "next_check_at"})
FOLDED = history.columns_but(GuardWatch, *FACTS)


class Journal(journal.Journal[GuardWatch, GuardEvent]):
    """The journal of guard watches."""

    subject = "guard_watch"
    event_model = GuardEvent

    def find_due(self, thing: GuardWatch) -> Due | None:
        """While nobody has come, the next step of the ladder, but no later than the end of the watch, at which it is
        missed; while somebody is on guard, the moment at which the portal ends it.
        """
        if thing.state == PRESENT:
            return Due(SILENCE, None, thing.ends_at + CLOSE_AFTER)
        if not STATES[thing.state].waits:
            return None
        timing = Timing(thing.due_at, None, Unit.WORKING_HOUR, thing.rung, thing.rung_at, thing.watched_from)
        step = next_due(LADDER, timing, frozenset(), self.rules)
        if thing.state == PLANNED and (step is None or step.at > thing.ends_at):
            return Due(LAPSE, None, thing.ends_at)
        return step

    def tell(self) -> None:
        """Tell whom the notice table names."""
        notices.enqueue(self.events, self.rules)


def _lapse(journal_: Journal, watch: GuardWatch, due: Due) -> None:
    journal_.record(watch, MISS, at=due.at, to=MISSED)


def _close(journal_: Journal, watch: GuardWatch, due: Due) -> None:
    """Nobody said that they leave: they are taken to have left at the end, or on arrival where that was later."""
    assert watch.arrived_at is not None  # on guard
    journal_.record(watch, CLOSE, at=due.at, to=DONE, changes={"left_at": max(watch.ends_at, watch.arrived_at)})


def _urge(journal_: Journal, watch: GuardWatch, due: Due) -> None:
    journal_.record(watch, URGE, at=due.at, changes=taken(due))


def _supervise(journal_: Journal, watch: GuardWatch, due: Due) -> None:
    journal_.record(watch, SUPERVISE, at=due.at, changes=taken(due))


EFFECTS: Mapping[str, Effect] = {LAPSE: _lapse, SILENCE: _close, "urge": _urge, "supervise": _supervise}


def settle_batch(watches: Sequence[GuardWatch], now: datetime, rules: Rules) -> None:
    """Settle locked rows of the sweep."""
    journal.settle_batch(Journal(watches, rules), now, EFFECTS)


def differences(watch: GuardWatch, events: Sequence[GuardEvent]) -> list[str]:
    """What the replay of a watch's events and its row say differently; empty when they agree."""
    return history.differences("guard_watch", list(events), watch, FOLDED, {})


def register() -> None:
    """Have the sweep settle guard watches, when the app is ready."""
    sweep.register("guard watches", GuardWatch, settle_batch)
