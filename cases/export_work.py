"""The worker's part of long exports: claim, write beside, put in place, say so. A crash begins anew."""

import logging
import os
from collections.abc import Callable
from datetime import datetime

from django.http import QueryDict
from django.utils import timezone

from cases.actions.exports import export_path, remove_old_exports
from cases.columns import columns_of
from cases.exporting import WRITERS, counting, table
from cases.listing import Asker, asked_list, ordered
from cases.models import ExportJob
from citymgmt.jobs import OvertakenError, claim, fail, finish, note_progress

logger = logging.getLogger(__name__)
MOST_AT_ONCE = 3


def write_exports(now: Callable[[], datetime]) -> int:
    """Write what waits and remove what is old; returns how many files were written. Any number may overlap."""
    remove_old_exports(now())
    written = 0
    for _turn in range(MOST_AT_ONCE):
        job = claim(ExportJob.objects.all(), now())
        if job is None:
            break
        written += job.state == ExportJob.State.WAITING and _write(job, now)
    return written


def _write(job: ExportJob, now: Callable[[], datetime]) -> bool:
    asked = asked_list(QueryDict(job.query), Asker(job.owner, job.created_at, timezone.localdate(now())))
    if not asked.is_valid():
        fail(job)
        return False
    rows, keys = ordered(asked.qs, asked.form.cleaned_data)
    lines = table(rows, keys, columns_of(job.columns), job.language)
    done = 0

    def progress(count: int) -> None:
        nonlocal done
        done = count
        if not note_progress(job, count, now()):
            raise OvertakenError

    path = export_path(job)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{job.attempt}")
    try:
        WRITERS[job.kind](counting(lines, progress), beside)
        os.replace(beside, path)
        return finish(job, done)
    except OvertakenError:
        logger.warning("export %s, attempt %s: overtaken by another worker", job.pk, job.attempt)
        return False
    finally:
        beside.unlink(missing_ok=True)
