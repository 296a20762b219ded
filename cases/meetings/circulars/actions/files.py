"""Have the files of a circular made."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cases.meetings.circulars.querysets import locked_circular
from citymgmt.paperwork.actions import asked_files
from citymgmt.paperwork.models import PaperJob
from citymgmt.people.models import User
from citymgmt.people.permissions import require


def ask_circular_files(*, by: User, at: datetime, pk: int) -> PaperJob:
    """Have Word and PDF made of the present text; asking again for what waits changes nothing, so no request key is
    needed. A draft is made anew, because names of units and states of cases may be others by now.

    Raises: NotFound, NotPermitted, WrongState (issued ones have their files).
    """
    with transaction.atomic():
        circular = locked_circular(pk)
        require(by, "circular.write", circular, on=timezone.localdate(at))
        return asked_files(circular, at)
