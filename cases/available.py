"""Named questions about one case for whoever looks at it: time left, ladder, reporter, and what may be done now."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from cases import deadlines, workflow
from cases.conditions import Look, OpenParts, conditions_of, hindrance
from cases.masking import masked_email, masked_name, masked_phone
from cases.models import Case, CaseEvent, Escalation, Reporter, TimeRequest
from citymgmt.people.models import User
from citymgmt.people.permissions import TABLE, Scope, allows, permits, reaches_as_far
from citymgmt.worktime import clock
from citymgmt.worktime.clock import Remaining, Unit
from citymgmt.worktime.rules import current_rules

LADDERS = (deadlines.CASE_LADDER, deadlines.ESCALATION_LADDER)


@dataclass(frozen=True)
class Masked:
    """A reporter as the page of a case shows one: enough to recognise somebody on the telephone."""

    name: str
    phone: str
    email: str


@dataclass(frozen=True)
class Rung:
    """A step of the ladder and when this round of the case reached it."""

    code: str
    label: str
    reached_at: datetime | None
    is_current: bool


def open_parts(case: Case) -> OpenParts:
    """The open parts of a case, in two queries."""
    escalations = Escalation.objects.filter(case=case, state__in=Escalation.OPEN)
    requests = TimeRequest.objects.filter(case=case, state__in=TimeRequest.PENDING)
    return OpenParts(
        escalation=escalations.select_related("case", "department").first(),
        time_request=requests.select_related("asked_by").first(),
    )


def remaining_of(case: Case, at: datetime) -> Remaining | None:
    """Time left on the limit's own clock: now while it runs, as kept while it stands, as it was when handled.

    None for a case without limit or that has ended.
    """
    kind = workflow.STATES[case.state].clock
    if kind is workflow.Clock.NONE or case.due_at is None or not case.limit_unit:
        return None
    calendar, unit = current_rules().calendar, Unit(case.limit_unit)
    if kind is workflow.Clock.PAUSED and case.left is not None:
        due_at = deadlines.due_after_suspension(calendar, at, case.left, unit)
        return clock.remaining(calendar, at, due_at, unit)
    moment = case.handled_at if kind is workflow.Clock.RESTS and case.handled_at else at
    return clock.remaining(calendar, moment, case.due_at, unit)


def ladder_of(case: Case) -> list[Rung]:
    """The steps of both ladders in order, with the moments at which this round reached them."""
    own = [row for row in current_rules().rows.values() if row.ladder in LADDERS]
    rows = sorted(own, key=lambda row: (LADDERS.index(row.ladder), row.position))
    reached = _reached(case)
    return [
        Rung(row.code, row.name, reached.get(workflow.EVENT_OF_EFFECT[row.effect]), row.code == case.ladder_code)
        for row in rows
    ]


def _reached(case: Case) -> dict[str, datetime]:
    found = (
        CaseEvent.objects.filter(case=case, kind__in=[*workflow.EVENT_OF_EFFECT.values(), "reopen"])
        .order_by("seq")
        .values_list("kind", "at")
    )
    reached: dict[str, datetime] = {}
    for kind, at in found:
        if kind == "reopen":
            reached.clear()
        reached[kind] = at
    return reached


def knows_reporters(user: User) -> bool:
    """Whether a person may know who reported the cases that the person sees: whose right reaches as far."""
    reach = TABLE["reporter.view"].get(user.role)
    return allows(user, "reporter.view") and reach == TABLE["case.view"].get(user.role)


def reporter_for(user: User, case: Case) -> Masked | None:
    """Who reported a case that the person sees, masked, for those who may know; None when nothing is kept."""
    reporter = Reporter.objects.filter(case=case, erased_at=None).first() if knows_reporters(user) else None
    return masked(reporter) if reporter else None


def masked(reporter: Reporter) -> Masked:
    """What is shown of a reporter without asking for a reason."""
    return Masked(masked_name(reporter.name), masked_phone(reporter.phone), masked_email(reporter.email))


def transitions_for(user: User, case: Case, parts: OpenParts, *, at: datetime) -> list[workflow.Transition]:
    """The transitions that role, scope, state, open parts and moment let this person do on a case that the person
    sees, in the table's order.
    """
    reaches: dict[Scope, bool] = {}
    on, look = timezone.localdate(at), Look(user, case, parts, at)

    def reached(permission: str) -> bool:
        scope = TABLE[permission].get(user.role)
        if scope is None:
            return False
        if scope not in reaches:
            sees = reaches_as_far(user, permission, "case.view")
            reaches[scope] = sees or permits(user, permission, case, on=on)
        return reaches[scope]

    return [
        transition
        for transition in workflow.from_state(case.state)
        if reached(transition.permission) and not hindrance(conditions_of(transition.action), look)
    ]
