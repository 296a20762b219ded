"""An institution of the area becomes a unit, so that circulars and their receipts reach it as they reach any unit."""

from datetime import datetime

import pghistory
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.meetings.models import MemberUnit
from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.refusals import Invalid, WrongState, refusing
from communities.institutions.querysets import locked_institution
from communities.models import Institution

REGISTER = "meeting.register"


def make_unit_of(*, by: User, at: datetime, institution: int) -> MemberUnit:
    """Enter an institution in the register of units, with its contact. Asked again, the unit that it is; a unit of the
    same name that is an institution becomes that one.

    Raises: NotFound, NotPermitted, WrongState (no longer active), Invalid (another unit has its name).
    """
    taken = Invalid(_("Another unit has this name."))
    with refusing(taken, "member_unit_name_unique"), transaction.atomic():
        found = locked_institution(institution)
        office = found.community.subdistrict
        require(by, REGISTER, office, on=timezone.localdate(at))
        unit = MemberUnit.objects.filter(institution=found).first()
        if unit is not None:
            return unit
        if not found.is_active:
            raise WrongState(_("This institution is no longer active."))
        with pghistory.context(user=by.pk, action="make_unit_of"):
            return _joined(found) or MemberUnit.objects.create(
                subdistrict=office,
                kind=MemberUnit.Kind.INSTITUTION,
                institution=found,
                name_zh=found.name,
                contact_name=found.contact_name,
                contact_phone=found.office_phone,
            )


def _joined(institution: Institution) -> MemberUnit | None:
    """The unit that was entered by hand for this institution, now joined to it."""
    rows = MemberUnit.objects.filter(subdistrict=institution.community.subdistrict_id, name_zh=institution.name)
    unit = rows.filter(kind=MemberUnit.Kind.INSTITUTION, institution=None).select_for_update(no_key=True).first()
    if unit is not None:
        unit.institution = institution
        unit.save(update_fields=["institution"])
    return unit
