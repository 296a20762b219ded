"""Photos come with a report: kept in the store first, written with its event, developed by the worker later."""

from collections.abc import Sequence

from django.db import transaction

from cases.meetings.evidence.models import Evidence
from cases.meetings.models import MemberUnit, ResolutionEvent
from citymgmt.people.models import User
from citymgmt.photos.actions import Upload, ring


def attach(event: ResolutionEvent, uploads: Sequence[Upload], by: User | None, for_unit: MemberUnit | None) -> None:
    """Write the photos of an event just written, within its transaction, and ring once that is certain."""
    for ordinal, upload in enumerate(uploads, 1):
        Evidence.objects.create(
            event=event,
            ordinal=ordinal,
            uploaded_by=by,
            unit=for_unit,
            created_at=event.at,
            upload_sha256=upload.digest,
            incoming=upload.name,
        )
    if uploads:
        transaction.on_commit(ring)
