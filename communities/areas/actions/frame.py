"""The frame of every action on a residential area: what its kind is, its version and stage, its photos."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from citymgmt.people.models import User
from citymgmt.photos.actions import Upload, received, ring
from citymgmt.wording import gettext_noop
from citymgmt.worktime import acting
from citymgmt.worktime.acting import Asked, Kind, Recorded, check_fresh, check_state
from citymgmt.worktime.steps import Step
from communities.areas import lifecycle
from communities.areas.journal import Journal, settle_batch
from communities.areas.lifecycle import event_kind
from communities.areas.querysets import locked_area
from communities.models import AreaEvent, AreaPhoto, ResidentialArea

MOST_PHOTOS = 6  # of an event
AREA = Kind(Journal, AreaEvent, settle_batch, locked_area, lambda pk: ResidentialArea.objects.filter(pk=pk))
NOT_NOW = gettext_noop("“%(action)s” is not possible: the area is now in the stage “%(state)s”.")
Body = Callable[[Journal, ResidentialArea, datetime], Recorded]


def perform(
    step: Step,
    *,
    pk: int,
    by: User,
    at: datetime,
    version: int | None,
    request_key: str | None,
    given: Mapping[str, Any],
    body: Body,
    photos: Iterable[bytes] = (),
) -> AreaEvent:
    """Do an action on an area that somebody saw in that version; `body` says what is recorded of it. Photos are kept
    with its event.

    Raises: NotFound, NotPermitted, KeyReused, Stale, WrongState, Invalid.
    """

    def recorded(journal: Journal, area: ResidentialArea, moment: datetime) -> Recorded:
        note = str(given.get("note") or "").strip()
        return {"to": step.target, "note": note, **body(journal, area, moment)}

    with received(photos, MOST_PHOTOS) as uploads:
        told = {**given, "photos": [one.digest for one in uploads]}
        return acting.act(
            AREA,
            Asked(event_kind(step.action), pk, by, at, step.permission, told, request_key),
            recorded,
            check=partial(_check_now, step=step, version=version),
            then=lambda event: keep_photos(event, uploads, by, at),
        )


def keep_photos(event: AreaEvent, uploads: Sequence[Upload], by: User, at: datetime) -> None:
    """Write the photos of an event; the worker is rung once that is certain."""
    for one in uploads:
        AreaPhoto.objects.create(event=event, by=by, created_at=at, upload_sha256=one.digest, incoming=one.name)
    if uploads:
        transaction.on_commit(ring)


def _check_now(area: ResidentialArea, step: Step, version: int | None) -> None:
    """Whether the action can be done now by whoever saw that version. Raises: Stale, WrongState."""
    check_fresh(area, version)
    check_state(area, step, lifecycle.STAGES, NOT_NOW)
