"""The district in which measurements take place: made once, recognised by its code."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from psycopg2.extras import DateRange

from cases.actions.standards import load_standards
from cases.models import CaseStandard
from citymgmt.people.models import Organisation, SubDistrict, User
from citymgmt.people.roles import Role
from citymgmt.worktime.actions import load_calendar
from communities.models import Community, OfficerAssignment

DISTRICT_CODE = "999901"
STREETS = 2
COMMUNITIES = 12
SINCE = date(2000, 1, 1)


@dataclass(frozen=True)
class MeasuredStreet:
    """A sub-district with the people who act in it."""

    subdistrict: SubDistrict
    clerk: User
    communities: list[tuple[Community, User]]


@dataclass(frozen=True)
class MeasuredDistrict:
    """Two sub-districts, a liaison for each department (by id), and the standards that name a department."""

    streets: list[MeasuredStreet]
    liaisons: dict[int, User]
    standards: list[CaseStandard]


def measured_district() -> MeasuredDistrict:
    """The district with its people, standards, ladders and calendar; adds what is missing."""
    if not CaseStandard.objects.exists():
        load_standards()
        load_calendar()
    standards = list(CaseStandard.objects.exclude(department_key="").select_related("category").order_by("line"))
    keys = sorted({standard.department_key for standard in standards})
    liaisons = [_liaison(_body(key)) for key in keys]
    _liaison(_body("qzf", kind=Organisation.Kind.GOVERNMENT))
    return MeasuredDistrict(
        streets=[_street(number) for number in range(1, STREETS + 1)],
        liaisons={user.organisation_id: user for user in liaisons if user.organisation_id},
        standards=standards,
    )


def _body(key: str, kind: str = Organisation.Kind.DEPARTMENT) -> Organisation:
    return Organisation.objects.get_or_create(
        key=key, district_code=DISTRICT_CODE, subdistrict=None, defaults={"kind": kind, "name_zh": f"测量区{key}"}
    )[0]


def _liaison(body: Organisation) -> User:
    return _person(f"measured-{body.key}", Role.LIAISON, organisation=body)


def _person(username: str, role: str, **columns: Any) -> User:
    """A person who cannot log in and gets mail of urgent matters, as by default."""
    return User.objects.get_or_create(
        username=username,
        defaults={"role": role, "display_name": username, "email": f"{username}@example.org", **columns},
    )[0]


def _street(number: int) -> MeasuredStreet:
    subdistrict = SubDistrict.objects.get_or_create(
        code=f"{DISTRICT_CODE}{number:03d}",
        defaults={"name_zh": f"测量{number}街", "district_code": DISTRICT_CODE, "district_name": "测量区"},
    )[0]
    clerk = _person(f"measured-clerk-{number}", Role.CLERK, subdistrict=subdistrict)
    _person(f"measured-leader-{number}", Role.LEADER, subdistrict=subdistrict)
    communities = [_community(subdistrict, number, place) for place in range(1, COMMUNITIES + 1)]
    return MeasuredStreet(subdistrict, clerk, communities)


def _community(subdistrict: SubDistrict, street: int, place: int) -> tuple[Community, User]:
    community = Community.objects.get_or_create(
        code=f"{subdistrict.code}{place:03d}",
        defaults={"name_zh": f"测量{street}街第{place}社区", "subdistrict": subdistrict},
    )[0]
    officer = _person(f"measured-officer-{street}-{place}", Role.OFFICER, subdistrict=subdistrict)
    OfficerAssignment.objects.get_or_create(
        community=community, part=OfficerAssignment.Part.OFFICER, defaults={"user": officer, "period": DateRange(SINCE)}
    )
    return community, officer
