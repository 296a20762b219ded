"""The community fills in its sheet, as often as it likes, and hands it in once everything is answered."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from citymgmt.faults import refuse
from citymgmt.people.models import User
from citymgmt.photos.actions import Upload, drop_uploads, fault_of, receive, ring
from citymgmt.refusals import Invalid
from citymgmt.worktime.acting import Asked, act, check_fresh
from citymgmt.written import faults_of
from communities.four_duties.actions.frame import SHEET, by_ordinal, check_state
from communities.four_duties.journal import Journal
from communities.four_duties.lifecycle import FILL, HAND_IN, HANDED_IN, OPEN
from communities.four_duties.scoring import DONE, MARKS, PARTLY
from communities.models import DutyAnswer, DutyPhoto, DutySheet, SheetEvent
from communities.models.four_duties import LONGEST_NOTE

MOST_PHOTOS = 3  # of an answer
NO_LADDER = {"due_at": None, "watched_from": None, "rung": 0, "rung_at": None, "ladder_code": ""}
Uploads = Mapping[int, Sequence[Upload]]  # by the ordinal of the answer
Parts = list[tuple[DutyAnswer, dict[str, Any]]]


@dataclass(frozen=True)
class AnswerTold:
    """What was done of the duty of this ordinal; an empty mark leaves it open. `photos` are files."""

    ordinal: int
    mark: str = ""
    note: str = ""
    photos: Sequence[bytes] = ()


def fill_in_sheet(
    *,
    by: User,
    at: datetime,
    pk: int,
    answers: Sequence[AnswerTold],
    is_final: bool,
    version: int | None = None,
    request_key: str | None = None,
) -> SheetEvent:
    """Keep what is answered so far; with `is_final` hand the sheet in, once all is answered. A resend acts once.

    Raises: NotFound, NotPermitted, WrongState, Stale, Invalid (fields mark_…, note_…, photos_… with the ordinal),
    KeyReused.
    """
    with _received(answers) as uploads:
        digests = {ordinal: [one.digest for one in some] for ordinal, some in uploads.items()}
        given = {
            "final": is_final,
            "answers": {str(one.ordinal): [one.mark, one.note, digests.get(one.ordinal, [])] for one in answers},
        }

        def body(journal: Journal, sheet: DutySheet, moment: datetime) -> Mapping[str, Any]:
            check_fresh(sheet, version)
            parts = _answered(by_ordinal(sheet), answers, uploads, is_final=is_final)
            if not is_final:
                return {"parts": parts}
            changes = {**NO_LADDER, "handed_in_at": moment, "handed_in_by_id": by.pk}
            return {"to": HANDED_IN, "changes": changes, "parts": parts}

        return act(
            SHEET,
            Asked(HAND_IN if is_final else FILL, pk, by, at, "duties.fill", given, request_key),
            body,
            check=lambda sheet: check_state(sheet, OPEN),
            then=lambda event: _attach(event, uploads, by),
        )


@contextmanager
def _received(answers: Sequence[AnswerTold]) -> Iterator[dict[int, list[Upload]]]:
    """Keep the photos in the store while a sheet is written; those that it did not take along go again.

    Raises: Invalid (fields photos_… with the ordinal).
    """
    uploads: dict[int, list[Upload]] = {}
    try:
        told = {one.ordinal: one.photos for one in answers if one.photos}
        refuse({f"photos_{ordinal}": _photo_faults(photos) for ordinal, photos in told.items()})
        for ordinal, photos in told.items():
            for photo in photos:
                uploads.setdefault(ordinal, []).append(receive(photo))
        yield uploads
    finally:
        drop_uploads([upload.name for some in uploads.values() for upload in some])


def _photo_faults(photos: Sequence[bytes]) -> list[str]:
    if len(photos) > MOST_PHOTOS:
        return [_("At most %(most)d photos at once.") % {"most": MOST_PHOTOS}]
    return [fault for photo in photos if (fault := fault_of(photo))]


def _answered(rows: Mapping[int, DutyAnswer], told: Sequence[AnswerTold], uploads: Uploads, *, is_final: bool) -> Parts:
    """The answers that change, with their columns. Raises: Invalid."""
    if not {one.ordinal for one in told} <= set(rows) or len({one.ordinal for one in told}) < len(told):
        raise Invalid(_("This sheet has other duties. Please load the page again."))
    said = {one.ordinal: one for one in told}
    faults: dict[str, list[str]] = {}
    parts: Parts = []
    for ordinal, row in rows.items():
        one = said.get(ordinal, AnswerTold(ordinal, row.own_mark, row.note))
        count = row.photo_count + len(uploads.get(ordinal, ()))
        faults |= _faults(row, one, count, is_final=is_final)
        values = {"own_mark": one.mark, "note": one.note.strip(), "photo_count": count}
        changed = {name: value for name, value in values.items() if getattr(row, name) != value}
        if changed:
            parts.append((row, changed))
    refuse(faults)
    return parts


def _faults(row: DutyAnswer, said: AnswerTold, count: int, *, is_final: bool) -> dict[str, list[str]]:
    note = said.note.strip()
    found = {
        f"mark_{row.ordinal}": [] if said.mark in ("", *MARKS) else [_("Choose one of these.")],
        f"note_{row.ordinal}": list(faults_of(note, LONGEST_NOTE)),
        f"photos_{row.ordinal}": []
        if count <= MOST_PHOTOS
        else [_("At most %(most)d photos.") % {"most": MOST_PHOTOS}],
    }
    if is_final and not said.mark:
        found[f"mark_{row.ordinal}"] = [_("Choose one of these.")]
    if is_final and said.mark and said.mark != DONE and not note:
        found[f"note_{row.ordinal}"] = [_("Say why it was not done, or not in full.")]
    if is_final and row.needs_photo and said.mark in (DONE, PARTLY) and not count:
        found[f"photos_{row.ordinal}"] = [_("A photo shows that it was done.")]
    return found


def _attach(event: SheetEvent, uploads: Uploads, by: User) -> None:
    """Write the photos of answers, within their transaction, and ring once that is certain."""
    for answer in DutyAnswer.objects.filter(sheet=event.sheet_id, ordinal__in=uploads).order_by("ordinal"):
        for upload in uploads[answer.ordinal]:
            DutyPhoto.objects.create(
                answer=answer, by=by, created_at=event.at, upload_sha256=upload.digest, incoming=upload.name
            )
    if uploads:
        transaction.on_commit(ring)
