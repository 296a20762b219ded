"""What a figure means: every threshold, on both sides of it."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.utils import translation
from psycopg2 import OperationalError

from citymgmt.health import figures, judging
from citymgmt.health.board import Row, verdict
from citymgmt.health.figures import Alive, Channel, Database, Disk, Look, Signs, Table
from citymgmt.health.judging import LATE_MESSAGE, Line, State
from citymgmt.health.registry import Jobs
from citymgmt.health.wording import lasting
from citymgmt.replica.condition import NO_STANDBY, Condition

NOW = datetime(2026, 3, 4, 1, 0, tzinfo=UTC)
DATABASE = Database(NOW, "18.4", NOW, 10**7, 5, 100, timedelta(), [])


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def ago(seconds: float) -> datetime:
    return NOW - timedelta(seconds=seconds)


def seen(**answers: Any) -> Look:
    """A look whose questions are answered already."""

    def nobody(sql: Any, parameters: Any = None) -> list[tuple[Any, ...]]:
        raise AssertionError(sql)

    look = Look(nobody, LATE_MESSAGE)
    look.__dict__.update({"database": DATABASE, "signs": signs(), "outbox": [], "jobs": {}, **answers})
    return look


def signs(due: datetime | None = None, processes: Any = (), **ages: float) -> Signs:
    return Signs(NOW, {part: ago(age) for part, age in ages.items()}, list(processes), due)


def process(name: str, kind: str = "web", age: float = 1, started: float = 3600, version: str = "1") -> Alive:
    return Alive(name, kind, version, ago(started), ago(age))


@pytest.mark.parametrize(
    ("age", "state"), [(89, State.OK), (90, State.SLOW), (179, State.SLOW), (180, State.BROKEN)]
)  # fmt: skip
def test_silence(age: float, state: State) -> None:
    assert judging.beat(seen(signs=signs(beat=age))).state is state


@pytest.mark.parametrize(("lag", "state"), [(119, State.OK), (120, State.SLOW), (299, State.SLOW), (300, State.BROKEN)])
def test_lag_of_the_sweep(lag: float, state: State) -> None:
    assert judging.sweep(seen(signs=signs(due=ago(lag), sweep=1))).state is state


def test_what_is_due_later_is_not_late() -> None:
    line = judging.sweep(seen(signs=signs(due=ago(-60), sweep=1)))
    assert (line.state, line.figure) == (State.OK, "Last sign of life 1 second ago. Nothing is late.")


def test_a_portal_that_started_catches_up() -> None:
    young = [process("a:1", started=20)]
    assert judging.sweep(seen(signs=signs(due=ago(86400), processes=young, sweep=1))).state is State.STARTING
    assert judging.worker(seen(signs=signs(processes=young, worker=99999))).state is State.STARTING


def test_one_process_that_began_anew_makes_no_start_of_the_portal() -> None:
    both = [process("a:1", started=3600), process("a:2", started=5)]
    assert judging.worker(seen(signs=signs(processes=both))).state is State.BROKEN


def test_processes_are_counted_while_they_show_life() -> None:
    line = judging.web(
        seen(signs=signs(processes=[process("a:1"), process("a:2", started=60), process("a:3", age=91)]))
    )
    assert (line.state, line.figure, line.since) == (State.OK, "2 processes, version 1.", ago(3600))


def test_two_versions_at_once_need_a_look() -> None:
    line = judging.web(seen(signs=signs(processes=[process("a:1"), process("a:2", version="2")])))
    assert (line.state, line.figure) == (State.SLOW, "2 processes, version 1, 2.")


@pytest.mark.parametrize(
    ("used", "longest", "state"),
    [(79, 0, State.OK), (80, 0, State.SLOW), (95, 0, State.BROKEN), (5, 59, State.OK), (5, 60, State.SLOW),
     (5, 600, State.BROKEN), (80, 600, State.BROKEN)],
)  # fmt: skip
def test_database(used: int, longest: float, state: State) -> None:
    found = Database(NOW, "18.4 (Debian)", NOW, 10**7, used, 100, timedelta(seconds=longest), [])
    line = judging.database(seen(database=found))
    assert (line.state, bool(line.advice)) == (state, state is not State.OK)
    assert line.figure.startswith("PostgreSQL 18.4, 9.5")


@pytest.mark.parametrize(
    ("rows", "dead", "state"), [(0, 50_000, State.OK), (0, 50_001, State.SLOW), (10**6, 400_000, State.OK)]
)  # fmt: skip
def test_vacuum(rows: int, dead: int, state: State) -> None:
    found = Database(NOW, "18", NOW, 1, 1, 100, timedelta(), [Table("cases_case", rows, dead, ago(7200))])
    line = judging.tables(seen(database=found))
    assert (line.state, line.figure) == (state, f"Rows, and time since the last vacuum: case: {rows:,} (2 hours).")


@pytest.mark.parametrize(("waiting", "state"), [(99, State.OK), (100, State.SLOW), (1000, State.BROKEN)])
def test_queue(waiting: int, state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "queue_length", lambda: waiting)
    assert judging.broker(seen()).state is state


def test_outbox() -> None:
    fine, late = Channel("email", 3, ago(5), 0, 2, 9), Channel("email", 3, ago(500), 1, 0, 0)
    line = judging.outbox(seen(outbox=[fine]))
    assert (line.state, line.figure) == (State.OK, "e-mail: 3 waiting, 9 sent in the last hour")
    assert judging.outbox(seen(outbox=[late])).told() == "1 messages are late"
    assert judging.dead_letters(seen(outbox=[fine])).figure == "2 messages were given up."
    assert judging.dead_letters(seen(outbox=[late])).state is State.OK


@pytest.mark.parametrize(
    ("jobs", "state"),
    [(Jobs(0, 5, ago(600)), State.OK), (Jobs(1, 0, None), State.SLOW), (Jobs(0, 1, ago(601)), State.BROKEN)],
)
def test_jobs(jobs: Jobs, state: State) -> None:
    assert judging.job_line("photos")(seen(jobs={"photos": jobs})).state is state


@pytest.mark.parametrize(("free", "state"), [(15, State.OK), (14, State.SLOW), (5, State.SLOW), (4, State.BROKEN)])
def test_disk(free: int, state: State, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "disk", lambda directory: Disk(free * 10**9, 10**11))
    assert judging.disk(lambda: tmp_path)(seen()).state is state


def test_disk_of_a_directory_that_is_not_there_yet(tmp_path: Path) -> None:
    assert figures.disk(tmp_path / "not" / "yet").total == figures.disk(tmp_path).total > 0


@pytest.mark.parametrize(("hours", "state"), [(25, State.OK), (26, State.SLOW), (74, State.BROKEN)])
def test_backups(hours: int, state: State, tmp_path: Path, settings: LazySettings) -> None:
    marker = tmp_path / "backed-up"
    settings.BACKUP_MARKER = str(marker)
    assert judging.backups(seen()).state is State.UNKNOWN
    marker.touch()
    moment = ago(hours * 3600).timestamp()
    os.utime(marker, (moment, moment))
    assert judging.backups(seen()).state is state


def test_backups_nobody_tells_of_are_not_known() -> None:
    line = judging.backups(seen())
    assert (line.state, line.figure) == (State.UNKNOWN, "Not known.")


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(-5, "0 seconds"), (1, "1 second"), (119, "119 seconds"), (120, "2 minutes"), (7199, "119 minutes"),
     (7200, "2 hours"), (172799, "47 hours"), (172800, "2 days")],
)  # fmt: skip
def test_lasting(seconds: float, told: str) -> None:
    assert lasting(timedelta(seconds=seconds)) == told


@pytest.mark.parametrize(
    ("states", "worst", "sentence"),
    [((State.OK, State.UNKNOWN), State.OK, "Everything works."),
     ((State.OK, State.STARTING), State.STARTING,
      "The portal is starting. In a minute it is known whether everything works."),
     ((State.STARTING, State.SLOW), State.SLOW, "The portal works; something needs a look."),
     ((State.BROKEN, State.SLOW), State.BROKEN, "Something is broken. The red lines say what to do.")],
)  # fmt: skip
def test_verdict(states: tuple[State, ...], worst: State, sentence: str) -> None:
    whole = verdict([Row("x", "x", Line(state)) for state in states])
    assert (whole.line.state, str(whole.label)) == (worst, sentence)


REPLICA_ADVICE = (
    "Pages of figures read the primary meanwhile. Is the standby started, does it follow, is REPLICA_URL right?"
)


@pytest.mark.parametrize(
    ("found", "line"),
    [
        (Condition(NOW), Line(State.OK, "Nothing is missing.", NOW)),
        (Condition(NOW, 25.9), Line(State.OK, "25 seconds behind.", NOW)),
        (
            Condition(NOW, 150.0, "is 150 s behind"),
            Line(State.SLOW, "2 minutes behind.", NOW, REPLICA_ADVICE, "is 150 s behind"),
        ),
        (NO_STANDBY, Line(State.SLOW, "Follows no primary.", None, REPLICA_ADVICE, "is no standby")),
        (TimeoutError(), Line(State.SLOW, "Does not answer.", None, REPLICA_ADVICE, "does not answer")),
        (OperationalError(), Line(State.SLOW, "Does not answer.", None, REPLICA_ADVICE, "does not answer")),
    ],
)
def test_read_replica(monkeypatch: pytest.MonkeyPatch, found: Any, line: Line) -> None:
    """Whatever is the matter with it, the portal works: never broken."""

    def told() -> Condition:
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr(figures, "replica", told)
    assert judging.replica(seen()) == line


def test_read_replica_is_asked_about_only_where_there_is_one(settings: LazySettings) -> None:
    assert "replica" not in judging.ready_parts()
    settings.REPLICA_URL = "postgres://standby"
    assert list(judging.ready_parts()) == [*judging.READY, "replica"]
