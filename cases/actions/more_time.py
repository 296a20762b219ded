"""More time: extension and suspension, asked, reviewed and approved by three different people (domain 5.4)."""

from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from cases import deadlines
from cases.actions.frame import Desk, action
from cases.conditions import EXTENDABLE, SUSPENDABLE
from cases.escalating import columns_of
from cases.history import Values
from cases.models import CaseEvent, TimeRequest
from cases.settling import resumed
from citymgmt.people.models import User
from citymgmt.refusals import Invalid, NotPermitted, WrongState
from citymgmt.worktime.clock import Limit, Unit, is_provisional


@action("request_extension")
def request_extension(desk: Desk, *, extra_value: int, note: str) -> CaseEvent:
    """Ask for more time, in the limit's own unit and at most as much again. Raises: Invalid."""
    limit = desk.case.limit
    if limit is None or not 1 <= extra_value <= limit.value:
        raise Invalid(fields={"extra_value": _("At most as much as the original limit, at least 1.")})
    return _ask(desk, note, kind="extension", extra_value=extra_value, extra_unit=limit.unit.value)


@action("request_suspension")
def request_suspension(desk: Desk, *, until: datetime, note: str) -> CaseEvent:
    """Ask to stop the clock until a moment, once and for at most a year. Raises: Invalid."""
    _check_until(desk, until)
    return _ask(desk, note, kind="suspension", until=until)


@action("review")
def review(desk: Desk, *, note: str = "") -> CaseEvent:
    """Support the request on the first level."""
    changes = {"state": TimeRequest.State.REVIEWED.value, "reviewed_by_id": _person(desk).pk}
    return desk.record(note=note, parts=[(desk.part, changes)])


@action("approve")
def approve(desk: Desk, *, note: str = "") -> CaseEvent:
    """Grant the request: the deadline moves, or the clock stops. Raises: WrongState once it is too late for that."""
    grant = _extend if desk.part.kind == TimeRequest.Kind.EXTENSION else _suspend
    to, changes = grant(desk)
    return desk.record(note=note, to=to, changes=changes, parts=[_decided(desk, "approved")])


@action("refuse_review")
def refuse_review(desk: Desk, *, note: str) -> CaseEvent:
    """Refuse the request on the first level."""
    return desk.record(note=note, parts=[_decided(desk, "refused")])


@action("refuse")
def refuse(desk: Desk, *, note: str) -> CaseEvent:
    """Refuse the request on the second level; a refused request does not count."""
    return desk.record(note=note, parts=[_decided(desk, "refused")])


@action("resume")
def resume(desk: Desk, *, note: str = "") -> CaseEvent:
    """Let a suspended case run again before its time; exactly the time left is given back."""
    return desk.record(note=note, changes=resumed(desk.journal, desk.case, desk.at))


def _check_until(desk: Desk, until: datetime) -> None:
    if not desk.at < until <= deadlines.a_year_after(desk.at):
        raise Invalid(fields={"until": _("A moment in the future, at most a year ahead.")})


def _ask(desk: Desk, note: str, **terms: Any) -> CaseEvent:
    person = _person(desk)
    last = TimeRequest.objects.filter(case=desk.case).aggregate(last=Max("ordinal"))["last"] or 0
    request = TimeRequest(ordinal=last + 1, reason=note.strip(), asked_by=person, asked_at=desk.at, **terms)
    return desk.record(note=note, parts=[(request, columns_of(request))])


def _person(desk: Desk) -> User:
    """Who acts. Raises: NotPermitted for the portal itself, which neither asks nor decides."""
    if desk.by is None:
        raise NotPermitted
    return desk.by


def _decided(desk: Desk, state: str) -> tuple[TimeRequest, Values]:
    return desk.part, {"state": state, "decided_by_id": _person(desk).pk, "decided_at": desk.at}


def _extend(desk: Desk) -> tuple[str | None, dict[str, Any]]:
    desk.check(EXTENDABLE)
    extra = Limit(desk.part.extra_value, Unit(desk.part.extra_unit))
    assert desk.case.due_at is not None
    calendar, due_at = desk.rules.calendar, desk.case.due_at
    longer = deadlines.extended(calendar, due_at, extra)
    is_guess = desk.case.is_due_provisional or is_provisional(calendar, due_at, longer)
    changes = {"due_at": longer, "is_due_provisional": is_guess}
    return None, {**changes, "extension_count": desk.case.extension_count + 1}


def _suspend(desk: Desk) -> tuple[str | None, dict[str, Any]]:
    case = desk.case
    desk.check(SUSPENDABLE)
    if desk.part.until <= desk.at:
        raise WrongState(_("The moment until which a suspension was asked for has passed."))
    assert case.due_at is not None
    left = deadlines.time_left(desk.rules.calendar, desk.at, case.due_at, Unit(case.limit_unit))
    changes = {
        "left": left,
        "suspended_until": desk.part.until,
        "suspension_count": case.suspension_count + 1,
    }
    return "suspended", changes
