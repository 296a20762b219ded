"""The one way in which timed things with a history change: recorded in a journal, settled, written together.

A `Journal` gathers events in memory, applies their changes to the rows in memory, and writes all of it together:
events, parts, things, and what its class tells people. A single action is a journal of one thing; the sweep is a
journal of hundreds. A kind of thing (cases, say) has a class of its own, which names its models and says what falls
due next and who is told; the steps that fall due have their effects by name.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar

from django.db import models

from citymgmt.bulk import insert_models, update_models
from citymgmt.history import Event, Parts, Values, encoded
from citymgmt.worktime.ladder import Due
from citymgmt.worktime.rules import Rules

Thing = TypeVar("Thing", bound=models.Model)
Happening = TypeVar("Happening", bound=Event)
Effect = Callable[[Any, Any, Due], None]  # records in the journal of this thing what fell due


class Journal(Generic[Thing, Happening]):
    """Events that are written together. Use it within a transaction that holds the things' row locks.

    A thing that is not in the database yet, but has its id, is inserted as its events leave it. `subject` names the
    thing in its events, and the foreign key of an event (and a part) to it.
    """

    subject: ClassVar[str]
    event_model: ClassVar[type[Event]]
    part_models: ClassVar[Mapping[str, type[models.Model]]] = {}

    def __init__(self, things: Iterable[Thing], rules: Rules) -> None:
        self.things = list(things)
        self.rules = rules
        self.events: list[Happening] = []
        self._new: dict[int, models.Model] = {id(thing): thing for thing in self.things if thing._state.adding}
        self._changed: dict[int, tuple[models.Model, set[str]]] = {}
        self._due: dict[int, Due | None] = {}

    def find_due(self, thing: Any) -> Due | None:
        """What falls due next for a thing as it stands in memory; said by each kind."""
        raise NotImplementedError

    def keep_part(self, thing: Any, part: Any) -> None:
        """Remember a part that changed, where a kind needs it to find what falls due."""

    def tell(self) -> None:
        """Put the notices of the gathered events into the outbox, where a kind tells people."""

    def next_due(self, thing: Thing) -> Due | None:
        """What falls due next for the thing as it stands in memory, found once."""
        if id(thing) not in self._due:
            self._due[id(thing)] = self.find_due(thing)
        return self._due[id(thing)]

    def record(
        self,
        thing: Thing,
        kind: str,
        *,
        at: datetime,
        by: Any = None,
        to: str | None = None,
        note: str = "",
        changes: Values | None = None,
        parts: Parts = (),
        request_key: str | None = None,
        request_digest: str = "",
    ) -> Happening:
        """Add an event of a thing, with the columns that change by it; rows in memory show it at once.

        `parts` are parts of the thing (new ones have no pk) with what changes of them.
        Values are Python values by column name (`department_id`, not `department`).
        """
        row: Any = thing
        values = {**(changes or {}), "state": to or row.state, "version": row.version + 1}
        event: Any = self.event_model(
            kind=kind,
            by=by,
            at=at,
            from_state=row.state,
            note=note,
            request_key=request_key,
            request_digest=request_digest,
            **{self.subject: thing},
        )
        self._apply(row, values)
        recorded = {self._apply_part(row, part, changed): encoded(changed) for part, changed in parts}
        self.look_ahead(thing)
        recorded[self.subject] = encoded(values)
        event.seq, event.to_state, event.changes = row.version, row.state, recorded
        self.events.append(event)
        return event

    def look_ahead(self, thing: Thing) -> None:
        """Find anew what falls due next, and set when the sweep must look at the thing again."""
        self._due.pop(id(thing), None)
        self.set_next_check(thing)

    def set_next_check(self, thing: Thing) -> None:
        """Set when the sweep must look at the thing again, by what has been found."""
        due = self.next_due(thing)
        self._apply(thing, {"next_check_at": due.at if due else None})

    def _apply(self, row: models.Model, values: Values) -> None:
        for name, value in values.items():
            setattr(row, name, value)
        if not row._state.adding:
            self._changed.setdefault(id(row), (row, set()))[1].update(values)

    def _apply_part(self, thing: Any, part: Any, values: Values) -> str:
        self._apply(part, values)
        if part.pk is None:
            setattr(part, self.subject, thing)
            self._new[id(part)] = part
        self.keep_part(thing, part)
        return self.part_subject(part)

    @classmethod
    def part_subject(cls, part: Any) -> str:
        """What a part is called in `changes`, such as "escalation.1"."""
        name = next(name for name, model in cls.part_models.items() if isinstance(part, model))
        return f"{name}.{part.ordinal}"

    def write(self) -> None:
        """Write everything gathered, in a fixed number of statements however many events there are.

        People are told first, while nothing is written: what is kept is then asked for its version once.
        """
        self.tell()
        for thing in self.things:
            if id(thing) in self._new:
                insert_models([thing])
        insert_models(self.events)
        for model in self.part_models.values():
            insert_models([part for part in self._new.values() if isinstance(part, model)])
        update_models(self._changed.values())
        self.events, self._new, self._changed = [], {}, {}


def settle(journal: Journal[Any, Any], thing: Any, now: datetime, effects: Mapping[str, Effect]) -> None:
    """Record in the journal whatever fell due for the thing until and including `now`, each at its own moment.

    `effects` holds what the steps of the ladders write, by the name in their rows, and what else may fall due (a
    `Due` without a step) by the name it has there.
    """
    due = journal.next_due(thing)
    while due is not None and due.at <= now:
        name = journal.rules.rows[due.step.code].effect if due.step else due.ladder
        effects[name](journal, thing, due)
        due = journal.next_due(thing)


def settle_batch(journal: Journal[Any, Any], now: datetime, effects: Mapping[str, Effect]) -> None:
    """Settle the locked rows of a journal and write everything together."""
    for thing in journal.things:
        settle(journal, thing, now, effects)
    for thing in journal.things:
        journal.set_next_check(thing)  # also where nothing fell due because a rule has changed
    journal.write()


def in_order(thing: Any, at: datetime) -> datetime:
    """The moment of what people do to a thing, never before its last event: clocks of hosts differ."""
    last: datetime | None = thing.events.filter(seq=thing.version).values_list("at", flat=True).first()
    return max(at, last) if last else at


def taken(due: Due, **more: Any) -> dict[str, Any]:
    """The columns of a thing that has taken the step which fell due, and more."""
    assert due.step is not None
    return {"rung": due.step.position, "rung_at": due.at, "ladder_code": due.step.code, **more}
