"""Looks at key places, by whoever of the field is there; and what an office deducts for what was seen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pghistory
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.faults import choice_faults, number_faults, refuse
from citymgmt.found import one_of
from citymgmt.people.models import User
from citymgmt.people.permissions import require, require_role
from citymgmt.refusals import KeyReused, NotFound
from citymgmt.worktime.repeats import digest_of, scoped_key
from communities.querysets import locked_office
from patrols.guards import condition
from patrols.guards.actions.frame import checked_note
from patrols.guards.condition import FULL, NONE, SERIOUS, SLIGHT, score
from patrols.guards.models import ConditionLook, Deduction, GuardedPlace, LookMark
from patrols.guards.querysets import deductions_of, disorders, watch_stood_at

SEVERITIES = (NONE, SLIGHT, SERIOUS)


@dataclass(frozen=True)
class LookTold:
    """What somebody sees at a place: a severity by the key of each disorder; those left out are not there."""

    seen: Mapping[str, str] = field(default_factory=dict)
    note: str = ""


def take_look(*, by: User, at: datetime, place: int, told: LookTold, request_key: str | None = None) -> ConditionLook:
    """Keep what somebody saw at a key place, and its score. It belongs to the watch on which the person stands there.

    Raises: NotFound, NotPermitted, KeyReused, Invalid (a severity or disorder that is none; fields named by the
    disorder).
    """
    key = scoped_key(by, request_key)
    digest = digest_of("take_look", str(place), {"seen": sorted(told.seen.items()), "note": told.note})
    try:
        with transaction.atomic():
            found = one_of(GuardedPlace.objects.select_related("community").defer("community__boundary"), place)
            require(by, "place.look", found, on=timezone.localdate(at))
            earlier = _earlier(key, digest)
            return earlier or _keep(found, told, by, at, {"request_key": key, "request_digest": digest})
    except IntegrityError:  # the same request came twice at the same moment
        earlier = _earlier(key, digest)
        if earlier is None:
            raise
        return earlier


def _earlier(key: str | None, digest: str) -> ConditionLook | None:
    """Raises: KeyReused."""
    found = ConditionLook.objects.filter(request_key=key).first() if key else None
    if found is not None and found.request_digest != digest:
        raise KeyReused
    return found


def _keep(place: GuardedPlace, told: LookTold, by: User, at: datetime, keys: Mapping[str, Any]) -> ConditionLook:
    known = {one.key: one for one in disorders()}
    faults = {
        name: choice_faults(severity, SEVERITIES if name in known else ()) for name, severity in told.seen.items()
    }
    refuse(faults)
    note = checked_note(told.note)
    deductions = deductions_of(place.community.subdistrict_id, list(known.values()))
    marks = [
        LookMark(disorder=one, severity=severity, deduction=deductions[one.pk][severity])
        for one in known.values()
        if (severity := told.seen.get(one.key, NONE)) != NONE
    ]
    total = score(one.deduction for one in marks)
    watch = watch_stood_at(by, place)
    look = ConditionLook.objects.create(place=place, watch=watch, at=at, by=by, score=total, note=note, **keys)
    for one in marks:
        one.look = look
        one.save()
    return look


def save_deductions(*, by: User, at: datetime, told: Mapping[str, tuple[int, int]]) -> None:
    """Set what each disorder (by its key) takes away when slight and when serious; looks that were taken stay as they
    are.

    Raises: NotFound, NotPermitted, Invalid (fields named slight_… and serious_… with the key).
    """
    require_role(by, "place.deductions")
    known = {one.key: one for one in disorders()}
    if set(told) != set(known):
        raise NotFound
    faults: dict[str, Any] = {}
    for key, (slight, serious) in told.items():
        faults[f"slight_{key}"] = number_faults(slight, FULL)
        faults[f"serious_{key}"] = number_faults(serious, FULL)
        if not any((faults[f"slight_{key}"], faults[f"serious_{key}"])) and serious < slight:
            faults[f"serious_{key}"] = [_("Serious takes away no less than slight.")]
    refuse(faults)
    with transaction.atomic(), pghistory.context(user=by.pk, action="save_deductions"):
        office = locked_office(by.subdistrict_id)
        rows = {one.disorder_id: one for one in Deduction.objects.filter(subdistrict=office)}
        for key, values in told.items():
            disorder = known[key]
            row = rows.get(disorder.pk) or Deduction(subdistrict=office, disorder=disorder, **condition.USUAL)
            if row.pk is None or (row.slight, row.serious) != values:
                row.slight, row.serious = values
                row.save()
