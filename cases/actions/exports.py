"""Long exports: asked for by a person, written by the worker under a lease, removed after a week."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.models import ExportJob
from citymgmt.people.models import User
from citymgmt.people.permissions import require_role
from citymgmt.refusals import Invalid

AT_ONCE = 5000  # rows that are answered in the request itself
MOST_ROWS = 200_000
MOST_WAITING = 3
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


def export_path(job: ExportJob) -> Path:
    """Where the file of a job lies when it is ready."""
    return DIRECTORY / job.file_name


def remove_old_exports(now: datetime) -> int:
    """Remove files and jobs older than a week; returns how many jobs."""
    old = list(ExportJob.objects.filter(created_at__lt=now - KEPT).order_by("id")[:100])
    for job in old:
        export_path(job).unlink(missing_ok=True)
    return ExportJob.objects.filter(pk__in=[job.pk for job in old]).delete()[0]
