"""What changes rarely and is shown everywhere (names, choices, the catalogue) is read once and kept in the process.

The database tells when it has changed: a trigger on each such table (`citymgmt.people.models.tells_version`) gives
the table a new version in the same transaction. So nothing is stale for a moment, nothing has to be cleared, and
all processes and hosts agree. A request that only reads pays one small query for all that it shows.
"""

import re
from collections.abc import Callable, Hashable
from contextvars import ContextVar
from typing import Any, Generic, Protocol, TypeVar

from django.db import connection
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from citymgmt.people.models import TableVersion
from citymgmt.replica.routing import reading_primary

T_co = TypeVar("T_co", covariant=True)
GetResponse = Callable[[HttpRequest], HttpResponse]
Versions = dict[str, Any]
VERSIONS = TableVersion._meta.db_table
LOCKS = re.compile(r"^SELECT pg_advisory|FOR (NO KEY )?(UPDATE|SHARE)")
HARMLESS = ("SELECT", "(SELECT", "EXPLAIN", "SAVEPOINT", "RELEASE")
WRITES = re.compile(r'(?:INSERT +INTO|UPDATE) +"?(\w+)')
MOST_KEPT = 500  # answers of one reader; offices × languages are fewer


class Read(Protocol[T_co]):
    """Reads something from the database, for each key anew."""

    def __call__(self, *key: Any) -> T_co: ...


_watched: set[str] = set()  # the tables of which something is kept


class Kept(Generic[T_co]):
    """`kept(*key)` is what `read(*key)` gives from the tables of these models: read again once one has changed.

    What is given is shared by all threads: nobody changes it. `most` answers are kept, then it begins anew.
    """

    def __init__(self, read: Read[T_co], *models: type[Model], most: int = MOST_KEPT) -> None:
        self._read, self._most = read, most
        self._tables = [model._meta.db_table for model in models]
        _watched.update(self._tables)
        self._answers: tuple[object, dict[Hashable, T_co]] = (None, {})

    def __call__(self, *key: Hashable) -> T_co:
        """The answer for this key; one small query, and the reading where something has changed or is new."""
        version = self._version()
        kept = self._answers  # looked at once: another thread may exchange it, and its answers are of another version
        if kept[0] != version or len(kept[1]) >= self._most:
            kept = self._answers = version, {}
        answers = kept[1]
        if key not in answers:
            with reading_primary():  # of which the version is
                answers[key] = self._read(*key)
        return answers[key]

    def _version(self) -> tuple[Any, ...]:
        return tuple(map(_versions().get, self._tables))


class _Seen:
    """The versions that a request has seen, once it has asked."""

    versions: Versions | None = None


_seen: ContextVar[_Seen | None] = ContextVar("versions seen by this request", default=None)


def _versions() -> Versions:
    """The version of each table that tells one: as the database has them now, or as this request has seen them."""
    seen = _seen.get()
    if seen is not None and seen.versions is not None:
        return seen.versions
    with connection.cursor() as cursor:  # by hand: this stands before nearly every page
        cursor.execute(f'SELECT "table", version::text FROM {VERSIONS}')
        found = dict(cursor.fetchall())
    if seen is not None:
        seen.versions = found
    return found


def versions_once(get_response: GetResponse) -> GetResponse:
    """A middleware: while a request only reads, it sees all versions as they were when it first asked for one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        token = _seen.set(_Seen())
        try:
            with connection.execute_wrapper(_forget_when_acting):
                return get_response(request)
        finally:
            _seen.reset(token)

    return middleware


def _writes_beside(text: str) -> bool:
    """Whether a statement writes a table of which nothing is kept."""
    written = WRITES.match(text)
    return written is not None and written[1] not in _watched


def _forget_when_acting(execute: Callable[..., Any], sql: Any, params: Any, many: Any, context: Any) -> Any:
    """What a lock waited for is seen; once the request writes what is kept, or takes something back, versions are asked
    each time.
    """
    text = str(sql).lstrip()
    if not text.startswith(HARMLESS) and not _writes_beside(text):
        _seen.set(None)
    try:
        return execute(sql, params, many, context)
    finally:
        if _seen.get() is not None and LOCKS.search(text):
            _seen.set(_Seen())
