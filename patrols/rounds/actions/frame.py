"""What the actions on a round share: catch up, lock, answer a resend, permit, compare, check, record, write."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.photos.actions import Upload
from citymgmt.refusals import Invalid, Stale, WrongState
from citymgmt.worktime.repeats import digest_of, earlier_answer, once, scoped_key
from citymgmt.worktime.rules import current_rules, hold_rules
from citymgmt.written import faults_of, in_lines
from patrols.rounds import lifecycle
from patrols.rounds.actions.photos import attach
from patrols.rounds.journal import Journal, in_order, settle_batch
from patrols.rounds.lifecycle import Transition, event_kind
from patrols.rounds.models import LONGEST_NOTE, PatrolRound, RoundEvent, Visit
from patrols.rounds.querysets import locked_round

Recorded = Mapping[str, Any]  # what an event takes beside its kind, moment, person and keys
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
    kind = event_kind(transition.action)
    digest = digest_of(kind, str(pk), dict(asked))
    answer = partial(earlier_answer, RoundEvent, by, request_key, digest)

    def run() -> RoundEvent:
        round_ = locked_round(pk)
        if (earlier := answer()) is not None:
            return earlier
        require(by, transition.permission, round_, on=timezone.localdate(at))
        check_now(round_, transition, version)
        moment = in_order(round_, at)
        told: dict[str, Any] = {"to": transition.target, **body(round_, moment)}
        told |= {"request_key": scoped_key(by, request_key), "request_digest": digest}
        journal = Journal([round_], current_rules())
        event = journal.record(round_, kind, at=moment, by=by, **told)
        journal.write()
        attach(told.get("parts", ()), uploads, by, moment)
        return event

    _catch_up(pk, at)
    return once(run, answer)


def _catch_up(pk: int, at: datetime) -> None:
    """Record by itself what fell due until `at`, so that a refusal of the action does not undo it."""
    due = PatrolRound.objects.filter(pk=pk, next_check_at__lte=at)
    if due.exists():
        with transaction.atomic():
            hold_rules()
            settle_batch(list(due.select_for_update(of=("self",), no_key=True)), at, current_rules())


def check_now(round_: PatrolRound, transition: Transition, version: int | None = None) -> None:
    """Whether the action can be done now by whoever saw that version; a step of the ladder disturbs nobody.

    Raises: Stale, WrongState.
    """
    if version is not None and (
        not 1 <= version <= round_.version or round_.events.filter(seq__gt=version, by__isnull=False).exists()
    ):
        raise Stale(version=round_.version)
    if round_.state not in transition.sources:
        raise WrongState(
            _("“%(action)s” is not possible: the round is now in the state “%(state)s”.")
            % {"action": _(transition.label), "state": _(lifecycle.STATES[round_.state].label)},
            state=round_.state,
        )


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
