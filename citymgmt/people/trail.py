"""The audit trail: what staff changed in users, places, duties, standards, calendar and ladders.

Every model that pghistory tracks takes part by itself. One query reads a page from all event tables: newest
first, by key and not by page number, each row with the snapshot before it, so that the change shows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    F,
    Field,
    ForeignKey,
    Func,
    JSONField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, JSONObject, NullIf
from django.utils import timezone

from citymgmt.people.models import Bilingual, User
from citymgmt.people.permissions import TABLE, Scope, registered, require_role, scope_query, visible_to

PAGE = 40
COLUMNS = ("pgh_created_at", "trail_table", "pgh_id", "pgh_label", "trail_by", "trail_now", "trail_before")


@dataclass(frozen=True)
class Key:
    """The place of an entry in the trail; the next page begins after it. Text: moment, table and id with commas."""

    at: datetime
    table: int
    pk: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()},{self.table},{self.pk}"

    @classmethod
    def read(cls, text: str) -> "Key | None":
        """The key of a text; None for anything else."""
        try:
            at, table, pk = text.split(",")
            key = cls(datetime.fromisoformat(at), int(table), int(pk))
        except ValueError:
            return None
        sane = key.at.tzinfo is not None and 2000 <= key.at.year <= 2100 and 0 <= key.pk < 2**31
        return key if sane and 0 <= key.table < 1000 else None


@dataclass(frozen=True)
class Wanted:
    """Which part of the trail: one model (its label, such as people.user), one person's doing, one local day."""

    kind: str = ""
    person: User | None = None
    day: date | None = None


@dataclass(frozen=True)
class Row:
    """An entry as it is stored: the model, what happened, by whom (user id), the values now and before."""

    key: Key
    model: type[Model]
    label: str
    by_id: int | None
    now: dict[str, Any]
    before: dict[str, Any] | None


def event_models() -> list[Any]:
    """The event tables of all tracked models, in an order that does not change while the portal runs."""
    found = [model for model in apps.get_models() if getattr(model, "pgh_tracked_model", None)]
    return sorted(found, key=lambda model: model._meta.label_lower)


def kinds() -> list[tuple[str, Any]]:
    """The tracked models as choices: label and name."""
    tracked = [event.pgh_tracked_model for event in event_models()]
    return [(model._meta.label_lower, model._meta.verbose_name) for model in tracked]


def entries(auditor: User, on: date, wanted: Wanted, after: Key | None = None) -> tuple[list[Row], Key | None]:
    """A page of the trail within the auditor's reach, newest first, and the key for the next one (None at the end).

    Raises: NotPermitted.
    """
    require_role(auditor, "audit.view")
    tables = event_models()
    branches = [
        _branch(event, table, scope, wanted, after)
        for table, event in enumerate(tables)
        if wanted.kind in ("", event.pgh_tracked_model._meta.label_lower)
        and (scope := _scope(auditor, event.pgh_tracked_model, on)) is not None
    ]
    if not branches:
        return [], None
    rows = [_row(tables, *values) for values in _joined(branches)]
    return rows[:PAGE], rows[PAGE - 1].key if len(rows) > PAGE else None


def _joined(branches: list[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    if len(branches) == 1:
        return branches[0]
    joined = branches[0].union(*branches[1:], all=True)
    return joined.order_by("-pgh_created_at", "trail_table", "-pgh_id")[: PAGE + 1]


def _row(tables: list[Any], at: datetime, table: int, pk: int, label: str, by: str | None, now: Any, was: Any) -> Row:
    by_id = int(by) if by and by.isdecimal() else None
    return Row(Key(at, table, pk), tables[table].pgh_tracked_model, label, by_id, now, was)


def _branch(event: Any, table: int, scope: Q, wanted: Wanted, after: Key | None) -> QuerySet[Any, Any]:
    """The wanted part of one event table, with the snapshot before each event."""
    before = event.objects.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
    snapshot = _snapshot(event)
    found = event.objects.filter(scope, *_conditions(wanted), *_following(table, after)).annotate(
        trail_table=Value(table),
        trail_by=KeyTextTransform("user", "pgh_context__metadata"),
        trail_now=snapshot,
        trail_before=Subquery(before.order_by("-pgh_id").annotate(trail_now=snapshot).values("trail_now")[:1]),
    )
    return found.order_by("-pgh_created_at", "-pgh_id").values_list(*COLUMNS)[: PAGE + 1]


def _conditions(wanted: Wanted) -> Iterator[Q]:
    if wanted.person:
        yield Q(pgh_context__metadata__user=wanted.person.pk)
    if wanted.day:
        midnight = datetime.combine(wanted.day, time(), tzinfo=timezone.get_default_timezone())
        yield Q(pgh_created_at__gte=midnight, pgh_created_at__lt=midnight + timedelta(days=1))


def _following(table: int, after: Key | None) -> Iterator[Q]:
    """What comes after the key in the order: newest first, tables in their order, ids falling."""
    if after is None:
        return
    older = Q(pgh_created_at__lt=after.at)
    if table == after.table:
        older |= Q(pgh_created_at=after.at, pgh_id__lt=after.pk)
    elif table > after.table:
        older |= Q(pgh_created_at=after.at)
    yield older


def _scope(auditor: User, model: type[Model], on: date) -> Q | None:
    """Which events of `model` the auditor may see: of things in reach, or of things that belong to no place."""
    reach = registered()
    if model in reach:
        query = scope_query(auditor, "audit.view", model, on)
        if query is not None:
            return Q(pgh_obj_id__in=model._default_manager.filter(query).values("pk"))
        return Q() if TABLE[reach[model].view].get(auditor.role) is Scope.ALL else None
    scope = Q()
    for field in model._meta.fields:
        if isinstance(field, ForeignKey) and field.related_model in reach:
            things: QuerySet[Model] = field.related_model._default_manager.all()
            scope &= Q(**{f"{field.name}__in": visible_to(auditor, things, on=on, action="audit.view").values("pk")})
    return scope


def _snapshot(event: Any) -> JSONObject:
    """The tracked values of an event; related things by name, big ones (a boundary) only as a fingerprint."""
    own = [field for field in event._meta.fields if not field.name.startswith("pgh_") and field.name != "id"]
    return JSONObject(**{field.name: _readable(field) for field in own})


def _readable(field: "Field[Any, Any]") -> Any:
    if isinstance(field, ForeignKey):
        related: Any = field.related_model
        if issubclass(related, User):
            return Coalesce(NullIf(F(f"{field.name}__display_name"), Value("")), F(f"{field.name}__username"))
        return F(f"{field.name}__name_zh") if issubclass(related, Bilingual) else F(field.attname)
    if isinstance(field, JSONField) and not isinstance(field, ArrayField):
        return Func(Cast(F(field.name), TextField()), function="md5", output_field=TextField())
    return F(field.name)
