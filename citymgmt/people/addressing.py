"""Who stands behind an address such as "the clerks of this sub-district": people by their post, in one query."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q

from citymgmt.people.kept import Kept
from citymgmt.people.models import Organisation, User
from citymgmt.people.roles import Role

# ("user", user), ("clerks" or "leaders", sub-district), ("team" or "liaison", body), ("government", district code)
Key = tuple[str, Any]
Behind = Mapping[Key, list[User]]
MOST_GROUPS = 100  # groups of keys kept in a process; each holds its people
FEW = 8  # keys of one event or two: who is behind them is kept; a sweep with its hundreds reads


def people_behind(keys: Iterable[Key]) -> Behind:
    """The active people behind each key, by log-in; a key that has nobody is missing, an unknown name finds nobody.

    They may be kept: nobody changes them.
    """
    wanted = frozenset(keys)
    return _kept_behind(wanted) if len(wanted) <= FEW else _read_behind(wanted)


def _read_behind(keys: Iterable[Key]) -> Behind:
    ids: dict[str, list[Any]] = defaultdict(list)
    for name, number in keys:
        ids[name].append(number)
    found: dict[Key, list[User]] = defaultdict(list)
    people = User.objects.filter(_query(ids), is_active=True).select_related("organisation")
    for user in people.order_by("username"):
        for key in _keys_of(user):
            found[key].append(user)
    return dict(found)


_kept_behind: Kept[Behind] = Kept(_read_behind, User, Organisation, most=MOST_GROUPS)


POSTS: Mapping[str, tuple[Role, str]] = {  # whose role, and the column of their place
    "clerks": (Role.CLERK, "subdistrict_id"),
    "leaders": (Role.LEADER, "subdistrict_id"),
    "team": (Role.TEAM_LEADER, "organisation_id"),
    "liaison": (Role.LIAISON, "organisation_id"),
}
GOVERNMENT = Organisation.Kind.GOVERNMENT


def _query(ids: Mapping[str, list[Any]]) -> Q:
    """Everybody behind the keys; a name that does not occur is left out of the question."""
    found = Q(pk__in=ids.get("user", []))
    for name, (role, column) in POSTS.items():
        if name in ids:
            found |= Q(role=role, **{f"{column}__in": ids[name]})
    if "government" in ids:
        bodies = Organisation.objects.filter(kind=GOVERNMENT, district_code__in=ids["government"])
        found |= Q(role=Role.LIAISON, organisation__in=bodies)
    return found


def _keys_of(user: User) -> Iterable[Key]:
    """All the keys behind which a person stands."""
    yield "user", user.pk
    for name, (role, column) in POSTS.items():
        if user.role == role:
            yield name, getattr(user, column)
    if user.organisation is not None and user.organisation.kind == GOVERNMENT:
        yield "government", user.organisation.district_code
