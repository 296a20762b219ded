"""The supervisor with real processes: order, restarts, stop, and its own violent death."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from citymgmt.embedded import supervisor
from citymgmt.embedded.leftovers import recorded_postmaster, server_processes
from citymgmt.embedded.portal import remove_corrupt_schedule
from citymgmt.embedded.supervisor import BackOff
from tests.conftest import free_port
from tests.embedded.running import ROOT, clean_environment, is_running, processes_mentioning, wait_for

pytestmark = pytest.mark.processes


class RunningPortal:
    """The stub portal in a process of its own, and what it has printed so far."""

    def __init__(self, var_dir: Path, worker: str = "patient", port: int | None = None) -> None:
        self.var_dir = var_dir
        self.output = var_dir.parent / f"output-{time.monotonic_ns()}"
        arguments = [str(var_dir), str(port or free_port()), worker]
        command = [sys.executable, "-m", "tests.embedded.stub_portal", *arguments]
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=clean_environment(),
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def says(self, text: str) -> bool:
        return text in self.output.read_text()

    def wait_for_line(self, text: str) -> None:
        wait_for(lambda: self.says(text) or self.process.poll() is not None, 60)
        assert self.says(text), self.output.read_text()

    def pid_of(self, name: str) -> int:
        """The stub of that name, by what its command line carries."""
        marks = {"web": "http.server", "worker": "while True", "beat": "while True"}
        found = [pid for pid in processes_mentioning(str(self.var_dir)) if pid != self.process.pid]
        lines = {pid: Path(f"/proc/{pid}/cmdline").read_text() for pid in found}
        matching = sorted(pid for pid, line in lines.items() if marks[name] in line)
        return matching[-1] if name == "beat" else matching[0]

    def others(self) -> list[int]:
        return processes_mentioning(str(self.var_dir))


@pytest.fixture
def portal(var_dir: Path) -> Iterator[RunningPortal]:
    running = RunningPortal(var_dir)
    running.wait_for_line("clerk: secret")
    yield running
    running.process.terminate()
    running.process.wait(30)


def test_start_runs_the_steps_and_stop_leaves_nothing(portal: RunningPortal) -> None:
    steps = (portal.var_dir / "steps").read_text().splitlines()
    assert sorted(steps[:2]) == ["collectstatic --noinput", "migrate --noinput"]
    assert steps[2:] == ["load_standards", "load_calendar", "seed_demo"]
    portal.process.send_signal(signal.SIGTERM)
    assert portal.process.wait(30) == 0
    assert portal.others() == []
    assert not (portal.var_dir / "pg" / "postmaster.pid").exists()
    assert portal.output.read_text().endswith("Stopped.\n")


def test_second_run_keeps_the_demo_logins(portal: RunningPortal) -> None:
    portal.process.terminate()
    portal.process.wait(30)
    again = RunningPortal(portal.var_dir)
    again.wait_for_line("clerk: secret")
    again.process.send_signal(signal.SIGINT)
    again.process.send_signal(signal.SIGINT)
    assert again.process.wait(30) == 0
    assert (portal.var_dir / "steps").read_text().splitlines().count("seed_demo") == 1


def test_second_portal_on_the_directory_is_refused(portal: RunningPortal) -> None:
    second = RunningPortal(portal.var_dir)
    assert second.process.wait(30) != 0
    assert second.says(f"The portal already runs on {portal.var_dir} (pid {portal.process.pid})")
    assert portal.process.poll() is None


def test_dead_children_are_restarted(portal: RunningPortal) -> None:
    postmaster = recorded_postmaster(portal.var_dir / "pg")
    assert postmaster is not None
    dead = {name: portal.pid_of(name) for name in ("web", "worker", "beat")} | {"postgres": postmaster}
    for name, pid in dead.items():
        os.kill(pid, signal.SIGKILL)
        portal.wait_for_line(f"{name} restarted")
        assert not is_running(pid)
    assert recorded_postmaster(portal.var_dir / "pg") != postmaster


def test_killed_supervisor_leaves_no_process(portal: RunningPortal) -> None:
    assert len(portal.others()) >= 5
    portal.process.kill()
    portal.process.wait(10)
    wait_for(lambda: portal.others() == [])
    assert server_processes(portal.var_dir / "pg") == []
    assert not (portal.var_dir / "pg" / "postmaster.pid").exists()


def test_ctrl_c_of_the_terminal_reaches_only_the_supervisor(portal: RunningPortal) -> None:
    os.killpg(portal.process.pid, signal.SIGINT)
    assert portal.process.wait(30) == 0
    assert not portal.says("restart")
    assert portal.others() == []


def test_stubborn_child_is_killed(var_dir: Path) -> None:
    running = RunningPortal(var_dir, "stubborn")
    running.wait_for_line("clerk: secret")
    running.process.terminate()
    assert running.process.wait(30) == 0
    assert running.says("worker did not stop in time and was killed")
    assert running.others() == []


def test_port_of_another_program_is_refused(var_dir: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        running = RunningPortal(var_dir, port=other.getsockname()[1])
        assert running.process.wait(30) != 0
    assert running.says("another program has it")
    assert not (var_dir / "steps").exists()


def test_failed_step_is_shown_and_ends_the_start(var_dir: Path) -> None:
    (var_dir / "fail-load_standards").touch()
    running = RunningPortal(var_dir)
    assert running.process.wait(60) != 0
    assert running.says("load_standards failed")
    assert running.says("broken on purpose")
    assert running.others() == []


def test_stop_during_the_start(empty_var_dir: Path) -> None:
    empty_var_dir.mkdir()
    running = RunningPortal(empty_var_dir)
    running.wait_for_line("Starting PostgreSQL")
    running.process.terminate()
    assert running.process.wait(60) == 0
    assert running.others() == []


def test_seeding_cut_short_is_done_again(var_dir: Path) -> None:
    (var_dir / "demo-logins.json").write_text("{}")
    (var_dir / "demo-unfinished").touch()
    running = RunningPortal(var_dir)
    running.wait_for_line("clerk: secret")
    running.process.terminate()
    assert running.process.wait(30) == 0
    assert not (var_dir / "demo-unfinished").exists()


def test_back_off_doubles_to_a_limit_and_forgets_after_a_steady_life() -> None:
    back_off = BackOff()
    assert [back_off.after_death(1) for _ in range(8)] == [0.5, 1, 2, 4, 8, 16, 30, 30]
    assert back_off.after_death(supervisor.STEADY_SECONDS) == 0.5


@pytest.mark.parametrize("content", [b"", b"garbage" * 100])
def test_corrupt_schedule_is_removed(tmp_path: Path, content: bytes) -> None:
    schedule = tmp_path / "beat-schedule"
    schedule.write_bytes(content)
    remove_corrupt_schedule(schedule)
    assert list(tmp_path.iterdir()) == []


def test_good_schedule_is_kept(tmp_path: Path) -> None:
    import shelve

    with shelve.open(str(tmp_path / "beat-schedule")) as schedule:
        schedule["entries"] = {"deadlines": 1}
    before = sorted(tmp_path.iterdir())
    remove_corrupt_schedule(tmp_path / "beat-schedule")
    assert sorted(tmp_path.iterdir()) == before != []
