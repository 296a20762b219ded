"""How departments dealt with the escalations of a period, read from the database."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet

from cases import deadlines
from cases.models import Escalation
from cases.statistics.league import COUNTS, Dealing, Place, place_of
from cases.statistics.periods import Period
from citymgmt.people.models import User
from citymgmt.people.permissions import visible_to
from citymgmt.worktime.clock import SHANGHAI, Calendar
from citymgmt.worktime.rules import current_rules

OF_DEALING = ("sent_at", "acknowledged_at", "reply_due_at", "ended_at", "state", "urge_count")


def sent_in(user: User, on: date, period: Period) -> QuerySet[Escalation]:
    """The escalations of a period that a person may see."""
    first = datetime.combine(period.first, time(), SHANGHAI)
    end = datetime.combine(period.last + timedelta(days=1), time(), SHANGHAI)
    return visible_to(user, Escalation.objects.filter(sent_at__gte=first, sent_at__lt=end), on=on)


def places(escalations: QuerySet[Escalation], as_of: datetime) -> dict[int, Place]:
    """How each department stands, by its id, in one query."""
    dealt: dict[int, list[Dealing]] = defaultdict(list)
    for department, _pk, dealing in _dealings(escalations, as_of):
        dealt[department].append(dealing)
    return {department: place_of(those) for department, those in dealt.items()}


def counted_in(escalations: QuerySet[Escalation], code: str, as_of: datetime) -> list[int]:
    """The ids of the escalations that a count of the league counts, newest first. `code` is one of COUNTS."""
    found = [
        (dealing.sent_at, pk)
        for _department, pk, dealing in _dealings(escalations, as_of)
        if COUNTS[code].holds(dealing)
    ]
    return [pk for _sent_at, pk in sorted(found, reverse=True)]


def _dealings(escalations: QuerySet[Escalation], as_of: datetime) -> Iterator[tuple[int, int, Dealing]]:
    calendar = current_rules().calendar
    rows = escalations.order_by().values_list("department_id", "pk", *OF_DEALING).iterator()
    for department, pk, *told in rows:
        yield department, pk, _dealing(told, calendar, as_of)


def _dealing(told: list[Any], calendar: Calendar, as_of: datetime) -> Dealing:
    sent_at, acknowledged_at, reply_by, ended_at, state, urge_count = told
    acknowledge_by, _is_provisional = deadlines.deadline(calendar, sent_at, deadlines.ACKNOWLEDGE_LIMIT)
    return Dealing(
        sent_at=sent_at,
        acknowledge_by=acknowledge_by,
        acknowledged_at=acknowledged_at,
        reply_by=reply_by,
        ended_at=ended_at,
        state=state,
        urge_count=urge_count,
        as_of=as_of,
    )
