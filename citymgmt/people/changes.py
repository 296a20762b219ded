"""The audit trail in words: what an entry is about, what happened, and each value from and to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, Field, JSONField, Model
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from citymgmt.people.models import User
from citymgmt.people.trail import Row

VERBS: Mapping[str, tuple[Any, str, str]] = {
    "insert": (gettext_lazy("created"), "plus-circle", "done"),
    "update": (gettext_lazy("changed"), "pencil", ""),
    "delete": (gettext_lazy("deleted"), "trash", "alert"),
    "password": (gettext_lazy("password changed"), "key", "soon"),
}
NAMES = ("name_zh", "display_name", "username", "condition_zh")
NOT_TOLD = frozenset({"is_superuser", "is_staff", "first_name", "last_name", "date_joined"})  # nothing sets them


@dataclass(frozen=True)
class Change:
    """A value that an entry changed, in words."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Entry:
    """A line of the audit trail for people to read."""

    at: datetime
    by: User | None
    kind: str
    title: str
    verb: Any
    icon: str
    tone: str
    is_new: bool
    changes: list[Change]


def in_words(rows: Iterable[Row]) -> list[Entry]:
    """The rows as entries; one query for all persons."""
    rows = list(rows)
    people = User.objects.in_bulk({row.by_id for row in rows if row.by_id})
    return [_entry(row, people.get(row.by_id or 0)) for row in rows]


def _entry(row: Row, by: User | None) -> Entry:
    verb, icon, tone = VERBS[row.label]
    return Entry(
        at=row.key.at,
        by=by,
        kind=str(row.model._meta.verbose_name),
        title=_title(row.now),
        verb=verb,
        icon=icon,
        tone=tone,
        is_new=row.label == "insert",
        changes=_changes(row),
    )


def _title(values: Mapping[str, Any]) -> str:
    """The name of the thing; without one, whom and what it connects, or its day."""
    name = next((str(values[key]) for key in NAMES if values.get(key)), "")
    if name:
        return name
    parts = [str(values[key]) for key in ("community", "user", "on", "year", "starts", "ends") if values.get(key)]
    return " · ".join(parts)


def _changes(row: Row) -> list[Change]:
    if row.label == "delete":
        return []
    old = {} if row.label == "insert" else row.before or row.now
    names = [name for name in row.now if name not in NOT_TOLD and _counts(old.get(name), row.now[name])]
    return [_change(row.model, name, old.get(name), row.now[name]) for name in names]


def _counts(old: Any, new: Any) -> bool:
    return old != new and not (old is None and new in ("", [], False))


def _change(model: type[Model], name: str, old: Any, new: Any) -> Change:
    field: Any = model._meta.get_field(name)
    label = str(field.verbose_name)
    if isinstance(field, JSONField):  # kept as a fingerprint only
        return Change(label, _("set") if old else "", _("set anew") if old and new else _("set") if new else "")
    return Change(label, _words(field, old), _words(field, new))


def _words(field: "Field[Any, Any]", value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        choices = dict(getattr(getattr(field, "base_field", None), "flatchoices", ()))
        return ", ".join(str(choices.get(one, one)) for one in value)
    if isinstance(field, DateTimeField):
        moment = parse_datetime(str(value))
        return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else str(value)
    return str(dict(getattr(field, "flatchoices", ())).get(value, value))
