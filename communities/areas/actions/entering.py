"""Enter a residential area in the register, and correct what was entered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.bulk import next_id
from citymgmt.faults import CENT, EARLIEST, amount_faults, choice_faults, number_faults, refuse
from citymgmt.people.models import User
from citymgmt.people.permissions import require_role
from citymgmt.worktime.repeats import Request, digest_of
from citymgmt.worktime.rules import current_rules
from citymgmt.written import faults_of
from communities.areas.actions.frame import perform
from communities.areas.journal import Journal, begun
from communities.areas.lifecycle import CONTRACT, ENTER, IMPROVE, KEEP, REVISE
from communities.areas.querysets import registered, rules_of
from communities.local_rules import AREA_REVIEW, Rule, last_day
from communities.models import AreaEvent, Community, PropertyContract, ResidentialArea
from communities.models.areas import (
    LARGEST_M2,
    LONGEST_NAME,
    LONGEST_PROVIDER,
    MOST_BUILDINGS,
    MOST_FEE,
    MOST_HOUSEHOLDS,
)
from communities.placed import PlaceTold, faults_of_place
from communities.querysets import locked_community

OLDEST = 1900  # year of completion


@dataclass(frozen=True)
class ContractTold:
    """A contract of property management as a person writes it."""

    provider: str
    fee: Decimal
    from_on: date
    until_on: date

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of the contract."""
        return {**vars(self), "provider": self.provider.strip()}


@dataclass(frozen=True)
class AreaTold:
    """A residential area as a person writes it; `contract` is the one that it has already when it is entered."""

    place: PlaceTold
    name: str
    kind: str
    building_count: int
    household_count: int
    floor_area_m2: Decimal
    built_year: int | None = None
    contract: ContractTold | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of the row that are facts of the register."""
        names = ("kind", "building_count", "household_count", "floor_area_m2", "built_year")
        return {**self.place.columns, "name": self.name.strip(), **{name: getattr(self, name) for name in names}}

    @property
    def asked(self) -> Mapping[str, Any]:
        """All that was written, to tell a resend from another request."""
        contract = vars(self.contract) if self.contract else {}
        return {**self.columns, **{f"contract_{name}": value for name, value in contract.items()}}


def enter_area(*, by: User, at: datetime, told: AreaTold, request_key: str | None = None) -> AreaEvent:
    """Enter a residential area: one that is to be improved, or one that has its contract already. A resend acts once.

    Raises: NotPermitted, KeyReused, Invalid (also: a community in which the person enters none, a name that is there).
    """
    require_role(by, KEEP)
    request = Request(AreaEvent, by, request_key, digest_of(ENTER, "", dict(told.asked)))

    def act() -> AreaEvent:
        if (earlier := request.answer()) is not None:
            return earlier
        _check(told, by, KEEP, at)
        refuse(contract_faults(told.contract, timezone.localdate(at)) if told.contract else {})
        return _enter(told, by, at, request.keys)

    return request.once(act)


def _enter(told: AreaTold, by: User, at: datetime, keys: Mapping[str, Any]) -> AreaEvent:
    community = Community.objects.get(pk=told.place.community)
    today, limits = timezone.localdate(at), rules_of(community.subdistrict_id, timezone.localdate(at))
    stage = CONTRACT if told.contract else IMPROVE
    area = ResidentialArea(community=community, state=stage, made_at=at)
    area.pk = next_id(ResidentialArea)
    journal = Journal([area], current_rules())
    days = under_contract(told.contract, today, limits, told.contract.from_on) if told.contract else {}
    due = begun(stage, today, days, at, journal.rules, limits)
    parts = [(PropertyContract(ordinal=1), {"ordinal": 1, **told.contract.columns})] if told.contract else []
    changes = {**told.columns, **days, **due, "stepped_on": today}
    event = journal.record(area, ENTER, at=at, by=by, to=stage, changes=changes, parts=parts, **keys)
    journal.write()
    return event


def under_contract(told: ContractTold, on: date, limits: Mapping[str, Rule], since: date) -> dict[str, Any]:
    """The columns of an area that comes under a contract on a day, covered since a day."""
    return {
        "provider": told.provider.strip(),
        "fee": told.fee,
        "covered_since": since,
        "contract_until": told.until_on,
        "next_review_on": last_day(limits[AREA_REVIEW], max(on, told.from_on)),
    }


def revise_area(
    *, pk: int, by: User, at: datetime, told: AreaTold, version: int | None = None, request_key: str | None = None
) -> AreaEvent:
    """Correct what was entered of an area; its stage and its contract stay.

    Raises: NotFound, NotPermitted, KeyReused, Stale, WrongState, Invalid.
    """

    def body(journal: Journal, area: ResidentialArea, moment: datetime) -> dict[str, Any]:
        _check(told, by, KEEP, at, area.pk)
        return {"changes": told.columns}

    asked: dict[str, Any] = {"version": version, "request_key": request_key, "given": told.asked}
    return perform(REVISE, pk=pk, by=by, at=at, body=body, **asked)


def _check(told: AreaTold, by: User, permission: str, at: datetime, but: int = 0) -> None:
    """Refuse what cannot be; the community's row is locked, so that two at once do not both find a name free."""
    faults: dict[str, Any] = {
        **faults_of_place(told.place, by, permission, timezone.localdate(at)),
        **plain_faults(told, timezone.localdate(at)),
    }
    refuse(faults)
    locked_community(told.place.community)
    there = registered(ResidentialArea.objects.filter(community=told.place.community, name=told.name.strip()))
    if there.exclude(pk=but).exists():
        refuse({"name": _("An area of this name is in the register of this community.")})


def plain_faults(told: AreaTold, today: date) -> dict[str, Any]:
    """What is wrong with the facts of an area by themselves, by field."""
    return {
        "name": faults_of(told.name.strip(), LONGEST_NAME, is_needed=True),
        "kind": choice_faults(told.kind, ResidentialArea.Kind.values),
        "building_count": number_faults(told.building_count, MOST_BUILDINGS, 1),
        "household_count": number_faults(told.household_count, MOST_HOUSEHOLDS, 1),
        "floor_area_m2": amount_faults(told.floor_area_m2, LARGEST_M2, CENT),
        "built_year": number_faults(told.built_year, today.year, OLDEST),
    }


def contract_faults(told: ContractTold, today: date) -> dict[str, Any]:
    """What is wrong with a contract, by field."""
    faults: dict[str, Any] = {
        "provider": faults_of(told.provider.strip(), LONGEST_PROVIDER, is_needed=True),
        "fee": amount_faults(told.fee, MOST_FEE),
    }
    if told.from_on < EARLIEST:
        faults["from_on"] = _("A day from %(first)s on.") % {"first": EARLIEST}
    if told.until_on <= max(told.from_on, today):
        faults["until_on"] = _("A day after the first one that is still to come.")
    return {name: found for name, found in faults.items() if found}
