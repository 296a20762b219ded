"""The one history: the only door by which events, and the columns that follow from them, are written.

A `Journal` gathers events in memory, applies their changes to the rows in memory, and writes all of it
together: events, parts, cases, and the outbox rows that the notice table names. A single action is a
journal of one case; the sweep is a journal of hundreds. `replay` folds events back into rows.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Any

from django.db import models
from django.utils.duration import duration_iso_string

from cases import deadlines, notices
from cases.models import Case, CaseEvent, Escalation, TimeRequest
from cases.models.event import NOTE
from cases.querysets import open_escalations_of, suspended_since
from citymgmt.bulk import insert_models, update_models
from citymgmt.people.models import Organisation
from citymgmt.worktime.rules import Rules

PARTS: Mapping[str, type[models.Model]] = {"escalation": Escalation, "request": TimeRequest}
FACTS = frozenset(
    [
        "id",
        "number",
        "subdistrict_id",
        "description",
        "address",
        "longitude",
        "latitude",
        "source",
        "is_campaign",
        "external_ref",
        "created_at",
        "logged_by_id",
    ]
) | {"next_check_at"}  # an index for the sweep: follows from the row and the rules in force
FOLDED = tuple(field for field in Case._meta.concrete_fields if field.attname not in FACTS)
Values = Mapping[str, Any]
Parts = Iterable[tuple[models.Model, Values]]


def encode(value: Any) -> Any:
    """A column's value as JSON, exact to the microsecond."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_iso_string(value)
    return str(value) if isinstance(value, models.Choices) else value


def _encoded(values: Values) -> dict[str, Any]:
    return {name: encode(value) for name, value in values.items()}


def decode(field: Any, value: Any) -> Any:
    """A column's value from JSON."""
    if value is not None and field.is_relation:
        return field.target_field.to_python(value)
    return None if value is None else field.to_python(value)


class Journal:
    """Events that are written together. Use it within a transaction that holds the cases' row locks."""

    def __init__(self, cases: Iterable[Case], rules: Rules) -> None:
        self.cases = list(cases)
        self.rules = rules
        self.escalations = open_escalations_of(self.cases)
        self.events: list[CaseEvent] = []
        self._new: dict[int, models.Model] = {}
        self._changed: dict[int, tuple[models.Model, set[str]]] = {}
        self._due: dict[int, deadlines.Due | None] = {}

    @cached_property
    def departments(self) -> Mapping[int, Organisation]:
        """The bodies of the districts, by id."""
        return {body.pk: body for body in Organisation.objects.filter(kind__in=Organisation.OF_DISTRICT)}

    @cached_property
    def suspended_since(self) -> Mapping[int, datetime]:
        """When each suspended case of the journal was suspended, by case id."""
        return suspended_since(self.cases)

    def next_due(self, case: Case) -> deadlines.Due | None:
        """What falls due next for the case as it stands in memory."""
        if case.pk not in self._due:
            self._due[case.pk] = deadlines.next_due(case, self.escalations.get(case.pk), self.rules)
        return self._due[case.pk]

    def record(
        self,
        case: Case,
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
    ) -> CaseEvent:
        """Add an event of a case, with the columns that change by it; rows in memory show it at once.

        `parts` are escalations and requests of the case (new ones have no pk) with what changes of them.
        Values are Python values by column name (`department_id`, not `department`).
        """
        from_state = case.state
        values = {**(changes or {}), "state": to or case.state, "version": case.version + 1}
        self._apply(case, values)
        recorded = {self._apply_part(case, part, changed): _encoded(changed) for part, changed in parts}
        self.look_ahead(case)
        recorded["case"] = _encoded(values)
        event = CaseEvent(
            case=case,
            seq=case.version,
            kind=kind,
            by=by,
            at=at,
            from_state=from_state,
            to_state=case.state,
            note=note,
            changes=recorded,
            request_key=request_key,
            request_digest=request_digest,
        )
        self.events.append(event)
        return event

    def look_ahead(self, case: Case) -> None:
        """Set when the sweep must look at the case again."""
        self._due.pop(case.pk, None)
        due = self.next_due(case)
        self._apply(case, {"next_check_at": due.at if due else None})

    def _apply(self, row: models.Model, values: Values) -> None:
        for name, value in values.items():
            setattr(row, name, value)
        if row.pk is not None:
            self._changed.setdefault(id(row), (row, set()))[1].update(values)

    def _apply_part(self, case: Case, part: Any, values: Values) -> str:
        name = next(name for name, model in PARTS.items() if isinstance(part, model))
        self._apply(part, values)
        if part.pk is None:
            part.case = case
            self._new[id(part)] = part
        if isinstance(part, Escalation):
            self._keep_escalation(case, part)
        return f"{name}.{part.ordinal}"

    def _keep_escalation(self, case: Case, escalation: Escalation) -> None:
        if escalation.is_open:
            self.escalations[case.pk] = escalation
        else:
            self.escalations.pop(case.pk, None)

    def write(self) -> None:
        """Write everything gathered, in a fixed number of statements however many events there are."""
        insert_models(self.events)
        for model in PARTS.values():
            insert_models([part for part in self._new.values() if isinstance(part, model)])
        update_models(self._changed.values())
        notices.enqueue(self.events, self)
        self.events, self._new, self._changed = [], {}, {}


def replay(events: Iterable[CaseEvent]) -> dict[str, dict[str, Any]]:
    """Fold the events of one case, in order, into the values of its row and parts, as JSON values."""
    rows: dict[str, dict[str, Any]] = {}
    for event in events:
        for subject, values in event.changes.items():
            if subject != NOTE:
                rows.setdefault(subject, {}).update(values)
    return rows


def differences(case: Case, events: Iterable[CaseEvent], parts: Iterable[models.Model]) -> list[str]:
    """What the replay of a case's events and its rows in the database say differently; empty when they agree."""
    events = list(events)
    rows = replay(events)
    found = _chain_differences(events)
    found += _row_differences(case, FOLDED, rows.pop("case", {}))
    for part in parts:
        name = next(name for name, model in PARTS.items() if isinstance(part, model))
        subject = f"{name}.{part.ordinal}"  # type: ignore[attr-defined]
        fields = [field for field in part._meta.concrete_fields if field.attname not in ("id", "case_id")]
        found += [f"{subject} {text}" for text in _row_differences(part, fields, rows.pop(subject, {}))]
    return found + [f"{subject}: only in the history" for subject in rows]


def _chain_differences(events: Sequence[CaseEvent]) -> list[str]:
    """Each event follows the one before it, and its own state is the one it writes."""
    found = [] if [event.seq for event in events] == list(range(1, len(events) + 1)) else ["seq: not gapless"]
    for before, event in pairwise(events):
        if before.to_state != event.from_state:
            found.append(f"event {event.seq}: begins in {event.from_state!r}, after {before.to_state!r}")
    wrong = [event for event in events if event.changes.get("case", {}).get("state") != event.to_state]
    return found + [f"event {event.seq}: ends in {event.to_state!r}, writes another state" for event in wrong]


def _row_differences(row: models.Model, fields: Iterable[models.Field], replayed: Mapping[str, Any]) -> list[str]:
    found = []
    for field in fields:
        kept = getattr(row, field.attname)
        told = decode(field, replayed[field.attname]) if field.attname in replayed else field.get_default()
        if kept != told:
            found.append(f"{field.attname}: row {kept!r}, history {told!r}")
    return found
