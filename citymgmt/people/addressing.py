"""Who stands behind an address such as "the clerks of this sub-district": people by their post, in one query."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q

from citymgmt.people.models import Organisation, User
from citymgmt.people.roles import Role

# ("user", user), ("clerks" or "leaders", sub-district), ("team" or "liaison", body), ("government", district code)
Key = tuple[str, Any]


def people_behind(keys: Iterable[Key]) -> Mapping[Key, list[User]]:
    """The active people behind each key, by log-in; a key that has nobody is missing, an unknown name finds nobody."""
    ids: dict[str, list[Any]] = defaultdict(list)
    for name, number in keys:
        ids[name].append(number)
    found: dict[Key, list[User]] = defaultdict(list)
    people = User.objects.filter(_query(ids), is_active=True).select_related("organisation")
    for user in people.order_by("username"):
        for key in _keys_of(user):
            found[key].append(user)
    return found


def _query(ids: Mapping[str, list[Any]]) -> Q:
    return (
        Q(pk__in=ids["user"])
        | Q(role=Role.CLERK, subdistrict_id__in=ids["clerks"])
        | Q(role=Role.LEADER, subdistrict_id__in=ids["leaders"])
        | Q(role=Role.TEAM_LEADER, organisation_id__in=ids["team"])
        | Q(role=Role.LIAISON, organisation_id__in=ids["liaison"])
        | Q(
            role=Role.LIAISON,
            organisation__kind=Organisation.Kind.GOVERNMENT,
            organisation__district_code__in=ids["government"],
        )
    )


def _keys_of(user: User) -> Iterable[Key]:
    """All the keys behind which a person stands."""
    yield "user", user.pk
    by_role: Mapping[str, Key] = {
        Role.CLERK: ("clerks", user.subdistrict_id),
        Role.LEADER: ("leaders", user.subdistrict_id),
        Role.TEAM_LEADER: ("team", user.organisation_id),
        Role.LIAISON: ("liaison", user.organisation_id),
    }
    if user.role in by_role:
        yield by_role[user.role]
    if user.organisation is not None and user.organisation.kind == Organisation.Kind.GOVERNMENT:
        yield "government", user.organisation.district_code
