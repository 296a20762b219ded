"""Local rules: what an office enters in place of what the portal comes with."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _

from citymgmt.faults import EARLIEST, choice_faults, number_faults, refuse
from citymgmt.people.models import User
from citymgmt.people.permissions import require_role
from citymgmt.refusals import NotFound
from citymgmt.written import faults_of
from communities.actions.periods import LATEST
from communities.local_rules import RULES
from communities.models import LocalRule
from communities.models.rules import LONGEST_SOURCE
from communities.querysets import locked_office


@dataclass(frozen=True)
class RuleTold:
    """A local rule as a person writes it, in force from a day on."""

    name: str
    from_on: date
    value: int
    unit: str
    source: str


def save_local_rule(*, by: User, at: datetime, told: RuleTold) -> LocalRule:
    """Enter a local rule of one's own office with its source; the same day again replaces it. What is timed already
    keeps its deadline.

    Raises: NotFound (no such rule), NotPermitted, Invalid (also: what national law does not allow).
    """
    require_role(by, "area.rules")
    plain = RULES.get(told.name)
    if plain is None:
        raise NotFound
    faults: dict[str, Any] = {
        "value": number_faults(told.value, plain.most, plain.least),
        "unit": choice_faults(told.unit, plain.units),
        "source": faults_of(told.source.strip(), LONGEST_SOURCE, is_needed=True),
        "from_on": [] if EARLIEST <= told.from_on <= LATEST else [_("Choose a day between 2000 and 2100.")],
    }
    refuse(faults)
    with transaction.atomic(), pghistory.context(user=by.pk, action="save_local_rule"):
        office = locked_office(by.subdistrict_id)
        of_day = {"subdistrict": office, "name": told.name, "from_on": told.from_on}
        row = LocalRule.objects.filter(**of_day).first() or LocalRule(**of_day)
        values = {"value": told.value, "unit": told.unit, "source": told.source.strip()}
        if row.pk is None or any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            row.save()
        return row
