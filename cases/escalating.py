"""How an escalation begins: its number and the department's clocks."""

from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Model

from cases.deadlines import ACKNOWLEDGE_LIMIT
from cases.history import Journal
from cases.models import Case, Escalation
from citymgmt.history import columns_but
from citymgmt.people.models import Organisation
from citymgmt.worktime.clock import Limit, Unit, due


def new_escalation(
    journal: Journal, case: Case, *, at: datetime, department: Organisation, is_automatic: bool, reason: str
) -> Escalation:
    """A new, unsaved escalation: to be acknowledged in 1 working day, replied to in the department's limit."""
    calendar = journal.rules.calendar
    ordinal = Escalation.objects.filter(case=case).count() + 1 if case.may_have_escalations else 1
    return Escalation(
        ordinal=ordinal,
        number=f"{case.number}-D{ordinal}",
        department=department,
        is_automatic=is_automatic,
        reason=reason,
        sent_at=at,
        due_at=due(calendar, at, ACKNOWLEDGE_LIMIT),
        reply_due_at=due(calendar, at, Limit(department.reply_limit_days, Unit.WORKING_DAY)),
    )


def columns_of(part: Model) -> dict[str, Any]:
    """All columns of a new part, for the event that begins it."""
    own = vars(part)
    return {name: own[name] for name in _columns(type(part))}


@cache
def _columns(model: type[Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in columns_but(model, "id", "case_id"))
