"""A round that cannot be walked is excused, with a reason: it counts neither as walked nor as missed."""

from datetime import datetime
from typing import Any

from citymgmt.people.models import User
from patrols.rounds.actions.frame import act, checked_note
from patrols.rounds.lifecycle import TRANSITIONS
from patrols.rounds.models import PatrolRound, RoundEvent


def excuse_round(
    *, pk: int, by: User, at: datetime, note: str, version: int | None = None, request_key: str | None = None
) -> RoundEvent:
    """Let a round be that nobody has finished, and say why.

    Raises: NotFound, NotPermitted, KeyReused, Stale, WrongState, Invalid (no reason).
    """

    def body(round_: PatrolRound, moment: datetime) -> dict[str, Any]:
        return {"changes": {"ended_at": moment}, "note": checked_note(note, is_needed=True)}

    asked = {"note": note}
    return act(TRANSITIONS["excuse"], body, pk=pk, by=by, at=at, asked=asked, version=version, request_key=request_key)
