"""Photos come with a check-in: kept in the store first, written with its event, developed by the worker later."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from citymgmt.people.models import User
from citymgmt.photos.actions import Upload, ring
from patrols.rounds.models import Visit, VisitPhoto

MOST_PHOTOS = 3  # of a visit


def attach(parts: Sequence[tuple[Visit, Any]], uploads: Sequence[Upload], by: User, at: datetime) -> None:
    """Write the photos of the one visit of an event, within its transaction, and ring once that is certain."""
    if not uploads:
        return
    ((visit, _columns),) = parts
    for upload in uploads:
        VisitPhoto.objects.create(visit=visit, by=by, created_at=at, upload_sha256=upload.digest, incoming=upload.name)
    transaction.on_commit(ring)
