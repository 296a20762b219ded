"""What the actions on stations and on daily checks share: lock, answer a resend, permit, settle, record, write."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any

import pghistory
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.people.models import SubDistrict, User
from citymgmt.people.permissions import require
from citymgmt.refusals import WrongState
from citymgmt.worktime.repeats import digest_of, earlier_answer, once, scoped_key
from citymgmt.worktime.rules import current_rules, hold_rules
from patrols.stations.journal import Journal, in_order, settle_batch
from patrols.stations.models import CheckEvent, DailyCheck
from patrols.stations.querysets import locked_check, locked_office
from patrols.teams.querysets import MOST_ID

Body = Callable[[Journal, DailyCheck, datetime], Mapping[str, Any]]


@contextmanager
def keeping(action: str, *, by: User, at: datetime) -> Iterator[SubDistrict]:
    """The locked row of the person's sub-district, whose register `by` may keep, in a transaction that the audit trail
    names by the action. Raises: NotFound, NotPermitted.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action=action):
        office = locked_office(by.subdistrict_id)
        require(by, "station.keep", office, on=timezone.localdate(at))
        yield office


def act(
    kind: str,
    *,
    pk: int,
    by: User,
    at: datetime,
    permission: str,
    given: Mapping[str, Any],
    body: Body,
    then: Callable[[CheckEvent], None] | None = None,
    request_key: str | None = None,
) -> CheckEvent:
    """The frame of every action on a daily check: `body` gives what is recorded beside the key (and another `kind`,
    where it turns out so), `then` writes what belongs to the event. A resend acts once.

    Raises: NotFound, NotPermitted, KeyReused, and what `body` raises.
    """
    digest = digest_of(kind, str(pk), dict(given))
    answer = partial(earlier_answer, CheckEvent, by, request_key, digest)

    def act_now() -> CheckEvent:
        check = locked_check(pk)
        earlier = answer()
        if earlier is not None:
            return earlier
        require(by, permission, check, on=timezone.localdate(at))
        journal, moment = Journal([check], current_rules()), in_order(check, at)
        told = {"kind": kind, **body(journal, check, moment)}
        keys: dict[str, Any] = {"request_key": scoped_key(by, request_key), "request_digest": digest}
        event = journal.record(check, at=moment, by=by, **told, **keys)
        journal.write()
        if then is not None:
            then(event)
        return event

    _catch_up(pk, at)
    return once(act_now, answer)


def _catch_up(pk: int, at: datetime) -> None:
    """Record by itself what fell due until `at`, so that a refusal of the action does not undo it."""
    due = DailyCheck.objects.filter(pk=pk if 0 < pk < MOST_ID else 0, next_check_at__lte=at)
    if due.exists():
        with transaction.atomic():
            hold_rules()
            settle_batch(list(due.select_for_update(of=("self",), no_key=True)), at, current_rules())


def check_waits(check: DailyCheck) -> None:
    """Raises: WrongState for a check that was made or excused."""
    if not check.waits:
        raise WrongState(_("This check was made or excused already."))
