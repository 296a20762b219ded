"""Limits of density: what an office enters in place of what the portal comes with."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _

from citymgmt.faults import choice_faults, line_faults, refuse
from citymgmt.people.models import User
from citymgmt.people.permissions import require_role
from communities.querysets import locked_office
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
        of_level = {"subdistrict": locked_office(by.subdistrict_id), "index": told.index, "level": told.level}
        row = DensityLimit.objects.filter(**of_level).first() or DensityLimit(**of_level)
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
