"""What tests of owners' committees begin with."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from citymgmt.people.models import User
from communities.committees.actions import (
    ApplicationTold,
    VoteTold,
    act_on_committee,
    apply_for_committee,
    record_vote,
)
from communities.committees.lifecycle import DECIDE, STEPS
from communities.models import CommitteeEvent, OwnersCommittee
from tests.communities.areas.areas import area_in
from tests.office import District, china

NOW = china("2026-03-04 09:00")  # a Wednesday
TODAY = date(2026, 3, 4)
DAY = timedelta(days=1)
APPLICATION = ApplicationTold(TODAY, Decimal(30000), Decimal(15000), 300, 15)  # exactly one half, five percent
WAY: Mapping[str, dict[str, Any]] = {  # so many days after the application, and what each step carries
    "accept": {"days": 5},
    "form_group": {"days": 10, "group_size": 7},
    "call": {"days": 20, "meeting_on": 35, "informed_on": 20},
    "elect": {"days": 35, "member_count": 5},
    "file": {"days": 40},
    "register": {"days": 43, "filing_number": "街业备〔2026〕1号", "term_until": 35 + 1825},
}


def committee_in(district: District, told: ApplicationTold = APPLICATION, **area: Any) -> OwnersCommittee:
    """An application for a committee of an area, entered by the clerk."""
    place = area_in(district, **area)
    by = district.street.clerk
    return apply_for_committee(area=place.pk, by=by, at=NOW, told=told).committee


def act(district: District, one: OwnersCommittee, name: str, days: int, **given: Any) -> CommitteeEvent:
    """Take a step so many days after the application, by who may."""
    street = district.street
    by: User = given.pop("by", None) or (street.leader if STEPS[name].permission == DECIDE else street.clerk)
    event = act_on_committee(name, pk=one.pk, by=by, at=NOW + days * DAY, on=TODAY + days * DAY, **given)
    one.refresh_from_db()
    return event


def elected(district: District, one: OwnersCommittee, days: int = 35, **changed: Any) -> CommitteeEvent:
    """Record the vote on the election, which passes unless something is changed."""
    told: dict[str, Any] = {
        "on": TODAY + days * DAY,
        "matter": 3,
        "title": "选举业主委员会",
        "whole_m2": Decimal(30000),
        "part_m2": Decimal(20000),
        "favour_m2": Decimal("10000.01"),
        "whole_count": 300,
        "part_count": 200,
        "favour_count": 101,
        **changed,
    }
    by = told.pop("by", district.street.clerk)
    event = record_vote(pk=one.pk, by=by, at=NOW + days * DAY, told=VoteTold(**told))
    one.refresh_from_db()
    return event


def go_to(district: District, one: OwnersCommittee, last: str) -> None:
    """Take all steps until and including this one, with the vote on the election in its place."""
    for name, told in WAY.items():
        if name == "elect":
            elected(district, one)
        given = {key: value for key, value in told.items() if key != "days"}
        dated = {key: TODAY + value * DAY if key.endswith(("_on", "_until")) else value for key, value in given.items()}
        act(district, one, name, told["days"], **dated)
        if name == last:
            return
    raise ValueError(last)
