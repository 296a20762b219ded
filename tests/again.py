"""What takes long to make, made again in a moment: the statements that wrote it are sent once more, with its ids.

For what is undone after the test. It is made once and undone; nobody else gets its ids, because sequences never go
back but for the moment in which the statements are sent.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

READING = re.compile(r"\s*(SELECT|SAVEPOINT|RELEASE|ROLLBACK|EXPLAIN)\b")


@dataclass(frozen=True)
class Script:
    """Statements that write something, and where the sequences stood before the first one."""

    statements: bytes
    sequences: dict[str, int | None]

    def send(self) -> None:
        """Write it once more; whoever writes afterwards gets ids of his own."""
        now = {name: last for name, last in places_of_sequences().items() if name in self.sequences}
        set_sequences(self.sequences)
        with connection.cursor() as cursor:
            cursor.execute(self.statements)
        set_sequences(now)


def recorded(make: Callable[[], Any]) -> Script:
    """What `make` writes, all of which is undone."""
    statements: list[bytes] = []

    def remember(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if not READING.match(str(sql).rpartition(";")[2]):
            for row in params if many else [params]:
                statements.append(context["cursor"].mogrify(sql, row))
        return execute(sql, params, many, context)

    before = places_of_sequences()
    with transaction.atomic():
        with connection.execute_wrapper(remember):
            make()
        transaction.set_rollback(True)
    moved = {name: before[name] for name, last in places_of_sequences().items() if last != before[name]}
    return Script(b";".join(statements), moved)


def places_of_sequences() -> dict[str, int | None]:
    """The last number that each sequence gave; None before its first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema()")
        return dict(cursor.fetchall())


def set_sequences(places: dict[str, int | None]) -> None:
    """Have each sequence go on after that number."""
    with connection.cursor() as cursor:
        for name, last in places.items():
            cursor.execute("SELECT setval(%s::regclass, %s, %s)", [name, last or 1, last is not None])
