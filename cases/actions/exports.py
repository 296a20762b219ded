"""Long exports: asked for by a person, written by the worker under a lease, removed after a week."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.models import ExportJob
from citymgmt.people.models import User
from citymgmt.people.permissions import require_role
from citymgmt.refusals import Invalid

AT_ONCE = 5000  # rows that are answered in the request itself
MOST_ROWS = 200_000
MOST_WAITING = 3
LEASE = timedelta(minutes=5)
ATTEMPTS = 3
KEPT = timedelta(days=7)
DIRECTORY = settings.VAR_DIR / "exports"


def ask_export(
    *, by: User, at: datetime, kind: str, query: str, columns: Sequence[str], total: int, request_key: str
) -> ExportJob:
    """Have a file written of all that a query string finds now. A resend gives the first job.

    Raises: NotPermitted, Invalid (too many rows, or too many files being written for the person).
    """
    require_role(by, "export.view")
    if total > MOST_ROWS:
        raise Invalid(_("At most %(count)s cases can be exported. Filter for fewer.") % {"count": MOST_ROWS})
    key = f"{by.pk}:{request_key}"
    with transaction.atomic():
        User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
        earlier = ExportJob.objects.filter(request_key=key).first()
        if earlier is not None:
            return earlier
        if ExportJob.objects.filter(owner=by, state=ExportJob.State.WAITING).count() >= MOST_WAITING:
            raise Invalid(_("%(count)s of your files are being written. Wait for them.") % {"count": MOST_WAITING})
        return ExportJob.objects.create(
            owner=by,
            kind=kind,
            query=query,
            columns=list(columns),
            language=by.language or get_language() or settings.LANGUAGE_CODE,
            created_at=at,
            total=total,
            request_key=key,
        )


def claim_export(now: datetime) -> ExportJob | None:
    """The next file to be written, leased to the caller; None when there is none. Gives up what failed thrice."""
    with transaction.atomic():
        waiting = ExportJob.objects.filter(Q(lease_until=None) | Q(lease_until__lt=now), state="waiting")
        job = waiting.order_by("id").select_for_update(skip_locked=True, of=("self",), no_key=True).first()
        if job is None:
            return None
        job.attempt += 1
        job.lease_until = now + LEASE
        job.done = 0
        job.state = ExportJob.State.WAITING if job.attempt <= ATTEMPTS else ExportJob.State.FAILED
        job.save(update_fields=["attempt", "lease_until", "state", "done"])
    return job


def note_progress(job: ExportJob, done: int, now: datetime) -> bool:
    """Say how many rows are written and hold the lease; False when another worker has taken over."""
    return bool(_ours(job).update(done=done, lease_until=now + LEASE))


def finish_export(job: ExportJob, done: int) -> bool:
    """Say that the file lies there; False when another worker has taken over."""
    return bool(_ours(job).update(state=ExportJob.State.READY, done=done, total=done, lease_until=None))


def fail_export(job: ExportJob) -> None:
    """Say that the file will not be written."""
    _ours(job).update(state=ExportJob.State.FAILED, lease_until=None)


def export_path(job: ExportJob) -> Path:
    """Where the file of a job lies when it is ready."""
    return DIRECTORY / job.file_name


def remove_old_exports(now: datetime) -> int:
    """Remove files and jobs older than a week; returns how many jobs."""
    old = list(ExportJob.objects.filter(created_at__lt=now - KEPT).order_by("id")[:100])
    for job in old:
        export_path(job).unlink(missing_ok=True)
    return ExportJob.objects.filter(pk__in=[job.pk for job in old]).delete()[0]


def _ours(job: ExportJob) -> QuerySet[ExportJob]:
    return ExportJob.objects.filter(pk=job.pk, attempt=job.attempt, state=ExportJob.State.WAITING)
