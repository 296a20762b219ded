"""What a promise says of itself: when it is due, its ladder while it is to be kept, what each step writes, what is a
fact. It is due at the end of the office's hours on a day that the institution was told, so a calendar that is published
later moves it no more.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from citymgmt import history
from citymgmt.worktime import journal, sweep
from citymgmt.worktime.clock import Unit
from citymgmt.worktime.journal import Effect, taken
from citymgmt.worktime.ladder import Due, Timing, next_due
from citymgmt.worktime.rules import Rules
from communities.institutions import notices
from communities.institutions.lifecycle import EVENT_OF_EFFECT
from communities.models import Pledge, PledgeEvent

LADDER = "pledge"
CLOSES = time(17, 30)  # where no office hours are entered
FOLDED = history.columns_but(Pledge, "id", "institution_id", "visit_id", "text", "made_on", "next_check_at")
NO_LADDER: Mapping[str, Any] = {"due_at": None, "watched_from": None, "rung": 0, "rung_at": None, "ladder_code": ""}


class Journal(journal.Journal[Pledge, PledgeEvent]):
    """The journal of promises."""

    subject = "pledge"
    event_model = PledgeEvent

    def find_due(self, thing: Pledge) -> Due | None:
        """The next step of the ladder while the promise is to be kept."""
        if not thing.is_open:
            return None
        timing = Timing(thing.due_at, None, Unit.WORKING_DAY, thing.rung, thing.rung_at, thing.watched_from)
        return next_due(LADDER, timing, frozenset(), self.rules)

    def tell(self) -> None:
        """Tell whom the notice table names."""
        notices.enqueue(self.events, self.rules)


def to_be_kept(by_day: date, at: datetime, rules: Rules) -> dict[str, Any]:
    """The columns of a promise that is to be kept by a day, with its ladder begun anew."""
    closes = max((shift.ends for shift in rules.calendar.shifts), default=CLOSES)
    due_at = timezone.make_aware(datetime.combine(by_day, closes))
    return {**NO_LADDER, "by_day": by_day, "due_at": due_at, "watched_from": at}


def _effect(kind: str) -> Effect:
    def write(journal_: Journal, pledge: Pledge, due: Due) -> None:
        journal_.record(pledge, kind, at=due.at, changes=taken(due))

    return write


EFFECTS: Mapping[str, Effect] = {name: _effect(kind) for name, kind in EVENT_OF_EFFECT.items()}


def settle_batch(pledges: Sequence[Pledge], now: datetime, rules: Rules) -> None:
    """Settle locked rows of the sweep."""
    journal.settle_batch(Journal(pledges, rules), now, EFFECTS)


def differences(pledge: Pledge, events: Sequence[PledgeEvent]) -> list[str]:
    """What the replay of a promise's events and its row say differently; empty when they agree."""
    return history.differences("pledge", list(events), pledge, FOLDED, {})


def register() -> None:
    """Have the sweep settle promises, when the app is ready."""
    sweep.register("promises of institutions", Pledge, settle_batch)
