"""What Prometheus scrapes: what all processes counted, and figures asked of the database now (at most 15 s old)."""

import logging
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import TimeoutError as TooLate
from dataclasses import dataclass, field
from typing import Any

import psycopg2
from prometheus_client import CONTENT_TYPE_LATEST as CONTENT_TYPE
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily

from citymgmt.health import figures
from citymgmt.health.figures import Look
from citymgmt.health.guard import Ask, Shared, on_own_connection, short_parameters
from citymgmt.health.judging import LATE_MESSAGE, SLOW_SILENCE
from citymgmt.health.registry import gauges
from citymgmt.metrics import counted

KEPT_SECONDS = 15.0  # figures that apps add, and the outbox's
SCRAPE_SECONDS = 2.5

logger = logging.getLogger(__name__)
__all__ = ["CONTENT_TYPE", "exposition"]


@dataclass
class Kept:
    """Figures that are asked for anew only after a while."""

    at: float = float("-inf")
    families: list[Any] = field(default_factory=list)


_kept = Kept()


def _family(name: str, help_: str, labels: list[str], values: Mapping[Any, float]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, help_, labels=labels)
    for key, value in sorted(values.items()):
        family.add_metric(list(key), value)
    return family


def _of_parts(look: Look) -> Iterator[GaugeMetricFamily]:
    """Heartbeats, processes, the sweep, the database."""
    signs, database = look.signs, look.database
    ages = {(part,): (signs.now - at).total_seconds() for part, at in signs.hearts.items()}
    yield _family("citymgmt_heartbeat_age_seconds", "Since the last sign of life.", ["part"], ages)
    alive = [one.kind for one in signs.processes if signs.now - one.at < SLOW_SILENCE]
    count = {(kind,): float(alive.count(kind)) for kind in ("web", "worker")}
    yield _family("citymgmt_processes", "Processes that show life.", ["kind"], count)
    lag = signs.lag.total_seconds()
    yield _family("citymgmt_sweep_lag_seconds", "How late the earliest due thing is.", [], {(): lag})
    connections = {("used",): float(database.connections), ("most",): float(database.most_connections)}
    yield _family("citymgmt_database_connections", "Connections to PostgreSQL.", ["what"], connections)
    yield _family("citymgmt_database_bytes", "Size of the database.", [], {(): float(database.size_bytes)})
    longest = database.longest.total_seconds()
    yield _family("citymgmt_database_longest_transaction_seconds", "Oldest open transaction.", [], {(): longest})
    pending = float(figures.migrations(look.ask).pending)
    yield _family("citymgmt_migrations_pending", "Migrations that the database lacks.", [], {(): pending})


def _of_outbox(look: Look) -> Iterator[GaugeMetricFamily]:
    """What waits to leave, by channel."""
    now, channels = look.signs.now, look.outbox
    waiting = {(one.name,): float(one.waiting) for one in channels}
    yield _family("citymgmt_outbox_waiting", "Messages that wait.", ["channel"], waiting)
    oldest = {(one.name,): (now - one.oldest_at).total_seconds() if one.oldest_at else 0.0 for one in channels}
    yield _family("citymgmt_outbox_oldest_seconds", "How long the oldest due message waits.", ["channel"], oldest)
    dead = {(one.name,): float(one.dead) for one in channels}
    yield _family("citymgmt_outbox_dead", "Messages that were given up.", ["channel"], dead)


def _of_apps(look: Look) -> Iterator[GaugeMetricFamily]:
    """Jobs and figures that apps have registered."""
    failed = {(name,): float(found.failed) for name, found in look.jobs.items()}
    yield _family("citymgmt_jobs_failed", "Jobs of the worker that failed.", ["kind"], failed)
    waiting = {(name,): float(found.waiting) for name, found in look.jobs.items()}
    yield _family("citymgmt_jobs_waiting", "Jobs of the worker that wait.", ["kind"], waiting)
    for gauge in gauges.values():
        try:
            yield _family(gauge.name, gauge.help, list(gauge.labels), gauge.ask(look.ask))
        except psycopg2.Error as error:  # one that is slow or wrong takes no other along
            logger.warning("the figure %s cannot be asked: %s", gauge.name, type(error).__name__)


def _asked(ask: Ask) -> list[GaugeMetricFamily]:
    look = Look(ask, LATE_MESSAGE)
    now = time.monotonic()
    if now - _kept.at > KEPT_SECONDS:
        _kept.families, _kept.at = [*_of_outbox(look), *_of_apps(look)], now
    return [*_of_parts(look), *_kept.families]


def _question() -> list[GaugeMetricFamily]:
    return on_own_connection(_asked, short_parameters())


_shared = Shared(_question)


class _Asked:
    """A collector of prometheus_client with families that are ready."""

    def __init__(self, families: list[GaugeMetricFamily]) -> None:
        self.families = families

    def collect(self) -> list[GaugeMetricFamily]:
        return self.families


def _broker() -> Iterator[GaugeMetricFamily]:
    try:
        yield _family(
            "citymgmt_broker_queue", "Tasks that wait at the broker.", [], {(): float(figures.queue_length())}
        )
    except Exception:
        yield _family("citymgmt_broker_queue", "Tasks that wait at the broker.", [], {})


def exposition() -> bytes:
    """Everything in Prometheus' text format. Without the database what was counted, and `citymgmt_database_up 0`."""
    families: list[GaugeMetricFamily] = []
    up = 1.0
    try:
        families = list(_shared.answer(SCRAPE_SECONDS))
    except (TooLate, Exception):
        up = 0.0
    families += [*_broker(), _family("citymgmt_database_up", "Whether the database answers.", [], {(): up})]
    registry = CollectorRegistry()
    registry.register(_Asked(families))
    return counted() + generate_latest(registry)


def forget() -> None:
    """Ask everything anew next time."""
    _kept.at = float("-inf")
    _shared.forget()
