"""Many rows written in one statement: INSERT and UPDATE ... FROM unnest(...).

Each column travels as one array literal, so that neither Django nor PostgreSQL's parser touches single values.
Only code that may write rows at all may use this: actions, histories, the outbox.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from operator import attrgetter
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from psycopg2 import sql

Changed = tuple[models.Model, set[str]]


def insert_models(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model and give them their ids, unless all have one. Raises IntegrityError; then nothing
    is written.
    """
    if not rows:
        return
    model = type(rows[0])
    has_ids = rows[0].pk is not None
    fields = [field for field in model._meta.concrete_fields if has_ids or not field.primary_key]
    values = list(map(attrgetter(*(field.attname for field in fields)), rows))
    statement = _insert_statement(model, tuple(field.attname for field in fields)) + " RETURNING id"
    with connection.cursor() as cursor:
        cursor.execute(statement, _columns(fields, values))
        ids = sorted(pk for (pk,) in cursor.fetchall())  # given out in the order of the rows
    for row, pk in zip(rows, [row.pk for row in rows] if has_ids else ids, strict=True):
        row.pk = pk
        row._state.adding = False


def insert_new(model: type[models.Model], names: Sequence[str], values: Sequence[Sequence[Any]]) -> None:
    """Insert rows given as values of the named columns; those that exist already stay as they are."""
    if not values:
        return
    fields = _fields(model, names)
    with connection.cursor() as cursor:
        statement = _insert_statement(model, tuple(names)) + " ON CONFLICT DO NOTHING"
        cursor.execute(statement, _columns(fields, values))


def update_models(changed: Iterable[Changed]) -> None:
    """Write the named columns of each row. Rows must have a pk and be locked by the caller."""
    groups: dict[tuple[type[models.Model], tuple[str, ...]], list[models.Model]] = defaultdict(list)
    for row, changed_names in changed:
        groups[type(row), tuple(sorted(changed_names))].append(row)
    with connection.cursor() as cursor:
        for (model, names), rows in groups.items():
            fields = _fields(model, ("id", *names))
            values = map(attrgetter("pk", *names), sorted(rows, key=attrgetter("pk")))
            cursor.execute(_update_statement(model, ("id", *names)), _columns(fields, values))


def _fields(model: type[models.Model], names: Iterable[str]) -> list[Any]:
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    return [by_name[name] for name in names]


@cache
def _insert_statement(model: type[models.Model], names: Sequence[str]) -> str:
    fields = _fields(model, names)
    statement = sql.SQL(
        "INSERT INTO {table} ({columns}) SELECT {columns} FROM unnest({arrays}) WITH ORDINALITY"
        " AS given({columns}, given_position) ORDER BY given_position"
    ).format(table=sql.Identifier(model._meta.db_table), columns=_names(fields), arrays=_arrays(fields))
    return _text(statement)


@cache
def _update_statement(model: type[models.Model], names: Sequence[str]) -> str:
    fields = _fields(model, names)
    settings = [sql.SQL("{0} = given.{0}").format(sql.Identifier(field.column)) for field in fields[1:]]
    statement = sql.SQL(
        "UPDATE {table} AS kept SET {settings} FROM unnest({arrays}) AS given({columns}) WHERE kept.id = given.id"
    ).format(
        table=sql.Identifier(model._meta.db_table),
        settings=sql.SQL(", ").join(settings),
        arrays=_arrays(fields),
        columns=_names(fields),
    )
    return _text(statement)


def _text(statement: sql.Composed) -> str:
    """A statement as text; the names of tables and columns need a connection to be quoted, but no particular one."""
    with connection.cursor() as cursor:
        return statement.as_string(cursor.cursor)


def _names(fields: Iterable[Any]) -> sql.Composed:
    return sql.SQL(", ").join([sql.Identifier(field.column) for field in fields])


def _arrays(fields: Iterable[Any]) -> sql.Composed:
    """A place for each column's array, of the column's type without its length."""
    types = [str(field.db_type(connection)).split("(")[0] for field in fields]
    return sql.SQL(", ").join([sql.SQL("%s::" + name + "[]") for name in types])


def _columns(fields: Sequence[Any], rows: Iterable[Sequence[Any]]) -> list[str]:
    return [
        array_literal(column, as_json=isinstance(field, models.JSONField))
        for field, column in zip(fields, zip(*rows, strict=True), strict=True)
    ]


def array_literal(values: Sequence[Any], *, as_json: bool = False) -> str:
    """The values as the text of a PostgreSQL array; what several rows share is written once."""
    write, written = _json_literal if as_json else _literal, dict[int, str]()

    def write_first(value: Any) -> str:
        text = written[id(value)] = write(value)
        return text

    return "{" + ",".join([written.get(id(value)) or write_first(value) for value in values]) + "}"


def _literal(value: Any) -> str:
    return _WRITERS.get(type(value), _other)(value)


def _json_literal(value: Any) -> str:
    return _quoted(_json(value))


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=DjangoJSONEncoder().default).encode


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _interval(value: timedelta) -> str:
    return f'"{value.days} days {value.seconds}.{value.microseconds:06d} seconds"'


def _other(value: Any) -> str:
    return _quoted(str(value))  # choices, decimals, dates


_WRITERS: Mapping[type, Callable[[Any], str]] = {
    type(None): lambda _value: "NULL",
    str: _quoted,
    int: str,
    bool: lambda value: "t" if value else "f",
    datetime: lambda value: f'"{value.isoformat()}"',
    timedelta: _interval,
}


def next_id(model: type[models.Model]) -> int:
    """The next id of a model's rows, for one that is inserted later."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [model._meta.db_table])
        return int(cursor.fetchone()[0])
