"""Who reads for a unit: its people in the portal - the liaisons of its department, the leader of its team, the officer
of its community -, and where there are none its contact person, by mail.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.utils import timezone

from cases.meetings.models import MemberUnit
from cases.meetings.outside.mailing import addressee_of
from citymgmt.outbox.addressees import Addressee
from citymgmt.people.addressing import Key, people_behind
from citymgmt.people.models import Organisation, User
from communities.querysets import duties_on

Reader = User | Addressee


def readers_of(units: Iterable[MemberUnit], at: datetime) -> Mapping[int, Sequence[Reader]]:
    """Who reads for each of these units on the day of `at`, by the unit's id, in a fixed number of queries. Units come
    with their `organisation`. One that nobody reads for and whose address is unknown has an empty entry.
    """
    units = list(units)
    acting = duties_on(timezone.localdate(at)).acting if any(unit.community_id for unit in units) else {}
    keys = {unit.pk: _key(unit, acting) for unit in units}
    behind = people_behind(key for key in keys.values() if key is not None)
    found: dict[int, Sequence[Reader]] = {}
    for unit in units:
        key = keys[unit.pk]
        people = behind.get(key, []) if key is not None else []
        found[unit.pk] = people or list(filter(None, [addressee_of(unit)]))
    return found


def all_readers(units: Iterable[MemberUnit], at: datetime) -> list[Reader]:
    """Everybody who reads for any of these units, once."""
    return list(dict.fromkeys(reader for found in readers_of(units, at).values() for reader in found))


def people_of(keys: Iterable[Key]) -> list[User]:
    """The people behind these addresses."""
    return [user for users in people_behind(keys).values() for user in users]


def _key(unit: MemberUnit, acting: Mapping[int, int]) -> Key | None:
    if unit.organisation is not None:
        name = "liaison" if unit.organisation.kind in Organisation.OF_DISTRICT else "team"
        return name, unit.organisation_id
    officer = acting.get(unit.community_id or 0)
    return ("user", officer) if officer else None
