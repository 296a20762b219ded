"""Many rows changed in few statements: UPDATE ... FROM unnest(...), grouped by the columns that change."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import connection, models
from psycopg2 import sql

Changed = tuple[models.Model, set[str]]


def update_rows(changed: Iterable[Changed]) -> None:
    """Write the named columns of each row. Rows must have a pk and be locked by the caller."""
    groups: dict[tuple[type[models.Model], tuple[str, ...]], list[models.Model]] = defaultdict(list)
    for row, changed_names in changed:
        groups[type(row), tuple(sorted(changed_names))].append(row)
    with connection.cursor() as cursor:
        for (model, names), rows in groups.items():
            rows.sort(key=lambda row: row.pk)
            cursor.execute(_statement(model, names), _columns(model, names, rows))


def _fields(model: type[models.Model], names: Iterable[str]) -> list[Any]:
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    return [model._meta.pk, *(by_name[name] for name in names)]


def _statement(model: type[models.Model], names: tuple[str, ...]) -> sql.Composed:
    fields = _fields(model, names)
    columns = [sql.Identifier(field.column) for field in fields]
    arrays = [sql.SQL("%s::" + _type(field) + "[]") for field in fields]
    settings = [sql.SQL("{0} = given.{0}").format(column) for column in columns[1:]]
    return sql.SQL(
        "UPDATE {table} AS kept SET {settings} FROM unnest({arrays}) AS given({columns}) WHERE kept.id = given.id"
    ).format(
        table=sql.Identifier(model._meta.db_table),
        settings=sql.SQL(", ").join(settings),
        arrays=sql.SQL(", ").join(arrays),
        columns=sql.SQL(", ").join(columns),
    )


def _type(field: Any) -> str:
    """The column's type without its length."""
    return str(field.db_type(connection)).split("(")[0]


def _columns(model: type[models.Model], names: tuple[str, ...], rows: list[models.Model]) -> list[list[Any]]:
    return [
        [field.get_db_prep_save(getattr(row, field.attname), connection) for row in rows]
        for field in _fields(model, names)
    ]
