"""What is asked: each function one question, in SQL on whatever connection `ask` stands for. Nothing is judged here."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from pathlib import Path

import redis
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from citymgmt.health.guard import Ask, Shared, on_own_connection, short_parameters
from citymgmt.health.registry import Jobs, job_kinds
from citymgmt.replica.condition import Condition, measure
from citymgmt.replica.routing import REPLICA
from citymgmt.worktime.sweep import timed_models

REPLICA_SECONDS = 0.8  # the longest that a look waits for it
BROKER_SECONDS = 1.0  # to connect, and to answer
QUEUE = "celery"
RECENT = 10_000  # messages, newest first, among which those of the last hour are counted
BIG_TABLES = 5


@dataclass(frozen=True)
class Table:
    """One of the biggest tables: its rows, dead ones, and when it was last vacuumed; as PostgreSQL estimates."""

    name: str
    rows: int
    dead: int
    vacuumed_at: datetime | None


@dataclass(frozen=True)
class Database:
    """The server and our database; `longest` is the age of the oldest open transaction."""

    now: datetime
    version: str
    started_at: datetime
    size_bytes: int
    connections: int
    most_connections: int
    longest: timedelta
    tables: list[Table]


def database(ask: Ask) -> Database:
    """One row of PostgreSQL's own figures, with the biggest tables."""
    row = ask(
        "SELECT clock_timestamp(), current_setting('server_version'), pg_postmaster_start_time(),"
        " pg_database_size(current_database()),"
        " (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),"
        " current_setting('max_connections')::int,"
        " (SELECT coalesce(max(clock_timestamp() - xact_start), '0') FROM pg_stat_activity"
        "  WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'),"
        " (SELECT json_agg(big) FROM (SELECT json_build_array(relname, n_live_tup, n_dead_tup,"
        "  extract(epoch FROM greatest(last_vacuum, last_autovacuum))) AS big"
        "  FROM pg_stat_user_tables ORDER BY n_live_tup + n_dead_tup DESC, relname LIMIT %s) tables)",
        [BIG_TABLES],
    )[0]
    *facts, big = row
    tables = [
        Table(name, rows, dead, datetime.fromtimestamp(float(seconds), UTC) if seconds else None)
        for name, rows, dead, seconds in big or ()
    ]
    return Database(*facts, tables)  # type: ignore[call-arg]


@cache
def _known_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations or ())


@dataclass(frozen=True)
class Migrations:
    """How many migrations of the code the database lacks, and when the last one was applied."""

    pending: int
    last_at: datetime | None


def migrations(ask: Ask) -> Migrations:
    """The code's migrations compared with the database's."""
    rows = ask("SELECT app, name, applied FROM django_migrations")
    pending = _known_migrations() - {(app, name) for app, name, _applied in rows}
    return Migrations(len(pending), max((applied for _app, _name, applied in rows), default=None))


@dataclass(frozen=True)
class Alive:
    """A process that showed life."""

    name: str
    kind: str
    version: str
    started_at: datetime
    at: datetime


@dataclass(frozen=True)
class Signs:
    """All signs of life, the earliest moment that a watched row waits for, and the database's moment of asking."""

    now: datetime
    hearts: Mapping[str, datetime]
    processes: list[Alive]
    earliest_due_at: datetime | None

    @property
    def lag(self) -> timedelta:
        """How late the earliest due thing is, of everything that the sweep watches; zero when nothing is due."""
        return max(self.now - self.earliest_due_at, timedelta()) if self.earliest_due_at else timedelta()


def signs(ask: Ask) -> Signs:
    """Heartbeats of parts and of processes, and the first row of each index on `next_check_at`, in one question."""
    names = [connection.ops.quote_name(model._meta.db_table) for model in timed_models()]
    each = [f"(SELECT min(next_check_at) FROM {name} WHERE next_check_at IS NOT NULL)" for name in names]
    rows = ask(
        "SELECT part, 'part', '', at, at FROM worktime_heartbeat"
        " UNION ALL SELECT name, kind, version, started_at, at FROM worktime_runningprocess"
        f" UNION ALL SELECT '', 'now', '', clock_timestamp(), least({', '.join([*each, 'NULL::timestamptz'])})"
    )
    _name, _kind, _version, now, earliest = next(row for row in rows if row[1] == "now")
    hearts = {row[0]: row[4] for row in rows if row[1] == "part"}
    processes = [Alive(*row) for row in rows if row[1] in ("web", "worker")]
    return Signs(now, hearts, processes, earliest)


