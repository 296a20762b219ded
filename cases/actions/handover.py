"""Handover: when a community gets another officer, its open cases go along."""

from datetime import datetime

from django.db import transaction

from cases import settling
from cases.history import Journal
from cases.models import Case
from citymgmt.people.models import User
from citymgmt.worktime.rules import current_rules, hold_rules
from communities.models import Community


@transaction.atomic
def hand_over_cases(*, community: Community, to_user: User, by: User | None, at: datetime) -> list[str]:
    """Move the open cases of a community that have an officer to the new one; returns their numbers."""
    hold_rules()
    cases = list(
        Case.objects.filter(community=community, closed_at=None, officer__isnull=False)
        .exclude(officer=to_user)
        .order_by("id")
        .select_for_update(of=("self",), no_key=True)
    )
    journal = Journal(cases, current_rules())
    for case in cases:
        settling.settle(journal, case, at)
        journal.record(case, "hand_over", at=at, by=by, changes={"officer_id": to_user.pk})
    journal.write()
    return [case.number for case in cases]
