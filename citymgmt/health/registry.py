"""What apps add to the look: jobs that may fail, and figures for Prometheus. `citymgmt` imports no app, so they come
and say it once, when they are ready.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from citymgmt.health.guard import Ask


@dataclass(frozen=True)
class Jobs:
    """How the jobs of one kind fare: how many failed and how many wait, and since when the oldest waits (aware)."""

    failed: int
    waiting: int
    oldest_at: Any


@dataclass(frozen=True)
class JobKind:
    """Work of the worker on rows of an app. `counting` is SQL that gives one row, as `Jobs`; cheap, by an index.
    `advice` says what a person does about failed ones.
    """

    name: str
    label: Any
    advice: Any
    counting: str


@dataclass(frozen=True)
class Gauge:
    """A figure for Prometheus: `ask` gives for each tuple of label values one number; cheap, by an index."""

    name: str
    help: str
    labels: Sequence[str]
    ask: Callable[[Ask], Mapping[tuple[str, ...], float]]


job_kinds: dict[str, JobKind] = {}
gauges: dict[str, Gauge] = {}


def register_jobs(kind: JobKind) -> None:
    """Have these jobs looked at."""
    job_kinds[kind.name] = kind


def register_gauge(gauge: Gauge) -> None:
    """Have this figure told to Prometheus."""
    gauges[gauge.name] = gauge
