"""Tables come whole, and what a migration does to them together: each step that stands by itself has Django draw up all
models anew.
"""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddConstraint, AddIndex, CreateModel, RunPython, RunSQL
from django.db.migrations.operations.base import Operation
from pgtrigger.migrations import AddTrigger

from citymgmt.tables import CreateTables, Together
from citymgmt.triggers import InstallTriggers

ROOMS = ("citymgmt", "cases", "communities", "patrols")
OWN = frozenset(app.label for app in apps.get_app_configs() if app.name.partition(".")[0] in ROOMS)
MIGRATIONS = {key: one for key, one in MigrationLoader(None).disk_migrations.items() if key[0] in OWN}
NAMED_BOTH_WAYS = frozenset({"agendaitem"})  # it names resolutions, and they name it
DRAWS_NOTHING = RunSQL | RunPython | InstallTriggers
FEW = 3  # for example around a step by which data are moved
NOT_WHOLE = frozenset({("cases", "0014_tables")})  # a function of its own


def steps(migration: Migration) -> Iterator[Operation]:
    """What a migration does, that which is done together one by one; new tables are one step."""
    for one in migration.operations:
        if isinstance(one, Together) and not isinstance(one, CreateTables):
            yield from one.operations
        else:
            yield one


def tables(migration: Migration) -> Iterator[CreateModel]:
    """The tables that a migration makes."""
    for one in steps(migration):
        yield from one.tables if isinstance(one, CreateTables) else [one] if isinstance(one, CreateModel) else []


def added(migration: Migration) -> Iterator[str]:
    """What a migration adds to tables that it makes itself."""
    made = {one.name.lower() for one in tables(migration)} - NAMED_BOTH_WAYS
    for one in steps(migration):
        if isinstance(one, AddConstraint | AddIndex | AddTrigger) and one.model_name.lower() in made:
            yield one.describe()


@pytest.mark.parametrize(("app", "name"), sorted(MIGRATIONS.keys() - NOT_WHOLE))
def test_a_new_table_comes_whole(app: str, name: str) -> None:
    assert [*added(MIGRATIONS[app, name])] == []


@pytest.mark.parametrize(("app", "name"), sorted(MIGRATIONS))
def test_new_tables_come_together(app: str, name: str) -> None:
    alone = [one.name for one in MIGRATIONS[app, name].operations if isinstance(one, CreateModel)]
    assert alone == [] or len([*tables(MIGRATIONS[app, name])]) == 1


@pytest.mark.parametrize(("app", "name"), sorted(MIGRATIONS))
def test_few_steps_stand_by_themselves(app: str, name: str) -> None:
    alone = [one for one in MIGRATIONS[app, name].operations if not isinstance(one, Together | DRAWS_NOTHING)]
    assert len(alone) <= FEW


@pytest.mark.parametrize(("app", "name"), sorted(NOT_WHOLE))
def test_what_is_not_whole_is_told(app: str, name: str) -> None:
    assert [*added(MIGRATIONS[app, name])] != []
