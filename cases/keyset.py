"""Pages by key: the next page begins after the last row of this one, not after so many rows.

Rows that come or go meanwhile neither repeat nor skip others, and page 100 costs what page 1 costs. A cursor is
the sort values and the id of a page's edge, in an address; what it says is checked as any other input.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import F, Field, Model, Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.utils.translation import gettext as _

from citymgmt.refusals import Invalid

M = TypeVar("M", bound=Model)
T = TypeVar("T")
LONGEST_CURSOR = 400
LARGEST_ID = 2**63 - 1


@dataclass(frozen=True)
class Key:
    """A column by which a list is sorted; empty values come last in both directions, or first in both."""

    path: str
    field: "Field[Any, Any]"
    is_descending: bool
    is_empty_first: bool = False

    def term(self, is_reversed: bool) -> Any:
        """The term of ORDER BY."""
        column = F(self.path)
        is_down = self.is_descending != is_reversed
        if not self.field.null:
            return column.desc() if is_down else column.asc()
        empty = {"nulls_first" if self._begins_empty(is_reversed) else "nulls_last": True}
        return column.desc(**empty) if is_down else column.asc(**empty)

    def beyond(self, value: Any, is_reversed: bool) -> Q:
        """Rows that come strictly after this value; before it when `is_reversed`."""
        begins_empty = self._begins_empty(is_reversed)
        if value is None:
            return Q(**{f"{self.path}__isnull": False}) if begins_empty else Q(pk__in=[])
        sign = "lt" if self.is_descending != is_reversed else "gt"
        found = Q(**{f"{self.path}__{sign}": value})
        if self.field.null and not begins_empty:
            found |= Q(**{f"{self.path}__isnull": True})
        return found

    def bound(self, value: Any, is_reversed: bool) -> Q:
        """Rows at or after this value: redundant, but the database can use it to enter an index in the middle."""
        if value is None or (self.field.null and not self._begins_empty(is_reversed)):
            return Q()
        sign = "lte" if self.is_descending != is_reversed else "gte"
        return Q(**{f"{self.path}__{sign}": value})

    def is_as_id(self, is_down: bool, is_reversed: bool) -> bool:
        """Whether its values are never empty and run down, or up, like the ids."""
        return not self.field.null and (self.is_descending != is_reversed) == is_down

    def same(self, value: Any) -> Q:
        """Rows with this very value."""
        return Q(**{f"{self.path}__isnull": True}) if value is None else Q(**{self.path: value})

    def _begins_empty(self, is_reversed: bool) -> bool:
        return self.is_empty_first != is_reversed


@dataclass(frozen=True)
class Order:
    """How a list is sorted: by keys, and alike ones by the newest id, or by the oldest."""

    keys: Sequence[Key]
    is_oldest_first: bool = False

    def terms(self, is_back: bool) -> list[Any]:
        """The terms of ORDER BY."""
        return [*(key.term(is_back) for key in self.keys), "pk" if self.is_oldest_first != is_back else "-pk"]

    def after(self, edge: Sequence[Any], is_back: bool) -> Q:
        """The rows beyond the edge: the first key beyond, or the same and the second beyond, …, and last the id.

        Keys that run as the id runs are compared with it as one row, so that an index is entered at the very edge,
        however many rows share their values.
        """
        is_down = self.is_oldest_first == is_back
        alike = list(takewhile(lambda key: key.is_as_id(is_down, is_back), reversed(self.keys)))[::-1]
        first = len(self.keys) - len(alike)
        compared = TupleLessThan if is_down else TupleGreaterThan
        found = Q(compared(Tuple(*(F(key.path) for key in alike), F("pk")), tuple(edge[first:])))
        for key, value in zip(reversed(self.keys[:first]), reversed(edge[:first]), strict=True):
            found = key.bound(value, is_back) & (key.beyond(value, is_back) | (key.same(value) & found))
        return found


@dataclass(frozen=True)
class KeysetPage(Generic[M]):
    """A page of a list and the cursors of its neighbours; empty when there is none."""

    object_list: list[M]
    next_cursor: str
    previous_cursor: str

    @property
    def has_other(self) -> bool:
        """Whether the list has more than this page."""
        return bool(self.next_cursor or self.previous_cursor)


def keys_of(model: type[Model], ordering: Sequence[str]) -> list[Key]:
    """The keys of an ordering such as `["-due_at"]`; ties are broken by the newest id."""
    return [
        Key(name.lstrip("-"), _field(model, name.lstrip("-")), name.startswith("-"))
        for name in ordering
        if name.lstrip("-") not in ("id", "pk")
    ]


def _field(model: type[Model], path: str) -> "Field[Any, Any]":
    head, _separator, rest = path.partition("__")
    found: Any = model._meta.get_field(head)
    return _field(found.related_model, rest) if rest else found


def page_by_key(rows: QuerySet[M], keys: Sequence[Key], cursor: str, size: int) -> KeysetPage[M]:
    """The page at the cursor, the first one for an empty cursor. Raises: Invalid for a damaged cursor."""
    place = _place(cursor, Order(keys))
    found, *neighbours = _cut(list(place.in_order(rows)[: size + 1]), place, size)
    return KeysetPage(found, *_cursors([[*_values(row, keys), row.pk] for row in found], keys, *neighbours))


def page_of_piles(
    piles: Sequence[QuerySet[M]], order: Order, cursor: str, size: int, whole: QuerySet[M]
) -> KeysetPage[M]:
    """The same of piles that together are the list: each is read no further than the page, by its own index.

    First the keys alone, in one query, which an index can answer; then the page's rows, of `whole`. What tells the
    piles apart (an annotation) belongs to the order. Raises: Invalid for a damaged cursor.
    """
    place = _place(cursor, order)
    if not piles:
        return KeysetPage([], "", "")
    names = [*(key.path for key in order.keys), "pk"]
    first, *others = (place.in_order(pile).values_list(*names)[: size + 1] for pile in piles)
    told = first.union(*others, all=True).order_by(*order.terms(place.is_back))[: size + 1] if others else first
    edges, *neighbours = _cut([list(one) for one in told], place, size)
    rows = whole.in_bulk([edge[-1] for edge in edges])
    found = [rows[edge[-1]] for edge in edges if edge[-1] in rows]
    return KeysetPage(found, *_cursors(edges, order.keys, *neighbours))


@dataclass(frozen=True)
class _Place:
    """Where a page lies in a list: beyond an edge, or at the beginning."""

    order: Order
    is_back: bool
    edge: list[Any] | None

    def in_order(self, rows: QuerySet[M]) -> QuerySet[M]:
        """The rows from here on."""
        beyond = rows if self.edge is None else rows.filter(self.order.after(self.edge, self.is_back))
        return beyond.order_by(*self.order.terms(self.is_back))


def _place(cursor: str, order: Order) -> _Place:
    """The place that a cursor tells. Raises: Invalid when it is damaged or of another order."""
    return _Place(order, *(_decode(cursor, order.keys) if cursor else (False, None)))


def _cut(found: list[T], place: _Place, size: int) -> tuple[list[T], bool, bool]:
    """Of one row too many, the page as it stands in the list, and whether there is a next and a previous one."""
    has_more, kept = len(found) > size, found[:size]
    if place.is_back:
        return kept[::-1], bool(kept), has_more
    return kept, has_more, bool(kept) and place.edge is not None


def _cursors(edges: list[list[Any]], keys: Sequence[Key], has_next: bool, has_previous: bool) -> tuple[str, str]:
    return (
        _encode(edges[-1], keys, False) if has_next else "",
        _encode(edges[0], keys, True) if has_previous else "",
    )


def _encode(edge: list[Any], keys: Sequence[Key], is_back: bool) -> str:
    told = ["<" if is_back else ">", _signature(keys), *map(_plain, edge)]
    return base64.urlsafe_b64encode(json.dumps(told, separators=(",", ":")).encode()).decode().rstrip("=")


def _values(row: Model, keys: Sequence[Key]) -> list[Any]:
    return [_value(row, key.path) for key in keys]


def _value(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name) if row is not None else None
    return row


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _signature(keys: Sequence[Key]) -> str:
    return ",".join(f"{'-' if key.is_descending else ''}{key.path}" for key in keys)


def _decode(cursor: str, keys: Sequence[Key]) -> tuple[bool, list[Any]]:
    """The direction and the edge. Raises: Invalid when the cursor is damaged or of another order."""
    try:
        if len(cursor) > LONGEST_CURSOR:
            raise ValueError(cursor)
        padded = cursor + "=" * (-len(cursor) % 4)
        direction, signature, *values = json.loads(base64.b64decode(padded, b"-_", validate=True))
        if direction not in ("<", ">") or signature != _signature(keys) or len(values) != len(keys) + 1:
            raise ValueError(cursor)
        edge = [_typed(key, value) for key, value in zip(keys, values, strict=False)]
        return direction == "<", [*edge, _id(values[-1])]
    except (ValueError, TypeError, RecursionError, binascii.Error, ValidationError, OverflowError) as error:
        raise Invalid(_("This address of a page is damaged. Begin at the first page.")) from error


def _typed(key: Key, value: Any) -> Any:
    """The value as the column has it. Raises: ValueError, ValidationError for what the column cannot hold."""
    if value is None:
        if not key.field.null:
            raise ValueError(value)
        return None
    is_text = isinstance(value, str)
    if not is_text and (isinstance(value, bool) or not isinstance(value, int) or not abs(value) < 2**31):
        raise ValueError(value)
    if is_text and ("\x00" in value or any("\ud800" <= one <= "\udfff" for one in value)):
        raise ValueError(value)
    found = key.field.to_python(value)
    if isinstance(found, datetime) and (found.tzinfo is None or not 1900 < found.year < 9000):
        raise ValueError(value)
    return found


def _id(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST_ID:
        raise ValueError(value)
    return value
