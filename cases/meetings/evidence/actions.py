"""Photos come with a report: kept in the store first, written with its event, developed by the worker later."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.developing import Upload, drop_uploads, fault_of, receive, ring
from cases.meetings.evidence.models import MOST_PHOTOS, Evidence
from cases.meetings.models import MemberUnit, ResolutionEvent
from citymgmt.people.models import User
from citymgmt.refusals import Invalid


@contextmanager
def received(files: Iterable[bytes]) -> Iterator[list[Upload]]:
    """Keep these files in the store while a report is written; those that it did not take along go again.

    The files are read one by one. Raises: Invalid (field `photos`: too many, or one that is no photo).
    """
    uploads: list[Upload] = []
    try:
        _receive(files, uploads)
        yield uploads
    finally:
        drop_uploads([upload.name for upload in uploads])


def _receive(files: Iterable[bytes], uploads: list[Upload]) -> None:
    faults = []
    for number, content in enumerate(files, 1):
        if number > MOST_PHOTOS:
            raise Invalid(fields={"photos": _("At most %(most)d photos at once.") % {"most": MOST_PHOTOS}})
        if fault := fault_of(content):
            faults.append(_("Photo %(number)d: %(why)s") % {"number": number, "why": fault})
        else:
            uploads.append(receive(content))
    if faults:
        raise Invalid(fields={"photos": faults})


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
