"""What the actions on stations and on daily checks share, on checks in the order of `citymgmt.worktime.acting`."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pghistory
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.people.models import SubDistrict, User
from citymgmt.people.permissions import require
from citymgmt.refusals import WrongState
from citymgmt.worktime import acting
from citymgmt.worktime.acting import Asked, Kind, Recorded
from communities.querysets import locked_office
from patrols.stations.journal import Journal, settle_batch
from patrols.stations.models import CheckEvent, DailyCheck
from patrols.stations.querysets import locked_check

CHECK = Kind(Journal, CheckEvent, settle_batch, locked_check, lambda pk: DailyCheck.objects.filter(pk=pk))
Body = Callable[[Journal, DailyCheck, datetime], Recorded]


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
    then: Callable[[CheckEvent], None] = lambda event: None,
    request_key: str | None = None,
) -> CheckEvent:
    """The frame of every action on a daily check: `body` gives what is recorded beside the key (and another `kind`,
    where it turns out so), `then` writes what belongs to the event. A resend acts once.

    Raises: NotFound, NotPermitted, KeyReused, and what `body` raises.
    """
    return acting.act(CHECK, Asked(kind, pk, by, at, permission, given, request_key), body, then=then)


def check_waits(check: DailyCheck) -> None:
    """Raises: WrongState for a check that was made or excused."""
    if not check.waits:
        raise WrongState(_("This check was made or excused already."))
