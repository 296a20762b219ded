"""What rooms above show on the page of a project: figures that lead to their lists, and what can be begun from it.

Rooms register here, so that the page knows none of them; a room costs one query.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from citymgmt.people.models import User
from communities.beside import Figure
from communities.models import Project


@dataclass(frozen=True)
class Action:
    """Something that can be begun from a project, such as a consultation."""

    label: str
    url: str
    icon: str


@dataclass(frozen=True)
class Shown:
    """What a room shows: its figures, and its actions."""

    figures: tuple[Figure, ...] = ()
    actions: tuple[Action, ...] = ()


Show = Callable[[Project, User, date, datetime], Iterable[Shown]]
_rooms: list[Show] = []


def register(show: Show) -> None:
    """Have a room shown, after the rooms before."""
    _rooms.append(show)


def shown_with(project: Project, user: User, on: date, at: datetime) -> Shown:
    """What rooms above show of a project to a person on a day, at a moment."""
    found = [one for show in _rooms for one in show(project, user, on, at)]
    return Shown(
        tuple(figure for one in found for figure in one.figures),
        tuple(action for one in found for action in one.actions),
    )
