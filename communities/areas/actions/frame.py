"""The frame of every action on a residential area: what its kind is, its version and stage, its photos."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from citymgmt.people.models import User
from citymgmt.photos.actions import keep_uploads, received
from citymgmt.wording import gettext_noop
from citymgmt.worktime import acting
from citymgmt.worktime.acting import Asked, Kind, Recorded, check_of, step_of
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
    with received(photos, MOST_PHOTOS) as uploads:
        told = {**given, "photos": [one.digest for one in uploads]}
        return acting.act(
            AREA,
            Asked(event_kind(step.action), pk, by, at, step.permission, told, request_key),
            step_of(step, given, body),
            check=check_of(step, version, lifecycle.STAGES, NOT_NOW),
            then=lambda event: keep_uploads(AreaPhoto, uploads, at, event=event, by=by),
        )
