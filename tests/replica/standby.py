"""A real standby of the tests' server, made by pg_basebackup and following by streaming."""

import os
import shutil
import signal
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.db import connection

from citymgmt.embedded.cluster import ADMIN, Address, programs_for, read_address, run_program, server_environment
from citymgmt.embedded.launch import Child, tail
from citymgmt.embedded.postgres import SETTINGS
from citymgmt.embedded.temporary import NOT_DURABLE
from tests.embedded.running import wait_for


def address_of_the_tests() -> Address:
    """The server that the tests made for themselves, with its superuser; skips where they were given another."""
    made = read_address(Path(connection.settings_dict["HOST"]).parent / "postgres.json")
    if made is None:
        pytest.skip("needs the tests' own PostgreSQL: unset DATABASE_URL")
    return made


class Standby:
    """A copy of the tests' server, with sockets and rows of its own."""

    def __init__(self, directory: Path) -> None:
        self.primary, self.directory = address_of_the_tests(), directory
        self.rows = directory / "pg"
        self.slot = f"copy_{os.getpid()}"
        self.child: Child | None = None

    def copy(self) -> None:
        """Copy the server as it is, ready to follow."""
        programs = programs_for(Path(self.primary.host).parent / "pg")
        source = (
            f"host={self.primary.host} port={self.primary.port} user={ADMIN} password={self.primary.admin_password}"
        )
        kept = ["-C", "-S", self.slot]  # else the server forgets what it wrote while the copy was not running
        how = ["-R", "-X", "stream", "-c", "fast"]
        run_program([programs / "pg_basebackup", "-D", self.rows, "-d", source, *kept, *how])

    def start(self) -> None:
        """Start it, and wait until it answers."""
        own = {"unix_socket_directories": str(self.directory), "port": self.primary.port, "hot_standby": "on"}
        settings: Mapping[str, str] = {**SETTINGS, **NOT_DURABLE, **own}
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        command: list[str | Path] = [programs_for(self.rows) / "postgres", "-D", self.rows, *options]
        self.child = Child(
            command,
            log=self.directory / "log",
            environ=server_environment(),
            stop_signal=signal.SIGINT,
            unprivileged=True,
        )
        self.child.start()
        wait_for(self._answers, 120)  # it may have to wait for the end of transactions with many savepoints

    def _answers(self) -> bool:
        assert self.child is not None
        assert self.child.is_alive(), tail(self.directory / "log")
        try:
            return bool(self.ask("SELECT pg_is_in_recovery()"))
        except psycopg2.OperationalError:
            return False

    def ask(self, sql: str, host: str = "") -> Any:
        """The only value of a superuser's question to the tests' database: its copy, if no host is named."""
        with closing(
            psycopg2.connect(
                host=host or str(self.directory),
                port=self.primary.port,
                user=ADMIN,
                password=self.primary.admin_password,
                dbname=connection.settings_dict["NAME"],
            )
        ) as own:
            own.autocommit = True
            with own.cursor() as cursor:
                cursor.execute(sql)
                return cursor.fetchone()[0]

    def pause(self) -> None:
        """Take no more of what the primary writes into its rows."""
        self.ask("SELECT pg_wal_replay_pause()")
        wait_for(lambda: self.ask("SELECT pg_get_wal_replay_pause_state()") == "paused")

    def follow(self) -> None:
        """Go on after a pause, and wait until everything that is committed now is here."""
        self.ask("SELECT pg_wal_replay_resume()")
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_wal_insert_lsn()::text")
            (position,) = cursor.fetchone()
        behind = f"SELECT pg_last_wal_replay_lsn() >= '{position}'::pg_lsn"
        try:
            wait_for(lambda: self.ask(behind), 300)  # it takes what all workers write, on their two cores
        except AssertionError as late:
            raise AssertionError(tail(self.directory / "log")) from late

    def kill(self) -> None:
        """As when its machine loses power."""
        if self.child is not None and self.child.is_alive():
            self.child.stop(10)

    def remove(self) -> None:
        """End it, and leave nothing."""
        self.kill()
        free = f"FROM pg_replication_slots WHERE slot_name = '{self.slot}' AND NOT active"
        wait_for(lambda: self.ask(f"SELECT count(pg_drop_replication_slot(slot_name)) {free}", self.primary.host))
        shutil.rmtree(self.directory, ignore_errors=True)
