"""Have the files of a paper made, keep what the worker has made. Permissions are asked by the actions of each kind."""

import hashlib
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from citymgmt.jobs import Job, OvertakenError, note_progress
from citymgmt.paperwork.models import PaperJob
from citymgmt.refusals import WrongState

AT_FIRST = 100  # parts of the whole, until the worker knows how long it is


def wanted_files(thing: Any, at: datetime) -> tuple[PaperJob, bool]:
    """The making of the files of the present text, and whether it was begun now: what waits or is there whole stays,
    what failed is begun anew. Within a transaction that holds the thing's row.
    """
    present = thing.jobs.filter(version=thing.version).first()
    if present is not None and present.state != Job.State.FAILED and not present.trouble:
        return present, False
    if present is not None:
        present.delete()
    return begin_files(thing, at), True


def begin_files(thing: Any, at: datetime) -> PaperJob:
    """A job for the present text, within the caller's transaction."""
    job: PaperJob = thing.jobs.create(version=thing.version, created_at=at, total=AT_FIRST)
    return job


def renew_waiting(thing: Any, at: datetime) -> None:
    """Have files that wait made of the new text instead, within the caller's transaction. The worker that is at the old
    ones finds its job gone and stops.
    """
    if thing.jobs.filter(state=Job.State.WAITING).delete()[0]:
        begin_files(thing, at)


def asked_files(thing: Any, at: datetime) -> PaperJob:
    """Have the files made of the present text; asking again for what waits changes nothing. A draft's are made anew,
    because what it tells may be other by now. Within a transaction that holds the thing's row.

    Raises: WrongState (an issued one has its files).
    """
    present = thing.jobs.filter(version=thing.version).first()
    if thing.is_draft and present is not None and present.state == Job.State.READY:
        thing.version += 1
        thing.save(update_fields=["version"])
    job, is_begun = wanted_files(thing, at)
    if thing.is_issued and not is_begun and job.state == Job.State.READY:
        raise WrongState(_("The files of an issued paper never change."))
    return job


def write_step(thing: Any, at: datetime, **columns: Any) -> None:
    """Write the columns of a step as a new version; files that wait are made of it. Within a transaction that holds the
    thing's row.
    """
    thing.version += 1
    renew_waiting(thing, at)
    for name, value in columns.items():
        setattr(thing, name, value)
    thing.save(update_fields=[*columns, "version"])


def keep_file(job: PaperJob, kind: str, content: bytes, now: datetime) -> None:
    """Keep a file that the worker made; one that is there already stays. Raises: OvertakenError."""
    with transaction.atomic():
        if not note_progress(job, job.done, now):
            raise OvertakenError
        told = {"content": content, "sha256": hashlib.sha256(content).hexdigest(), "made_at": now}
        job.thing.files.get_or_create(version=job.version, kind=kind, defaults=told)


def drop_older_files(job: PaperJob) -> None:
    """Remove the files and jobs of earlier texts."""
    job.thing.files.filter(version__lt=job.version).delete()
    job.thing.jobs.filter(version__lt=job.version).delete()
