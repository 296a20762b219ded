"""A table of stages and of the steps between them, of which buttons, forms and the database's own check are made. Pure.

Wordings are English source strings, translated at the edges.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Stage:
    """What a thing can be: `tone` and `icon` make its badge."""

    label: str
    tone: str
    icon: str


@dataclass(frozen=True)
class Step:
    """An action on a thing: a row of the permission table, from where, to where, by which law, carrying what.

    `target` None leaves the stage; `otherwise` is where it leads when it does not succeed. `carries` must be given,
    `may_carry` can be. One that `ends` something is never the first thing a page offers.
    """

    action: str
    label: str
    permission: str
    sources: tuple[str, ...]
    target: str | None = None
    carries: tuple[str, ...] = ("on",)
    may_carry: tuple[str, ...] = ("note",)
    law: str = ""
    icon: str = "arrow-right"
    otherwise: str | None = None
    ends: bool = False

    @property
    def look(self) -> str:
        """The class of its button beside the one that comes first."""
        return "btn-outline-danger" if self.ends else "btn-outline-secondary"

    @property
    def carried(self) -> tuple[str, ...]:
        """All that it can carry, in the order of its form."""
        return (*self.carries, *self.may_carry)


def moves_of(steps: Iterable[Step]) -> list[tuple[str, str]]:
    """All changes of stage that there are."""
    found = {
        (source, target)
        for one in steps
        for target in (one.target, one.otherwise)
        if target is not None
        for source in one.sources
    }
    return sorted(found)


def only_moves(first: Sequence[str], moves: Iterable[tuple[str, str]], refusal: str) -> str:
    """The body of a trigger that lets a row begin in one of the first stages, and change by these moves alone."""
    begins = " OR ".join(f"NEW.state = '{state}'" for state in first)
    known = ", ".join(f"'{source} {target}'" for source, target in moves)
    return (
        f"IF TG_OP = 'INSERT' THEN IF {begins} THEN RETURN NEW; END IF; "
        f"ELSIF NEW.state = OLD.state OR (OLD.state || ' ' || NEW.state) IN ({known}) THEN RETURN NEW; END IF; "
        f"RAISE EXCEPTION '{refusal}';"
    )
