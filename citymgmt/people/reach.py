"""Whether a condition holds of a row that is in memory, where its own columns tell."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.db.models import Model, Q

LOOKUPS: Mapping[str, Callable[[Any, Any], bool]] = {
    "exact": lambda own, value: own == value,
    "in": lambda own, value: own in value,
}
PLAIN = (int, str, list, tuple, set, frozenset)


def holds(condition: Any, row: Model) -> bool | None:
    """Whether the condition holds of the row, as the database would say of these very columns; None where it must be
    asked: the condition is about other tables, or compares in a way that is not known here.
    """
    if isinstance(condition, tuple):
        return _compares(condition[0], condition[1], row)
    if not isinstance(condition, Q) or condition.connector not in (Q.AND, Q.OR):
        return None
    found = [holds(child, row) for child in condition.children]
    held = _joined(found, decides=condition.connector == Q.OR and bool(found))
    return not held if condition.negated and held is not None else held


def _joined(found: list[bool | None], *, decides: bool) -> bool | None:
    """One answer of several; one that `decides` (True among alternatives, else False) does so whatever others are."""
    if decides in found:
        return decides
    return None if None in found else not decides


def _compares(name: str, value: Any, row: Model) -> bool | None:
    column, _two, lookup = name.partition("__")
    attribute, compare = _attributes(type(row)).get(column), LOOKUPS.get(lookup or "exact")
    plain = value.pk if isinstance(value, Model) else value
    if attribute not in row.__dict__ or compare is None or not isinstance(plain, PLAIN):
        return None
    own = row.__dict__[attribute]
    return own is not None and compare(own, plain)


@cache
def _attributes(model: type[Model]) -> Mapping[str, str]:
    """Under which attribute a row keeps a column, by the names that conditions have for it."""
    fields = model._meta.concrete_fields
    own = {name: field.attname for field in fields for name in (field.name, field.attname)}
    return {**own, "pk": model._meta.pk.attname}
