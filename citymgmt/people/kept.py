"""What changes rarely and is shown everywhere (names, choices, the catalogue) is read once and kept in the process.

The database tells when it has changed: a trigger on each such table (`citymgmt.people.models.tells_version`) gives
the table a new version in the same transaction. So nothing is stale for a moment, nothing has to be cleared, and
all processes and hosts agree. A reader pays one small query.
"""

from collections.abc import Hashable
from typing import Any, Generic, Protocol, TypeVar

from django.db import connection
from django.db.models import Model

from citymgmt.people.models import TableVersion

T_co = TypeVar("T_co", covariant=True)
VERSIONS = TableVersion._meta.db_table
MOST_KEPT = 500  # answers of one reader; offices × languages are fewer


class Read(Protocol[T_co]):
    """Reads something from the database, for each key anew."""

    def __call__(self, *key: Any) -> T_co: ...


class Kept(Generic[T_co]):
    """`kept(*key)` is what `read(*key)` gives from the tables of these models: read again once one has changed.

    What is given is shared by all threads: nobody changes it.
    """

    def __init__(self, read: Read[T_co], *models: type[Model]) -> None:
        self._read = read
        self._tables = [model._meta.db_table for model in models]
        self._answers: tuple[object, dict[Hashable, T_co]] = (None, {})

    def __call__(self, *key: Hashable) -> T_co:
        """The answer for this key; one small query, and the reading where something has changed or is new."""
        version = self._version()
        kept = self._answers  # looked at once: another thread may exchange it, and its answers are of another version
        if kept[0] != version or len(kept[1]) >= MOST_KEPT:
            kept = self._answers = version, {}
        answers = kept[1]
        if key not in answers:
            answers[key] = self._read(*key)
        return answers[key]

    def _version(self) -> frozenset[Any]:
        with connection.cursor() as cursor:  # by hand: this stands before nearly every page
            cursor.execute(f'SELECT "table", version FROM {VERSIONS} WHERE "table" = ANY(%s)', [self._tables])
            return frozenset(cursor.fetchall())
