"""Named questions about chains of responsibility: who answered for what on a day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from cases.models import Category
from cases.named import kept_names, named
from cases.statistics.chain.models import Answerable
from cases.statistics.chain.who import Link, scopes_of, who_answers
from citymgmt.people.models import User
from citymgmt.people.permissions import visible_to
from citymgmt.people.roles import Role
from communities.models import Community
from communities.querysets import OFFICER, assignments_on


def appointments_of(user: User, on: date) -> QuerySet[Answerable]:
    """The appointments that a person may see, of all days."""
    return visible_to(user, Answerable.objects.all(), on=on)


def in_force(user: User, today: date, on: date) -> list[Answerable]:
    """The appointments that a person may see and that hold on the day `on`, with the names around them."""
    return list(named(appointments_of(user, today).filter(period__contains=on)).order_by("level", "pk"))


@dataclass(frozen=True)
class Last:
    """The last of a chain: in which post, and who; nobody when there is no person."""

    post: str
    people: tuple[User, ...]


@dataclass(frozen=True)
class Chain:
    """Who answers for one thing, from the secretary down; `last` is the officer or the team's leader, if any is due."""

    links: Sequence[Link[Answerable]]
    last: Last | None


@dataclass(frozen=True)
class InStreet:
    """Who is last in the chains of an office on a day: officers by community, leaders by team."""

    officers: Mapping[int, tuple[User, ...]]
    communities: Mapping[int, tuple[int, ...]]  # of an officer
    leaders: Mapping[int, tuple[User, ...]]


def in_street(subdistrict_id: int, on: date) -> InStreet:
    """The officers and deputies of an office on a day, in their order, and the team leaders of now."""
    rows = assignments_on(on).filter(community__subdistrict_id=subdistrict_id).order_by("community_id", "-part")
    officers: dict[int, list[User]] = defaultdict(list)
    communities: dict[int, list[int]] = defaultdict(list)
    for row in named(rows):
        officers[row.community_id].append(row.user)
        if row.part == OFFICER:
            communities[row.user_id].append(row.community_id)
    return InStreet(_fixed(officers), _fixed(communities), _fixed(_leaders(subdistrict_id)))


def _fixed(lists: Mapping[int, list[Any]]) -> dict[int, tuple[Any, ...]]:
    return {key: tuple(those) for key, those in lists.items()}


def _leaders(subdistrict_id: int) -> dict[int, list[User]]:
    leaders: dict[int, list[User]] = defaultdict(list)
    for person in sorted(kept_names()[User].values(), key=lambda one: one.username):
        if person.role == Role.TEAM_LEADER and person.is_active and person.subdistrict_id == subdistrict_id:
            leaders[person.organisation_id].append(person)
    return leaders


def chain_for(dimension: str, key: str, rows: Iterable[Answerable], street: InStreet, on: date) -> Chain:
    """The chain of one key of a dimension on a day; a key that nobody knows has that of the whole office."""
    pk = int(key) if key.isascii() and key.isdigit() else 0
    category = kept_names()[Category].get(pk) if dimension == "category" else None
    disorder = category.disorder_id if category else None
    scopes = scopes_of(dimension, str(pk), street.communities.get(pk, ()), disorder)
    return Chain(who_answers(rows, scopes, on), _last(dimension, pk, street))


def _last(dimension: str, pk: int, street: InStreet) -> Last | None:
    if dimension == "community":
        return Last("officer", street.officers.get(pk, ()))
    if dimension == "team":
        return Last("leader", street.leaders.get(pk, ()))
    if dimension == "officer":
        person = kept_names()[User].get(pk)
        return Last("officer", (person,) if person else ())
    return None


def communities_in(subdistrict_id: int) -> list[Community]:
    """The active communities of an office, by code."""
    found = [one for one in kept_names()[Community].values() if one.subdistrict_id == subdistrict_id and one.is_active]
    return sorted(found, key=lambda one: one.code)
