"""The Celery application: the bell. What is due is always found in PostgreSQL, never in a message.

Of each task one line is logged and its time is counted; a task that a request started carries the request's id.
"""

import logging
import os
import time
from typing import Any

import structlog
from celery import Celery
from celery.signals import before_task_publish, setup_logging, task_postrun, task_prerun, worker_ready

import citymgmt.fsbroker  # noqa: F401  (makes the embedded transport known before the app is made)
from citymgmt.collecting import spare_what_is_loaded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "citymgmt.settings")

logger = logging.getLogger("citymgmt.tasks")
app = Celery("citymgmt")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def leave_logging_alone(**kwargs: Any) -> None:
    """Django's LOGGING holds for worker and beat too: while somebody listens here, Celery sets up none of its own."""
    logging.captureWarnings(True)


@worker_ready.connect
def settle_down(**kwargs: Any) -> None:
    """All tasks are loaded: what is there now stays."""
    spare_what_is_loaded()


@before_task_publish.connect
def pass_request_id(headers: dict[str, Any] | None = None, **kwargs: Any) -> None:
    """Give the task the id of the request (or task) that starts it."""
    bound = structlog.contextvars.get_contextvars().get("request_id")
    if headers is not None and bound:
        headers["request_id"] = bound


@task_prerun.connect
def begin_task(task_id: str = "", task: Any = None, **kwargs: Any) -> None:
    """Bind the ids, so that every record of the task carries them."""
    structlog.contextvars.clear_contextvars()
    given = getattr(task.request, "request_id", None)
    structlog.contextvars.bind_contextvars(task_id=task_id, **({"request_id": given} if given else {}))
    task.request.began = time.perf_counter()


@task_postrun.connect
def end_task(task: Any = None, state: str | None = None, **kwargs: Any) -> None:
    """Count the task and write its line: name, outcome, milliseconds. Neither arguments nor result."""
    from citymgmt import metrics  # its library reads what the settings say, which are not there yet above

    seconds = time.perf_counter() - getattr(task.request, "began", time.perf_counter())
    outcome = (state or "unknown").lower()
    metrics.TASKS.labels(task.name, outcome).inc()
    metrics.TASK_TIME.labels(task.name).observe(seconds)
    fields = {"task": task.name, "outcome": outcome, "ms": round(seconds * 1000, 1)}
    logger.log(logging.INFO if outcome == "success" else logging.ERROR, "task", extra={"fields": fields})
    structlog.contextvars.clear_contextvars()
