"""Indexes: the database has each one that the models declare, and none that says again what another says."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models

from cases.models import Case, CaseNumber, Escalation, Photo, TimeRequest
from citymgmt.history import Event
from citymgmt.outbox.models import Message

# each case, each step and each message pays for the indexes of these
BUSY = [
    Case,
    CaseNumber,
    Escalation,
    Message,
    Photo,
    TimeRequest,
    *(m for m in apps.get_models() if issubclass(m, Event)),
]

REPEATED = """
    SELECT DISTINCT one.indexrelid::regclass::text FROM pg_index one JOIN pg_index other USING (indrelid)
    WHERE indrelid = %s::regclass AND one.indexrelid <> other.indexrelid AND NOT one.indisunique
      AND one.indpred IS NULL AND other.indpred IS NULL AND one.indexprs IS NULL AND other.indexprs IS NULL
      AND array_to_string(other.indkey::int2[], ' ') || ' ' LIKE array_to_string(one.indkey::int2[], ' ') || ' %%'
"""


def declared() -> Iterator[tuple[str, str]]:
    """Table and name of each index and constraint in the Meta of a model."""
    for model in apps.get_models():
        if model._meta.managed and not model._meta.proxy:
            own: list[Any] = [*model._meta.indexes, *model._meta.constraints]
            yield from ((model._meta.db_table, one.name) for one in own)


def test_the_database_has_what_the_models_declare(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE conrelid > 0")
        kept = set(cursor.fetchall())
        cursor.execute("SELECT indrelid::regclass::text, indexrelid::regclass::text FROM pg_index")
        kept.update(cursor.fetchall())
    assert set(declared()) - kept == set()


@pytest.mark.parametrize("model", BUSY, ids=lambda model: model.__name__)
def test_no_index_of_a_busy_table_says_what_another_says(db: None, model: type[models.Model]) -> None:
    """None is the beginning of another, and none is there a second time for LIKE."""
    with connection.cursor() as cursor:
        cursor.execute(REPEATED, [model._meta.db_table])
        assert cursor.fetchall() == []


def test_an_index_that_repeats_another_is_found(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX once_more ON cases_case (subdistrict_id, state)")
        cursor.execute(REPEATED, ["cases_case"])
        assert cursor.fetchall() == [("once_more",)]
