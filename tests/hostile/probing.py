"""Requests that leave no trace unless they are refused, and what must hold for their answers."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.test import Client

from tests.hostile.values import quoted

Typed = Mapping[str, bytes | list[bytes]]
URLENCODED = "application/x-www-form-urlencoded"
OPEN311 = ("text/xml; charset=utf-8", "application/json; charset=utf-8")
PASSING = frozenset(
    {"sessions_session", "axes_accessattempt", "axes_accessfailurelog", "axes_accesslog", "people_ratecount"}
)


def encoded(typed: Typed) -> bytes:
    """A form body; a list is a repeated key."""
    pairs = [(name, raw) for name, raws in typed.items() for raw in (raws if isinstance(raws, list) else [raws])]
    return "&".join(f"{quoted(name.encode())}={quoted(raw)}" for name, raw in pairs).encode()


def rows() -> dict[str, tuple[int, int]]:
    """Of each table the number of rows and the sum of the transactions that wrote them: any write shows."""
    kept = set(connection.introspection.table_names())
    tables = sorted({model._meta.db_table for model in apps.get_models()} & kept - PASSING)
    parts = [f"SELECT '{name}', count(*), coalesce(sum(xmin::text::bigint), 0) FROM \"{name}\"" for name in tables]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return {name: (count, int(written)) for name, count, written in cursor.fetchall()}


@contextmanager
def nothing_written(what: str) -> Iterator[None]:
    """What happens inside leaves every table as it was."""
    before = rows()
    yield
    after = rows()
    assert {name: after[name] for name in after if after[name] != before[name]} == {}, what


def sent(request: Callable[[], Any]) -> Any:
    """The answer to a request; what was done is undone, what was refused stays as it is."""
    with transaction.atomic():
        answer = request()
        if answer.status_code < 400 or answer.status_code >= 500:
            transaction.set_rollback(True)
    return answer


def browser(user: Any = None) -> Client:
    """A browser in which this person is logged in; an error of ours is an answer 500."""
    web = Client(raise_request_exception=False)
    if user is not None:
        web.force_login(user)
    return web


def fault(answer: Any) -> str:
    """What is wrong with an answer; empty when it is one that a person or program can use."""
    status = answer.status_code
    if status >= 500:
        return f"{status}: {answer.exc_info[1]!r:.200}" if getattr(answer, "exc_info", None) else str(status)
    if status < 400 or (status == 405 and answer["Allow"]):
        return ""
    kind = answer.get("Content-Type", "")
    if kind == "application/problem+json":
        body = json.loads(answer.content)
        return "" if body["status"] == status and body["detail"] else f"{status}: a problem without a sentence"
    if kind in OPEN311:
        return "" if b"description" in answer.content else f"{status}: errors without a sentence"
    if not kind.startswith(("text/html", "text/plain")):
        return f"{status}: {kind}"
    return "" if len(answer.content.strip()) > 10 else f"{status}: no sentence"
