"""Ranges of days as people give them: a first day and, where it is known, a last day."""

from datetime import date, timedelta

from django.utils.translation import gettext as _
from psycopg2.extras import DateRange

from citymgmt.faults import EARLIEST
from citymgmt.people.models import User
from citymgmt.people.roles import Role
from citymgmt.refusals import Invalid
from communities.models import DatedDuty

LATEST = date(2100, 12, 31)
ONE_DAY = timedelta(days=1)


def days(from_on: date, until_on: date | None) -> DateRange:
    """The range from the first to the last day, both included. Raises: Invalid."""
    fields: dict[str, str] = {}
    for name, day in (("from_on", from_on), ("until_on", until_on)):
        if day is not None and not EARLIEST <= day <= LATEST:
            fields[name] = _("Choose a day between 2000 and 2100.")
    if not fields and until_on is not None and until_on < from_on:
        fields["until_on"] = _("The last day must not lie before the first.")
    if fields:
        raise Invalid(fields=fields)
    return DateRange(from_on, until_on + ONE_DAY if until_on else None)


def ended(duty: DatedDuty, last_on: date, today: date) -> DateRange | None:
    """The range of a duty whose last day becomes `last_on`; None when it never begins.

    Past days stay as they were: who answered on them is on record. Raises: Invalid.
    """
    if duty.until_on == last_on:
        return duty.period
    if last_on < today - ONE_DAY:
        raise Invalid(fields={"last_on": _("Past days stay as they were. Choose yesterday or later.")})
    if last_on > LATEST:
        raise Invalid(fields={"last_on": _("Choose a day between 2000 and 2100.")})
    if duty.until_on is not None and last_on > duty.until_on:
        raise Invalid(fields={"last_on": _("It already ends on %(day)s.") % {"day": duty.until_on}})
    return DateRange(duty.from_on, last_on + ONE_DAY) if last_on >= duty.from_on else None


def check_person(user: User, subdistrict_id: int | None, field: str = "user") -> None:
    """Refuse whoever cannot answer for a community of this sub-district. Raises: Invalid."""
    if user.role != Role.OFFICER or user.subdistrict_id != subdistrict_id or not user.is_active:
        raise Invalid(fields={field: _("This person is no community officer of your sub-district.")})
