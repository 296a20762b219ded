"""On the page of an institution: which circulars it was sent and confirmed, or the way to make it a recipient."""

from datetime import date

from cases.meetings.circulars.querysets import receipts_of_unit
from cases.meetings.models import MemberUnit
from citymgmt.people.models import User
from citymgmt.people.permissions import allows
from communities.institutions import beside
from communities.institutions.beside import Beside
from communities.models import Institution

SHOWN = 10


def show(institution: Institution, user: User, on: date) -> Beside | None:
    """For whoever sees circulars of the whole office, or keeps the register of units."""
    may_make = allows(user, "meeting.register")
    if not (may_make or allows(user, "circular.write")):
        return None
    unit = MemberUnit.objects.filter(institution=institution).first()
    shown = {
        "institution": institution,
        "unit": unit,
        "receipts": list(receipts_of_unit(unit)[:SHOWN]) if unit else [],
        "sees_circulars": allows(user, "circular.view"),
        "may_make": may_make and unit is None and institution.is_active,
        "may_keep": may_make,
    }
    return Beside("meetings/_beside_institution.html", shown)


def register() -> None:
    """Have the panel shown, when the app is ready."""
    beside.register(show)
