"""Who stands in a chain of responsibility, from the top down. Pure: rows in, links out.

At each level it is who answers for the very thing, and where nobody does, who answers for the whole office.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

LEVELS = (1, 2, 3, 4)  # secretary, director, deputy director in charge, section head
WHOLE = ("", 0)
Scope = tuple[str, int]  # "community", "disorder" or "team" and the id of one; WHOLE for the whole office


class Held(Protocol):
    """A post that somebody holds: `level` is 1 for the secretary, down to 4; `period` knows `day in period`."""

    level: Any
    period: Any

    @property
    def scope(self) -> Scope:
        """For what."""


R = TypeVar("R", bound=Held)


@dataclass(frozen=True)
class Link(Generic[R]):
    """A level of a chain and who stands there; nobody when `held` is empty. An officer of several communities may
    have several people above.
    """

    level: int
    held: tuple[R, ...]

    @property
    def is_special(self) -> bool:
        """Whether they answer for the very thing rather than for the whole office."""
        return any(one.scope != WHOLE for one in self.held)


def scopes_of(dimension: str, key: str, communities: Collection[int] = (), disorder: int | None = None) -> list[Scope]:
    """The scopes that fit a key of a dimension beside the whole office. `communities` are those of an officer,
    `disorder` is that of a category.
    """
    if dimension == "officer":
        return [("community", pk) for pk in communities]
    if dimension == "category":
        return [] if disorder is None else [("disorder", disorder)]
    return [(dimension, int(key))] if dimension in ("community", "disorder", "team") else []


def who_answers(rows: Iterable[R], scopes: Sequence[Scope], on: date) -> list[Link[R]]:
    """The chain on a day, a link for each of LEVELS."""
    held = {(one.level, one.scope): one for one in rows if on in one.period}
    return [Link(level, _at(held, level, scopes)) for level in LEVELS]


def _at(held: dict[tuple[int, Scope], R], level: int, scopes: Sequence[Scope]) -> tuple[R, ...]:
    """Who answers at a level: for each scope its own person, else that of the whole office; each named once."""
    whole = held.get((level, WHOLE))
    found = [held.get((level, scope), whole) for scope in scopes or [WHOLE]]
    kept: list[R] = []
    for one in found:
        if one is not None and one not in kept:
            kept.append(one)
    return tuple(kept)
