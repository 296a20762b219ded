"""Named questions about cases."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q, QuerySet

from cases import workflow
from cases.models import Case, Escalation, TimeRequest
from citymgmt.people.models import User
from citymgmt.people.permissions import visible_to
from citymgmt.refusals import NotFound

LIST_RELATED = ("category", "community", "officer", "team", "category__disorder")


def seen_by(user: User, on: date) -> QuerySet[Case]:
    """The cases a person may see."""
    return visible_to(user, Case.objects.all(), on=on)


def open_cases(queryset: QuerySet[Case]) -> QuerySet[Case]:
    """Those that have not ended."""
    return queryset.filter(closed_at=None)


def overdue(queryset: QuerySet[Case], now: datetime) -> QuerySet[Case]:
    """Open cases that passed their deadline while their clock ran."""
    return queryset.filter(closed_at=None, state__in=workflow.RUNNING, due_at__lt=now)


def due_first(queryset: QuerySet[Case]) -> QuerySet[Case]:
    """In the order in which they must be done."""
    return queryset.order_by("due_at", "id")


def search(queryset: QuerySet[Case], words: str) -> QuerySet[Case]:
    """Cases whose number, description, address or place holds every word."""
    for word in words.split()[:8]:
        queryset = queryset.filter(
            Q(number__contains=word)
            | Q(description__icontains=word)
            | Q(address__icontains=word)
            | Q(community__name_zh__contains=word)
            | Q(category__name_zh__contains=word)
        )
    return queryset


def visible_case(user: User, number: str, on: date) -> Case:
    """The case of this number, if the person may see it. Raises: NotFound."""
    found = seen_by(user, on).filter(number=number).select_related(*LIST_RELATED, "subdistrict", "department").first()
    if found is None:
        raise NotFound
    return found


def locked_cases(number: str, *others: str) -> dict[str, Case]:
    """The row of this number and of others, locked by ascending id until the transaction ends. Raises: NotFound."""
    rows = Case.objects.filter(number__in=[number, *others]).order_by("id")
    found = {row.number: row for row in rows.select_for_update(of=("self",), no_key=True)}
    if number not in found:
        raise NotFound
    return found


def open_escalations_of(cases: Iterable[Case]) -> dict[int, Escalation]:
    """The open escalation of each escalated case, by case id, in one query."""
    ids = [case.pk for case in cases if case.state in workflow.WITH_DISTRICT]
    if not ids:
        return {}
    found = Escalation.objects.filter(case_id__in=ids, state__in=Escalation.OPEN)
    return {escalation.case_id: escalation for escalation in found}


def suspended_since(cases: Iterable[Case]) -> dict[int, datetime]:
    """When each suspended case was suspended, by case id, in one query; a case is suspended once at most."""
    ids = [case.pk for case in cases if workflow.STATES[case.state].clock is workflow.Clock.PAUSED]
    found = TimeRequest.objects.filter(
        case_id__in=ids, kind=TimeRequest.Kind.SUSPENSION, state=TimeRequest.State.APPROVED
    )
    return {pk: at for pk, at in found.values_list("case_id", "decided_at") if at is not None}


def pending_request(case: Case) -> TimeRequest | None:
    """The request for time on which a decision is due."""
    return TimeRequest.objects.filter(case=case, state__in=TimeRequest.PENDING).first()
