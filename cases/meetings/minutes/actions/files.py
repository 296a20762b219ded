"""Have the files of minutes made."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.meetings.minutes.models import Minutes
from cases.meetings.minutes.querysets import locked_minutes
from citymgmt.jobs import Job
from citymgmt.paperwork.actions import wanted_files
from citymgmt.paperwork.models import PaperJob
from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.refusals import WrongState


def ask_files(*, by: User, at: datetime, pk: int) -> PaperJob:
    """Have Word and PDF made of the present text; asking again for what waits changes nothing, so no request key is
    needed. A draft is made anew, because the texts of the meeting may be others by now.

    Raises: NotFound, NotPermitted, WrongState (issued ones have their files).
    """
    with transaction.atomic():
        minutes = locked_minutes(pk)
        require(by, "minutes.write", minutes, on=timezone.localdate(at))
        present = minutes.jobs.filter(version=minutes.version).first()
        if minutes.is_draft and present is not None and present.state == Job.State.READY:
            minutes.version += 1
            Minutes.objects.filter(pk=pk).update(version=minutes.version)
        job, is_begun = wanted_files(minutes, at)
        if minutes.is_issued and not is_begun and job.state == Job.State.READY:
            raise WrongState(_("The files of issued minutes never change."))
        return job
