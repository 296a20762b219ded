"""The portal on one machine: which steps prepare it and which processes make it up."""

import http.client
import json
import os
import shelve
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from citymgmt.embedded.cluster import EmbeddedServerError, private_directory
from citymgmt.embedded.launch import Child, shorten_log
from citymgmt.embedded.locks import DirectoryLock
from citymgmt.embedded.postgres import EmbeddedPostgres
from citymgmt.embedded.supervisor import ProcessService, Say, StopRequestedError, Supervisor

WEB_GRACE_SECONDS = 25.0  # gunicorn itself ends slow requests after 20 s
PORT_SECONDS = 5.0
# glibc keeps an arena for each thread and gives little of it back: a web process of sixteen threads grew to twice that
FRUGAL = {"MALLOC_ARENA_MAX": "1", "MALLOC_TRIM_THRESHOLD_": "131072", "MALLOC_MMAP_THRESHOLD_": "131072"}


class PortInUseError(Exception):
    """The web server cannot listen; the text is a sentence for people."""


@dataclass(frozen=True)
class PortalOptions:
    """What the command line and the environment choose.

    `count_users` asks the database how many users there are, by the embedded server's address or, with
    None, by DATABASE_URL; `health_host` is the Host header that the portal accepts.
    """

    base_dir: Path
    var_dir: Path
    host: str
    port: int
    wants_demo: bool
    has_own_database: bool
    health_host: str
    count_users: Callable[[EmbeddedPostgres | None], int]


@dataclass(frozen=True)
class Program:
    """One of the portal's programs, named like its log file."""

    name: str
    command: list[str]
    grace_seconds: float = 20.0
    before_start: Callable[[], None] = lambda: None


def child_environment(options: PortalOptions) -> dict[str, str]:
    """Our environment with an absolute VAR_DIR, output that is not held back, and frugal use of memory."""
    return {
        **FRUGAL,
        **os.environ,
        "VAR_DIR": str(options.var_dir),
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "citymgmt.settings"),
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": os.pathsep.join(filter(None, [str(options.base_dir), os.environ.get("PYTHONPATH")])),
    }


