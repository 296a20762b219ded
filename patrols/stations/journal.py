"""What a daily check says of itself: when it is missed, its ladder, what each step writes, what is a fact."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from citymgmt import history
from citymgmt.worktime import journal, sweep
from citymgmt.worktime.clock import Unit
from citymgmt.worktime.journal import Effect, taken
from citymgmt.worktime.ladder import Due, Timing, next_due
from citymgmt.worktime.rules import Rules
from patrols.stations import notices
from patrols.stations.lifecycle import MISS, MISSED, PLANNED, STATES, SUPERVISE, URGE
from patrols.stations.models import CheckAnswer, CheckEvent, DailyCheck

LADDER, LAPSE = "check", "lapse"
FACTS = frozenset({"id", "station_id", "team_id", "on"}) | {"next_check_at"}
FOLDED = history.columns_but(DailyCheck, *FACTS)


class Journal(journal.Journal[DailyCheck, CheckEvent]):
    """The journal of daily checks, with their answers."""

    subject = "daily_check"
    event_model = CheckEvent
    part_models = {"answer": CheckAnswer}

    def find_due(self, thing: DailyCheck) -> Due | None:
        """The end of its day while it is planned; the next step of the ladder while it is missed."""
        if not STATES[thing.state].waits:
            return None
        if thing.state == PLANNED:
            assert thing.due_at is not None
            return Due(LAPSE, None, thing.due_at)
        timing = Timing(thing.due_at, None, Unit.WORKING_HOUR, thing.rung, thing.rung_at, thing.watched_from)
        return next_due(LADDER, timing, frozenset(), self.rules)

    def tell(self) -> None:
        """Tell whom the notice table names."""
        notices.enqueue(self.events, self.rules)


def end_of(day: date) -> datetime:
    """The moment at which a day has passed."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def _lapse(journal: Journal, check: DailyCheck, due: Due) -> None:
    journal.record(check, MISS, at=due.at, to=MISSED)


def _urge(journal: Journal, check: DailyCheck, due: Due) -> None:
    journal.record(check, URGE, at=due.at, changes=taken(due))


def _supervise(journal: Journal, check: DailyCheck, due: Due) -> None:
    journal.record(check, SUPERVISE, at=due.at, changes=taken(due))


EFFECTS: Mapping[str, Effect] = {LAPSE: _lapse, "urge": _urge, "supervise": _supervise}


def settle_batch(checks: Sequence[DailyCheck], now: datetime, rules: Rules) -> None:
    """Settle locked rows of the sweep."""
    journal.settle_batch(Journal(checks, rules), now, EFFECTS)


def differences(check: DailyCheck, events: Sequence[CheckEvent], answers: Sequence[CheckAnswer]) -> list[str]:
    """What the replay of a check's events and its rows say differently; empty when they agree."""
    named = {Journal.part_subject(answer): answer for answer in answers}
    return history.differences("daily_check", list(events), check, FOLDED, named)


def register() -> None:
    """Have the sweep settle daily checks, when the app is ready."""
    sweep.register("daily checks", DailyCheck, settle_batch)
