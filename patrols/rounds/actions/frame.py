"""What the actions on a round share, in the order of `citymgmt.worktime.acting`."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext_noop

from citymgmt.people.models import User
from citymgmt.photos.actions import Upload
from citymgmt.refusals import Invalid
from citymgmt.worktime import acting
from citymgmt.worktime.acting import Asked, Kind, Recorded, check_fresh, check_state
from citymgmt.written import faults_of, in_lines
from patrols.rounds import lifecycle
from patrols.rounds.actions.photos import attach
from patrols.rounds.journal import Journal, settle_batch
from patrols.rounds.lifecycle import Transition, event_kind
from patrols.rounds.models import LONGEST_NOTE, PatrolRound, RoundEvent, Visit
from patrols.rounds.querysets import locked_round

ROUND = Kind(Journal, RoundEvent, settle_batch, locked_round, lambda pk: PatrolRound.objects.filter(pk=pk))
NOT_NOW = gettext_noop("“%(action)s” is not possible: the round is now in the state “%(state)s”.")
Body = Callable[[PatrolRound, datetime], Recorded]


def act(
    transition: Transition,
    body: Body,
    *,
    pk: int,
    by: User,
    at: datetime,
    asked: Mapping[str, Any],
    version: int | None = None,
    request_key: str | None = None,
    uploads: Sequence[Upload] = (),
) -> RoundEvent:
    """Do an action of the table on a round; `body` says what is recorded, `asked` tells a resend from another request.
    The photos go to the one visit that the event changes.

    Raises: NotFound, NotPermitted, KeyReused, Stale, WrongState, and what `body` raises.
    """
    told: dict[str, Any] = {"to": transition.target}

    def recorded(journal: Journal, round_: PatrolRound, moment: datetime) -> Recorded:
        told.update(body(round_, moment))
        return told

    return acting.act(
        ROUND,
        Asked(event_kind(transition.action), pk, by, at, transition.permission, asked, request_key),
        recorded,
        check=partial(check_now, transition=transition, version=version),
        then=lambda event: attach(told.get("parts", ()), uploads, by, event.at),
    )


def check_now(round_: PatrolRound, transition: Transition, version: int | None = None) -> None:
    """Whether the action can be done now by whoever saw that version. Raises: Stale, WrongState."""
    check_fresh(round_, version)
    check_state(round_, transition, lifecycle.STATES, NOT_NOW)


def checked_note(note: str, *, is_needed: bool = False) -> str:
    """A note of at most `LONGEST_NOTE` characters, its lines ended alike. Raises: Invalid (field `note`)."""
    written = in_lines(note)
    faults = faults_of(written, LONGEST_NOTE, is_needed=is_needed, is_one_line=False)
    if faults:
        raise Invalid(fields={"note": faults})
    return written


def skipped(visit: Visit, at: datetime, note: str) -> tuple[Visit, dict[str, Any]]:
    """A visit with the columns that change when its point is left out."""
    return visit, {"state": Visit.State.SKIPPED.value, "at": at, "note": note}