class Portal:
    """One portal on one VAR_DIR, from an empty directory to a clean stop."""

    def __init__(self, options: PortalOptions, say: Say) -> None:
        self.options = options
        self.say = say
        self.environ: Mapping[str, str] = child_environment(options)
        self.supervisor = Supervisor(say)
        self.lock = DirectoryLock(options.var_dir / "portal.lock", "The portal")
        self.logins_file = options.var_dir / "demo-logins.json"
        self.unfinished_demo = options.var_dir / "demo-unfinished"
        self.postgres: EmbeddedPostgres | None = None

    def run(self) -> None:
        """Prepare, start, watch, and stop everything in order, whatever happens.

        Raises AlreadyRunningError, PortInUseError, EmbeddedServerError or StepFailedError, each with a
        sentence for people.
        """
        os.umask(0o077)
        private_directory(self.options.var_dir)
        self.supervisor.listen_for_signals()
        self.lock.acquire()
        try:
            self._require_free_port()
            self._prepare()
            self._start_services()
            self._announce()
            self.supervisor.watch_until_stopped()
        except StopRequestedError:
            pass
        finally:
            self.say("Stopping …")
            self.supervisor.stop_all()
            self.lock.release()
        self.say("Stopped.")

    def _require_free_port(self) -> None:
        """A portal killed a moment ago may still hold the port. Raises PortInUseError after a while."""
        if not self.supervisor.wait_until(lambda: is_port_free(self.options), PORT_SECONDS):
            raise PortInUseError(
                f"Port {self.options.port} of {self.options.host} cannot be used: another program has it, "
                "or the address is not of this machine. Choose another: make run PORT=8001"
            )

    def _prepare(self) -> None:
        """Database, tables, static files, standards, calendar and, on the first run, demo data."""
        if not self.options.has_own_database:
            self.say("Starting PostgreSQL …")
            self.postgres = EmbeddedPostgres(self.options.var_dir, is_interrupted=lambda: self.supervisor.is_stopping)
            self._start_postgres(self.postgres)
        self.say("Preparing tables and static files …")
        self.supervisor.run_steps([self._step("migrate", "--noinput"), self._step("collectstatic", "--noinput")])
        self.supervisor.run_steps([self._step("load_standards")])
        self.supervisor.run_steps([self._step("load_calendar")])
        if self._needs_demo():
            self._seed_demo()

    def _start_postgres(self, postgres: EmbeddedPostgres) -> None:
        try:
            self.supervisor.add(postgres)
        except EmbeddedServerError:
            if self.supervisor.is_stopping:
                raise StopRequestedError from None
            raise

    def _needs_demo(self) -> bool:
        """Demo data are wanted, and this is the first run or an earlier seeding was cut short."""
        if not self.options.wants_demo or (self.logins_file.is_file() and not self.unfinished_demo.is_file()):
            return False
        return self.unfinished_demo.is_file() or self.options.count_users(self.postgres) == 0

    def _seed_demo(self) -> None:
        self.say("Making demo data (first run only) …")
        self.unfinished_demo.touch(mode=0o600)
        self.supervisor.run_steps([self._step("seed_demo")])
        self.unfinished_demo.unlink()

    def _start_services(self) -> None:
        """Web first, so that people see the log-in page as early as possible."""
        forget_counts(self.options.var_dir / "metrics")
        for program in self.programs():
            child = self._child(program.name, program.command)
            self.supervisor.chores.append(partial(shorten_log, child.log))
            self.supervisor.add(
                ProcessService(
                    program.name,
                    child,
                    grace_seconds=program.grace_seconds,
                    before_start=program.before_start,
                )
            )

    def programs(self) -> list[Program]:
        """What stays running besides PostgreSQL, in the order of the start; stopped the other way round."""
        celery = [sys.executable, "-m", "celery", "--app", "citymgmt.celery"]
        worker = ["--pool=threads", "--concurrency=4", "--without-gossip", "--without-mingle"]
        schedule = self.options.var_dir / "beat-schedule"
        beat = ["beat", "--schedule", str(schedule), "--pidfile=", "--loglevel=INFO"]
        return [
            Program("web", self._web_command(), grace_seconds=WEB_GRACE_SECONDS),
            Program("worker", [*celery, "worker", *worker, "--loglevel=INFO"]),
            Program("beat", [*celery, *beat], before_start=lambda: remove_corrupt_schedule(schedule)),
        ]

    def _web_command(self) -> list[str]:
        host = f"[{self.options.host}]" if ":" in self.options.host else self.options.host
        threads = [
            "--worker-class=citymgmt.web.Worker",
            "--workers=2",
            "--threads=16",
            "--graceful-timeout=20",
            "--preload",
        ]
        bind = ["--no-control-socket", f"--bind={host}:{self.options.port}"]
        log = "--logger-class=citymgmt.logs.GunicornLogger"
        return [sys.executable, "-m", "gunicorn", "citymgmt.wsgi", *threads, *bind, log]

    def _step(self, command: str, *arguments: str) -> tuple[str, Child]:
        line = [sys.executable, str(self.options.base_dir / "manage.py"), command, *arguments]
        return command, self._child(command, line)

    def _child(self, name: str, command: list[str]) -> Child:
        log = self.options.var_dir / "log" / f"{name}.log"
        return Child(command, log=log, environ=self.environ, stop_signal=signal.SIGTERM)

    def _announce(self) -> None:
        """Say where the portal is and who may log in, once it answers."""
        address = f"http://{self.options.health_host}:{self.options.port}/"
        if not self.supervisor.wait_until(lambda: is_healthy(self.options)):
            self.say(f"The portal does not answer yet; see {self.options.var_dir / 'log' / 'web.log'}")
        self.say(f"\n  The portal is at {address}    (Ctrl-C stops it)\n")
        for username, password in demo_logins(self.logins_file).items():
            self.say(f"  {username}: {password}")


def demo_logins(path: Path) -> dict[str, str]:
    """Passwords of the demo users by name; empty if there are none."""
    return dict(json.loads(path.read_text("utf-8"))) if path.is_file() else {}


def is_port_free(options: PortalOptions) -> bool:
    """The web server may listen at its address."""
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((options.host, options.port))
        except OSError:
            return False
    return True


def is_healthy(options: PortalOptions) -> bool:
    """GET /healthz answers 200."""
    local = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(options.host, options.host)
    connection = http.client.HTTPConnection(local, options.port, timeout=5)
    headers = {"Host": f"{options.health_host}:{options.port}", "X-Forwarded-Proto": "https"}
    try:
        connection.request("GET", "/healthz", headers=headers)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def forget_counts(directory: Path) -> None:
    """Begin to count anew: remove the files of earlier processes (citymgmt/metrics.py), which run no more."""
    for file in directory.glob("*.db"):
        file.unlink(missing_ok=True)


def remove_corrupt_schedule(path: Path) -> None:
    """Remove beat's file if it cannot be read; it holds only when each task last ran."""
    try:
        with shelve.open(str(path), flag="r") as schedule:
            dict(schedule)
    except Exception:  # whatever a broken file does to dbm and pickle
        for file in path.parent.glob(path.name + "*"):
            file.unlink(missing_ok=True)
