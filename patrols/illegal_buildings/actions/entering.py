"""Enter an illegal building in the register, and correct what was entered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Case
from cases.querysets import seen_by
from citymgmt.bulk import next_id
from citymgmt.faults import choice_faults, day_faults, number_faults, refuse
from citymgmt.found import MOST_ID
from citymgmt.people.models import SubDistrict, User
from citymgmt.people.permissions import require_role
from citymgmt.photos.actions import Upload, keep_uploads, received
from citymgmt.refusals import WrongState
from citymgmt.worktime.repeats import Request, digest_of
from citymgmt.worktime.rules import current_rules
from citymgmt.written import faults_of
from communities.models import Community
from communities.placed import PlaceTold, faults_of_place
from patrols.illegal_buildings.actions.frame import MOST_PHOTOS, perform
from patrols.illegal_buildings.journal import Journal, begun
from patrols.illegal_buildings.lifecycle import FOUND, RECORD, REVISE, event_kind
from patrols.illegal_buildings.models import (
    LARGEST_M2,
    LONGEST_OWNER,
    LONGEST_PHONE,
    LONGEST_TEXT,
    MOST_STOREYS,
    AreaEntry,
    BuildingEvent,
    BuildingNumber,
    BuildingOwner,
    BuildingPhoto,
    IllegalBuilding,
)
from patrols.illegal_buildings.querysets import CASE_CODES

CHOICES = ("origin", "found_by", "structure")
CENT = Decimal("0.01")
Part = tuple[AreaEntry, dict[str, Any]]


@dataclass(frozen=True)
class BuildingTold:
    """An illegal building as a person writes it; `case` is the id of the case in which it was reported."""

    place: PlaceTold
    origin: str
    found_on: date
    found_by: str
    structure: str
    storeys: int
    area_m2: Decimal
    text: str = ""
    case: int | None = None
    owner: str = ""
    phone: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of the row; who owns it is not among them."""
        plain = {name: getattr(self, name) for name in (*CHOICES, "storeys", "found_on", "area_m2")}
        around = {"remaining_m2": self.area_m2, "text": self.text.strip(), "case_id": self.case}
        return {**self.place.columns, **plain, **around}

    @property
    def asked(self) -> Mapping[str, Any]:
        """All that was written, to tell a resend from another request."""
        return {**self.columns, "owner": self.owner, "phone": self.phone}


def enter_building(
    *, by: User, at: datetime, told: BuildingTold, photos: Iterable[bytes] = (), request_key: str | None = None
) -> BuildingEvent:
    """Enter an illegal building that was found; one that is being built is to be stopped within two days. A resend acts
    once.

    Raises: NotPermitted, KeyReused, Invalid (also: a community in which the person enters none, a case that is not of
    this kind or has its entry).
    """
    require_role(by, RECORD)
    with received(photos, MOST_PHOTOS) as uploads:
        asked = {**told.asked, "photos": [one.digest for one in uploads]}
        request = Request(BuildingEvent, by, request_key, digest_of(event_kind("find"), "", asked))

        def act() -> BuildingEvent:
            if (earlier := request.answer()) is not None:
                return earlier
            _check(told, by, RECORD, at)
            return _enter(told, uploads, by, at, request.keys)

        return request.once(act)


def _enter(told: BuildingTold, uploads: list[Upload], by: User, at: datetime, keys: Mapping[str, Any]) -> BuildingEvent:
    community = Community.objects.select_related("subdistrict").get(pk=told.place.community)
    building = new_building(community)
    journal = Journal([building], current_rules())
    event = record_found(journal, building, told.columns, AreaEntry.Kind.FOUND, by, at, **keys)
    journal.write()
    _keep_owner(building, told)
    keep_uploads(BuildingPhoto, uploads, at, event=event, by=by)
    return event


def new_building(community: Community, **facts: Any) -> IllegalBuilding:
    """A building of a community that is not written yet, with its id."""
    building = IllegalBuilding(subdistrict=community.subdistrict, community=community, state=FOUND, **facts)
    building.pk = next_id(IllegalBuilding)
    return building


def record_found(
    journal: Journal,
    building: IllegalBuilding,
    columns: Mapping[str, Any],
    kind: str,
    by: User,
    at: datetime,
    **keys: Any,
) -> BuildingEvent:
    """Record in the journal that this building was found, with its first entry in the account, and give it its number;
    until the commit others of the office wait for theirs.
    """
    building.made_at = at
    building.number = _next_number(building.subdistrict, at)
    on, is_new = columns["found_on"], columns["origin"] == IllegalBuilding.Origin.NEW
    due = begun(FOUND, on, None, at, journal.rules, is_being_built=is_new)
    return journal.record(
        building,
        event_kind("find"),
        at=at,
        by=by,
        to=FOUND,
        changes={**columns, **due, "stepped_on": on},
        parts=[entry_of(1, kind, on, columns["area_m2"])],
        **keys,
    )


