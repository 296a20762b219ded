"""What rooms show of a community at the head of its page: figures, each of which leads to the very list that it counts.

Rooms register here, so that the page knows none of them. A room costs one query, or none where it counts in the query
of the community itself.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from citymgmt.people.models import User
from citymgmt.people.permissions import allows, reaches_as_far
from communities.models import Community


@dataclass(frozen=True)
class Figure:
    """A tile: `tone` and `note` as components/stat_tile.html takes them."""

    label: str
    value: object
    url: str
    icon: str
    tone: str = ""
    note: str = ""


@dataclass(frozen=True)
class Looker:
    """Who looks at a community, when; `is_own` for whom it belongs to today."""

    user: User
    on: date
    at: datetime
    is_own: bool

    def sees(self, action: str) -> bool:
        """Whether what a community has is within reach: of the office, or of whom it belongs to."""
        return reaches_as_far(self.user, action, "community.view") or (self.is_own and allows(self.user, action))


Show = Callable[[Community, Looker], Iterable[Figure]]
Count = Callable[[date, datetime], Mapping[str, Any]]  # names and subqueries on communities, at that moment
_rooms: list[Show] = []
_counts: list[Count] = []


def register(show: Show, count: Count | None = None) -> None:
    """Have a room's figures shown, after those of the rooms before. What it counts with `count` stands on the community
    under its name, read with it.
    """
    _rooms.append(show)
    if count is not None:
        _counts.append(count)


def with_counts(rows: QuerySet[Community], on: date, at: datetime) -> QuerySet[Community]:
    """Communities with what rooms count of them, in the same query."""
    return rows.annotate(**{name: told for count in _counts for name, told in count(on, at).items()})


def figures_of(community: Community, looker: Looker) -> list[Figure]:
    """The figures of a community that the person sees."""
    return [figure for show in _rooms for figure in show(community, looker)]
