"""The worker's part of minutes: Word and PDF."""

from collections.abc import Callable
from datetime import datetime

from cases.meetings.minutes.composing import minutes_paper
from cases.meetings.minutes.models import Minutes, MinutesJob
from citymgmt.jobs import OvertakenError
from citymgmt.paperwork.work import Now, Turn, make_waiting


def make_files(now: Callable[[], datetime]) -> int:
    """Make the files of what waits; returns for how many minutes. Any number may overlap."""
    return make_waiting(MinutesJob.objects.all(), _turn_of, now)


def _turn_of(job: MinutesJob, now: Now) -> Turn:
    """Raises: OvertakenError."""
    related = ("meeting__subdistrict", "meeting__chair", "meeting__recorder", "replaces")
    found = Minutes.objects.select_related(*related).filter(pk=job.minutes_id).first()
    if found is None or found.version != job.version:
        raise OvertakenError
    return Turn(job, found, minutes_paper(found), now)
