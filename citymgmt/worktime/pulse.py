"""The pulse of this process: a thread that shows every half minute that it lives, in the database that all share.

Without it nothing in the portal knows of a web process or a worker. It holds no connection between two beats.
"""

import atexit
import logging
import os
import socket
import threading
from datetime import datetime

from django.db import Error, connection
from django.utils import timezone

from citymgmt import __version__
from citymgmt.database_clock import database_now
from citymgmt.worktime.actions import beat_heart, end_life, show_life
from citymgmt.worktime.models import RunningProcess

HEARTBEAT_SECONDS = 30
logger = logging.getLogger(__name__)
started_at: datetime | None = None  # of this process, once it beats
_stopped = threading.Event()


def process_name() -> str:
    """host:pid of this process."""
    return f"{socket.gethostname()[:100]}:{os.getpid()}"


def start(kind: str) -> None:
    """Begin to beat, as a web process or a worker, until this process ends."""
    global started_at
    started_at = timezone.now()
    threading.Thread(target=_keep_beating, args=(kind,), name="pulse", daemon=True).start()
    atexit.register(stop)


def stop() -> None:
    """Beat no more and be forgotten. A process that is killed is forgotten after some minutes instead."""
    if _stopped.is_set():
        return
    _stopped.set()
    try:
        end_life(name=process_name())
    except Error:
        logger.warning("the end of this process could not be noted")
    finally:
        connection.close()


def _keep_beating(kind: str) -> None:
    began: datetime | None = None
    while not _stopped.is_set():
        try:
            at = database_now()
            began = began or at
            show_life(name=process_name(), kind=kind, version=__version__, started_at=began, at=at)
            if kind == RunningProcess.Kind.WORKER:
                beat_heart(part="worker", at=at)
        except Error:
            logger.warning("no heartbeat: the database does not answer")
        finally:
            connection.close()
        _stopped.wait(HEARTBEAT_SECONDS)