@dataclass(frozen=True)
class Channel:
    """Messages of one channel: waiting, since when the oldest waits past its time, late ones, dead ones."""

    name: str
    waiting: int
    oldest_at: datetime | None
    late: int
    dead: int
    sent_last_hour: int


def outbox(ask: Ask, late_after: timedelta) -> list[Channel]:
    """The channels by which messages leave, each with its figures; by the partial indexes of waiting and dead ones."""
    rows = ask(
        "SELECT channel, sum(waiting)::int, min(oldest), sum(late)::int, sum(dead)::int, sum(sent)::int FROM ("
        " SELECT channel, count(*) AS waiting, min(next_at) FILTER (WHERE next_at <= now()) AS oldest,"
        "  count(*) FILTER (WHERE next_at < now() - %s) AS late, 0 AS dead, 0 AS sent"
        "  FROM outbox_message WHERE state = 'waiting' GROUP BY channel"
        " UNION ALL SELECT channel, 0, NULL, 0, count(*), 0 FROM outbox_message WHERE state = 'dead' GROUP BY channel"
        " UNION ALL SELECT channel, 0, NULL, 0, 0, count(*) FILTER (WHERE delivered_at > now() - interval '1 hour')"
        "  FROM (SELECT channel, delivered_at FROM outbox_message ORDER BY id DESC LIMIT %s) newest GROUP BY channel"
        ") found WHERE channel <> 'in_app' GROUP BY channel ORDER BY channel",
        [late_after, RECENT],
    )
    return [Channel(*row) for row in rows]


def jobs(ask: Ask) -> dict[str, Jobs]:
    """How the jobs fare that apps have registered, by name, in one question."""
    if not job_kinds:
        return {}
    each = [f"SELECT '{kind.name}', asked.* FROM ({kind.counting}) asked" for kind in job_kinds.values()]
    return {row[0]: Jobs(*row[1:]) for row in ask(" UNION ALL ".join(each))}


def _measured() -> Condition:
    return on_own_connection(
        lambda primary: on_own_connection(lambda copy: measure(primary, copy), short_parameters(REPLICA)),
        short_parameters(),
    )


shared_replica = Shared(_measured)


def replica() -> Condition:
    """How the read replica fares. Raises: TimeoutError after REPLICA_SECONDS, psycopg2.Error when one is silent."""
    return shared_replica.answer(REPLICA_SECONDS)


def queue_length() -> int:
    """How many tasks wait at the broker. Raises: redis.RedisError, OSError when it does not answer."""
    if not settings.REDIS_URL:
        return sum(1 for _file in (settings.BROKER_DIR / "queue").glob(f"*.{QUEUE}.msg"))
    url, seconds = settings.REDIS_URL, BROKER_SECONDS
    with redis.Redis.from_url(url, socket_connect_timeout=seconds, socket_timeout=seconds) as client:
        client.ping()
        return int(client.llen(QUEUE))


@dataclass(frozen=True)
class Disk:
    """Space on the disk of a directory, in bytes."""

    free: int
    total: int


def disk(directory: Path) -> Disk:
    """The disk on which the directory (or the nearest one above that exists) lies."""
    there = next(path for path in (directory, *directory.parents) if path.exists())
    usage = shutil.disk_usage(there)
    return Disk(usage.free, usage.total)


def backed_up_at() -> datetime | None:
    """When the last backup ended well: the time of the file BACKUP_MARKER. None when nobody tells."""
    marker = Path(settings.BACKUP_MARKER) if settings.BACKUP_MARKER else None
    if marker is None or not marker.is_file():
        return None
    return datetime.fromtimestamp(marker.stat().st_mtime, UTC)


class Look:
    """One look at the portal: each question is asked when somebody wants its answer, and once."""

    def __init__(self, ask: Ask, late_after: timedelta) -> None:
        self.ask = ask
        self.late_after = late_after

    @cached_property
    def database(self) -> Database:
        """See `database`."""
        return database(self.ask)

    @cached_property
    def signs(self) -> Signs:
        """See `signs`."""
        return signs(self.ask)

    @cached_property
    def outbox(self) -> list[Channel]:
        """See `outbox`."""
        return outbox(self.ask, self.late_after)

    @cached_property
    def jobs(self) -> dict[str, Jobs]:
        """See `jobs`."""
        return jobs(self.ask)
