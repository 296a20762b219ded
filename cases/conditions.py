"""What an action needs beside role, scope and state: ONE table, asked by buttons and by `perform`.

Source: domain.md 3.3, 5.4.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases import deadlines
from cases.models import Case, Escalation, TimeRequest
from citymgmt.people.models import User
from citymgmt.people.roles import DEPARTMENT_ROLES
from citymgmt.refusals import NotPermitted, Refusal, WrongState

ASKED, REVIEWED = TimeRequest.State.ASKED, TimeRequest.State.REVIEWED


@dataclass(frozen=True)
class OpenParts:
    """The open escalation and the pending request of a case."""

    escalation: Escalation | None
    time_request: TimeRequest | None


@dataclass(frozen=True)
class Look:
    """Who looks at which case with which open parts, and when; `user` None is the portal itself."""

    user: User | None
    case: Case
    parts: OpenParts
    at: datetime


@dataclass(frozen=True)
class Condition:
    """Something that must hold, and how it is refused when it does not."""

    holds: Callable[[Look], Any]
    sentence: Any
    refusal: type[Refusal] = WrongState


def _is_theirs(look: Look) -> bool:
    """A department answers its own escalation only."""
    user, escalation = look.user, look.parts.escalation
    if escalation is None or user is None:
        return escalation is not None
    return user.role not in DEPARTMENT_ROLES or escalation.department_id == user.organisation_id


def _is_new(look: Look) -> bool:
    return look.parts.escalation is not None and look.parts.escalation.state == Escalation.State.SENT


def _waits(state: str) -> Condition:
    def holds(look: Look) -> bool:
        return look.parts.time_request is not None and look.parts.time_request.state == state

    return Condition(holds, _("The request is at another level."))


def _is_another(look: Look) -> bool:
    """Neither who asked nor who reviewed."""
    request, user = look.parts.time_request, look.user
    return request is not None and user is not None and user.pk not in (request.asked_by_id, request.reviewed_by_id)


def _is_in_time(look: Look) -> bool:
    return look.case.due_at is not None and look.at < look.case.due_at


THEIRS = Condition(_is_theirs, _("This is the matter of another department."), NotPermitted)
NONE_PENDING = Condition(
    lambda look: look.parts.time_request is None, _("A request is waiting for a decision already.")
)
EXTENDABLE = (
    Condition(_is_in_time, _("The deadline has come: no extension is possible.")),
    Condition(
        lambda look: look.case.extension_count < deadlines.MOST_EXTENSIONS, _("The case was extended twice already.")
    ),
)
SUSPENDABLE = (Condition(lambda look: not look.case.suspension_count, _("The case was suspended once already.")),)
APPEALED = (Condition(lambda look: look.case.appeal == Case.Appeal.PENDING, _("No appeal waits for a decision.")),)

TABLE: Mapping[str, tuple[Condition, ...]] = {
    "acknowledge": (THEIRS, Condition(_is_new, _("The escalation was acknowledged already."))),
    "reply": (THEIRS,),
    "return_escalation": (THEIRS,),
    "request_extension": (*EXTENDABLE, NONE_PENDING),
    "request_suspension": (*SUSPENDABLE, NONE_PENDING),
    "review": (
        _waits(ASKED),
        Condition(_is_another, _("Somebody else must review what you asked for."), NotPermitted),
    ),
    "refuse_review": (_waits(ASKED),),
    "approve": (
        _waits(REVIEWED),
        Condition(_is_another, _("Asking, reviewing and approving need three different people."), NotPermitted),
    ),
    "refuse": (_waits(REVIEWED),),
    "answer_supervision": (Condition(lambda look: look.case.supervision_count, _("No supervision was ordered.")),),
    "return": (
        Condition(
            lambda look: look.case.handler_id is None,
            _("Withdraw the assignment to the member before you return the case."),
        ),
    ),
    "assign": (Condition(lambda look: look.case.team_id is not None, _("The case is with no team.")),),
    "withdraw": (Condition(lambda look: look.case.handler_id is not None, _("The case is assigned to nobody.")),),
    "reopen": (Condition(lambda look: look.case.limit is not None, _("The case was never filed: log it again.")),),
    "appeal": (
        Condition(
            lambda look: look.case.close_kind == Case.CloseKind.OVERDUE, _("The case was not closed as overdue.")
        ),
        Condition(lambda look: not look.case.appeal, _("An appeal was made already.")),
    ),
    "uphold_appeal": APPEALED,
    "reject_appeal": APPEALED,
}


def hindrance(conditions: Iterable[Condition], look: Look) -> Refusal | None:
    """Why it cannot be done; None when every condition holds."""
    failed = next((one for one in conditions if not one.holds(look)), None)
    return failed.refusal(failed.sentence) if failed else None


def conditions_of(action: str) -> tuple[Condition, ...]:
    """What the action needs; empty for most."""
    return TABLE.get(action, ())
