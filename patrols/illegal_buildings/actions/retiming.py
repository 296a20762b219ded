"""When a rule of time has changed: deadlines that waited for it are given, and the sweep looks again."""

from datetime import datetime

from citymgmt.worktime.actions import retime
from patrols.illegal_buildings.journal import Journal, settle_batch
from patrols.illegal_buildings.lifecycle import TIMED, event_kind
from patrols.illegal_buildings.models import IllegalBuilding


def retime_buildings(at: datetime) -> int:
    """Give the provisional deadlines that the calendar now covers, and have the next sweep look again at what is timed;
    returns how many these are.
    """
    rows = IllegalBuilding.objects.filter(state__in=sorted(TIMED))
    return retime(rows, at, Journal, settle_batch, event_kind("recalculate"))
