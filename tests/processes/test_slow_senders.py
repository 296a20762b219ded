"""Requests that arrive too slowly are given up: they hold a thread for seconds, not for hours."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from citymgmt import web
from citymgmt.web import FIRST_SECONDS, LEAST_BYTES, TimedSocket
from tests.conftest import free_port
from tests.embedded.running import ROOT, clean_environment

THREADS, SENDERS = 2, 6
HEAD = b"POST /x HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\nContent-Type: text/plain\r\n\r\n"
APP = "def app(environ, start):\n    environ['wsgi.input'].read()\n    start('200 OK', [])\n    return [b'read']\n"
QUICK = "import citymgmt.web\ncitymgmt.web.FIRST_SECONDS = 1.0\nWorker = citymgmt.web.TimedWorker\n"


def test_time_grows_with_what_has_come() -> None:
    now = [0.0]
    ours, theirs = socket.socketpair()
    with closing(ours), closing(theirs):
        timed = TimedSocket(ours, clock=lambda: now[0])
        now[0] = 1000.0  # as long as it waited for a thread
        theirs.sendall(b"x" * LEAST_BYTES)
        assert len(timed.recv(LEAST_BYTES)) == LEAST_BYTES
        now[0] += FIRST_SECONDS + 0.5  # within the second that came of the bytes
        theirs.sendall(b"y")
        assert timed.recv(10) == b"y"
        now[0] += 1
        theirs.sendall(b"z")
        with pytest.raises(ConnectionResetError):
            timed.recv(10)
        timed.begin()
        assert (timed.recv(10), timed.gettimeout()) == (b"z", None)


def test_nothing_at_all_ends_too(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = socket.socketpair()
    with closing(ours), closing(theirs):
        timed = TimedSocket(ours)
        monkeypatch.setattr(web, "FIRST_SECONDS", 0.05)
        with pytest.raises(ConnectionResetError):
            timed.recv(10)


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """The port of a gunicorn with the portal's worker, two threads, and a second for what arrives."""
    number = free_port()
    (tmp_path / "slow_app.py").write_text(APP, "ascii")
    (tmp_path / "quick_worker.py").write_text(QUICK, "ascii")
    kind = ["--worker-class=quick_worker.Worker", f"--threads={THREADS}", f"--bind=127.0.0.1:{number}"]
    command = [sys.executable, "-m", "gunicorn", "slow_app:app", "--no-control-socket", *kind]
    environ = clean_environment(PYTHONPATH=f"{tmp_path}:{ROOT}")
    server = subprocess.Popen(command, cwd=tmp_path, env=environ, stderr=subprocess.DEVNULL)
    try:
        _until_it_listens(number)
        yield number
    finally:
        server.terminate()
        server.wait(30)


def _until_it_listens(port: int) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            with closing(socket.create_connection(("127.0.0.1", port), 1)):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("gunicorn did not start")


@pytest.mark.processes
def test_more_slow_senders_than_threads_keep_nobody_out(port: int) -> None:
    slow = [socket.create_connection(("127.0.0.1", port), 30) for _sender in range(SENDERS)]
    for one in slow:
        one.sendall(HEAD + b"x")
    with closing(socket.create_connection(("127.0.0.1", port), 30)) as quick:
        quick.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        end = time.monotonic() + 25
        answer = b""
        quick.settimeout(1)
        while b"read" not in answer and time.monotonic() < end:
            for one in slow:
                _drip(one)
            try:
                answer += quick.recv(1000)
            except TimeoutError:
                continue
    assert answer.startswith(b"HTTP/1.1 200")
    for one in slow:
        one.close()


def _drip(one: socket.socket) -> None:
    with suppress(OSError):  # it was given up
        one.sendall(b"x")
