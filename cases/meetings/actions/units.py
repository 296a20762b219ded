"""Keep the register of member units and the regular meetings."""

from datetime import datetime
from typing import TypeVar

import pghistory
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.meetings.models import MeetingRule, MemberUnit
from cases.meetings.querysets import units_of
from citymgmt.people.models import User
from citymgmt.people.permissions import require, require_role
from citymgmt.refusals import Invalid

Row = TypeVar("Row", MemberUnit, MeetingRule)


def save_unit(*, by: User, at: datetime, unit: MemberUnit) -> MemberUnit:
    """Keep a member unit of the person's office, new or changed. Saving the same again changes nothing.

    Raises: NotFound, NotPermitted, Invalid (a name that another unit has, or a body of elsewhere).
    """
    wrong = {}
    body, community = unit.organisation, unit.community
    if body is not None and (body.subdistrict_id or by.subdistrict_id) != by.subdistrict_id:
        wrong["organisation"] = _("This body is of another office.")
    if community is not None and community.subdistrict_id != by.subdistrict_id:
        wrong["community"] = _("This community is of another office.")
    if wrong:
        raise Invalid(fields=wrong)
    return _kept(unit, by, at, "save_unit", {"name_zh": _("Another unit has this name.")})


def save_rule(*, by: User, at: datetime, rule: MeetingRule, units: list[int]) -> MeetingRule:
    """Keep a regular meeting of the person's office with the units that it invites. Saving the same again changes
    nothing.

    Raises: NotFound, NotPermitted, Invalid.
    """
    found = units_of(by.subdistrict_id or 0, units)
    if len(found) != len(set(units)) or not found:
        raise Invalid(fields={"units": _("Choose at least one of the member units.")})
    with transaction.atomic():
        kept = _kept(rule, by, at, "save_rule", {"title": _("Another regular meeting has this title.")})
        kept.units.set(found)
    return kept


def _kept(row: Row, by: User, at: datetime, action: str, taken: dict[str, str]) -> Row:
    if row.pk is None:
        require_role(by, "meeting.register")
        row.subdistrict_id = by.subdistrict_id or 0
    else:
        require(by, "meeting.register", row, on=timezone.localdate(at))
    try:
        row.full_clean()
    except ValidationError as error:
        told = {name: texts for name, texts in error.message_dict.items() if name != "__all__"}
        raise Invalid(fields=told or taken) from error
    try:
        with transaction.atomic(), pghistory.context(user=by.pk, action=action):
            row.save()
    except IntegrityError as error:
        raise Invalid(fields=taken) from error
    return row
