"""Limits of density: what an office enters in place of what the portal comes with."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _

from citymgmt.faults import choice_faults, line_faults, refuse
from citymgmt.people.models import SubDistrict, User
from citymgmt.people.permissions import require_role
from citymgmt.refusals import NotPermitted
from patrols.pests.indices import INDICES
from patrols.pests.limits import LEVELS
from patrols.pests.models import LONGEST_LINE, LONGEST_TEXT, DensityLimit

HIGHEST = Decimal(10_000)


@dataclass(frozen=True)
class LimitTold:
    """A limit as a person writes it; `most` None: not known."""

    index: str
    level: str
    most: Decimal | None
    is_below: bool = False
    standard: str = ""
    source: str = ""


def save_limit(*, by: User, at: datetime, told: LimitTold) -> DensityLimit:
    """Enter the limit of an index at a level for one's own office. Saving the same again changes nothing.

    Raises: NotPermitted, Invalid (also: a limit without a word of where it stands).
    """
    require_role(by, "pest.limits")
    if by.subdistrict_id is None:
        raise NotPermitted
    faults = {
        **line_faults(told, {"standard": LONGEST_LINE, "source": LONGEST_TEXT}),
        "index": choice_faults(told.index, list(INDICES)),
        "level": choice_faults(told.level, LEVELS),
    }
    if told.most is not None:
        faults["most"] = [] if 0 <= told.most <= HIGHEST else [_("Choose a number from 0 to 10,000.")]
        faults["standard"] = faults["standard"] or ([] if told.standard.strip() else [_("Say where it stands.")])
    refuse(faults)
    with transaction.atomic(), pghistory.context(user=by.pk, action="save_limit"):
        SubDistrict.objects.select_for_update(no_key=True).get(pk=by.subdistrict_id)  # one after the other
        of_office = DensityLimit.objects.filter(subdistrict=by.subdistrict_id, index=told.index, level=told.level)
        row = of_office.first() or DensityLimit(subdistrict_id=by.subdistrict_id, index=told.index, level=told.level)
        values = {
            "most": told.most,
            "is_below": told.is_below,
            "standard": told.standard.strip(),
            "source": told.source.strip(),
        }
        if row.pk is None or any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            row.save()
        return row
