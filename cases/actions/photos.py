"""Use cases of photos of cases: upload, change or remove a draft, cover what nobody should see, clean up."""

import hashlib
import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.frame import earlier_answer, once, record_beside
from cases.models import CaseEvent, Photo
from cases.querysets import locked_cases
from citymgmt.people.models import User
from citymgmt.people.permissions import require, require_role
from citymgmt.photos import imaging
from citymgmt.photos.actions import (
    be_alone,
    clean_store,
    drop_uploads,
    fault_of,
    forget_files,
    receive,
    ring,
)
from citymgmt.photos.imaging import Box
from citymgmt.photos.stored import photo_store as store
from citymgmt.refusals import Invalid, KeyReused, NotFound, Stale, WrongState
from citymgmt.worktime.repeats import digest_of

MOST_DRAFTS = 60  # of one person
MOST_BOXES = 20
DRAFTS_LIVE = timedelta(days=1)


# --- drafts --------------------------------------------------------------------------------------------------
def upload_photo(*, by: User, at: datetime, content: bytes, kind: str, request_key: str) -> Photo:
    """Keep an upload as a draft of `by`, to be developed by the worker; the same key and content is the same draft.

    Raises: NotPermitted, Invalid (field `file`: no photo, too large, too many drafts), KeyReused.
    """
    require_role(by, "photo.upload")
    if kind not in Photo.Kind.values:
        raise Invalid(fields={"kind": _("A photo shows before, after or something other.")})
    if fault := fault_of(content):
        raise Invalid(fields={"file": fault})
    digest = hashlib.sha256(content).hexdigest()
    return _earlier(by, request_key, digest) or _kept(by, at, content, kind, request_key, digest)


def _kept(by: User, at: datetime, content: bytes, kind: str, request_key: str, digest: str) -> Photo:
    if Photo.objects.filter(uploaded_by=by, case=None).count() >= MOST_DRAFTS:
        raise Invalid(fields={"file": _("You have too many photos that belong to no case yet. Use or remove some.")})
    upload = receive(content)
    told = {"created_at": at, "kind": kind, "upload_sha256": upload.digest, "incoming": upload.name}
    photo, is_new = Photo.objects.get_or_create(uploaded_by=by, request_key=request_key, defaults=told)
    if is_new:
        transaction.on_commit(ring)
    else:  # the same key at the same time
        drop_uploads([upload.name])
        _check_same(photo, digest)
    return photo


def _earlier(by: User, request_key: str, digest: str) -> Photo | None:
    """The draft that this very upload made before. Raises: KeyReused."""
    earlier = Photo.objects.filter(uploaded_by=by, request_key=request_key).first()
    if earlier is not None:
        _check_same(earlier, digest)
    return earlier


def _check_same(photo: Photo, digest: str) -> None:
    if photo.upload_sha256 != digest:
        raise KeyReused


@transaction.atomic
def mark_draft(*, by: User, at: datetime, pk: int, kind: str) -> Photo:
    """Say what a draft shows. Raises: NotFound, NotPermitted, WrongState, Invalid."""
    if kind not in Photo.Kind.values:
        raise Invalid(fields={"kind": _("A photo shows before, after or something other.")})
    photo = _locked_draft(by, at, pk)
    photo.kind = kind
    photo.save(update_fields=["kind"])
    return photo


@transaction.atomic
def remove_draft(*, by: User, at: datetime, pk: int) -> None:
    """Remove a draft with its files. Raises: NotFound, NotPermitted, WrongState once it belongs to a case."""
    _delete([_locked_draft(by, at, pk)])


def _locked_draft(by: User, at: datetime, pk: int) -> Photo:
    photo = _locked(pk)
    require(by, "photo.upload", photo, on=timezone.localdate(at))
    if photo.case_id is not None:
        raise WrongState(_("The photo belongs to a case."))
    return photo


def _locked(pk: int) -> Photo:
    photo = Photo.objects.filter(pk=pk).select_for_update(of=("self",), no_key=True).first()
    if photo is None:
        raise NotFound
    return photo


