"""A small district for tests: two sub-districts, each with two communities and every role, and two departments."""

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from psycopg2.extras import DateRange

from cases.models import CaseStandard
from citymgmt.people.models import Organisation, SubDistrict, User
from citymgmt.people.roles import Role
from communities.models import Community, OfficerAssignment

SHANGHAI = ZoneInfo("Asia/Shanghai")
DISTRICT = "440106"
SINCE = date(2020, 1, 1)
POSTS = {  # of a street: how the log-in begins, and the role
    "clerk": ("clerk", Role.CLERK),
    "clerk2": ("clerkb", Role.CLERK),
    "officer": ("officer", Role.OFFICER),
    "officer2": ("officerb", Role.OFFICER),
    "teamleader": ("teamleader", Role.TEAM_LEADER),
    "member": ("member", Role.TEAM_MEMBER),
    "leader": ("leader", Role.LEADER),
    "admin": ("admin", Role.ADMIN),
    "secadmin": ("secadmin", Role.SECADMIN),
    "auditor": ("auditor", Role.AUDITOR),
}
IN_TEAM = ("teamleader", "member")


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


@cache
def hashed(password: str) -> str:
    """As it is stored; the salt of a password is drawn once a run."""
    return make_password(password)


def person(username: str, role: str, **columns: Any) -> User:
    """Somebody who can log in with the password `username`-secret, not yet saved."""
    one = User(username=username, role=role, display_name=username, email=f"{username}@example.org", **columns)
    one.password = hashed(f"{username}-secret")
    return one


def user(username: str, role: str, **columns: Any) -> User:
    """The same, saved."""
    one = person(username, role, **columns)
    one.save()
    return one


def body(key: str, kind: str = "department") -> Organisation:
    """A body of the district, not yet saved."""
    return Organisation(key=key, kind=kind, name_zh=key, name_en=key, district_code=DISTRICT)


def street(code: str, name: str) -> Street:
    """A sub-district, not yet saved; usernames end in its last digit."""
    place = SubDistrict(code=code, name_zh=name, district_code=DISTRICT, district_name="天河区")
    team = Organisation(
        key="team", kind="enforcement_team", name_zh=f"{name}执法队", district_code=DISTRICT, subdistrict=place
    )
    communities = [Community(code=f"{code}00{n}", name_zh=f"{name}第{n}社区", subdistrict=place) for n in (1, 2)]
    people = {
        post: person(f"{login}{code[-1]}", role, subdistrict=place, organisation=team if post in IN_TEAM else None)
        for post, (login, role) in POSTS.items()
    }
    return Street(subdistrict=place, team=team, communities=communities, **people)


def district() -> District:
    """Everything, saved by one statement a table."""
    cgj, jjdd, government = body("cgj"), body("jjdd"), body("qzf", "government")
    made = District(
        street=street("440106001", "甲街"),
        other=street("440106002", "乙街"),
        cgj=cgj,
        jjdd=jjdd,
        government=government,
        liaison=person("liaison", Role.LIAISON, organisation=cgj),
        liaison2=person("liaison2", Role.LIAISON, organisation=jjdd),
        supervisor=person("supervisor", Role.LIAISON, organisation=government),
    )
    save(made)
    return made


def save(made: District) -> None:
    """Write the rows of a district."""
    streets = [made.street, made.other]
    SubDistrict.objects.bulk_create([one.subdistrict for one in streets])
    Organisation.objects.bulk_create([made.cgj, made.jjdd, made.government, *(one.team for one in streets)])
    Community.objects.bulk_create([community for one in streets for community in one.communities])
    staff = [getattr(one, post) for one in streets for post in POSTS]
    User.objects.bulk_create([*staff, made.liaison, made.liaison2, made.supervisor])
    OfficerAssignment.objects.bulk_create(
        OfficerAssignment(community=community, user=officer, period=DateRange(SINCE, None))
        for one in streets
        for community, officer in zip(one.communities, (one.officer, one.officer2), strict=True)
    )


def district_again() -> District:
    """The same with the ids that it has in every test of this process: written by one statement, for what is undone."""
    objects, rows = written()
    with connection.cursor() as cursor:
        cursor.execute(rows)
    made: District = pickle.loads(objects)
    return made


@cache
def written() -> tuple[bytes, bytes]:
    """A district as objects, and the SQL that writes its rows. Nobody else gets their ids: no sequence goes back."""
    made, statements = undone(district), []

    def remember(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if sql.startswith("INSERT"):
            statements.append(context["cursor"].mogrify(sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(remember):
        undone(lambda: save(made))
    return pickle.dumps(made), b";".join(statements)


def undone(make: Callable[[], Any]) -> Any:
    """What it makes, whose rows are gone again."""
    with transaction.atomic():
        made = make()
        transaction.set_rollback(True)
    return made


def standard(line: int) -> CaseStandard:
    """The shipped filing condition of a line (row x 10 + part)."""
    return CaseStandard.objects.get(line=line)