def entry_of(ordinal: int, kind: str, on: date, m2: Decimal, way: str = "") -> Part:
    """A new line of the account, with its columns."""
    return AreaEntry(ordinal=ordinal), {"ordinal": ordinal, "kind": str(kind), "on": on, "m2": m2, "way": way}


def revise_building(
    *,
    pk: int,
    by: User,
    at: datetime,
    told: BuildingTold,
    version: int | None = None,
    request_key: str | None = None,
) -> BuildingEvent:
    """Correct what was entered of a building, also its area, as long as no order was given and nothing has gone.

    Raises: NotFound, NotPermitted, KeyReused, Stale, WrongState, Invalid.
    """

    def body(journal: Journal, building: IllegalBuilding, moment: datetime) -> dict[str, Any]:
        _check(told, by, REVISE.permission, at, building)
        entries = list(building.entries.order_by("ordinal"))
        if len(entries) != 1:
            raise WrongState(_("Something of this building has gone since: its entry stays."))
        changes = {**told.columns, "stepped_on": max(building.stepped_on, told.found_on)}
        if building.state == FOUND:
            is_new = told.origin == IllegalBuilding.Origin.NEW
            due = begun(FOUND, told.found_on, None, moment, journal.rules, is_being_built=is_new)
            changes = {**changes, **due, "stepped_on": told.found_on}
        elif told.found_on > building.stepped_on:
            refuse({"found_on": _("It was found before the last step, on %(day)s.") % {"day": building.stepped_on}})
        _keep_owner(building, told)
        return {"changes": changes, "parts": [(entries[0], {"on": told.found_on, "m2": told.area_m2})]}

    asked: dict[str, Any] = {"version": version, "request_key": request_key, "given": told.asked}
    return perform(REVISE, pk=pk, by=by, at=at, body=body, **asked)


def _keep_owner(building: IllegalBuilding, told: BuildingTold) -> None:
    name, phone = told.owner.strip(), told.phone.strip()
    if name or phone:
        BuildingOwner.objects.update_or_create(building=building, defaults={"name": name, "phone": phone})
    else:
        BuildingOwner.objects.filter(building=building).update(name="", phone="")


def _check(
    told: BuildingTold, by: User, permission: str, at: datetime, building: IllegalBuilding | None = None
) -> None:
    faults: dict[str, Any] = faults_of_place(told.place, by, permission, timezone.localdate(at))
    for name in CHOICES:
        field: Any = IllegalBuilding._meta.get_field(name)
        faults[name] = choice_faults(getattr(told, name), list(dict(field.choices)))
    faults["area_m2"] = wrong_area(told.area_m2)
    faults["storeys"] = number_faults(told.storeys, MOST_STOREYS, 1)
    faults["found_on"] = day_faults(told.found_on, at)
    faults["text"] = faults_of(told.text.strip(), LONGEST_TEXT, is_one_line=False)
    faults["owner"] = faults_of(told.owner.strip(), LONGEST_OWNER)
    faults["phone"] = faults_of(told.phone.strip(), LONGEST_PHONE)
    faults["case"] = _wrong_case(told, by, at, building)
    refuse(faults)


def _wrong_case(told: BuildingTold, by: User, at: datetime, building: IllegalBuilding | None) -> str:
    """What is wrong with the case of a building, whose row is locked meanwhile; empty when nothing is."""
    if told.case is None or (building is not None and building.case_id == told.case):
        return ""
    seen = seen_by(by, timezone.localdate(at)).filter(pk=told.case if 0 < told.case < MOST_ID else 0)
    case: Case | None = seen.select_related("category").first()
    if case is None or case.category is None or case.category.code_2026 not in CASE_CODES:
        return _("This is no case of an illegal building.")
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)  # so that two at once do not both find no entry
    there = IllegalBuilding.objects.filter(case=case).first()
    return _("This case has its entry: %(number)s.") % {"number": there.number} if there else ""


def wrong_area(m2: Decimal, most: Decimal = LARGEST_M2) -> str:
    """What is wrong with square metres of which there are at most so many; empty when nothing is."""
    if not m2.is_finite() or not 0 < m2 <= most:
        return _("More than 0 and at most %(most)s m².") % {"most": most}
    return "" if m2 == m2.quantize(CENT) else _("At most two decimal places.")


def _next_number(subdistrict: SubDistrict, at: datetime) -> str:
    """The next number of the office in the year of a moment, such as 440106001-2026-W0007."""
    year = timezone.localdate(at).year
    row, _made = BuildingNumber.objects.select_for_update().get_or_create(
        subdistrict=subdistrict, year=year, defaults={"last": 0}
    )
    row.last += 1
    row.save(update_fields=["last"])
    return f"{subdistrict.code}-{year}-W{row.last:04d}"
