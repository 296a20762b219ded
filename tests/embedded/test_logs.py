"""Logs of running programs stay short, counts of dead ones go, and a failing chore ends nothing."""

import os
from pathlib import Path

from citymgmt.embedded.launch import open_log, shorten_log
from citymgmt.embedded.portal import forget_counts
from citymgmt.embedded.supervisor import Supervisor


def test_long_log_is_moved_while_its_program_writes_on(tmp_path: Path) -> None:
    path = tmp_path / "web.log"
    log = open_log(path)
    os.write(log, b"a" * 100)
    assert (shorten_log(path, 100), path.stat().st_size) == (False, 100)
    os.write(log, b"b")
    assert shorten_log(path, 100)
    os.write(log, b"c\n")
    os.close(log)
    assert (path.read_bytes(), (tmp_path / "web.log.1").read_bytes()) == (b"c\n", b"a" * 100 + b"b")


def test_log_that_is_not_there_is_short(tmp_path: Path) -> None:
    assert shorten_log(tmp_path / "none.log") is False


def test_counts_begin_anew(tmp_path: Path) -> None:
    (tmp_path / "counter_1.db").touch()
    (tmp_path / "kept.txt").touch()
    forget_counts(tmp_path)
    forget_counts(tmp_path / "not-there")
    assert [file.name for file in tmp_path.iterdir()] == ["kept.txt"]


def test_failing_chore_is_told_and_the_others_are_done() -> None:
    told: list[str] = []
    done: list[int] = []

    def fail() -> None:
        raise OSError("No space left on device")

    watch = Supervisor(told.append, chores=[fail, lambda: done.append(1)])
    watch._do_chores()
    assert (told, done) == (["a chore failed: No space left on device"], [1])
