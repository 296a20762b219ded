"""What the portal counts, for Prometheus. Each process counts into files of one directory; a scrape adds them up.

All metrics have labels, so that a process that counts nothing (a `manage.py` command) makes no file. Labels are
names of routes, methods, statuses, tasks and parts: their number is bounded by the code, never by what people send.
Source: prometheus_client's documentation, "Multiprocess Mode"; stack.md row 15.
"""

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
SECONDS = (0.005, 0.01, 0.02, 0.03, 0.06, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
TASK_SECONDS = (0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0)

_ours = CollectorRegistry()
REQUESTS = Counter(
    "citymgmt_requests_total", "Answered requests.", ["route", "method", "status"], registry=_ours
)  # fmt: skip
REQUEST_SECONDS = Histogram(
    "citymgmt_request_seconds", "Time to answer, in seconds.", ["route", "method"], buckets=SECONDS, registry=_ours
)
QUERIES = Counter("citymgmt_request_queries_total", "Queries asked for requests.", ["route"], registry=_ours)
QUERY_SECONDS = Counter(
    "citymgmt_request_query_seconds_total", "Seconds that requests waited for the database.", ["route"], registry=_ours
)
TASKS = Counter("citymgmt_tasks_total", "Finished tasks of the worker.", ["task", "outcome"], registry=_ours)
TASK_TIME = Histogram(
    "citymgmt_task_seconds", "Time of a task, in seconds.", ["task"], buckets=TASK_SECONDS, registry=_ours
)
LOG_IN_FAILURES = Counter("citymgmt_log_in_failures_total", "Log-ins that failed.", ["door"], registry=_ours)
LOCK_OUTS = Counter("citymgmt_lock_outs_total", "Log-ins refused after too many failures.", ["door"], registry=_ours)


def method_label(method: str | None) -> str:
    """The method, or OTHER for what nobody knows."""
    return method if method in METHODS else "OTHER"


def counted() -> bytes:
    """What all processes of this machine have counted, in Prometheus' text format."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # reads the directory METRICS_DIR
    return generate_latest(registry)
