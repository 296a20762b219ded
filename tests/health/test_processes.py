"""Real gunicorn with two workers: both are seen and counted, and both are forgotten when they end in order."""

import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from django.conf import LazySettings
from django.utils import timezone

from citymgmt.health import figures
from citymgmt.worktime.actions import end_life, show_life
from citymgmt.worktime.models import RunningProcess
from tests.conftest import free_port
from tests.embedded.running import ROOT, clean_environment, wait_for
from tests.office import District
from tests.processes.bell import database_url


def get(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
        return answer.read().decode()


@pytest.fixture(params=[[], ["--preload"]], ids=["each loads the portal", "loaded once"])
def port(request: pytest.FixtureRequest, living: District, tmp_path: Path) -> Iterator[int]:
    """The port of a gunicorn with two workers on the test database; it is asked to stop at the end, if it runs."""
    number = free_port()
    kind = ["--workers=2", "--worker-class=citymgmt.web.Worker", "--threads=2", "--no-control-socket"]
    rest = [f"--bind=127.0.0.1:{number}", "--logger-class=citymgmt.logs.GunicornLogger"]
    command = [sys.executable, "-m", "gunicorn", "citymgmt.wsgi", *kind, *rest, *request.param]
    environ = clean_environment(
        DATABASE_URL=database_url(), VAR_DIR=str(tmp_path), DJANGO_SETTINGS_MODULE="citymgmt.settings", REDIS_URL=""
    )
    with (tmp_path / "web.log").open("wb") as log:
        web = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=log)
    try:
        wait_for(lambda: RunningProcess.objects.filter(kind="web").count() == 2, 60)
        yield number
    finally:
        web.send_signal(signal.SIGTERM)
        web.wait(30)
    assert RunningProcess.objects.count() == 0
    assert all(line.startswith("{") for line in (tmp_path / "web.log").read_text().splitlines())


@pytest.mark.processes
def test_two_workers_are_seen_and_counted_as_one_portal(port: int) -> None:
    for _turn in range(20):
        get(port, "/healthz")
    scraped = get(port, "/metrics").splitlines()
    assert 'citymgmt_requests_total{method="GET",route="healthz",status="200"} 20.0' in scraped
    assert 'citymgmt_processes{kind="web"} 2.0' in scraped
    assert '"worker": "starting"' in get(port, "/readyz")


def test_a_process_that_was_killed_is_forgotten_after_a_while(db: None) -> None:
    now = timezone.now()
    for name, minutes in (("a:1", 11), ("a:2", 9)):
        RunningProcess.objects.create(
            name=name, kind="web", version="1", started_at=now, at=now - timedelta(minutes=minutes)
        )
    show_life(name="a:3", kind="worker", version="1", started_at=now, at=now)
    these = RunningProcess.objects.filter(name__startswith="a:").order_by(
        "name"
    )  # others may have been killed just now
    assert list(these.values_list("name", "kind")) == [("a:2", "web"), ("a:3", "worker")]
    end_life(name="a:3")
    assert list(these.values_list("name", flat=True)) == ["a:2"]


def test_redis_is_asked_how_many_wait(redis_url: str, settings: LazySettings) -> None:
    settings.REDIS_URL = redis_url
    with redis.Redis.from_url(redis_url) as client:
        client.delete("celery")
        assert figures.queue_length() == 0
        client.rpush("celery", "a", "b")
        assert figures.queue_length() == 2
        client.delete("celery")


def test_redis_that_is_gone_is_told_at_once(settings: LazySettings) -> None:
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    with pytest.raises(redis.ConnectionError):  # not a TimeoutError
        figures.queue_length()


def test_files_that_wait_are_counted(settings: LazySettings, tmp_path: Path) -> None:
    settings.BROKER_DIR = tmp_path
    (tmp_path / "queue").mkdir()
    for name in ("1_a.celery.msg", "2_b.celery.msg", "tmp-3.celery.msg.part", "4.celery@host.celery.pidbox.msg"):
        (tmp_path / "queue" / name).touch()
    assert figures.queue_length() == 2
