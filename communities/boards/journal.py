"""What a notice board says of itself: its ladder while it is out of date, what each step writes, what is a fact."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from citymgmt import history
from citymgmt.worktime import journal, sweep
from citymgmt.worktime.clock import Limit, Unit, due
from citymgmt.worktime.journal import Effect, taken
from citymgmt.worktime.ladder import Due, Timing, next_due
from citymgmt.worktime.rules import Rules
from communities.boards import notices
from communities.boards.lifecycle import LIMIT_DAYS, SUPERVISE, URGE
from communities.models import Board, BoardEvent

LADDER, LIMIT = "board", Limit(LIMIT_DAYS, Unit.WORKING_DAY)
FOLDED = history.columns_but(Board, "id", "community_id", "next_check_at")
NO_LADDER: Mapping[str, Any] = {
    "due_at": None, "watched_from": None, "rung": 0, "rung_at": None, "ladder_code": "", "outdated_on": None,
}  # fmt: skip


class Journal(journal.Journal[Board, BoardEvent]):
    """The journal of notice boards."""

    subject = "board"
    event_model = BoardEvent

    def find_due(self, thing: Board) -> Due | None:
        """The next step of the ladder while the board waits to be renewed."""
        if not thing.is_outdated:
            return None
        timing = Timing(thing.due_at, LIMIT, LIMIT.unit, thing.rung, thing.rung_at, thing.watched_from)
        return next_due(LADDER, timing, frozenset(), self.rules)

    def tell(self) -> None:
        """Tell whom the notice table names."""
        notices.TOLD.enqueue(self.events, self.rules)


def to_be_renewed(at: datetime, rules: Rules) -> dict[str, Any]:
    """The columns of a board that is out of date from this moment on."""
    due_at = due(rules.calendar, at, LIMIT)
    return {**NO_LADDER, "due_at": due_at, "watched_from": at, "outdated_on": timezone.localdate(at)}


def _urge(journal_: Journal, board: Board, due_: Due) -> None:
    journal_.record(board, URGE, at=due_.at, changes=taken(due_))


def _supervise(journal_: Journal, board: Board, due_: Due) -> None:
    journal_.record(board, SUPERVISE, at=due_.at, changes=taken(due_))


EFFECTS: Mapping[str, Effect] = {"urge": _urge, "supervise": _supervise}


def settle_batch(boards: Sequence[Board], now: datetime, rules: Rules) -> None:
    """Settle locked rows of the sweep."""
    journal.settle_batch(Journal(boards, rules), now, EFFECTS)


def in_order(board: Board, at: datetime) -> datetime:
    """The moment of what people do, never before the last event: clocks of hosts differ."""
    return max(at, last_moment(board))


def last_moment(board: Board) -> datetime:
    """When the last event of a board happened, which has at least one."""
    return board.events.get(seq=board.version).at


def differences(board: Board, events: Sequence[BoardEvent]) -> list[str]:
    """What the replay of a board's events and its row say differently; empty when they agree."""
    return history.differences("board", list(events), board, FOLDED, {})


def register() -> None:
    """Have the sweep settle boards, when the app is ready."""
    sweep.register("notice boards", Board, settle_batch)
