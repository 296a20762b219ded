"""What other rooms show beside a case on its page. They register here, so that the core knows none of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cases.models import Case
from citymgmt.people.models import User


@dataclass(frozen=True)
class Beside:
    """A panel: its template, and what that shows under the name `beside`."""

    template: str
    shown: Mapping[str, Any]


Show = Callable[[Case, User, date, datetime], Beside | None]
_rooms: list[Show] = []
_joined: list[str] = []


def register(show: Show, *joined: str) -> None:
    """Have a room's panel shown, when its app is ready. `show` costs one cheap query where it has nothing to show, or
    none: what points to a case alone under one of the names `joined` is read with it.
    """
    _rooms.append(show)
    _joined.extend(joined)


def joined() -> tuple[str, ...]:
    """What rooms have read together with a case that is shown on its page."""
    return tuple(_joined)


def beside_case(case: Case, user: User, on: date, at: datetime) -> list[Beside]:
    """The panels of a case that the person sees."""
    found = (show(case, user, on, at) for show in _rooms)
    return [panel for panel in found if panel is not None]
