"""Photos come with a check-in: kept in the store first, written with its event, developed by the worker later."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from citymgmt.people.models import User
from citymgmt.photos.actions import Upload, keep_uploads
from patrols.rounds.models import Visit, VisitPhoto

MOST_PHOTOS = 3  # of a visit


def attach(parts: Sequence[tuple[Visit, Any]], uploads: Sequence[Upload], by: User, at: datetime) -> None:
    """Write the photos of the one visit of an event, within its transaction, and ring once that is certain."""
    if not uploads:
        return
    ((visit, _columns),) = parts
    keep_uploads(VisitPhoto, uploads, at, visit=visit, by=by)
