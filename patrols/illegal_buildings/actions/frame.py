"""What the actions on illegal buildings share: settle, lock, answer a resend, permit, compare, check, record."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.photos.actions import Upload, received, ring
from citymgmt.refusals import Stale, WrongState
from citymgmt.worktime.repeats import digest_of, earlier_answer, once, scoped_key
from citymgmt.worktime.rules import current_rules, hold_rules
from patrols.illegal_buildings import lifecycle
from patrols.illegal_buildings.journal import Journal, in_order, settle_batch
from patrols.illegal_buildings.lifecycle import Transition, event_kind
from patrols.illegal_buildings.models import BuildingEvent, BuildingPhoto, IllegalBuilding
from patrols.illegal_buildings.querysets import locked_building
from patrols.teams.querysets import MOST_ID

MOST_PHOTOS = 6  # of an event
Recorded = Mapping[str, Any]  # what `Journal.record` takes beside kind, moment and person
Body = Callable[[Journal, IllegalBuilding, datetime], Recorded]


def perform(
    transition: Transition,
    *,
    pk: int,
    by: User,
    at: datetime,
    version: int | None,
    request_key: str | None,
    given: Mapping[str, Any],
    body: Body,
    photos: Iterable[bytes] = (),
) -> BuildingEvent:
    """Do an action on a building that somebody saw in that version; `body` says what is recorded of it. The photos
    are kept with its event.

    Raises: NotFound, NotPermitted, KeyReused, Stale, WrongState, Invalid.
    """
    with received(photos, MOST_PHOTOS) as uploads:
        asked = {**given, "photos": [one.digest for one in uploads]}
        digest = digest_of(event_kind(transition.action), str(pk), asked)
        answer = partial(earlier_answer, BuildingEvent, by, request_key, digest)

        def act() -> BuildingEvent:
            building = locked_building(pk)
            earlier = answer()
            if earlier is not None:
                return earlier
            require(by, transition.permission, building, on=timezone.localdate(at))
            _check_now(building, transition, version)
            journal, moment = Journal([building], current_rules()), in_order(building, at)
            told = {"to": transition.target, "note": note_of(given), **body(journal, building, moment)}
            keys: dict[str, Any] = {"request_key": scoped_key(by, request_key), "request_digest": digest}
            event = journal.record(building, event_kind(transition.action), at=moment, by=by, **told, **keys)
            journal.write()
            keep_photos(event, uploads, by, at)
            return event

        _catch_up(pk, at)
        return once(act, answer)


def note_of(given: Mapping[str, Any]) -> str:
    """The note that was given."""
    return str(given.get("note") or "").strip()


def keep_photos(event: BuildingEvent, uploads: Sequence[Upload], by: User, at: datetime) -> None:
    """Write the photos of an event; the worker is rung once that is certain."""
    for one in uploads:
        BuildingPhoto.objects.create(event=event, by=by, created_at=at, upload_sha256=one.digest, incoming=one.name)
    if uploads:
        transaction.on_commit(ring)


def _catch_up(pk: int, at: datetime) -> None:
    """Record by itself what fell due until `at`, so that a refusal of the action does not undo it."""
    due = IllegalBuilding.objects.filter(pk=pk if 0 < pk < MOST_ID else 0, next_check_at__lte=at)
    if due.exists():
        with transaction.atomic():
            hold_rules()
            settle_batch(list(due.select_for_update(of=("self",), no_key=True)), at, current_rules())


def _check_now(building: IllegalBuilding, transition: Transition, version: int | None) -> None:
    """Whether the action can be done now by whoever saw that version. Raises: Stale, WrongState."""
    if version is not None and _is_stale(building, version):
        raise Stale(version=building.version)
    if building.state not in transition.sources:
        told = {"action": _(transition.label), "state": _(lifecycle.STATES[building.state].label)}
        text = _("“%(action)s” is not possible: the building is now in the state “%(state)s”.")
        raise WrongState(text % told, state=building.state)


def _is_stale(building: IllegalBuilding, version: int) -> bool:
    """Whether somebody acted since that version; a step of the ladder disturbs nobody."""
    return not 1 <= version <= building.version or building.events.filter(seq__gt=version, by__isnull=False).exists()
