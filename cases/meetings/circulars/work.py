"""The worker's part of circulars: Word and PDF."""

from collections.abc import Callable
from datetime import datetime

from cases.meetings.circulars.composing import circular_paper
from cases.meetings.circulars.models import Circular, CircularJob
from citymgmt.jobs import OvertakenError
from citymgmt.paperwork.work import Now, Turn, make_waiting


def make_circular_files(now: Callable[[], datetime]) -> int:
    """Make the files of what waits; returns for how many circulars. Any number may overlap."""
    return make_waiting(CircularJob.objects.all(), _turn_of, now)


def _turn_of(job: CircularJob, now: Now) -> Turn:
    """Raises: OvertakenError."""
    found = Circular.objects.select_related("corrects").filter(pk=job.circular_id).first()
    if found is None or found.version != job.version:
        raise OvertakenError
    return Turn(job, found, circular_paper(found), now)
