"""Values travel to PostgreSQL in array literals and arrive as they were."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from cases.models import Case
from citymgmt.bulk import array_literal


@pytest.mark.parametrize(
    ("column_type", "values"),
    [
        ("text", ["", "NULL", 'say "no"', "back\\slash", "{a,b}", " 空 ", "line\nfeed", None]),
        ("bigint", [0, -1, 2**62, None]),
        ("boolean", [True, False, None]),
        ("timestamptz", [datetime(2026, 3, 4, 1, 2, 3, 456789, tzinfo=UTC), None]),
        ("interval", [timedelta(days=-1, microseconds=1), timedelta(hours=30), timedelta(), None]),
        ("numeric", [Decimal("113.3000001"), None]),
        ("text", [Case.Source.CALL, Case.Source.PATROL]),
    ],
)
def test_values_arrive_as_they_were(db, column_type, values):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT given FROM unnest(%s::{column_type}[]) AS given", [array_literal(values)])
        assert [value for (value,) in cursor.fetchall()] == values


def test_json_arrives_as_it_was(db):
    values = [{"名": 'a"b\\c', "at": None, "n": [1, {"x": True}]}, {}]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_jsonb(given) = %s::jsonb FROM unnest(%s::jsonb[]) AS given LIMIT 1",
            ['{"名": "a\\"b\\\\c", "at": null, "n": [1, {"x": true}]}', array_literal(values, as_json=True)],
        )
        assert cursor.fetchone() == (True,)
