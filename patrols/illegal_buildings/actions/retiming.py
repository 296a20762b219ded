"""When a rule of time has changed: deadlines that waited for it are given, and the sweep looks again."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from citymgmt.worktime.rules import change_rules, current_rules
from patrols.illegal_buildings.journal import Journal, due_after, settle
from patrols.illegal_buildings.lifecycle import TIMED, event_kind
from patrols.illegal_buildings.models import IllegalBuilding

BATCH = 500


@transaction.atomic
def retime_buildings(at: datetime) -> int:
    """Give the provisional deadlines that the calendar now covers, and have the next sweep look again at what is timed;
    returns how many these are. Rows are locked by ascending id.
    """
    change_rules()
    found = IllegalBuilding.objects.filter(state__in=sorted(TIMED)).order_by("id")
    rows = list(found.select_for_update(of=("self",), no_key=True))
    guessed = [one for one in rows if one.is_due_provisional]
    for start in range(0, len(guessed), BATCH):
        _recalculate(guessed[start : start + BATCH], at)
    return IllegalBuilding.objects.filter(pk__in=[one.pk for one in rows]).update(next_check_at=at)


def _recalculate(buildings: Sequence[IllegalBuilding], at: datetime) -> None:
    journal = Journal(buildings, current_rules())
    for one in buildings:
        settle(journal, one, at)
        assert one.limit_value is not None  # it is timed
        assert one.counted_from is not None
        told = due_after(one.limit_value, one.limit_unit, one.counted_from, journal.rules)
        if not told["is_due_provisional"]:
            moments = [f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" for moment in (one.due_at, told["due_at"])]
            note = " → ".join(moments) if moments[0] != moments[1] else ""
            journal.record(one, event_kind("recalculate"), at=at, note=note, changes=told)
    journal.write()
