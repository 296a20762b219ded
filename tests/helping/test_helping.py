"""The second process: it works beside this one, is started anew where it ended, and ends with whoever started it."""

import logging
import multiprocessing
import os
import signal
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import structlog
from django.db import connection

from citymgmt import helping
from tests.embedded.running import ROOT, wait_for
from tests.helping import work

pytestmark = pytest.mark.django_db


def other() -> int:
    """The second process."""
    return helping.shared(partial(work.pid_elsewhere, os.getpid()))


def is_gone(pid: int) -> bool:
    """Whether it ended; one that nobody waited for has ended too."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_both_work_at_once_in_the_same_database_with_the_same_ids(tmp_path: Path) -> None:
    with structlog.contextvars.bound_contextvars(task_id="t-1"):
        assert helping.shared(partial(work.where, str(tmp_path))) == 2
    told = {int(path.name): path.read_text("utf-8") for path in tmp_path.iterdir()}
    assert (len(told), os.getpid() in told) == (2, True)
    assert set(told.values()) == {f"{connection.settings_dict['NAME']} t-1"}


def test_it_stays_for_the_next_time() -> None:
    assert other() == other() != os.getpid()


def test_it_keeps_its_connection_and_gets_another_where_that_ended() -> None:
    def ask() -> int:
        return helping.shared(partial(work.backend_elsewhere, os.getpid()))

    first = ask()
    assert ask() == first != 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [first])
    assert ask() not in (0, first)


def test_what_it_left_when_it_ended_is_done_here(caplog: pytest.LogCaptureFixture) -> None:
    assert helping.shared(partial(work.end_elsewhere, os.getpid())) == 1 + 1  # once beside it, once after it
    assert "the second process ended" in caplog.text


def test_it_is_started_anew_after_it_ended_while_nobody_asked() -> None:
    first = other()
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: is_gone(first), 30)
    wait_for(lambda: bool(helping._second()._broken), 30)  # the pool has noticed
    assert other() not in (0, first)


def test_its_error_is_raised_here() -> None:
    with pytest.raises(ArithmeticError, match="poison"):
        helping.shared(partial(work.fail_elsewhere, os.getpid()))
    assert other()


def test_without_a_second_process_this_one_works_alone(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_given: Any, **_named: Any) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(ProcessPoolExecutor, "submit", refuse)
    assert other() == 0
    assert [record.levelno for record in caplog.records if "cannot be started" in record.message] == [logging.ERROR]


def test_a_process_that_may_start_none_works_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(multiprocessing.current_process()._config, "daemon", True)  # type: ignore[attr-defined]
    assert other() == 0


@pytest.mark.parametrize("busy", [[], ["stay"]], ids=["idle", "at work"])
def test_it_ends_however_its_parent_ends(busy: list[str]) -> None:
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    line = [sys.executable, "-m", "tests.helping.work", *busy]
    with subprocess.Popen(line, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert not is_gone(pid)
        parent.kill()
    wait_for(lambda: is_gone(pid), 30)
