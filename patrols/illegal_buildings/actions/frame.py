"""What the actions on illegal buildings share, in the order of `citymgmt.worktime.acting`."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from citymgmt.documents import fault_of_pdf
from citymgmt.people.models import User
from citymgmt.photos.actions import Upload, keep_uploads, received
from citymgmt.refusals import Invalid
from citymgmt.worktime import acting
from citymgmt.worktime.acting import Asked, Kind, Recorded, check_of, step_of
from patrols.illegal_buildings import lifecycle
from patrols.illegal_buildings.journal import Journal, settle_batch
from patrols.illegal_buildings.lifecycle import Transition, event_kind
from patrols.illegal_buildings.models import BuildingEvent, BuildingPaper, BuildingPhoto, IllegalBuilding
from patrols.illegal_buildings.querysets import locked_building

MOST_PHOTOS, MOST_PAPERS = 6, 5  # of an event
BUILDING = Kind(Journal, BuildingEvent, settle_batch, locked_building, lambda pk: IllegalBuilding.objects.filter(pk=pk))
NOT_NOW = gettext_noop("“%(action)s” is not possible: the building is now in the state “%(state)s”.")
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
    papers: Iterable[bytes] = (),
) -> BuildingEvent:
    """Do an action on a building that somebody saw in that version; `body` says what is recorded of it. Photos and
    papers are kept with its event.

    Raises: NotFound, NotPermitted, KeyReused, Stale, WrongState, Invalid.
    """
    files = checked_papers(papers, transition)
    with received(photos, MOST_PHOTOS) as uploads:
        told = {**given, "photos": [one.digest for one in uploads], "papers": list(files)}
        return acting.act(
            BUILDING,
            Asked(event_kind(transition.action), pk, by, at, transition.permission, told, request_key),
            step_of(transition, given, body),
            check=check_of(transition, version, lifecycle.STATES, NOT_NOW),
            then=lambda event: _keep_files(event, uploads, files, by, at),
        )


def _keep_files(
    event: BuildingEvent, uploads: Sequence[Upload], papers: Mapping[str, bytes], by: User, at: datetime
) -> None:
    keep_uploads(BuildingPhoto, uploads, at, event=event, by=by)
    for ordinal, (digest, content) in enumerate(papers.items(), 1):
        told: dict[str, Any] = {"content": content, "sha256": digest, "size": len(content)}
        BuildingPaper.objects.create(event=event, ordinal=ordinal, by=by, created_at=at, **told)


def checked_papers(files: Iterable[bytes], transition: Transition) -> Mapping[str, bytes]:
    """The papers of a step by their SHA-256, each once. Raises: Invalid (field `papers`)."""
    found: dict[str, bytes] = {}
    faults = []
    for number, content in enumerate(files, 1):
        if not transition.has_paper:
            raise Invalid(fields={"papers": _("This step does not carry it.")})
        if number > MOST_PAPERS:
            raise Invalid(fields={"papers": _("At most %(most)d papers at once.") % {"most": MOST_PAPERS}})
        if fault := fault_of_pdf(content):
            faults.append(_("Paper %(number)d: %(why)s") % {"number": number, "why": fault})
        found[hashlib.sha256(content).hexdigest()] = content
    if faults:
        raise Invalid(fields={"papers": faults})
    return found
