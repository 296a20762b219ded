"""When a rule of time has changed: deadlines that waited for it are given, and the sweep looks again."""

from datetime import datetime

from citymgmt.worktime.actions import retime
from communities.areas.journal import Journal, settle_batch
from communities.areas.lifecycle import RECALCULATE, STANDING
from communities.models import ResidentialArea


def retime_areas(at: datetime) -> int:
    """Give the provisional deadlines that the calendar now covers, and have the next sweep look again at what is timed;
    returns how many these are.
    """
    rows = ResidentialArea.objects.filter(state__in=STANDING)
    return retime(rows, at, Journal, settle_batch, RECALCULATE)
