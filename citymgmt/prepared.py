"""Questions that nearly every request asks: Django makes their SQL once in a process, not each time they are asked.

To put a row of sixty columns into SQL takes Django longer than PostgreSQL needs to find the row.
"""

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")
STAND_INS: Mapping[type, Callable[[int], Any]] = {int: lambda n: 2_000_000_000 + n, str: lambda n: f"(value {n})"}


class Prepared(Generic[Row]):
    """`ask(*values)` gives the rows of `make(*values)`, in a list.

    `make` is called once, with stand-ins of the `kinds` (int, str): it must put each value into the query as it is, and
    the shape of the query must hang on nothing else. So no lists, no None, nothing about a person's role. Rows locked
    for update are asked for within a transaction, also the first time. Raises: TypeError for a value of another kind.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Row]], *kinds: type) -> None:
        self._make, self._kinds = make, kinds
        self._ready: _Ready | None = None

    def __call__(self, *values: Any) -> list[Row]:
        """One query."""
        if self._ready is None:
            self._ready = self._prepare()
        if len(values) != len(self._kinds) or not all(map(isinstance, values, self._kinds)):
            raise TypeError(f"asked with {values!r}, not with {self._kinds}")
        return self._ready.rows(values)

    def first(self, *values: Any) -> Row | None:
        """The first of the rows; None without any."""
        return next(iter(self(*values)), None)

    def _prepare(self) -> "_Ready":
        stand_ins = [STAND_INS[kind](number) for number, kind in enumerate(self._kinds)]
        queryset: Any = self._make(*stand_ins)
        compiler = queryset.query.get_compiler(queryset.db)
        text, given = compiler.as_sql()
        places = [stand_ins.index(one) if one in stand_ins else None for one in given]
        if not set(range(len(stand_ins))) <= set(places) or queryset._prefetch_related_lookups:
            raise TypeError("the question does not take each value as it is, or asks for more than its own rows")
        return _Ready(queryset, compiler, text, given, places)


@dataclass(frozen=True)
class _Ready:
    """A question with its SQL, and which of the parameters is which value; None: always the same."""

    queryset: Any
    compiler: SQLCompiler
    text: str
    given: Sequence[Any]
    places: Sequence[int | None]

    def rows(self, values: Sequence[Any]) -> list[Any]:
        found = [one if at is None else values[at] for one, at in zip(self.given, self.places, strict=True)]
        return list(self.queryset._iterable_class(_Asked(self.queryset, _Told.of(self, found))))


class _Told(SQLCompiler):
    """A compiler that knows its SQL, and what the columns of the answer mean, from the first time."""

    told: tuple[str, tuple[Any, ...]]

    @classmethod
    def of(cls, ready: _Ready, parameters: Sequence[Any]) -> "_Told":
        told = copy.copy(ready.compiler)
        told.__class__ = cls
        assert isinstance(told, _Told)
        told.connection = connections[ready.queryset.db]  # of this thread, and of where it is read just now
        told.told = ready.text, tuple(parameters)
        return told

    def as_sql(self, with_limits: bool = True, with_col_aliases: bool = False) -> tuple[str, tuple[Any, ...]]:
        """What is known."""
        return self.told


class _Asked:
    """What Django's ways to make objects of rows look at in a queryset, and in its query."""

    def __init__(self, queryset: Any, compiler: SQLCompiler) -> None:
        self.query, self.model, self.db = self, queryset.model, queryset.db
        self._known_related_objects: Mapping[Any, Any] = {}
        self._compiler = compiler

    def get_compiler(self, using: str) -> SQLCompiler:
        """The one that knows."""
        return self._compiler
