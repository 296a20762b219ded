"""The demo office: district, streets, communities, departments, people and duties. Each can be made again."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _
from psycopg2.extras import DateRange

from cases.actions.standards import seed_rows
from cases.demo import names, terrain
from citymgmt.people.models import Organisation, SubDistrict, User
from citymgmt.people.roles import Role
from citymgmt.refusals import Invalid
from communities.models import Community, DutyGrid, KeyPlace, OfficerAssignment, OfficerLeave
from communities.querysets import acting_officers

PART = OfficerAssignment.Part
GOLDEN = 0.618  # steps of this share of a whole stay apart
IN_OFFICE_DAYS = 800  # how long ago the officers of today took over


@dataclass
class Street:
    """A sub-district with all that the play needs of it."""

    name: names.StreetName
    subdistrict: SubDistrict
    communities: list[Community]
    places: dict[int, list[KeyPlace]]
    teams: dict[str, Organisation]
    people: dict[str, User]
    _acting: dict[date, dict[int, int]] = field(default_factory=dict)

    def of_role(self, role: Role) -> list[User]:
        """The people of a role, in the order of the table."""
        return [user for user in self.people.values() if user.role == role]

    def of_team(self, team_id: int, role: Role) -> User:
        """The leader or the member of a team."""
        return next(user for user in self.of_role(role) if user.organisation_id == team_id)

    def acting(self, community_id: int | None, on: date) -> User | None:
        """Who acts for a community on a day."""
        if on not in self._acting:
            self._acting[on] = dict(acting_officers([community.pk for community in self.communities], on))
        user_id = self._acting[on].get(community_id or 0)
        return next((user for user in self.people.values() if user.pk == user_id), None)


@dataclass
class Office:
    """The whole demo district."""

    streets: list[Street]
    departments: dict[str, Organisation]
    liaisons: dict[int, User]  # by department


def make_office(*, passwords: dict[str, str], on: date) -> Office:
    """Make what is missing of the demo district; who may log in gets the password given for the name.

    Raises: Invalid when a demo log-in name belongs to somebody of another district.
    """
    _check_names()
    departments = {row["key"]: _department(row) for row in seed_rows("departments.csv")}
    streets = [_street(name, passwords) for name in names.STREETS]
    liaisons = {
        departments[key].pk: _user(username, name, Role.LIAISON, "联络员", passwords, organisation=departments[key])
        for key, (username, name) in names.LIAISONS.items()
    }
    for street in streets:
        _assign(street, on)
    return Office(streets, departments, liaisons)


def _check_names() -> None:
    known = [person.username for people in names.PEOPLE.values() for person in people]
    known += [username for username, _name in names.LIAISONS.values()]
    for user in User.objects.filter(username__in=known).select_related("subdistrict", "organisation"):
        if user.district_code != names.DISTRICT_CODE:
            raise Invalid(_("“%(name)s” is a person of another district; no demo data were made.") % {"name": user})


def _department(row: dict[str, str]) -> Organisation:
    return Organisation.objects.get_or_create(
        key=row["key"],
        district_code=names.DISTRICT_CODE,
        subdistrict=None,
        defaults={
            "kind": row["kind"],
            "name_zh": row["name_zh"],
            "name_en": row["name_en"],
            "short_zh": row["short_zh"],
            "matters_zh": row["matters_zh"],
            "matters_en": row["matters_en"],
            "reply_limit_days": int(row["reply_limit_value"]),
        },
    )[0]


def _street(name: names.StreetName, passwords: dict[str, str]) -> Street:
    subdistrict = SubDistrict.objects.get_or_create(
        code=name.code,
        defaults={
            "name_zh": name.name_zh,
            "name_en": name.name_en,
            "district_code": names.DISTRICT_CODE,
            "district_name": names.DISTRICT_NAME,
        },
    )[0]
    office = _body(subdistrict, Organisation.Kind.OFFICE, "office", f"{name.name_zh}办事处", f"{name.name_en} Office")
    teams = {key: _body(subdistrict, kind, key, zh, en) for kind, key, zh, en in name.teams}
    communities = [_community(name, subdistrict, index) for index in range(len(name.communities))]
    people = {
        person.username: _user(
            person.username,
            person.name_zh,
            person.role,
            person.post,
            passwords,
            subdistrict=subdistrict,
            organisation=teams.get(person.team, office),
        )
        for person in names.PEOPLE[name.code]
    }
    places = {
        community.pk: [_place(community, place, cell(name, at), index) for index, place in enumerate(known.places)]
        for at, (community, known) in enumerate(zip(communities, name.communities, strict=True))
    }
    return Street(name, subdistrict, communities, places, teams, people)


def _body(subdistrict: SubDistrict, kind: str, key: str, name_zh: str, name_en: str) -> Organisation:
    return Organisation.objects.get_or_create(
        key=key,
        district_code=names.DISTRICT_CODE,
        subdistrict=subdistrict,
        defaults={"kind": kind, "name_zh": name_zh, "name_en": name_en},
    )[0]


def cell(name: names.StreetName, index: int) -> tuple[int, int]:
    """Column and row of a community on the ground plan: three columns from the street's corner, going north."""
    row, column = divmod(index, 3)
    first_column, first_row = terrain.cell_at(name.corner)
    return first_column + column, first_row + row


