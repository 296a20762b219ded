"""Have the files of a bulletin made, and keep what the worker has made."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.statistics.bulletins.actions.locking import locked_bulletin
from cases.statistics.bulletins.models import Bulletin, BulletinFile, BulletinJob
from citymgmt.jobs import Job, OvertakenError, note_progress
from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.refusals import WrongState

AT_FIRST = 100  # parts of the whole, until the worker knows how long the ledger is


def ask_files(*, by: User, at: datetime, pk: int) -> BulletinJob:
    """Have Word, PDF and Excel made of the present text; asking again for what waits or is there changes nothing, so
    no request key is needed. Asked for what failed, it is begun anew.

    Raises: NotFound, NotPermitted, WrongState (an issued one has its files).
    """
    with transaction.atomic():
        bulletin = locked_bulletin(pk)
        require(by, "bulletin.write", bulletin, on=timezone.localdate(at))
        present = bulletin.jobs.filter(version=bulletin.version).first()
        if present is not None and _is_whole(present):
            if not bulletin.is_draft and present.state == Job.State.READY:
                raise WrongState(_("The files of an issued bulletin never change."))
            return present
        if present is not None:
            present.delete()
        return begin_files(bulletin, at)


def _is_whole(job: BulletinJob) -> bool:
    """Whether it is to be made still, or everything was made."""
    return job.state != Job.State.FAILED and not job.trouble


def begin_files(bulletin: Bulletin, at: datetime) -> BulletinJob:
    """A job for the present text, within the caller's transaction."""
    return BulletinJob.objects.create(bulletin=bulletin, version=bulletin.version, created_at=at, total=AT_FIRST)


def renew_waiting(bulletin: Bulletin, at: datetime) -> None:
    """Have files that wait made of the new text instead, within the caller's transaction. The worker that is at the old
    ones finds its job gone and stops.
    """
    if bulletin.jobs.filter(state=Job.State.WAITING).delete()[0]:
        begin_files(bulletin, at)


def keep_file(job: BulletinJob, kind: str, content: bytes, now: datetime) -> None:
    """Keep a file that the worker made; one that is there already stays. Raises: OvertakenError."""
    with transaction.atomic():
        if not note_progress(job, job.done, now):
            raise OvertakenError
        told = {"content": content, "sha256": hashlib.sha256(content).hexdigest(), "made_at": now}
        BulletinFile.objects.get_or_create(bulletin_id=job.bulletin_id, version=job.version, kind=kind, defaults=told)


def drop_older_files(job: BulletinJob) -> None:
    """Remove the files and jobs of earlier texts."""
    BulletinFile.objects.filter(bulletin=job.bulletin_id, version__lt=job.version).delete()
    BulletinJob.objects.filter(bulletin=job.bulletin_id, version__lt=job.version).delete()
