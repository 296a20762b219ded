"""What a sheet of duties says of itself: its ladder while it is open, what each step writes, what is a fact."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from citymgmt import history
from citymgmt.worktime import journal, sweep
from citymgmt.worktime.clock import Calendar, due
from citymgmt.worktime.journal import Effect, taken
from citymgmt.worktime.ladder import Due, Timing, next_due
from citymgmt.worktime.rules import Rules
from communities.four_duties import notices
from communities.four_duties.lifecycle import HAND_IN_LIMIT, OPEN, SUPERVISE, URGE
from communities.models import DutyAnswer, DutySheet, SheetEvent

LADDER = "duties"
FACTS = frozenset({"id", "community_id", "month_on"}) | {"next_check_at"}
FOLDED = history.columns_but(DutySheet, *FACTS)


class Journal(journal.Journal[DutySheet, SheetEvent]):
    """The journal of sheets of duties, with their answers."""

    subject = "sheet"
    event_model = SheetEvent
    part_models = {"answer": DutyAnswer}

    def find_due(self, thing: DutySheet) -> Due | None:
        """The next step of the ladder while the sheet is open."""
        if thing.state != OPEN:
            return None
        timing = Timing(thing.due_at, HAND_IN_LIMIT, HAND_IN_LIMIT.unit, thing.rung, thing.rung_at, thing.watched_from)
        return next_due(LADDER, timing, frozenset(), self.rules)

    def tell(self) -> None:
        """Tell whom the notice table names."""
        notices.TOLD.enqueue(self.events, self.rules)


def due_of(month_on: date, calendar: Calendar) -> datetime:
    """When the sheet of a month is to be handed in: some working days after the month has passed."""
    days = monthrange(month_on.year, month_on.month)[1]
    passed = timezone.make_aware(datetime.combine(month_on + timedelta(days=days), time()))
    return due(calendar, passed, HAND_IN_LIMIT)


def _urge(journal: Journal, sheet: DutySheet, due_: Due) -> None:
    journal.record(sheet, URGE, at=due_.at, changes=taken(due_))


def _supervise(journal: Journal, sheet: DutySheet, due_: Due) -> None:
    journal.record(sheet, SUPERVISE, at=due_.at, changes=taken(due_))


EFFECTS: Mapping[str, Effect] = {"urge": _urge, "supervise": _supervise}


def settle_batch(sheets: Sequence[DutySheet], now: datetime, rules: Rules) -> None:
    """Settle locked rows of the sweep."""
    journal.settle_batch(Journal(sheets, rules), now, EFFECTS)


def differences(sheet: DutySheet, events: Sequence[SheetEvent], answers: Sequence[DutyAnswer]) -> list[str]:
    """What the replay of a sheet's events and its rows say differently; empty when they agree."""
    named = {Journal.part_subject(answer): answer for answer in answers}
    return history.differences("sheet", list(events), sheet, FOLDED, named)


def register() -> None:
    """Have the sweep settle sheets, when the app is ready."""
    sweep.register("sheets of duties", DutySheet, settle_batch)
