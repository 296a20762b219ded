"""When a rule of time has changed: deadlines that waited for it are given, and the sweep looks again."""

from datetime import datetime

from citymgmt.worktime.actions import retime
from communities.committees.journal import Journal, settle_batch
from communities.committees.lifecycle import GOING, RECALCULATE
from communities.models import OwnersCommittee


def retime_committees(at: datetime) -> int:
    """Give the provisional deadlines that the calendar now covers, and have the next sweep look again at what is timed;
    returns how many these are.
    """
    rows = OwnersCommittee.objects.filter(state__in=GOING).select_related("area")
    return retime(rows, at, Journal, settle_batch, RECALCULATE)
