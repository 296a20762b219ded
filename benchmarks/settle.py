"""How long it takes to settle due cases, against the same rows written by plain SQL in the same run.

Both sides write, in batches of 500 that are committed one by one, the same events, escalations, messages and
case columns into copies of the same database, with all its indexes, constraints and triggers. The portal finds
out what to write; plain SQL has it all lying ready in staging tables of the same database.
"""

import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from benchmarks.databases import Databases, enter, seed
from citymgmt.collecting import spare_what_is_loaded
from citymgmt.worktime import sweep

AT = "2026-09-16T10:00:00+08:00"  # a Wednesday
SQL = Path(__file__).parent / "sql"
TABLES = ("cases_case", "cases_caseevent", "cases_escalation", "outbox_message")
SOME = 20
STEPS = ("escalate", "urge")
BEFORE, PORTAL, PLAIN = "bench_before", "bench_portal", "bench_plain"


def measure(databases: Databases, count: int, step: str) -> dict[str, Any]:
    """Seconds of both sides, and their ratio, for `count` cases that are urged (L1) or go up to the district (L2)."""
    databases.make(BEFORE)
    enter(BEFORE)
    seed(cases=count, due=count, step=step, at=AT)
    databases.settle_down()
    databases.make(PORTAL, BEFORE)
    databases.make(PLAIN, BEFORE)
    warm_up(databases)
    enter(PORTAL)
    before = _counts()
    portal_seconds = _seconds_of_sweep(count)
    rows = {table: after - before[table] for table, after in _counts().items()}
    rows["cases_case"] = count  # updated, not added
    written = _digests()
    _hand_over_to_staging(databases)
    databases.settle_down()
    plain_seconds = _seconds_of_plain_sql(count)
    assert _digests() == written, "both sides must have written the same rows"
    for name in (BEFORE, PORTAL, PLAIN):
        databases.drop(name)
    return {
        "cases": count,
        "rows": rows,
        "portal_seconds": round(portal_seconds, 2),
        "plain_sql_seconds": round(plain_seconds, 2),
        "ratio": round(portal_seconds / plain_seconds, 2),
        "cases_per_second": round(count / portal_seconds),
    }


def warm_up(databases: Databases) -> None:
    """Read rules and compile statements once, on cases of another database, and settle down as a worker does."""
    databases.make("bench_warm")
    enter("bench_warm")
    settle_some()
    databases.drop("bench_warm")
    spare_what_is_loaded()


def settle_some() -> None:
    """Have both processes connect to the database entered, read rules and settle, as a worker's do each minute."""
    seed(cases=SOME, due=SOME, at=AT)
    settled = sweep.run(datetime.fromisoformat(AT), batch=SOME // 4)["cases"]  # more than a batch: both are needed
    assert settled == SOME, f"{settled} of {SOME} cases were settled"


def _seconds_of_sweep(count: int) -> float:
    start = time.perf_counter()
    settled = sweep.run(datetime.fromisoformat(AT))["cases"]
    seconds = time.perf_counter() - start
    assert settled == count, f"{settled} of {count} cases were settled"
    return seconds


def _counts() -> dict[str, int]:
    with connection.cursor() as cursor:
        counts = {}
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")
            counts[table] = int(cursor.fetchone()[0])
    return counts


def _digests() -> dict[str, str]:
    """What the tables hold, ids included."""
    with connection.cursor() as cursor:
        digests = {}
        for table in TABLES:
            cursor.execute(f"SELECT md5(string_agg(md5(one::text), '' ORDER BY id)) FROM {table} AS one")
            digests[table] = str(cursor.fetchone()[0])
    return digests


def _hand_over_to_staging(databases: Databases) -> None:
    """Copy what the portal wrote into staging tables of the other database, numbered by batch of the sweep."""
    outgoing = {}
    for table in TABLES:
        enter(PORTAL)
        outgoing[table] = _copy_out(table)
    enter(PLAIN)
    for table, path in outgoing.items():
        with connection.cursor() as cursor, path.open("rb") as file:
            cursor.execute(f"CREATE TABLE staged_{table} (LIKE {table})")
            cursor.copy_expert(f"COPY staged_{table} FROM STDIN", file)
        path.unlink()
    with connection.cursor() as cursor:
        cursor.execute((SQL / "staging.sql").read_text("utf-8"))


def _copy_out(table: str) -> Path:
    with tempfile.NamedTemporaryFile(prefix=f"{table}-", delete=False) as file, connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} TO STDOUT", file)
    return Path(file.name)


def _statements() -> list[str]:
    with connection.cursor() as cursor:
        columns = {table: ", ".join(_columns(cursor, table)) for table in TABLES}
    lines = (SQL / "batch.sql").read_text("utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("--"))
    return [part.format_map(columns) for part in text.split(";") if part.strip()]


def _columns(cursor: Any, table: str) -> list[str]:
    return [
        connection.ops.quote_name(one.name) for one in connection.introspection.get_table_description(cursor, table)
    ]


def _seconds_of_plain_sql(count: int) -> float:
    statements = _statements()
    batches = -(-count // sweep.BATCH)
    start = time.perf_counter()
    for batch in range(batches):
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement, {"batch": batch})
    return time.perf_counter() - start
