"""Institutions are entered and changed."""

from datetime import datetime
from decimal import Decimal

import pghistory
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.faults import refuse
from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.refusals import KeyReused, refusing
from citymgmt.worktime.repeats import scoped_key
from citymgmt.written import faults_of, faults_of_office_phone
from communities.institutions import credit_code
from communities.institutions.actions.frame import earlier, keeping
from communities.institutions.lifecycle import DROPPED, PLANNED
from communities.institutions.told import InstitutionTold
from communities.models import Community, Institution, InstitutionKind, InstitutionVisit
from communities.models.institutions import (
    LONGEST_ADDRESS,
    LONGEST_AREA,
    LONGEST_CONTACT,
    LONGEST_NAME,
    LONGEST_PHONE,
    MOST_METRES,
)
from communities.querysets import locked_community

KEEP = "institution.keep"
LINES = {"address": LONGEST_ADDRESS, "area_text": LONGEST_AREA, "contact_name": LONGEST_CONTACT}


def enter_institution(
    *, by: User, at: datetime, community: int, told: InstitutionTold, request_key: str | None = None
) -> Institution:
    """Enter an institution of a community. A resend acts once.

    Raises: NotFound, NotPermitted, Invalid (also: the name stands there already), KeyReused.
    """
    key = scoped_key(by, request_key)
    elsewhere = refusing(KeyReused(), "communities_institution_request_key_key")
    with elsewhere, transaction.atomic(), pghistory.context(user=by.pk, action="enter_institution"):
        place = locked_community(community)
        if (known := earlier(Institution, key, community_id=place.pk)) is not None:
            return known
        require(by, KEEP, place, on=timezone.localdate(at))
        check_told(told, place)
        return Institution.objects.create(community=place, request_key=key, **told.columns)


def change_institution(*, by: User, at: datetime, pk: int, told: InstitutionTold, is_active: bool) -> Institution:
    """Say anew what is known of an institution; the same again changes nothing. One that is no longer active keeps what
    it had, and visits that were planned are called off.

    Raises: NotFound, NotPermitted, Invalid.
    """
    with keeping(pk, "change_institution", permission=KEEP, by=by, at=at) as found:
        check_told(told, found.community, but=found.pk)
        columns = {**told.columns, "is_active": is_active}
        if any(getattr(found, name) != value for name, value in columns.items()):
            for name, value in columns.items():
                setattr(found, name, value)
            found.save()
        if not is_active:
            waiting = InstitutionVisit.objects.filter(institution=found, state=PLANNED)
            waiting.update(state=DROPPED, drop_reason=_("The institution is no longer active."))
        return found


def check_told(told: InstitutionTold, community: Community, but: int = 0) -> None:
    """Raises: Invalid (by field)."""
    faults = faults_of_told(told)
    same = Institution.objects.filter(community=community, name=told.name.strip()).exclude(pk=but)
    if "name" not in faults and same.exists():
        faults["name"] = [_("An institution of this name is entered already.")]
    refuse(faults)


def faults_of_told(told: InstitutionTold) -> dict[str, list[str]]:
    """What is wrong with what was written, by field."""
    faults = {name: faults_of(getattr(told, name).strip(), most) for name, most in LINES.items()}
    faults["name"] = faults_of(told.name.strip(), LONGEST_NAME, is_needed=True)
    faults["kind"] = [] if told.kind in InstitutionKind.values else [_("Choose one of these.")]
    faults["office_phone"] = faults_of_office_phone(told.office_phone, LONGEST_PHONE)
    code = credit_code.normal(told.credit_code)
    if code and not credit_code.is_right(code):
        faults["credit_code"] = [_("This is no unified social credit code: its last character does not fit.")]
    if told.frontage_m is not None and not 0 < told.frontage_m <= MOST_METRES:
        faults["frontage_m"] = [_("Choose a number from %(fewest)s to %(most)s.") % {"fewest": 1, "most": MOST_METRES}]
    faults["longitude"] = _faults_of_point(told)
    return {name: found for name, found in faults.items() if found}


def _faults_of_point(told: InstitutionTold) -> list[str]:
    if (told.longitude is None) != (told.latitude is None):
        return [_("Give both coordinates or none.")]
    if told.longitude is not None and told.latitude is not None and not _is_on_earth(told.longitude, told.latitude):
        return [_("This point does not lie on the earth.")]
    return []


def _is_on_earth(longitude: Decimal, latitude: Decimal) -> bool:
    return abs(longitude) <= 180 and abs(latitude) <= 90
