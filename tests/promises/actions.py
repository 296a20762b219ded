"""What people do with promises, each with its row of the permission table."""

from datetime import datetime

from django.db import transaction

from citymgmt.people.models import SubDistrict, User
from citymgmt.people.permissions import C, L, office
from citymgmt.refusals import NotFound, WrongState
from citymgmt.worktime.acting import Asked, Kind, act
from citymgmt.worktime.clock import Limit, Unit, due
from citymgmt.worktime.rules import current_rules, hold_rules
from tests.promises.journal import Journal, settle_batch
from tests.promises.models import Promise, PromiseEvent

PERMISSIONS = {"promise.view": office(C, L), "promise.keep": office(C)}


@transaction.atomic
def take_promise(*, subdistrict: SubDistrict, shop: str, limit_days: int, by: User, at: datetime) -> Promise:
    """Write down what a shop promises, due in some working days."""
    hold_rules()
    rules = current_rules()
    due_at = due(rules.calendar, at, Limit(limit_days, Unit.WORKING_DAY))
    promise = Promise.objects.create(subdistrict=subdistrict, shop=shop, limit_days=limit_days, state="open")
    journal = Journal([promise], rules)
    journal.record(promise, "promise_take", at=at, by=by, changes={"due_at": due_at, "watched_from": at})
    journal.write()
    return promise


def keep_promise(*, pk: int, by: User, at: datetime, request_key: str | None = None) -> PromiseEvent:
    """Note that a promise was kept. Raises: NotFound, NotPermitted, WrongState, KeyReused."""
    asked = Asked("promise_keep", pk, by, at, "promise.keep", request_key=request_key)
    return act(
        PROMISE, asked, lambda journal, promise, moment: {"to": "kept", "changes": {"kept_at": moment}}, check=_open
    )


def _open(promise: Promise) -> None:
    if promise.state == "kept":
        raise WrongState


def _locked(pk: int) -> Promise:
    promise = Promise.objects.filter(pk=pk).select_for_update(of=("self",), no_key=True).first()
    if promise is None:
        raise NotFound
    return promise


PROMISE = Kind(Journal, PromiseEvent, settle_batch, _locked, lambda pk: Promise.objects.filter(pk=pk))


def look_again(at: datetime) -> None:
    """Have the next sweep look at all open promises: a rule of time has changed."""
    Promise.objects.exclude(state="kept").update(next_check_at=at)
