"""What tests of illegal buildings begin with."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from citymgmt.people.models import User
from communities.placed import PlaceTold
from patrols.illegal_buildings.actions import BuildingTold, act_on_building, enter_building
from patrols.illegal_buildings.models import BuildingEvent, IllegalBuilding
from tests.office import District, china

NOW = china("2026-03-02 09:00")  # a Monday
TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)
PDF = b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"
STEPS: dict[
    str, dict[str, Any]
] = {  # to where a removal by force may follow: the day after the first, and what it carries
    "stop": {"days": 0},
    "refer": {"days": 1},
    "order": {"days": 5, "term": 15},
    "remind": {"days": 21},
    "announce": {"days": 32, "term": 7},
}


def told_of(district: District, community: int = 0, **changed: Any) -> BuildingTold:
    """A building of the first street as a person writes it."""
    place = PlaceTold(district.street.communities[community].pk, "榕荫路 8 号楼顶")
    told = {
        "place": place,
        "origin": "new",
        "found_on": TODAY,
        "found_by": "patrol",
        "structure": "steel",
        "storeys": 1,
        "area_m2": Decimal("120.50"),
        "owner": "王某",
        "phone": "13800000000",
        **changed,
    }
    return BuildingTold(**told)


def building_in(
    district: District, community: int = 0, by: User | None = None, at: datetime = NOW, **changed: Any
) -> IllegalBuilding:
    """The same, entered."""
    told = told_of(district, community, **changed)
    return enter_building(by=by or district.street.clerk, at=at, told=told).building


def act(district: District, building: IllegalBuilding, name: str, on: date = TODAY, **given: Any) -> BuildingEvent:
    """Do an action on the building at nine on a day, by who may; the day is told where a step tells it."""
    by = given.pop("by", None) or (district.street.leader if name in LEADERS else district.street.clerk)
    told = {} if name == "note" else {"on": on}
    at = NOW + (on - TODAY)
    event = act_on_building(name, pk=building.pk, by=by, at=max(at, given.pop("at", at)), **told, **given)
    building.refresh_from_db()
    return event


LEADERS = ("announce", "legalise", "withdraw")


def go_to(district: District, building: IllegalBuilding, last: str) -> date:
    """Take all steps of the law until and including this one; returns its day."""
    for name, step in STEPS.items():
        on = building.found_on + step["days"] * DAY
        term = {"by_day": on + step["term"] * DAY} if "term" in step else {}
        act(district, building, name, on, document=f"〔2026〕{name}", **term)
        if name == last:
            return on
    raise ValueError(last)
