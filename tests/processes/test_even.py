"""Those who ask at once are answered by all of gunicorn's processes evenly; who ended is counted no more."""

import http.client
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from gunicorn.workers.gthread import ThreadWorker

from citymgmt import even
from tests.conftest import free_port
from tests.embedded.running import ROOT, clean_environment, wait_for

APP = """
import os, time

def app(environ, start_response):
    if environ["PATH_INFO"] == "/slow":
        time.sleep(6)  # so that all are worked on at once
    start_response("200 OK", [("Content-Length", str(len(str(os.getpid()))))])
    return [str(os.getpid()).encode()]
"""
PATIENT = "import citymgmt.even\ncitymgmt.even.MOMENT = 1.5\nWorker = citymgmt.even.EvenWorker\n"


@pytest.mark.parametrize(
    ("busy", "kept", "alive", "waits"),
    [
        ([0, 0], [3, 2], True, True),
        ([0, 0], [3, 3], True, False),
        ([0, 0], [2, 3], True, False),
        ([2, 0], [3, 4], True, True),
        ([0, 2], [4, 3], True, False),
        ([0, 0], [3, 2], False, False),
    ],
    ids=["another has fewer", "as many", "more", "fewer requests, more idle", "more requests", "fewer, but it ended"],
)
def test_who_has_more_to_do_than_another_that_lives_waits(
    busy: list[int], kept: list[int], alive: bool, waits: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()
    monkeypatch.setattr(even, "_busy", [*busy, 0])
    monkeypatch.setattr(even, "_open", [*kept, 0])
    monkeypatch.setattr(even, "_pids", [os.getpid(), os.getppid() if alive else ended.pid, 0])
    assert even.another_has_fewer(0) is waits


@pytest.mark.parametrize(
    ("kept", "alive", "most"),
    [([4, 2], True, 0), ([3, 2], True, 9), ([2, 4], True, 9), ([4, 2], False, 9)],
    ids=["two more", "one more", "fewer", "two more, but the other ended"],
)
def test_who_has_two_more_than_another_that_lives_keeps_none_that_it_has_answered(
    kept: list[int], alive: bool, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()
    monkeypatch.setattr(even, "_open", [*kept, 0])
    monkeypatch.setattr(even, "_pids", [os.getpid(), os.getppid() if alive else ended.pid, 0])
    worker = even.EvenWorker.__new__(even.EvenWorker)
    worker.age, worker.max_keepalived = 0, 9
    assert worker.max_keepalived == most


@pytest.mark.parametrize(("has_fewer", "done"), [(True, ["wait", "take"]), (False, ["take"])])
def test_who_waits_takes_it_afterwards(has_fewer: bool, done: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[str] = []
    monkeypatch.setattr(even, "another_has_fewer", lambda own: has_fewer)
    monkeypatch.setattr(even, "time", SimpleNamespace(sleep=lambda seconds: found.append("wait")))
    monkeypatch.setattr(ThreadWorker, "accept", lambda worker, listener: found.append("take"))
    worker = even.EvenWorker.__new__(even.EvenWorker)
    worker.age = 1
    worker.accept(None)
    assert found == done


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """The port of a gunicorn with two such workers, which wait long for each other."""
    number = free_port()
    (tmp_path / "even_app.py").write_text(APP, "ascii")
    (tmp_path / "patient_worker.py").write_text(PATIENT, "ascii")
    kind = ["--worker-class=patient_worker.Worker", "--workers=2", "--threads=16", "--keep-alive=60"]
    command = [sys.executable, "-m", "gunicorn", "even_app:app", "--no-control-socket", *kind]
    environ = clean_environment(PYTHONPATH=f"{tmp_path}:{ROOT}")
    server = subprocess.Popen(
        [*command, f"--bind=127.0.0.1:{number}"], cwd=tmp_path, env=environ, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(lambda: len({who_takes_a_new_one(number) for _line in range(4)} - {""}) == 2, 30)
        yield number
    finally:
        server.terminate()
        server.wait(30)


def line_to(port: int) -> http.client.HTTPConnection:
    """A connection that stays open until it is closed."""
    return http.client.HTTPConnection("127.0.0.1", port, timeout=20)


def who_answers(line: http.client.HTTPConnection, path: str = "/slow") -> str:
    """The process at the other end."""
    line.request("GET", path)
    return line.getresponse().read().decode()


def who_takes_a_new_one(port: int) -> str:
    """The process that takes a new connection; "" while nobody does."""
    with closing(line_to(port)) as line:
        try:
            return who_answers(line, "/")
        except OSError:
            return ""


def test_requests_at_once_are_shared_evenly(port: int) -> None:
    with ExitStack() as kept, ThreadPoolExecutor(16) as pool:
        lines = [kept.enter_context(closing(line_to(port))) for _line in range(16)]
        assert sorted(Counter(pool.map(who_answers, lines)).values()) == [8, 8]
