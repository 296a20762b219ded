"""Append-only histories: what each has in common, whatever it is about. Written by `citymgmt.worktime.journal` alone.

A thing with a history has `state` and `version` (the number of its events); its columns, but for the facts it began
with, follow from its events. `changes` of an event maps a subject (the thing's own, such as "case", or a part's, such
as "escalation.1") to the new values of its columns, so folding the events gives the rows again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.duration import duration_iso_string
from django.utils.translation import gettext_lazy as _

NOTE = "note"  # what `changes` keeps of the note itself, or of what somebody said; no row follows from it
Values = Mapping[str, Any]
Parts = Iterable[tuple[models.Model, Values]]


def append_only(name: str) -> list[Any]:
    """Triggers that refuse UPDATE, DELETE and TRUNCATE."""
    refuse = f"RAISE EXCEPTION '{name} is append-only';"
    return [
        pgtrigger.Trigger(
            name="append_only_rows",
            level=pgtrigger.Row,
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            func=refuse,
        ),
        pgtrigger.Trigger(
            name="append_only_table",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            func=refuse,
        ),
    ]


def never_removed(name: str) -> list[Any]:
    """Triggers that refuse DELETE and TRUNCATE of rows that may be changed."""
    refuse = f"RAISE EXCEPTION '{name} is never removed';"
    return [
        pgtrigger.Trigger(
            name="never_removed_rows",
            level=pgtrigger.Row,
            when=pgtrigger.Before,
            operation=pgtrigger.Delete,
            func=refuse,
        ),
        pgtrigger.Trigger(
            name="never_removed_table",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            func=refuse,
        ),
    ]


def numbered(subject: str, prefix: str) -> list[models.BaseConstraint]:
    """Constraints: the events of each thing are numbered from 1, each number once; a key of a request stands once.

    The index of the numbers finds the events of a thing, so that the foreign key needs none of its own.
    """
    return [
        models.UniqueConstraint(fields=[subject, "seq"], name=f"{prefix}_seq_unique"),
        models.CheckConstraint(condition=Q(seq__gte=1), name=f"{prefix}_seq_from_one"),
        models.UniqueConstraint(
            fields=["request_key"], condition=Q(request_key__isnull=False), name=f"{prefix}_request_once"
        ),
    ]


class Part(models.Model):
    """A numbered part of a thing; its columns follow from the events of the thing."""

    ordinal = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True


class Event(models.Model):
    """Something that happened to a thing: who (None: the portal), when, from, to, and what changed.

    Personal data is never in `changes`. `request_key` makes a resend harmless. A model of events adds the foreign key
    to its thing (without an index), named as the subject, and in its Meta the `numbered` constraints and the
    `append_only` triggers.
    """

    seq = models.PositiveIntegerField()
    kind = models.CharField(_("event"), max_length=30)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,  # nobody asks what a person did everywhere; each event would pay for it
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("at"))
    from_state = models.CharField(max_length=16, blank=True)
    to_state = models.CharField(max_length=16)
    note = models.TextField(_("note"), blank=True)
    changes = models.JSONField(default=dict)
    request_key = models.CharField(max_length=120, null=True, blank=True)
    request_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        abstract = True


_PLAIN = frozenset([type(None), int, str, bool])  # JSON as they are


def encode(value: Any) -> Any:
    """A column's value as JSON, exact to the microsecond."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_iso_string(value)
    return str(value) if isinstance(value, models.Choices) else value


def encoded(values: Values) -> dict[str, Any]:
    """The values of columns as JSON."""
    return {name: encode(value) for name, value in values.items()}


def decode(field: Any, value: Any) -> Any:
    """A column's value from JSON."""
    if value is None:
        return None
    return field.target_field.to_python(value) if field.is_relation else field.to_python(value)


def columns_but(model: type[models.Model], *names: str) -> tuple[Any, ...]:
    """The columns of a model without these."""
    return tuple(field for field in model._meta.concrete_fields if field.attname not in names)


def replay(events: Iterable[Event]) -> dict[str, dict[str, Any]]:
    """Fold the events of one thing, in order, into the values of its row and parts, as JSON values."""
    rows: dict[str, dict[str, Any]] = {}
    for event in events:
        for subject, values in event.changes.items():
            if subject != NOTE:
                rows.setdefault(subject, {}).update(values)
    return rows


def differences(
    subject: str, events: Sequence[Event], row: models.Model, columns: Iterable[Any], parts: Mapping[str, models.Model]
) -> list[str]:
    """What the replay of a thing's events and its rows say differently; empty when they agree.

    `columns` of `row` follow from the events; of the `parts`, by their subject, all do but the foreign key to the row.
    """
    rows = replay(events)
    found = _chain_differences(events, subject) + _row_differences(row, columns, rows.pop(subject, {}))
    for name, part in parts.items():
        told = _row_differences(part, columns_but(type(part), "id", f"{subject}_id"), rows.pop(name, {}))
        found += [f"{name} {text}" for text in told]
    return found + [f"{name}: only in the history" for name in rows]


def _chain_differences(events: Sequence[Event], subject: str) -> list[str]:
    """Each event follows the one before it, and its own state is the one it writes."""
    found = [] if [event.seq for event in events] == list(range(1, len(events) + 1)) else ["seq: not gapless"]
    for before, event in pairwise(events):
        if before.to_state != event.from_state:
            found.append(f"event {event.seq}: begins in {event.from_state!r}, after {before.to_state!r}")
    wrong = [event for event in events if event.changes.get(subject, {}).get("state") != event.to_state]
    return found + [f"event {event.seq}: ends in {event.to_state!r}, writes another state" for event in wrong]


def _row_differences(row: models.Model, columns: Iterable[Any], replayed: Values) -> list[str]:
    found = []
    for column in columns:
        kept = getattr(row, column.attname)
        told = decode(column, replayed[column.attname]) if column.attname in replayed else column.get_default()
        if kept != told:
            found.append(f"{column.attname}: row {kept!r}, history {told!r}")
    return found


BATCH = 500


def walked(
    model: type[models.Model],
    subject: str,
    events: type[Event],
    parts: Sequence[type[models.Model]] = (),
    *,
    after: int = 0,
) -> Iterator[tuple[Any, list[Any], list[Any]]]:
    """Each thing of a kind with its events in order and its parts, in batches of ids after `after`."""
    while found := list(model._default_manager.filter(pk__gt=after).order_by("pk")[:BATCH]):
        told = _by_thing([events], subject, found, "seq")
        beside = _by_thing(parts, subject, found, "ordinal")
        for one in found:
            yield one, told[one.pk], beside[one.pk]
        after = found[-1].pk


def _by_thing(
    models_: Iterable[type[models.Model]], subject: str, things: Sequence[models.Model], order: str
) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for model in models_:
        for row in model._default_manager.filter(**{f"{subject}__in": things}).order_by(f"{subject}_id", order):
            found[getattr(row, f"{subject}_id")].append(row)
    return found
