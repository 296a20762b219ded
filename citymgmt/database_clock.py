"""The one clock that all hosts share: PostgreSQL's. Only edges read it; whatever lies below them is told the moment."""

from datetime import datetime

from django.db import connection


def database_now() -> datetime:
    """The moment by PostgreSQL's clock, which goes on within a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]
