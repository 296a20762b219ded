"""A station is looked at: every item of its checklist answered, in one form; or a reason why it was not."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from citymgmt.people.models import User
from citymgmt.photos.actions import Upload, drop_uploads, fault_of, receive, ring
from citymgmt.refusals import Invalid, WrongState
from citymgmt.written import faults_of
from patrols.stations.actions.frame import act, check_waits
from patrols.stations.checklist import FAILED, NOT_APPLICABLE, VALUE, Said, missing_in, result_of
from patrols.stations.journal import Journal
from patrols.stations.lifecycle import DONE, EXCUSE, EXCUSED, FAULTY, MAKE, MAKE_UP
from patrols.stations.models import CheckAnswer, CheckEvent, ChecklistItem, CheckPhoto, DailyCheck
from patrols.stations.models.checks import LONGEST_NOTE
from patrols.stations.querysets import items_of

LONGEST_REASON = 200  # characters
Uploads = Mapping[int, Upload]  # by the id of the item


@dataclass(frozen=True)
class AnswerTold:
    """An answer as a person gives it, to the item of this id; `photo` is a file."""

    item: int
    result: str = ""
    value: float | None = None
    note: str = ""
    photo: bytes | None = None


def make_check(
    *, by: User, at: datetime, pk: int, answers: Sequence[AnswerTold], request_key: str | None = None
) -> CheckEvent:
    """Make a check: each item of the checklist as it stands now is answered. It can be made up for a day after its own.

    Raises: NotFound, NotPermitted, WrongState, Invalid (fields result_…, value_…, note_… and photo_… with the id of the
    item), KeyReused.
    """
    with _received(answers) as uploads:
        given = {
            str(one.item): [one.result, one.value, one.note, uploads[one.item].digest if one.item in uploads else ""]
            for one in answers
        }

        def body(journal: Journal, check: DailyCheck, moment: datetime) -> Mapping[str, Any]:
            _check_now(check, at)
            items = items_of(check.station.subdistrict_id, check.station.kind)
            parts = _answered(items, {one.item: one for one in answers}, uploads)
            failed = sum(values["result"] == FAILED for _part, values in parts)
            changes = {"done_at": moment, "done_by_id": by.pk, "failed_count": failed}
            return {"to": FAULTY if failed else DONE, "changes": changes, "parts": parts}

        def then(event: CheckEvent) -> None:
            _attach(event, uploads, by)

        return act(
            MAKE,
            pk=pk,
            by=by,
            at=at,
            permission="station.check",
            given=given,
            body=body,
            then=then,
            request_key=request_key,
        )


def _check_now(check: DailyCheck, at: datetime) -> None:
    """Raises: WrongState."""
    check_waits(check)
    if check.due_at is not None and at >= check.due_at + MAKE_UP:
        raise WrongState(_("A check can be made up for a day; now only a reason excuses it."))


@contextmanager
def _received(answers: Sequence[AnswerTold]) -> Iterator[dict[int, Upload]]:
    """Keep the photos in the store while a check is written; those that it did not take along go again.

    Raises: Invalid (fields photo_… with the id of the item).
    """
    uploads: dict[int, Upload] = {}
    try:
        photos = {one.item: one.photo for one in answers if one.photo is not None}
        faults = {f"photo_{item}": fault for item, photo in photos.items() if (fault := fault_of(photo))}
        if faults:
            raise Invalid(fields=faults)
        for item, photo in photos.items():
            uploads[item] = receive(photo)
        yield uploads
    finally:
        drop_uploads([upload.name for upload in uploads.values()])


Parts = list[tuple[CheckAnswer, dict[str, Any]]]


def _answered(items: Sequence[ChecklistItem], told: Mapping[int, AnswerTold], uploads: Uploads) -> Parts:
    """The answers with their columns, in the order of the items. Raises: Invalid."""
    if not items or {one.pk for one in items} != set(told):
        raise Invalid(_("The checklist has changed in the meantime. Please look through it again."))
    faults: dict[str, list[str]] = {}
    parts: Parts = []
    for ordinal, item in enumerate(items, 1):
        one = told[item.pk]
        said = Said(one.result, one.value, one.note, item.pk in uploads)
        faults |= _faults(item, said)
        parts.append((CheckAnswer(ordinal=ordinal), _columns(ordinal, item, said)))
    if faults:
        raise Invalid(fields=faults)
    if all(values["result"] == NOT_APPLICABLE for _part, values in parts):
        raise Invalid(_("Nothing was looked at: answer at least one item."))
    return parts


def _faults(item: ChecklistItem, said: Said) -> dict[str, list[str]]:
    sentences = {
        "result": ("result", _("Choose one of these.")),
        "value": ("value", _("Give the measured value, or tick that the item does not apply.")),
        "both": ("value", _("Give the measured value, or tick that the item does not apply.")),
        "size": ("value", _("This number is too large.")),
        "note": ("note", _("Say what is wrong.")),
        "photo": ("photo", _("A photo shows what is wrong.")),
    }
    found: dict[str, list[str]] = {}
    for what in missing_in(item.asked, said):
        field, sentence = sentences[what]
        found[f"{field}_{item.pk}"] = [sentence]
    written = faults_of(said.note.strip(), LONGEST_NOTE)
    return {**found, f"note_{item.pk}": written} if written else found


def _columns(ordinal: int, item: ChecklistItem, said: Said) -> dict[str, Any]:
    """What the answer keeps of the item, and what was said."""
    kept = ("name_zh", "name_en", "answer", "unit", "lowest", "highest", "category_id")
    return {
        "ordinal": ordinal,
        "item_id": item.pk,
        **{name: getattr(item, name) for name in kept},
        "result": result_of(item.asked, said),
        "value": said.value if item.answer == VALUE else None,
        "note": said.note.strip(),
    }


def _attach(event: CheckEvent, uploads: Uploads, by: User) -> None:
    """Write the photos of answers just written, within their transaction, and ring once that is certain."""
    for answer in CheckAnswer.objects.filter(daily_check=event.daily_check_id, item__in=uploads).order_by("ordinal"):
        upload = uploads[answer.item_id]
        CheckPhoto.objects.create(
            answer=answer,
            uploaded_by=by,
            created_at=event.at,
            upload_sha256=upload.digest,
            incoming=upload.name,
        )
    if uploads:
        transaction.on_commit(ring)


def excuse_check(*, by: User, at: datetime, pk: int, reason: str, request_key: str | None = None) -> CheckEvent:
    """Say why a check was not made, or cannot be. It climbs the ladder no further.

    Raises: NotFound, NotPermitted, WrongState, Invalid (no reason), KeyReused.
    """

    def body(journal: Journal, check: DailyCheck, moment: datetime) -> Mapping[str, Any]:
        check_waits(check)
        faults = faults_of(reason.strip(), LONGEST_REASON, is_needed=True)
        if faults:
            raise Invalid(fields={"reason": faults})
        return {"to": EXCUSED, "note": reason.strip()}

    return act(
        EXCUSE,
        pk=pk,
        by=by,
        at=at,
        permission="station.excuse",
        given={"reason": reason},
        body=body,
        request_key=request_key,
    )
