"""From an upload to the pictures in the store, for the photos of every model: receive, develop, forget, clean up.

An upload is only kept; `process_photos` decodes it, in the worker. PostgreSQL says what waits; Celery rings.
"""

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from celery import current_app
from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from citymgmt.photos import imaging
from citymgmt.photos.stored import REASONS, StoredPhoto, photo_models
from citymgmt.photos.stored import photo_store as store
from citymgmt.refusals import Invalid

MOST_TRIES = 3  # a worker that dies over a photo three times was killed by it
LEASE = timedelta(minutes=5)
LEFT_OVER = timedelta(hours=2)  # a file that no row knows for so long belongs to nothing
logger = logging.getLogger(__name__)


# --- uploads -------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Upload:
    """A file that lies in the store until it is developed: its name there, and its SHA-256."""

    name: str
    digest: str


def fault_of(content: bytes) -> str:
    """Why a file cannot be a photo; empty when it may be one."""
    try:
        imaging.check(content)
    except imaging.Refused as refused:
        return str(REASONS[refused.reason])
    return ""


def receive(content: bytes) -> Upload:
    """Keep a file in the store; it is lost after `LEFT_OVER` unless a row names it by then."""
    return Upload(store().receive(content), hashlib.sha256(content).hexdigest())


def drop_uploads(names: Iterable[str]) -> int:
    """Remove the uploads of these names for which no photo waits; returns how many."""
    asked = set(names)
    waiting = [model._default_manager.filter(incoming__in=asked) for model in photo_models()] if asked else []
    unknown = asked - {name for rows in waiting for name in rows.values_list("incoming", flat=True)}
    for name in unknown:
        store().drop_upload(name)
    return len(unknown)


@contextmanager
def received(files: Iterable[bytes], most: int) -> Iterator[list[Upload]]:
    """Keep these files in the store while something is written; those that it did not take along go again.

    The files are read one by one. Raises: Invalid (field `photos`: more than `most`, or one that is no photo).
    """
    uploads: list[Upload] = []
    try:
        _receive(files, most, uploads)
        yield uploads
    finally:
        drop_uploads([upload.name for upload in uploads])


def _receive(files: Iterable[bytes], most: int, uploads: list[Upload]) -> None:
    faults = []
    for number, content in enumerate(files, 1):
        if number > most:
            raise Invalid(fields={"photos": _("At most %(most)d photos at once.") % {"most": most}})
        if fault := fault_of(content):
            faults.append(_("Photo %(number)d: %(why)s") % {"number": number, "why": fault})
        else:
            uploads.append(receive(content))
    if faults:
        raise Invalid(fields={"photos": faults})


def keep_uploads(model: type[StoredPhoto], uploads: Sequence[Upload], at: datetime, **of: Any) -> None:
    """Write a photo for each upload, within the transaction of what they show (`of`); the worker is rung once that is
    certain.
    """
    for one in uploads:
        model._default_manager.create(created_at=at, upload_sha256=one.digest, incoming=one.name, **of)
    if uploads:
        transaction.on_commit(ring)


def ring() -> None:
    """Tell the worker that something waits. When the broker is silent, beat rings within a minute."""
    try:
        current_app.send_task("cases.process_photos", retry=False, ignore_result=True)
    except Exception as error:  # any transport, any failure: nothing is lost
        logger.warning("the bell of the photos does not ring: %s", type(error).__name__)


# --- the store -----------------------------------------------------------------------------------------------
@transaction.atomic
def forget_files(files: Iterable[str]) -> int:
    """Remove the pictures of these hashes that no photo has; returns how many."""
    wanted = set(files)
    be_alone()
    kept = {digest for model in photo_models() for digest in _named(model, wanted)}
    for digest in wanted - kept:
        store().remove(digest)
    return len(wanted - kept)


