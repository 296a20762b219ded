"""Keep the register of member units and the regular meetings."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

import pghistory
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import CharField
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.meetings.models import MeetingRule, MemberUnit
from cases.meetings.querysets import units_of
from citymgmt.people.models import Organisation, User
from citymgmt.people.permissions import require, require_role
from citymgmt.refusals import Invalid
from citymgmt.written import faults_of

Row = TypeVar("Row", MemberUnit, MeetingRule)


def save_unit(*, by: User, at: datetime, unit: MemberUnit) -> MemberUnit:
    """Keep a member unit of the person's office, new or changed. Saving the same again changes nothing.

    Raises: NotFound, NotPermitted, Invalid (a name that another unit has, or a body of elsewhere).
    """
    _permit(unit, by, at)
    body, community = unit.organisation, unit.community
    wrong = {}
    if body is not None and body.subdistrict_id != by.subdistrict_id and not _is_of_district(body, by):
        wrong["organisation"] = _("This body is of another office.")
    if community is not None and community.subdistrict_id != by.subdistrict_id:
        wrong["community"] = _("This community is of another office.")
    if community is not None and unit.kind != MemberUnit.Kind.COMMUNITY:
        wrong["community"] = _("Only a unit of the kind community has one.")
    if unit.institution_id is not None and unit.kind != MemberUnit.Kind.INSTITUTION:
        wrong["kind"] = _("This unit is an institution of the register.")
    if wrong:
        raise Invalid(fields=wrong)
    return _kept(unit, by, "save_unit", {"name_zh": _("Another unit has this name.")})


def _is_of_district(body: Organisation, by: User) -> bool:
    return body.subdistrict_id is None and body.district_code == by.district_code


def save_rule(*, by: User, at: datetime, rule: MeetingRule, units: Sequence[int]) -> MeetingRule:
    """Keep a regular meeting of the person's office with the units that it invites. Saving the same again changes
    nothing; meetings that are planned already stay as they are.

    Raises: NotFound, NotPermitted, Invalid.
    """
    _permit(rule, by, at)
    found = units_of(rule.subdistrict_id, units)
    if len(found) != len(set(units)) or not found:
        raise Invalid(fields={"units": _("Choose at least one of the member units.")})
    with transaction.atomic():
        kept = _kept(rule, by, "save_rule", {"title": _("Another regular meeting has this title.")})
        kept.units.set(found)
    return kept


def _permit(row: Row, by: User, at: datetime) -> None:
    """Let pass whoever may keep it; a new one is of the person's office. Raises: NotFound, NotPermitted."""
    if row.pk is not None:
        require(by, "meeting.register", row, on=timezone.localdate(at))
        return
    require_role(by, "meeting.register")
    assert by.subdistrict_id is not None  # whoever may keep the register works for one
    row.subdistrict_id = by.subdistrict_id


def _kept(row: Row, by: User, action: str, taken: dict[str, str]) -> Row:
    if faults := _faults(row):
        raise Invalid(fields=faults)
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


def _faults(row: Row) -> dict[str, list[str]]:
    """What no paper can show, by column."""
    lines = [one for one in row._meta.concrete_fields if isinstance(one, CharField) and not one.choices]
    told = {one.name: faults_of(getattr(row, one.name), one.max_length or 0) for one in lines}
    return {name: faults for name, faults in told.items() if faults}
