"""Fixtures of the portal's own things: the catalogue, a small district, and the check that history is true."""

import fcntl
import os
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pgtrigger
import pytest
from django.contrib.postgres.functions import RandomUUID
from django.db import IntegrityError, connection, transaction
from django.test.utils import setup_databases, teardown_databases

from cases.actions import Matter, log_case, perform
from cases.actions.standards import load_standards
from cases.models import Case, CaseEvent, CaseStandard
from cases.statistics.models import CountedUntil, CountingAnew, RulesChanged, Stale
from cases.verification import histories
from citymgmt.people.models import RateCount, TableVersion
from citymgmt.worktime.actions import load_calendar
from tests import office


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: Any
) -> Iterator[None]:
    """The test database with the shipped standards, ladders and calendar; nobody holds it at the end.

    pytest-django's own makes none when no test of the run asks for `db` (but for `committed`, say).
    """
    with django_db_blocker.unblock():
        made = made_databases()
    yield
    with django_db_blocker.unblock():
        end_other_sessions()
        teardown_databases(made, verbosity=0)


def made_databases() -> Any:
    """What `setup_databases` gives. On a server of this run's own one process makes it, and the others copy it."""
    if os.environ.get("CITYMGMT_TEST_SERVER") != "throwaway":
        return filled_databases(keepdb=False)
    with (Path(os.environ["CITYMGMT_TEST_DIR"]) / "database.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        own = connection.creation._get_test_db_name()
        is_copy = copied(TEMPLATE, own)
        made = filled_databases(keepdb=is_copy)
        if not is_copy:
            connection.close()
            copied(own, TEMPLATE)
    return made


TEMPLATE = "template_of_tests"


def copied(source: str, target: str) -> bool:
    """Copy a database in which nobody works; False when there is none of that name."""
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute("SELECT FROM pg_database WHERE datname = %s", [source])
        if cursor.fetchone() is None:
            return False
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
    return True


def filled_databases(*, keepdb: bool) -> Any:
    """The test database, and in it what the portal is shipped with; `keepdb` when it is there already."""
    made = setup_databases(verbosity=0, interactive=False, keepdb=keepdb, aliases=["default"], serialized_aliases=[])
    if not keepdb:
        load_standards()
        load_calendar()
        RulesChanged.objects.all().delete()  # no case is there that was judged otherwise
    return made


def end_other_sessions() -> None:
    """End what a killed process may have left on the test database, else it cannot be dropped."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )


def assert_history_is_true() -> None:
    """Each thing that has a history is what it says."""
    kept = [check for check, is_there in zip(histories().values(), are_there(), strict=True) if is_there]
    assert {number: found for check in kept for number, found in check.verify() if found} == {}


def are_there() -> list[bool]:
    """Of which of the histories there are any; asked at once, since most tests make things of one kind."""
    tables = [check.model._meta.db_table for check in histories().values()]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ARRAY[{', '.join(f'EXISTS (SELECT FROM {table})' for table in tables)}]")
        found: list[bool] = cursor.fetchone()[0]
    return found


@pytest.fixture
def district(db: None) -> Iterator[office.District]:
    """Two sub-districts with all roles, rolled back after the test; history is checked at its end."""
    yield office.district_again()
    assert_history_is_true()


# On which all rows of a district hang, but for the classes of places, which all offices share
ROOTS = ("people_subdistrict", "people_organisation", "people_user", "patrols_placeclass")
OWN = {  # of tables in which rows lie that all offices share, and that stay: which rows are of a district
    "communities_regulation": "subdistrict_id IS NOT NULL",
    "cases_citation": "regulation_id IN (SELECT id FROM communities_regulation WHERE subdistrict_id IS NOT NULL)",
}
NOTHING_COUNTED = office.china("2000-01-01 00:00")  # as the migration says
MANY_ROWS = 500  # in one table: from here on TRUNCATE, which takes as long for no row as for all, is quicker


@cache
def tables_of_a_district() -> list[str]:
    """The tables that a TRUNCATE CASCADE of the roots would empty."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE below AS (SELECT unnest(%s::regclass[]) AS id UNION SELECT conrelid FROM pg_constraint"
            " JOIN below ON confrelid = below.id WHERE contype = 'f') SELECT id::regclass::text FROM below ORDER BY 1",
            [list(ROOTS)],
        )
        return [name for (name,) in cursor.fetchall()]


def filled_tables() -> dict[str, int]:
    """The tables of a district in which there are rows, and how many, up to MANY_ROWS."""
    count = "SELECT '{0}', count(*) FROM (SELECT 1 FROM {0} LIMIT %s) AS one"
    tables = tables_of_a_district()
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(count.format(one) for one in tables), [MANY_ROWS] * len(tables))
        return {name: found for name, found in cursor.fetchall() if found}


def delete_committed() -> bool:
    """Delete the rows of a district, unless there are many or a request that nobody waited for wrote meanwhile."""
    rows = filled_tables()
    if MANY_ROWS in rows.values():
        return False
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for name in rows:
                cursor.execute(f"DELETE FROM {name} WHERE {OWN.get(name, 'true')}")
    except IntegrityError:  # foreign keys are checked at the commit
        return False
    return True


def remove_committed() -> None:
    """Empty the tables of a district, the quick way if it can be; nothing is counted yet."""
    for model in (Stale, RulesChanged, CountingAnew, RateCount):
        model.objects.all().delete()
    CountedUntil.objects.update(as_of=NOTHING_COUNTED, case_id=0)
    with pgtrigger.ignore():
        is_deleted = delete_committed()
        if not is_deleted:
            with connection.cursor() as cursor:
                cursor.execute(f"TRUNCATE {', '.join(ROOTS)} CASCADE")
    TableVersion.objects.update(version=RandomUUID())  # no trigger has told the processes that keep what is gone
    if not is_deleted:
        load_standards()  # the laws that all offices share


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[office.District]:
    """The same, committed, for tests with several connections; removed after the test."""
    with django_db_blocker.unblock():
        yield office.district()
        try:
            assert_history_is_true()
        finally:
            remove_committed()


@pytest.fixture
def log(district: office.District) -> Callable[..., Case]:
    """Log a case of the first street's first community: `log(at, line=20)` (占道经营, 2 urgent hours)."""

    def log_one(at: datetime, *, line: int = 20, by: Any = None, **matter: Any) -> Case:
        standard = CaseStandard.objects.get(line=line)
        street = district.street
        told = {"description": "测试", "source": "call", "community": street.communities[0], **matter}
        event = log_case(
            subdistrict=street.subdistrict,
            matter=Matter(category=standard.category, **told),
            standard=standard,
            by=by or street.clerk,
            at=at,
        )
        return Case.objects.get(pk=event.case_id)

    return log_one


@pytest.fixture
def act() -> Callable[..., CaseEvent]:
    """Perform an action: `act("receive", case, by=officer, at=moment, note="...")`."""

    def act_once(name: str, case: Case, **given: Any) -> CaseEvent:
        event = perform(name, number=case.number, **given)
        case.refresh_from_db()
        return event

    return act_once


@pytest.fixture
def kinds() -> Callable[[Case], list[str]]:
    """The kinds of a case's events, in order."""
    return lambda case: list(CaseEvent.objects.filter(case=case).order_by("seq").values_list("kind", flat=True))
