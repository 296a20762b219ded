"""Owners apply for a committee: what is entered of the application."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.bulk import next_id
from citymgmt.faults import CENT, amount_faults, day_faults, number_faults, refuse
from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.refusals import WrongState
from citymgmt.worktime.repeats import Request, digest_of
from citymgmt.worktime.rules import current_rules
from communities.areas.querysets import locked_area, rules_of
from communities.committees.journal import Journal, begun
from communities.committees.lifecycle import APPLIED, APPLY, ENDED
from communities.models import CommitteeEvent, OwnersCommittee, ResidentialArea
from communities.models.areas import LARGEST_M2
from communities.models.committees import MOST_OWNERS

AREA_STEP = "area.step"  # the row by which an application is entered: of the area, for there is no committee yet


@dataclass(frozen=True)
class ApplicationTold:
    """An application as it was handed in: on which day, by how many of the owners, and how much is handed over."""

    on: date
    floor_area_m2: Decimal
    delivered_m2: Decimal
    owner_count: int
    applicant_count: int


def apply_for_committee(
    *, area: int, by: User, at: datetime, told: ApplicationTold, request_key: str | None = None
) -> CommitteeEvent:
    """Enter that owners of an area applied for a committee; the office is to answer within the local rule. A resend
    acts once.

    Raises: NotFound, NotPermitted, KeyReused, WrongState (the area has a committee, or one under way), Invalid.
    """
    asked = {"area": area, **vars(told)}
    request = Request(CommitteeEvent, by, request_key, digest_of(APPLY, str(area), asked))

    def act() -> CommitteeEvent:
        place = locked_area(area)
        if (earlier := request.answer()) is not None:
            return earlier
        require(by, AREA_STEP, place, on=timezone.localdate(at))
        if place.committees.exclude(state__in=ENDED).exists():
            raise WrongState(_("This area has an owners' committee, or one is under way."))
        _check(told, at)
        return _enter(place, told, by, at, request.keys)

    return request.once(act)


def _check(told: ApplicationTold, at: datetime) -> None:
    faults: dict[str, Any] = {
        "on": day_faults(told.on, at),
        "floor_area_m2": amount_faults(told.floor_area_m2, LARGEST_M2, CENT),
        "delivered_m2": amount_faults(told.delivered_m2, LARGEST_M2),
        "owner_count": number_faults(told.owner_count, MOST_OWNERS, 1),
        "applicant_count": number_faults(told.applicant_count, MOST_OWNERS, 1),
    }
    if not faults["delivered_m2"] and told.delivered_m2 > told.floor_area_m2:
        faults["delivered_m2"] = _("Not more than the whole.")
    if not faults["applicant_count"] and told.applicant_count > told.owner_count:
        faults["applicant_count"] = _("Not more than the whole.")
    refuse(faults)


def _enter(
    place: ResidentialArea, told: ApplicationTold, by: User, at: datetime, keys: dict[str, Any]
) -> CommitteeEvent:
    committee = OwnersCommittee(area=place, state=APPLIED, made_at=at)
    committee.pk = next_id(OwnersCommittee)
    journal = Journal([committee], current_rules())
    limits = rules_of(place.community.subdistrict_id, told.on)
    facts = {name: value for name, value in vars(told).items() if name != "on"}
    changes = {
        **facts,
        "applied_on": told.on,
        "stepped_on": told.on,
        **begun(APPLIED, told.on, {}, at, journal.rules, limits),
    }
    event = journal.record(committee, APPLY, at=at, by=by, to=APPLIED, changes=changes, **keys)
    journal.write()
    return event
