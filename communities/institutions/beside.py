"""What other rooms show on the page of an institution. They register here, so that this room knows none of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from citymgmt.people.models import User
from communities.models import Institution


@dataclass(frozen=True)
class Beside:
    """A panel: its template, and what that shows under the name `beside`."""

    template: str
    shown: Mapping[str, Any]


Show = Callable[[Institution, User, date], Beside | None]
_rooms: list[Show] = []


def register(show: Show) -> None:
    """Have a room's panel shown, when its app is ready."""
    _rooms.append(show)


def beside_institution(institution: Institution, user: User, on: date) -> list[Beside]:
    """The panels of an institution that the person sees."""
    found = (show(institution, user, on) for show in _rooms)
    return [panel for panel in found if panel is not None]
