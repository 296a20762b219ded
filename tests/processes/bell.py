"""The bell as real processes: Celery workers and beat on the test database, to be killed at will."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import redis
from django.db import connection

from tests.embedded.running import ROOT, clean_environment


def database_url() -> str:
    """The address of the database on which the tests run: their server, with the test database's name."""
    server, _slash, _name = os.environ["DATABASE_URL"].rpartition("/")
    return f"{server}/{connection.settings_dict['NAME']}"


@dataclass
class Bell:
    """Workers and one beat on a broker: Redis at `redis_url`, or files below `var_dir`."""

    var_dir: Path
    redis_url: str = ""
    workers: "list[subprocess.Popen[bytes]]" = field(default_factory=list)
    beat: "subprocess.Popen[bytes] | None" = None

    def __enter__(self) -> "Bell":
        self.start_beat()
        self.start_worker()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for process in [*self.workers, self.beat]:
            if process is not None and process.poll() is None:
                process.kill()
                process.wait(10)

    def start_worker(self) -> None:
        """Start one more worker."""
        options = ["--pool=threads", "--concurrency=2", "--without-gossip", "--without-mingle"]
        self.workers.append(self._start("worker", *options, "--hostname", f"w{len(self.workers)}@test"))

    def kill_worker(self) -> int:
        """End the oldest living worker by SIGKILL, whatever it does; returns its pid."""
        victim = next(worker for worker in self.workers if worker.poll() is None)
        victim.kill()
        victim.wait(10)
        return victim.pid

    def start_beat(self) -> None:
        """Start beat on its schedule file."""
        self.beat = self._start("beat", "--schedule", str(self.var_dir / "beat"), "--pidfile=", "--max-interval=1")

    def restart_beat(self) -> None:
        """End beat by SIGKILL and start another."""
        assert self.beat is not None
        self.beat.kill()
        self.beat.wait(10)
        self.start_beat()

    def lose_messages(self) -> None:
        """Empty the broker."""
        if self.redis_url:
            with redis.Redis.from_url(self.redis_url) as client:
                client.flushall()
            return
        for folder in (self.var_dir / "broker").iterdir():
            for path in folder.iterdir():
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    def _start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        environ = clean_environment(
            DJANGO_SETTINGS_MODULE="tests.processes.settings",
            DATABASE_URL=database_url(),
            VAR_DIR=str(self.var_dir),
            REDIS_URL=self.redis_url,
            SECRET_KEY=os.environ["SECRET_KEY"],
        )
        with (self.var_dir / f"{arguments[0]}.log").open("ab") as log:
            command = [sys.executable, "-m", "celery", "--app", "citymgmt.celery", *arguments]
            return subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=log)
