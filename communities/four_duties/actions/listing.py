"""The list of duties that an office asks of its communities."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pghistory
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.faults import choice_faults, line_faults, number_faults, refuse, stripped
from citymgmt.found import one_of
from citymgmt.people.models import SubDistrict, User
from citymgmt.people.permissions import require
from citymgmt.refusals import Invalid
from communities.four_duties.lifecycle import AREAS
from communities.models import Duty
from communities.models.four_duties import LONGEST_DUTY, MOST_POINTS, Rhythm

USUAL = Path(__file__).parent.parent / "seed" / "duties.json"
MOST_DUTIES, LAST_POSITION = 40, 999


@dataclass(frozen=True)
class DutyTold:
    """A duty as a person writes it."""

    name_zh: str
    name_en: str
    area: str
    points: int
    position: int
    rhythm: str = Rhythm.MONTH.value
    needs_photo: bool = False
    is_active: bool = True


@contextmanager
def _keeping(action: str, by: User, at: datetime) -> Iterator[SubDistrict]:
    """The locked office of the person, in a transaction that the audit trail names. Raises: NotFound, NotPermitted."""
    with transaction.atomic(), pghistory.context(user=by.pk, action=action):
        rows = SubDistrict.objects.select_for_update(of=("self",), no_key=True)
        office = one_of(rows, by.subdistrict_id or 0)
        require(by, "duties.keep", office, on=timezone.localdate(at))
        yield office


def make_usual_duties(*, by: User, at: datetime) -> list[Duty]:
    """Give the office the usual duties, as far as its list has none of that name; returns what was added.

    Raises: NotFound, NotPermitted. Source: domain.md 1 rows 17 to 21, 8 (duties of officers, rules and ledgers of
    stations); the points are a proposal.
    """
    with _keeping("make_usual_duties", by, at) as office:
        return add_usual(office)


def add_usual(office: SubDistrict) -> list[Duty]:
    """The same within the caller's transaction, which holds the lock of the office."""
    there = set(Duty.objects.filter(subdistrict=office).values_list("name_zh", flat=True))
    told = json.loads(USUAL.read_text("utf-8"))
    return [
        Duty.objects.create(subdistrict=office, position=position * 10, **row)
        for position, row in enumerate(told, 1)
        if row["name_zh"] not in there
    ]


def save_duty(*, by: User, at: datetime, told: DutyTold, pk: int | None = None) -> Duty:
    """Enter a duty, or change one: sheets that are open already keep what they ask. Saving the same again changes
    nothing. Raises: NotFound, NotPermitted, Invalid.
    """
    with _keeping("save_duty", by, at) as office:
        rows = Duty.objects.filter(subdistrict=office)
        row = Duty(subdistrict=office) if pk is None else one_of(rows, pk)
        values = stripped(told)
        same = rows.filter(name_zh=values["name_zh"]).exclude(pk=row.pk).first()
        if pk is None and same is not None and all(getattr(same, name) == value for name, value in values.items()):
            return same
        _check(rows.filter(is_active=True).exclude(pk=row.pk).count(), told)
        if same is not None:
            raise Invalid(fields={"name_zh": _("Another duty has this name.")})
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        return row


def _check(others: int, told: DutyTold) -> None:
    """Raises: Invalid."""
    too_many = told.is_active and others >= MOST_DUTIES
    refuse(
        {
            **line_faults(told, {"name_zh": LONGEST_DUTY, "name_en": LONGEST_DUTY}, needed=("name_zh",)),
            "area": choice_faults(told.area, tuple(AREAS)),
            "rhythm": choice_faults(told.rhythm, Rhythm.values),
            "points": number_faults(told.points, MOST_POINTS, 1),
            "position": number_faults(told.position, LAST_POSITION),
            "is_active": [_("At most %(most)d duties.") % {"most": MOST_DUTIES}] if too_many else [],
        }
    )
