"""Rechecking: when a rule of time has changed, the sweep looks at every case whose clock runs."""

from datetime import datetime

from django.db import transaction

from cases import workflow
from cases.models import Case

BATCH = 1000


@transaction.atomic
def recheck_open_cases(at: datetime) -> int:
    """Have the next sweep look again at the cases whose clock runs; returns how many.

    Only the moment of the look changes: deadlines given stay, the next step is found by the rules now in force.
    Rows are locked by ascending id, like everywhere, so that no other action is waited for in a circle.
    """
    running = Case.objects.filter(state__in=workflow.RUNNING, watched_from__isnull=False).order_by("id")
    locked = running.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True)
    ids = list(locked)
    for start in range(0, len(ids), BATCH):
        Case.objects.filter(pk__in=ids[start : start + BATCH]).update(next_check_at=at)
    return len(ids)
