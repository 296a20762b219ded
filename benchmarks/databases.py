"""Databases of the benchmark's server: made from one template, entered one at a time."""

from contextlib import closing
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.db import connection
from psycopg2 import sql

from cases.bulk_seed.office import measured_district
from citymgmt.embedded.postgres import EmbeddedPostgres

TEMPLATE = "bench_template"


class Databases:
    """Makes, enters and drops databases; Django's one connection goes where it is sent."""

    def __init__(self, server: EmbeddedPostgres) -> None:
        self.server = server

    def make_template(self) -> None:
        """A migrated database with people and standards but no cases, of which the others are copies."""
        self._as_owner(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(TEMPLATE)))
        enter(TEMPLATE)
        call_command("migrate", verbosity=0)
        measured_district()
        leave()

    def make(self, name: str, template: str = TEMPLATE) -> None:
        """A copy of a database to which nobody is connected."""
        leave()
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
        self._as_owner(statement.format(sql.Identifier(name), sql.Identifier(template)))

    def drop(self, name: str) -> None:
        """Remove a database, although a second process may keep its connection to it."""
        leave()
        self._as_owner(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def settle_down(self) -> None:
        """Vacuum and analyse the database entered, and write everything out, so that each measurement starts alike."""
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        self._run("postgres", "CHECKPOINT", as_admin=True)

    def _as_owner(self, statement: sql.Composable) -> None:
        self._run("postgres", statement, as_admin=False)

    def _run(self, name: str, statement: Any, *, as_admin: bool) -> None:
        with closing(self.server.connect(as_admin=as_admin, name=name)) as own:
            own.autocommit = True
            own.cursor().execute(statement)


def seed(**options: Any) -> None:
    """`seed_bulk` in the database entered, without a word."""
    call_command("seed_bulk", yes=True, verbosity=0, stdout=StringIO(), **options)


def enter(name: str) -> None:
    """Have Django use this database."""
    leave()
    connection.settings_dict["NAME"] = name


def leave() -> None:
    """Close Django's connection, so that the database can be copied or dropped."""
    connection.close()
