"""A small district for tests: two sub-districts, each with two communities and every role, and two departments."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from psycopg2.extras import DateRange

from cases.models import CaseStandard
from citymgmt.people.models import Organisation, SubDistrict, User
from citymgmt.people.roles import Role
from communities.models import Community, OfficerAssignment

SHANGHAI = ZoneInfo("Asia/Shanghai")
DISTRICT = "440106"
SINCE = date(2020, 1, 1)


def china(text: str) -> datetime:
    """A moment written in Chinese time, for example 2026-03-04 09:00."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


@dataclass
class Street:
    """A sub-district with its people."""

    subdistrict: SubDistrict
    team: Organisation
    communities: list[Community]
    clerk: User
    clerk2: User
    officer: User
    officer2: User
    teamleader: User
    member: User
    leader: User
    admin: User
    secadmin: User
    auditor: User


@dataclass
class District:
    """Two sub-districts of one district, its departments and their liaisons."""

    street: Street
    other: Street
    cgj: Organisation
    jjdd: Organisation
    government: Organisation
    liaison: User
    liaison2: User
    supervisor: User


def user(username: str, role: str, **columns: Any) -> User:
    """A person who can log in with the password `username`-secret."""
    person = User(username=username, role=role, display_name=username, email=f"{username}@example.org", **columns)
    person.set_password(f"{username}-secret")
    person.save()
    return person


def body(key: str, kind: str = "department") -> Organisation:
    """A body of the district."""
    return Organisation.objects.create(key=key, kind=kind, name_zh=key, name_en=key, district_code=DISTRICT)


def street(code: str, name: str) -> Street:
    """A sub-district; usernames end in its last digit."""
    subdistrict = SubDistrict.objects.create(code=code, name_zh=name, district_code=DISTRICT, district_name="天河区")
    team = Organisation.objects.create(
        key="team",
        kind="enforcement_team",
        name_zh=f"{name}执法队",
        district_code=DISTRICT,
        subdistrict=subdistrict,
    )
    communities = [
        Community.objects.create(code=f"{code}00{n}", name_zh=f"{name}第{n}社区", subdistrict=subdistrict)
        for n in (1, 2)
    ]
    tail = code[-1]
    people = {
        "clerk": user(f"clerk{tail}", Role.CLERK, subdistrict=subdistrict),
        "clerk2": user(f"clerkb{tail}", Role.CLERK, subdistrict=subdistrict),
        "officer": user(f"officer{tail}", Role.OFFICER, subdistrict=subdistrict),
        "officer2": user(f"officerb{tail}", Role.OFFICER, subdistrict=subdistrict),
        "teamleader": user(f"teamleader{tail}", Role.TEAM_LEADER, subdistrict=subdistrict, organisation=team),
        "member": user(f"member{tail}", Role.TEAM_MEMBER, subdistrict=subdistrict, organisation=team),
        "leader": user(f"leader{tail}", Role.LEADER, subdistrict=subdistrict),
        "admin": user(f"admin{tail}", Role.ADMIN, subdistrict=subdistrict),
        "secadmin": user(f"secadmin{tail}", Role.SECADMIN, subdistrict=subdistrict),
        "auditor": user(f"auditor{tail}", Role.AUDITOR, subdistrict=subdistrict),
    }
    for community, officer in zip(communities, (people["officer"], people["officer2"]), strict=True):
        OfficerAssignment.objects.create(community=community, user=officer, period=DateRange(SINCE, None))
    return Street(subdistrict=subdistrict, team=team, communities=communities, **people)


def district() -> District:
    """Everything."""
    cgj, jjdd, government = body("cgj"), body("jjdd"), body("qzf", "government")
    return District(
        street=street("440106001", "甲街"),
        other=street("440106002", "乙街"),
        cgj=cgj,
        jjdd=jjdd,
        government=government,
        liaison=user("liaison", Role.LIAISON, organisation=cgj),
        liaison2=user("liaison2", Role.LIAISON, organisation=jjdd),
        supervisor=user("supervisor", Role.LIAISON, organisation=government),
    )


def standard(line: int) -> CaseStandard:
    """The shipped filing condition of a line (row x 10 + part)."""
    return CaseStandard.objects.get(line=line)
