"""What the actions on guard watches share, in the order of `citymgmt.worktime.acting`."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from citymgmt.people.models import User
from citymgmt.refusals import Invalid
from citymgmt.worktime import acting
from citymgmt.worktime.acting import Asked, Kind, Recorded
from citymgmt.written import faults_of
from patrols.clashes import planned_by_another
from patrols.guards.journal import Journal, settle_batch
from patrols.guards.models import GuardEvent, GuardWatch
from patrols.guards.models.watches import LONGEST_NOTE
from patrols.guards.querysets import locked_watch

ONE_WATCH = "guard_watch_one_at_a_time"  # of a person, whom two posts may plan for at once


def _at_the_post(pk: int) -> QuerySet[GuardWatch]:
    """All watches of the post: an action on one may touch its neighbours."""
    return GuardWatch.objects.filter(post__in=GuardWatch.objects.filter(pk=pk).values("post"))


WATCH = Kind(Journal, GuardEvent, settle_batch, locked_watch, _at_the_post)
Body = Callable[[Journal, GuardWatch, datetime], Recorded]


def act(
    kind: str,
    *,
    pk: int,
    by: User,
    at: datetime,
    permission: str,
    given: Mapping[str, Any],
    body: Body,
    then: Callable[[GuardEvent], None] = lambda event: None,
    request_key: str | None = None,
) -> GuardEvent:
    """The frame of every action on a watch: `body` gives what is recorded beside the key, and may record what happens
    to another watch of the post; `then` writes what belongs to the event. A resend acts once.

    Raises: NotFound, NotPermitted, KeyReused, WrongState, and what `body` raises.
    """
    with planned_by_another(ONE_WATCH):
        return acting.act(WATCH, Asked(kind, pk, by, at, permission, given, request_key), body, then=then)


def checked_note(note: str, field: str = "note", *, is_needed: bool = False) -> str:
    """A note of one line. Raises: Invalid."""
    faults = faults_of(note.strip(), LONGEST_NOTE, is_needed=is_needed)
    if faults:
        raise Invalid(fields={field: faults})
    return note.strip()
