"""What the actions on notice boards share: lock, answer a resend, permit, settle, record, write."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.refusals import NotFound, WrongState
from citymgmt.worktime.repeats import digest_of, earlier_answer, once, scoped_key
from citymgmt.worktime.rules import current_rules, hold_rules
from communities.boards.journal import Journal, in_order, settle_batch
from communities.models import Board, BoardEvent
from communities.querysets import locked_community

Body = Callable[[Journal, Board, datetime], Mapping[str, Any]]


def act(
    kind: str,
    *,
    pk: int,
    by: User,
    at: datetime,
    permission: str,
    given: Mapping[str, Any],
    body: Body,
    then: Callable[[BoardEvent], None] | None = None,
    request_key: str | None = None,
) -> BoardEvent:
    """The frame of every action on a board that stands: `body` gives what is recorded beside the key, `then` writes
    what belongs to the event. A resend acts once.

    Raises: NotFound, NotPermitted, KeyReused, WrongState (it was taken down), and what `body` raises.
    """
    digest = digest_of(kind, str(pk), dict(given))
    answer = partial(earlier_answer, BoardEvent, by, request_key, digest)

    def act_now() -> BoardEvent:
        board = _locked(pk)
        earlier = answer()
        if earlier is not None:
            return earlier
        require(by, permission, board, on=timezone.localdate(at))
        if not board.is_standing:
            raise WrongState(_("This board was taken down."))
        journal, moment = Journal([board], current_rules()), in_order(board, at)
        keys: dict[str, Any] = {"request_key": scoped_key(by, request_key), "request_digest": digest}
        event = journal.record(board, kind, at=moment, by=by, **body(journal, board, moment), **keys)
        journal.write()
        if then is not None:
            then(event)
        return event

    _catch_up(pk, at)
    return once(act_now, answer)


def _locked(pk: int) -> Board:
    """A board, locked after its community. Raises: NotFound."""
    community = Board.objects.filter(pk=pk).values_list("community", flat=True).first()
    if community is None:
        raise NotFound
    place = locked_community(community)
    board = Board.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    board.community = place
    return board


def _catch_up(pk: int, at: datetime) -> None:
    """Record by itself what fell due until `at`, so that a refusal of the action does not undo it."""
    due = Board.objects.filter(pk=pk, next_check_at__lte=at)
    if due.exists():
        with transaction.atomic():
            hold_rules()
            settle_batch(list(due.select_for_update(of=("self",), no_key=True)), at, current_rules())