def _delete(photos: Sequence[Photo]) -> None:
    """Delete locked drafts; their files go once that is certain."""
    uploads = [photo.incoming for photo in photos if photo.incoming]
    files = [digest for photo in photos for digest in (photo.sha256, photo.thumbnail_sha256) if digest]
    Photo.objects.filter(pk__in=[photo.pk for photo in photos]).delete()
    transaction.on_commit(partial(_forget, uploads, files))


def _forget(uploads: Sequence[str], files: Sequence[str]) -> None:
    drop_uploads(uploads)
    forget_files(files)


# --- covering ------------------------------------------------------------------------------------------------
def redact_photo(
    *, by: User, at: datetime, pk: int, boxes: Sequence[Box], seen: int, note: str = "", request_key: str | None = None
) -> CaseEvent:
    """Burn black rectangles into a photo of a case, for good, and record it; the uncovered file is removed.

    `boxes` are shares of width and height; `seen` is how often the photo had been redacted when the person looked.
    Raises: NotFound, NotPermitted, WrongState, Stale, Invalid, KeyReused.
    """
    number = Photo.objects.filter(pk=pk).values_list("case__number", flat=True).first() or ""
    digest = digest_of("redact_photo", number, {"photo": pk, "boxes": [list(box) for box in boxes], "note": note})

    def cover() -> CaseEvent:
        case = locked_cases(number)[number]
        earlier = earlier_answer(by, request_key, digest)
        if earlier is not None:
            return earlier
        photo = _locked(pk)
        require(by, "photo.redact", photo, on=timezone.localdate(at))
        _check_redaction(photo, boxes, seen)
        _burn(photo, boxes)
        return record_beside(case, "redact_photo", by=by, at=at, note=note, key=request_key, digest=digest)

    if not number:
        require(by, "photo.redact", _draft(pk), on=timezone.localdate(at))
        raise WrongState(_("The photo belongs to no case yet: remove it and take another."))
    return once(cover, by, request_key, digest)


def _draft(pk: int) -> Photo:
    found = Photo.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def _check_redaction(photo: Photo, boxes: Sequence[Box], seen: int) -> None:
    if not photo.is_ready:
        raise WrongState(_("There is no picture to cover."))
    if photo.redactions != seen:
        raise Stale(_("Somebody else has covered something on this photo in the meantime. Please look again."))
    if not 1 <= len(boxes) <= MOST_BOXES:
        raise Invalid(fields={"boxes": _("Draw between 1 and %(most)d rectangles.") % {"most": MOST_BOXES}})
    if not all(_is_on_picture(*box) and all(map(math.isfinite, box)) for box in boxes):
        raise Invalid(fields={"boxes": _("A rectangle does not lie on the photo.")})


def _is_on_picture(left: float, top: float, width: float, height: float) -> bool:
    """Whether a rectangle of some size lies within the picture."""
    edge = 1.000001
    return min(left, top) >= 0 and min(width, height) > 0 and left + width <= edge and top + height <= edge


def _burn(photo: Photo, boxes: Sequence[Box]) -> None:
    try:
        content = store().path(photo.sha256).read_bytes()
    except FileNotFoundError as error:
        raise WrongState(_("The file of this photo is missing.")) from error
    picture = imaging.redact(content, boxes)
    uncovered = [photo.sha256, photo.thumbnail_sha256]
    be_alone()
    photo.sha256, photo.thumbnail_sha256 = store().put(picture.jpeg), store().put(picture.thumbnail)
    photo.redactions += 1
    photo.save(update_fields=["sha256", "thumbnail_sha256", "redactions"])
    transaction.on_commit(partial(forget_files, uncovered))


# --- cleaning up ---------------------------------------------------------------------------------------------
def clean_photos(*, at: datetime) -> dict[str, int]:
    """Remove drafts older than a day, and files that belong to nothing; returns how many of each."""
    return {"drafts": _clean_drafts(at - DRAFTS_LIVE), **clean_store(at=at)}


def _clean_drafts(before: datetime) -> int:
    count = 0
    while True:
        with transaction.atomic():
            old = Photo.objects.filter(case=None, created_at__lt=before).order_by("pk")
            found = list(old.select_for_update(skip_locked=True, of=("self",))[:200])
            if not found:
                return count
            _delete(found)
            count += len(found)
