"""Runs the whole portal on this machine: database, web, worker and beat under one command."""

import os
from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg2
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from psycopg2 import sql

from citymgmt.embedded.cluster import EmbeddedServerError
from citymgmt.embedded.locks import AlreadyRunningError
from citymgmt.embedded.portal import Portal, PortalOptions, PortInUseError
from citymgmt.embedded.postgres import EmbeddedPostgres
from citymgmt.embedded.supervisor import StepFailedError


def count_users(postgres: EmbeddedPostgres | None) -> int:
    """How many users there are. Not through Django: its address was read before the server had one."""
    connection = postgres.connect() if postgres else connect_to_own_database()
    with closing(connection), connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(get_user_model()._meta.db_table)))
        counts = cursor.fetchall()
    return int(counts[0][0])


def connect_to_own_database() -> Any:
    """A psycopg2 connection to the server of DATABASE_URL. Raises psycopg2.OperationalError."""
    entry = settings.DATABASES["default"]
    keys = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return psycopg2.connect(**{key: entry[name] for key, name in keys.items() if entry[name]})


def health_host() -> str:
    """A Host header that ALLOWED_HOSTS accepts."""
    first = str(settings.ALLOWED_HOSTS[0]) if settings.ALLOWED_HOSTS else "localhost"
    return "localhost" if first == "*" else first.removeprefix(".")


class Command(BaseCommand):
    """Prepare what is missing, run the portal and stop it in order on SIGTERM or Ctrl-C."""

    help = "Runs the whole portal on this machine; stop it with Ctrl-C."
    requires_system_checks = ()  # the database of the checks is not there yet

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The address, and whether a first run makes demo data."""
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
        parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
        parser.add_argument("--no-demo", action="store_true", help="no demo data on the first run")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until stopped. Raises CommandError with a sentence for people."""
        if "PUBLIC_BASE_URL" not in os.environ:
            os.environ["PUBLIC_BASE_URL"] = f"http://localhost:{options['port']}"
        choice = PortalOptions(
            base_dir=settings.BASE_DIR,
            var_dir=Path(settings.VAR_DIR).resolve(),
            host=options["host"],
            port=options["port"],
            wants_demo=not options["no_demo"] and os.environ.get("DEMO") != "0",
            has_own_database=bool(os.environ.get("DATABASE_URL")),
            health_host=health_host(),
            count_users=count_users,
        )
        try:
            Portal(choice, self.say).run()
        except (AlreadyRunningError, PortInUseError, EmbeddedServerError, StepFailedError) as failure:
            raise CommandError(str(failure)) from failure

    def say(self, line: str) -> None:
        """Print a line at once."""
        self.stdout.write(line)
        self.stdout.flush()