def _named(model: type[StoredPhoto], wanted: set[str]) -> set[str]:
    """The hashes of all files of the rows that name one of these."""
    used = model._default_manager.filter(Q(sha256__in=wanted) | Q(thumbnail_sha256__in=wanted))
    return {digest for pair in used.values_list("sha256", "thumbnail_sha256") for digest in pair}


def be_alone() -> None:
    """Be the only one who adds pictures to the store or removes some, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('cases.photos'))")


def clean_store(*, at: datetime) -> dict[str, int]:
    """Remove the uploads and pictures that belonged to nothing for `LEFT_OVER`; returns how many of each."""
    before = (at - LEFT_OVER).timestamp()
    return {
        "uploads": drop_uploads(store().old_uploads(before)),
        "files": sum(forget_files(files) for files in store().old_pictures(before)),
    }


# --- developing ----------------------------------------------------------------------------------------------
def process_photos(*, now: Callable[[], datetime], most: int = 200) -> int:
    """Develop what waits, one after the other, at most so many of each model; returns how many were taken up. Any
    number of runs may overlap.

    A run that is killed leaves its photo to the next one, once the lease has run out.
    """
    return sum(_process(model, now, most) for model in photo_models())


def _process(model: type[StoredPhoto], now: Callable[[], datetime], most: int) -> int:
    for taken in range(most):
        photo = _claim(model, now())
        if photo is None:
            return taken
        _develop(photo)
    return most


@transaction.atomic
def _claim(model: type[StoredPhoto], at: datetime) -> StoredPhoto | None:
    waiting = model._default_manager.filter(state=StoredPhoto.State.WAITING)
    free = waiting.filter(Q(lease_until=None) | Q(lease_until__lt=at))
    photo = free.order_by("pk").select_for_update(skip_locked=True, of=("self",), no_key=True).first()
    if photo is not None:
        photo.attempt += 1
        photo.lease_until = at + LEASE
        photo.save(update_fields=["attempt", "lease_until"])
    return photo


def _develop(photo: StoredPhoto) -> None:
    if photo.attempt > MOST_TRIES:
        _refuse(photo, "stuck")
        return
    try:
        picture = imaging.develop(store().upload(photo.incoming))
    except FileNotFoundError:
        _refuse(photo, "lost")
    except imaging.Refused as refused:
        _refuse(photo, refused.reason)
    else:
        _finish(photo, picture)


def _refuse(photo: StoredPhoto, reason: str) -> None:
    logger.warning("%s is refused: %s", photo, reason)
    _mark(photo, state=StoredPhoto.State.REFUSED, reason=reason)


@transaction.atomic
def _finish(photo: StoredPhoto, picture: imaging.Picture) -> None:
    be_alone()
    rows = type(photo)._default_manager.filter(pk=photo.pk)
    present = rows.select_for_update(of=("self",), no_key=True).first()  # what it belongs to may have changed meanwhile
    is_sane = picture.taken_at is not None and picture.taken_at <= photo.created_at + timedelta(days=1)
    _mark(
        photo,
        state=StoredPhoto.State.READY,
        sha256=store().put(picture.jpeg),
        thumbnail_sha256=store().put(picture.thumbnail),
        width=picture.width,
        height=picture.height,
        taken_at=picture.taken_at if is_sane else None,
        **(present.columns_of_place(picture.point) if present else {}),
    )


@transaction.atomic
def _mark(photo: StoredPhoto, **columns: object) -> None:
    """Write the outcome, unless the photo was removed or another run took it over after our lease ran out."""
    rows = type(photo)._default_manager
    ours = rows.filter(pk=photo.pk, attempt=photo.attempt, state=StoredPhoto.State.WAITING)
    if ours.update(incoming="", lease_until=None, **columns):
        transaction.on_commit(partial(store().drop_upload, photo.incoming))
    else:
        files = [str(columns[name]) for name in ("sha256", "thumbnail_sha256") if name in columns]
        transaction.on_commit(partial(forget_files, files))
