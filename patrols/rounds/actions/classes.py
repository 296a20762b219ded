"""Classes of places: the usual ones as shipped, and changes of the clerks."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _

from citymgmt.faults import refuse
from citymgmt.found import one_of
from citymgmt.people.models import User
from citymgmt.people.permissions import require_role
from citymgmt.refusals import Invalid
from citymgmt.written import faults_of
from patrols.rounds.models import LONGEST_NAME, LONGEST_VISIT, PlaceClass
from patrols.rounds.planning import MOST_DAYS, MOST_TIMES

SEED = Path(__file__).parents[2] / "seed" / "place_classes.json"
CODE = re.compile(r"[a-z][a-z0-9_]{0,19}\Z", re.ASCII)
COLUMNS = ("name_zh", "name_en", "times", "days", "minutes")


@dataclass(frozen=True)
class ClassTold:
    """A class of places as a person writes it: seen `times` in `days` days."""

    code: str
    name_zh: str
    name_en: str
    times: int
    days: int
    minutes: int = 5
    is_active: bool = True


@transaction.atomic
def load_place_classes() -> int:
    """Bring the shipped classes into their table; what a clerk changed stays. Returns how many were added.

    Source: domain.md 9.2; each row of `patrols/seed/place_classes.json` says whether it is a proposal of the portal's.
    """
    there = set(PlaceClass.objects.values_list("code", flat=True))
    missing = [row for row in json.loads(SEED.read_text("utf-8")) if row["code"] not in there]
    for row in missing:
        PlaceClass.objects.create(code=row["code"], **{name: row[name] for name in COLUMNS})
    return len(missing)


def add_usual_classes(*, by: User, at: datetime) -> int:
    """Enter the shipped classes that are missing; how many were added. Raises: NotPermitted."""
    require_role(by, "round.classes")
    with pghistory.context(user=by.pk, action="add_usual_classes"):
        return load_place_classes()


def save_place_class(*, by: User, at: datetime, told: ClassTold, pk: int | None = None) -> PlaceClass:
    """Enter a class, or change one; plans in force stay as they are. Saving the same again changes nothing.

    Raises: NotPermitted, NotFound, Invalid.
    """
    require_role(by, "round.classes")
    with transaction.atomic(), pghistory.context(user=by.pk, action="save_place_class"):
        locked = PlaceClass.objects.select_for_update(no_key=True)
        row = PlaceClass() if pk is None else one_of(locked, pk)
        _check(told)
        values: dict[str, Any] = {**vars(told), "name_zh": told.name_zh.strip(), "name_en": told.name_en.strip()}
        there = locked.filter(code=told.code).exclude(pk=row.pk).first()
        if there is not None:
            if pk is None and all(getattr(there, name) == value for name, value in values.items()):
                return there
            raise Invalid(fields={"code": _("Another class has this code.")})
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        return row


def _check(told: ClassTold) -> None:
    faults: dict[str, Any] = {
        "code": [] if CODE.match(told.code) else [_("A small letter, then small letters, digits and _, at most 20.")],
        "name_zh": faults_of(told.name_zh, LONGEST_NAME, is_needed=True),
        "name_en": faults_of(told.name_en, LONGEST_NAME),
        "days": [] if 1 <= told.days <= MOST_DAYS else [_("Choose from 1 to %(most)s days.") % {"most": MOST_DAYS}],
        "minutes": [] if 1 <= told.minutes <= LONGEST_VISIT else [_("Choose from 1 to 240 minutes.")],
    }
    if not 1 <= told.times <= MOST_TIMES * max(1, told.days):
        faults["times"] = [_("Choose from once to eight times a day.")]
    refuse(faults)
