"""The register of stations, kept by the clerk."""

import re
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.faults import refuse, wrong_point
from citymgmt.found import MOST_ID, one_of
from citymgmt.people.models import SubDistrict, User
from citymgmt.refusals import Invalid
from citymgmt.worktime.journal import in_order
from citymgmt.worktime.rules import current_rules, hold_rules
from citymgmt.written import faults_of
from communities.models import Community
from communities.models.places import LONGEST_ADDRESS
from patrols.stations.actions.checklists import add_usual
from patrols.stations.actions.frame import keeping
from patrols.stations.journal import Journal
from patrols.stations.lifecycle import EXCUSE, EXCUSED, PLANNED
from patrols.stations.models import ChecklistItem, DailyCheck, Station, StationKind
from patrols.stations.models.register import WEEK
from patrols.teams.models import Team

LONGEST = {"name_zh": 60, "name_en": 100, "address": LONGEST_ADDRESS, "unit": 100, "person": 60}  # characters
TELEPHONE = re.compile(r"[0-9+() \-]{3,30}\Z", re.ASCII)


@dataclass(frozen=True)
class StationTold:
    """A station as a person writes it: ids of community and team, days from 1 (Monday) to 7, a point in WGS-84."""

    kind: str
    name_zh: str
    community: int
    team: int
    unit: str
    person: str
    phone: str
    opens: time
    closes: time
    open_days: tuple[int, ...] = WEEK
    name_en: str = ""
    address: str = ""
    longitude: Decimal | None = None
    latitude: Decimal | None = None
    is_active: bool = True


def save_station(*, by: User, at: datetime, told: StationTold, pk: int | None = None) -> Station:
    """Enter a station, or change one. The first of its kind brings the usual checklist along; a check of today that is
    not due any more (not in use, not open) is excused. Another team has the checks from the next day on. Saving the
    same again changes nothing.

    Raises: NotFound, NotPermitted, Invalid.
    """
    with keeping("save_station", by=by, at=at) as office:
        hold_rules()
        rows = Station.objects.filter(subdistrict=office)
        row = Station(subdistrict=office) if pk is None else one_of(rows.select_for_update(no_key=True), pk)
        same = rows.filter(name_zh=told.name_zh.strip()).exclude(pk=row.pk).first()
        values = _columns(told)
        if pk is None and same is not None and all(getattr(same, name) == value for name, value in values.items()):
            return same
        _check(office, row, told)
        if same is not None:
            raise Invalid(fields={"name_zh": _("Another station of the office has this name.")})
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        if not ChecklistItem.objects.filter(subdistrict=office, kind=row.kind).exists():
            add_usual(office, row.kind)
        _call_off(row, by, at)
        return row


def _columns(told: StationTold) -> dict[str, Any]:
    texts = {name: getattr(told, name).strip() for name in (*LONGEST, "phone")}
    plain = {name: getattr(told, name) for name in ("kind", "opens", "closes", "longitude", "latitude", "is_active")}
    return {
        **texts,
        **plain,
        "community_id": told.community,
        "team_id": told.team,
        "open_days": sorted(set(told.open_days)),
    }


def _check(office: SubDistrict, row: Station, told: StationTold) -> None:
    """Raises: Invalid."""
    needed = ("name_zh", "unit", "person")
    faults: dict[str, Any] = {
        name: faults_of(getattr(told, name).strip(), most, is_needed=name in needed) for name, most in LONGEST.items()
    }
    one_of_these = [_("Choose one of these.")]
    faults["kind"] = [] if told.kind in StationKind.values else one_of_these
    if row.pk is not None and told.kind != row.kind:
        faults["kind"] = [_("The kind of a station does not change. Enter another station.")]
    faults["phone"] = [] if TELEPHONE.match(told.phone.strip()) else [_("A telephone number of digits.")]
    faults["open_days"] = [] if told.open_days and set(told.open_days) <= set(WEEK) else [_("Choose at least one day.")]
    faults["community"] = [] if _is_there(Community, office, told.community) else one_of_these
    faults["team"] = [] if _is_there(Team, office, told.team) else one_of_these
    faults |= wrong_point(told.longitude, told.latitude)
    refuse(faults)


def _is_there(model: type[Community] | type[Team], office: SubDistrict, pk: int) -> bool:
    """Whether the office has a community or team of this id that is in use."""
    rows = model._default_manager.filter(subdistrict=office, is_active=True)
    return 0 < pk < MOST_ID and rows.filter(pk=pk).exists()


def _call_off(station: Station, by: User, at: datetime) -> None:
    """Excuse the check of today that nobody can make any more. What was missed before stays missed."""
    planned = DailyCheck.objects.filter(station=station, state=PLANNED, on=timezone.localdate(at))
    checks = list(planned.select_for_update(of=("self",), no_key=True))
    journal = Journal(checks, current_rules())
    for check in checks:
        if not station.is_open_on(check.on):
            reason = _("The station is not in use on this day.")
            journal.record(check, EXCUSE, at=in_order(check, at), by=by, to=EXCUSED, note=reason)
    journal.write()
