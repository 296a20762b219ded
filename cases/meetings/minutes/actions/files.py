"""Have the files of minutes made."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cases.meetings.minutes.querysets import locked_minutes
from citymgmt.paperwork.actions import asked_files
from citymgmt.paperwork.models import PaperJob
from citymgmt.people.models import User
from citymgmt.people.permissions import require


def ask_files(*, by: User, at: datetime, pk: int) -> PaperJob:
    """Have Word and PDF made of the present text; asking again for what waits changes nothing, so no request key is
    needed. A draft is made anew, because the texts of the meeting may be others by now.

    Raises: NotFound, NotPermitted, WrongState (issued ones have their files).
    """
    with transaction.atomic():
        minutes = locked_minutes(pk)
        require(by, "minutes.write", minutes, on=timezone.localdate(at))
        return asked_files(minutes, at)
