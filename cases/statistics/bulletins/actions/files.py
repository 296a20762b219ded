"""Have the files of a bulletin made."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.statistics.bulletins.actions.locking import locked_bulletin
from citymgmt.jobs import Job
from citymgmt.paperwork.actions import wanted_files
from citymgmt.paperwork.models import PaperJob
from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.refusals import WrongState


def ask_files(*, by: User, at: datetime, pk: int) -> PaperJob:
    """Have Word, PDF and Excel made of the present text; asking again for what waits or is there changes nothing, so
    no request key is needed. Asked for what failed, it is begun anew.

    Raises: NotFound, NotPermitted, WrongState (an issued one has its files).
    """
    with transaction.atomic():
        bulletin = locked_bulletin(pk)
        require(by, "bulletin.write", bulletin, on=timezone.localdate(at))
        job, is_begun = wanted_files(bulletin, at)
        if not bulletin.is_draft and not is_begun and job.state == Job.State.READY:
            raise WrongState(_("The files of an issued bulletin never change."))
        return job
