"""The embedded server after crashes: data intact, nothing in the way of the next start."""

import json
import os
import signal
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from citymgmt.embedded.leftovers import is_server_process, server_processes
from citymgmt.embedded.postgres import EmbeddedPostgres
from tests.embedded.running import is_running, start_server_elsewhere, wait_for

pytestmark = pytest.mark.processes


def write_rows(server: EmbeddedPostgres, row_count: int) -> None:
    with closing(server.connect()) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS kept (n int)")
        cursor.execute("INSERT INTO kept SELECT generate_series(1, %s)", [row_count])
        connection.commit()


def count_rows(server: EmbeddedPostgres) -> int:
    with closing(server.connect()) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kept")
        return int(cursor.fetchall()[0][0])


def test_killed_postmaster(server: EmbeddedPostgres) -> None:
    write_rows(server, 1000)
    assert server.pid is not None
    os.kill(server.pid, signal.SIGKILL)
    wait_for(lambda: not server.is_alive())
    server.start()
    assert count_rows(server) == 1000


def test_every_process_killed(server: EmbeddedPostgres) -> None:
    write_rows(server, 1000)
    for pid in server_processes(server.data_dir):
        os.kill(pid, signal.SIGKILL)
    wait_for(lambda: not server.is_alive())
    server.start()
    assert count_rows(server) == 1000


def test_killed_keeper_takes_its_server_along(var_dir: Path) -> None:
    keeper, postmaster = start_server_elsewhere(var_dir)
    with keeper:
        keeper.kill()
    wait_for(lambda: server_processes(var_dir / "pg") == [])
    assert not is_running(postmaster)
    assert not (var_dir / "pg" / "postmaster.pid").exists()  # it was an orderly shutdown


def test_server_left_running_is_stopped_first(var_dir: Path) -> None:
    """A server started by hand on our directory: its keeper does not hold our lock."""
    with EmbeddedPostgres(var_dir) as server:
        write_rows(server, 10)
    server.lock.acquire()
    stray = server._launch()
    wait_for(server._answers)
    server.lock.release()
    with EmbeddedPostgres(var_dir) as again:
        assert not stray.is_alive()
        assert again.pid != stray.pid
        assert count_rows(again) == 10


@pytest.mark.parametrize("is_pid_in_use", [True, False])
def test_stale_pid_file(var_dir: Path, is_pid_in_use: bool) -> None:
    with EmbeddedPostgres(var_dir) as server:
        write_rows(server, 10)
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        if not is_pid_in_use:
            stranger.kill()
            stranger.wait()
        lines = [str(stranger.pid), str(server.data_dir), "1", "5432", server.address.host, "", ""]
        (server.data_dir / "postmaster.pid").write_text("\n".join(lines))
        (var_dir / "run" / ".s.PGSQL.5432.lock").write_text("\n".join(lines))
        with EmbeddedPostgres(var_dir) as again:
            assert count_rows(again) == 10
        assert (stranger.poll() is None) is is_pid_in_use
    finally:
        stranger.kill()
        stranger.wait()


def test_a_stranger_is_not_taken_for_the_server(server: EmbeddedPostgres) -> None:
    assert server.pid is not None
    assert is_server_process(server.pid, server.data_dir)
    assert not is_server_process(os.getpid(), server.data_dir)
    assert not is_server_process(server.pid, server.var_dir)


def test_address_survives_restarts(server: EmbeddedPostgres) -> None:
    before = server.address_file.read_text()
    server.stop()
    server.start()
    assert server.address_file.read_text() == before
    assert json.loads(before)["host"] == str(server.var_dir / "run")
