"""What the actions on guard watches share: catch up, lock, answer a resend, permit, record, write."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.refusals import Invalid, WrongState
from citymgmt.worktime.repeats import digest_of, earlier_answer, once, scoped_key
from citymgmt.worktime.rules import current_rules, hold_rules
from citymgmt.written import faults_of
from patrols.guards.journal import Journal, in_order, settle_batch
from patrols.guards.models import GuardEvent, GuardWatch
from patrols.guards.models.watches import LONGEST_NOTE
from patrols.guards.querysets import locked_watch
from patrols.teams.querysets import MOST_ID

Body = Callable[[Journal, GuardWatch, datetime], Mapping[str, Any]]


def act(
    kind: str,
    *,
    pk: int,
    by: User,
    at: datetime,
    permission: str,
    given: Mapping[str, Any],
    body: Body,
    then: Callable[[GuardEvent], None] | None = None,
    request_key: str | None = None,
) -> GuardEvent:
    """The frame of every action on a watch: `body` gives what is recorded beside the key, and may record what happens
    to another watch of the post; `then` writes what belongs to the event. A resend acts once.

    Raises: NotFound, NotPermitted, KeyReused, WrongState, and what `body` raises.
    """
    digest = digest_of(kind, str(pk), dict(given))
    answer = partial(earlier_answer, GuardEvent, by, request_key, digest)

    def act_now() -> GuardEvent:
        watch = locked_watch(pk)
        earlier = answer()
        if earlier is not None:
            return earlier
        require(by, permission, watch, on=timezone.localdate(at))
        journal, moment = Journal([watch], current_rules()), in_order(watch, at)
        told: dict[str, Any] = {**body(journal, watch, moment), "request_key": scoped_key(by, request_key)}
        event = journal.record(watch, kind, at=moment, by=by, **told, request_digest=digest)
        journal.write()
        if then is not None:
            then(event)
        return event

    _catch_up(pk, at)
    try:
        return once(act_now, answer)
    except IntegrityError as error:  # the person was given another watch at these hours meanwhile
        raise WrongState(_("Somebody has just planned something else at that time. Load the page again.")) from error


def _catch_up(pk: int, at: datetime) -> None:
    """Record by itself what fell due until `at` at the post, so that a refusal of the action does not undo it."""
    own = GuardWatch.objects.filter(pk=pk if 0 < pk < MOST_ID else 0).values("post")
    due = GuardWatch.objects.filter(post__in=own, next_check_at__lte=at).order_by("pk")
    if due.exists():
        with transaction.atomic():
            hold_rules()
            settle_batch(list(due.select_for_update(of=("self",), no_key=True)), at, current_rules())


def checked_note(note: str, field: str = "note", *, is_needed: bool = False) -> str:
    """A note of one line. Raises: Invalid."""
    faults = faults_of(note.strip(), LONGEST_NOTE, is_needed=is_needed)
    if faults:
        raise Invalid(fields={field: faults})
    return note.strip()
