"""How the portal logs: one line for each record, JSON for machines or text for people, never personal data.

Every record of every library passes `formatter`. It adds what is bound to the request or task (`request_id`)
and tells errors without what PostgreSQL quotes of rows. It knows nothing of Django, so that gunicorn's
own process can use it. Source: structlog's documentation, "Standard library logging".
"""

import json
import logging
import os
import sys
import traceback
from collections.abc import Mapping
from typing import Any

import structlog
from gunicorn.glogging import Logger
from structlog.typing import EventDict, Processor

FORMATS = ("json", "text")
MOST_ERRORS = 8  # of one chain of causes
LONGEST_MESSAGE = 200  # characters of an error's own words
ENCODER = json.JSONEncoder(ensure_ascii=False, default=str)  # kept: making one costs more than using it
QUIET = "CRITICAL"  # for loggers that name people or paths: we write their lines ourselves


def log_format(environ: Mapping[str, str] = os.environ) -> str:
    """json or text, as LOG_FORMAT says; without it text on a terminal, else json."""
    chosen = environ.get("LOG_FORMAT", "").strip().lower()
    if chosen in FORMATS:
        return chosen
    return "text" if sys.stderr is not None and sys.stderr.isatty() else "json"


def told_error(error: BaseException) -> str:
    """The traceback, causes last. Of the database's errors only code and constraint: their words quote rows."""
    told: list[str] = []
    one: BaseException | None = error
    while one is not None and len(told) < MOST_ERRORS:
        told.append("".join(traceback.format_tb(one.__traceback__)) + _headline(one))
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return "\nbecause of\n".join(told)


def _headline(error: BaseException) -> str:
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    if kind.startswith(("psycopg2.", "django.db.")):
        about = getattr(getattr(error, "diag", None), "constraint_name", None)
        return " ".join(filter(None, [kind, getattr(error, "pgcode", None), about]))
    words = str(error).partition("\n")[0][:LONGEST_MESSAGE]
    return f"{kind}: {words}" if words else kind


def _tell_error(logger: Any, name: str, event: EventDict) -> EventDict:
    """Processor: the traceback of `exc_info` under `error`."""
    given = event.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else (given[1] if isinstance(given, tuple) else given)
    if isinstance(error, BaseException):
        event["error"] = told_error(error)
    return event


def _add_fields(logger: Any, name: str, event: EventDict) -> EventDict:
    """Processor: the fields that our own records carry (`extra={"fields": {...}}`)."""
    record: logging.LogRecord = event["_record"]
    event.update(getattr(record, "fields", {}))
    return event


def _as_json(logger: Any, name: str, event: EventDict) -> str:
    return ENCODER.encode(event)


def _as_text(logger: Any, name: str, event: EventDict) -> str:
    """`12:00:00 info citymgmt.requests: request  route=home status=200`, and a traceback below."""
    error = event.pop("error", "")
    head = f"{event.pop('at')} {event.pop('level')} {event.pop('logger')}: {event.pop('event')}"
    fields = " ".join(f"{key}={value}" for key, value in event.items())
    line = f"{head}  {fields}".rstrip().replace("\r", "\\r").replace("\n", "\\n")
    return f"{line}\n{error}" if error else line


def formatter(style: str = "") -> logging.Formatter:
    """The formatter of every handler; `style` json or text, else as LOG_FORMAT says."""
    steps: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        _add_fields,
        _tell_error,
    ]
    last = _as_json if (style or log_format()) == "json" else _as_text
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=steps,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        keep_exc_info=False,
    )


def logging_settings(level: str) -> dict[str, Any]:
    """Django's LOGGING: everything to standard error from `level` on; one line a request and a task from INFO on."""
    own = {"level": "INFO", "propagate": True}
    silent = {"handlers": [], "level": QUIET, "propagate": True}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "citymgmt.logs.formatter"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "citymgmt.requests": own,
            "citymgmt.tasks": own,
            "celery.apps.worker": own,
            "celery.apps.beat": own,
            "django": {"handlers": [], "level": "NOTSET", "propagate": True},  # no e-mails with what people typed
            "django.request": silent,  # paths; our own line and traceback name the route
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            "axes": silent,  # names of those who log in
        },
    }


class GunicornLogger(Logger):
    """gunicorn's own lines in the portal's format (`--logger-class`)."""

    def setup(self, cfg: Any) -> None:
        """Set up as gunicorn does, then give each handler our formatter."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(formatter())