def spot_in(community: Community, number: int) -> tuple[Decimal, Decimal]:
    """A point of a demo community, another one for each number: longitude and latitude."""
    street = next(one for one in names.STREETS if community.code.startswith(one.code))
    at = cell(street, int(community.code[-3:]) - 1)
    longitude, latitude = terrain.inside(*at, number * GOLDEN % 1, (number * GOLDEN * GOLDEN + 0.5) % 1)
    return Decimal(str(longitude)), Decimal(str(latitude))


def _community(name: names.StreetName, subdistrict: SubDistrict, index: int) -> Community:
    known = name.communities[index]
    ring = terrain.outline(*cell(name, index))
    community = Community.objects.get_or_create(
        code=f"{name.code}{index + 1:03d}",
        defaults={
            "name_zh": known.name_zh,
            "name_en": f"{known.name_en} Community",
            "subdistrict": subdistrict,
            "urban_rural_class": "111",
            "boundary": {"type": "Polygon", "coordinates": [ring]},
            "office_address": f"{known.roads[0]}{16 + index * 2}号社区服务站",
            "office_phone": _phone(9000 + int(name.code[-1]) * 100 + index),
        },
    )[0]
    for number in (1, 2):
        DutyGrid.objects.get_or_create(
            code=f"{community.code}-{number:02d}",
            defaults={
                "community": community,
                "name_zh": f"{known.name_zh}第{number}网格",
                "name_en": f"{known.name_en} grid {number}",
            },
        )
    return community


def _place(community: Community, place: names.PlaceName, at: tuple[int, int], index: int) -> KeyPlace:
    longitude, latitude = terrain.inside(*at, (index + 1) / 4, (3 - index) / 4)
    return KeyPlace.objects.get_or_create(
        community=community,
        name_zh=place.name_zh,
        defaults={
            "kind": place.kind,
            "name_en": place.name_en,
            "pinyin": place.pinyin,
            "address": place.name_zh,
            "longitude": longitude,
            "latitude": latitude,
        },
    )[0]


def _phone(number: int) -> str:
    return f"020-8000{number:04d}"


def _user(username: str, name: str, role: Role, post: str, passwords: dict[str, str], **place: Any) -> User:
    """A person; one who was there already keeps all but the password that the file of log-ins names."""
    user = User.objects.filter(username=username).first()
    password = passwords.get(username)
    if user is None:
        known = sum(map(len, names.PEOPLE.values())) + len(names.LIAISONS)
        user = User(username=username, role=role, display_name=name, post=post, **place)
        user.office_phone = _phone(1000 + User.objects.filter(office_phone__startswith="020-8000").count() % known)
        user.mail_choice = User.MailChoice.URGENT
        user.password = make_password(password)
        user.save()
    elif password is not None and not user.check_password(password):
        user.set_password(password)
        user.save(update_fields=["password"])
    return user


def _assign(street: Street, on: date) -> None:
    """Give each community but the vacant one its officer and deputy, with one handover in the past and one leave."""
    since = on - timedelta(days=IN_OFFICE_DAYS)
    if OfficerAssignment.objects.filter(community__in=street.communities).exists():
        return
    for index, officer, deputy in names.DUTIES[street.name.code]:
        community = street.communities[index]
        for username, first, last in _terms(street, index, officer, since, on):
            _duty(community, street.people[username], PART.OFFICER, first, last)
        _duty(community, street.people[deputy], PART.DEPUTY, since, None)
    username, ago, ahead = names.LEAVE
    if username in street.people:
        days = DateRange(on - timedelta(days=ago), on + timedelta(days=ahead))
        OfficerLeave.objects.create(user=street.people[username], period=days, reason="年休假")


def _terms(street: Street, index: int, officer: str, since: date, on: date) -> list[tuple[str, date, date | None]]:
    changed, old, new, ago = names.HANDOVER
    if street.name is not names.BANYAN or index != changed:
        return [(officer, since, None)]
    handed_over = on - timedelta(days=ago)
    return [(old, since, handed_over), (new, handed_over, None)]


def _duty(community: Community, user: User, part: str, first: date, last: date | None) -> None:
    OfficerAssignment.objects.create(community=community, user=user, part=part, period=DateRange(first, last))
