"""What tests of residential areas begin with."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from citymgmt.people.models import User
from communities.areas.actions import AreaTold, AssessmentTold, ContractTold, act_on_area, assess_area, enter_area
from communities.areas.lifecycle import DECIDE, STEPS
from communities.areas.seeded import SEEDED
from communities.models import AreaEvent, ResidentialArea
from communities.placed import PlaceTold
from tests.office import District, china

NOW = china("2026-03-04 09:00")  # a Wednesday
TODAY = date(2026, 3, 4)
DAY = timedelta(days=1)
CONTRACT = ContractTold("安居物业", Decimal("1.20"), TODAY, TODAY + 730 * DAY)
PILOT: Mapping[str, Any] = {
    "provider": "安居物业",
    "services": "保洁、门岗",
    "let_off_percent": Decimal(30),
    "subsidy": Decimal(20000),
    "until_on": TODAY + 180 * DAY,
}
OPINION: Mapping[str, Any] = {"asked": 300, "in_favour": 210, "against": 60}
TERMS: Mapping[str, Any] = {
    "provider": "安居物业",
    "fee": Decimal("1.20"),
    "from_on": TODAY + DAY,
    "until_on": TODAY + 731 * DAY,
}
REVIEW: Mapping[str, Any] = {"score": 86, "complaints": 4, "follow_up": "楼道灯修复"}


def told_of(district: District, community: int = 0, **changed: Any) -> AreaTold:
    """A residential area of the first street as a person writes it."""
    place = PlaceTold(district.street.communities[community].pk, "榕荫路 20 号")
    told: dict[str, Any] = {
        "place": place,
        "name": "榕荫小区",
        "kind": "old",
        "building_count": 12,
        "household_count": 360,
        "floor_area_m2": Decimal("28000.50"),
        "built_year": 1992,
        **changed,
    }
    return AreaTold(**told)


def area_in(district: District, community: int = 0, at: Any = NOW, **changed: Any) -> ResidentialArea:
    """The same, entered by the clerk."""
    return enter_area(by=district.street.clerk, at=at, told=told_of(district, community, **changed)).area


def assess(
    district: District, area: ResidentialArea, on: date = TODAY, points: int = 8, by: User | None = None, **other: Any
) -> AreaEvent:
    """Assess it with so many points for each criterion but those that are given by their key."""
    marks = {one.key: other.pop(one.key, points) for one in SEEDED.criteria}
    keys = {name: other.pop(name) for name in ("version", "request_key", "photos") if name in other}
    told = AssessmentTold(on, other.pop("standard", 0), marks, **other)
    event = assess_area(pk=area.pk, by=by or district.street.clerk, at=NOW + (on - TODAY), told=told, **keys)
    area.refresh_from_db()
    return event


def act(district: District, area: ResidentialArea, name: str, on: date = TODAY, **given: Any) -> AreaEvent:
    """Take a step at nine on a day, by who may."""
    street = district.street
    by = given.pop("by", None) or (street.leader if STEPS[name].permission == DECIDE else street.clerk)
    event = act_on_area(name, pk=area.pk, by=by, at=NOW + (on - TODAY), on=on, **given)
    area.refresh_from_db()
    return event


def piloted(district: District, **changed: Any) -> ResidentialArea:
    """An area in a pilot, of which the residents were asked."""
    area = area_in(district, **changed)
    assess(district, area)
    act(district, area, "begin_pilot", **PILOT)
    act(district, area, "ask_residents", **OPINION)
    return area


def covered(district: District, **changed: Any) -> ResidentialArea:
    """An area under a contract since tomorrow, by way of a pilot."""
    area = piloted(district, **changed)
    act(district, area, "sign", **TERMS)
    return area
