"""How long each daily page and endpoint takes over HTTP with many cases, beside the SQL that it stands on.

gunicorn with two workers as `make run` starts it; one client on a kept connection; every request is timed, after
some that are not; then eight clients at once, as fast as they are answered. "SQL" is the same statements with the
same values, sent by psycopg2 alone: for an action they are captured in a transaction that is rolled back, so that the
commit is not in it.
"""

import re
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import connection, transaction
from django.test import Client

from benchmarks.crowd import CLIENTS, memory_of, per_second
from benchmarks.databases import Databases, enter, leave, seed
from benchmarks.shares import shares_of
from benchmarks.web import BACKEND, Answer, Browser, portal_over, request_key
from cases.models import Case, CaseStandard
from cases.statistics.periods import last_month
from citymgmt.people.models import User
from citymgmt.worktime.clock import SHANGHAI

DATABASE, TENTH = "bench_pages", "bench_pages_tenth"
NEXT = re.compile(r'rel="next" href="[^"]*cursor=([\w-]+)')
WARM, ROUNDS, PAGES_ON, CROWD_ROUNDS, CROWDS = 20, 100, 99, 40, 3
CLERK, OFFICER, LIAISON, LEADER = "measured-clerk-1", "measured-officer-1-1", "measured-cgj", "measured-leader-1"
READS = {
    "list": (CLERK, "/cases/"),
    "list, filtered": (CLERK, "/cases/?state=handling"),
    "list, page 100": (CLERK, "/cases/?cursor={cursor}"),
    "search, two characters": (CLERK, "/cases/?q=占道"),
    "search, in vain": (CLERK, "/cases/?q=没有这样的词"),
    "case page": (CLERK, "/cases/{number}/"),
    "desk": (CLERK, "/cases/desk/"),
    "form to log": (CLERK, "/cases/new/"),
    "inbox": (CLERK, "/inbox/"),
    "mine": (OFFICER, "/cases/mine/"),
    "overdue": (CLERK, "/cases/overdue/"),
    "liaison's inbox": (LIAISON, "/cases/escalations/"),
    "dashboard": (LEADER, "/dashboard/"),
    "evaluation, a month": (LEADER, "/statistics/evaluation/?first={first}&last={last}"),
    "cases of a figure": (LEADER, "/statistics/cases/?measure=closed&first={first}&last={last}"),
    "API: list": (CLERK, "/api/v1/cases/"),
    "API: case": (CLERK, "/api/v1/cases/{number}/"),
}


def measure(databases: Databases, count: int, explain_directory: Path) -> dict[str, Any]:
    """Milliseconds of each page at `count` cases; plans of what they ask go into `explain_directory`."""
    for name, size in ((TENTH, count // 10), (DATABASE, count)):
        databases.make(name)
        enter(name)
        start = time.perf_counter()
        seed(cases=size)
        seconds = round(time.perf_counter() - start, 1)
        databases.settle_down()
    explain_directory.mkdir(parents=True, exist_ok=True)
    with portal_over(DATABASE) as (port, pid):
        results = dict(_all(port, explain_directory))
        crowd = dict(_crowd(port))
        memory = [asdict(one) for one in memory_of(pid)]
    return {"cases": count, "seed_seconds": seconds, "pages": results, "crowd": crowd, "memory_mb": memory}


def _crowd(port: int) -> Iterator[tuple[str, float]]:
    """Requests a second by eight people at once; those who act have cases of their own."""
    told = told_to(port)
    for name in ("list", "case page"):
        username, address = READS[name]
        yield name, _typical(partial(_looking_at, username, address.format(**told)), port)
    yield "create", _typical(lambda port, _client: _acting(_Logging(port)), port)
    yield "action", _typical(lambda port, client: _acting(_Receiving(port, f"measured-officer-1-{2 + client}")), port)


def _typical(client: Callable[[int, int], list[Callable[[], object]]], port: int) -> float:
    """The median of some rounds, each of eight clients with requests of their own."""
    return statistics.median(
        per_second([client(port, number) for number in range(CLIENTS)]) for _round in range(CROWDS)
    )


def _looking_at(username: str, path: str, port: int, _client: int) -> list[Callable[[], object]]:
    browser = Browser(port, username)
    return [lambda: _must(browser.get(path))] * CROWD_ROUNDS


def _acting(act: Any) -> list[Callable[[], object]]:
    """Acts on what is opened before, so that the acts alone are counted; fewer where there is less to act on."""
    count = min(CROWD_ROUNDS, len(getattr(act, "waiting", range(10**6))))
    prepared = [act.prepared() for _round in range(count)]
    return [lambda one=one: _must(act.browser.post(*one)) for one in prepared]  # type: ignore[misc]


def _must(answer: Answer) -> None:
    assert answer.status in (HTTPStatus.OK, HTTPStatus.FOUND), answer.status


def _all(port: int, explain_directory: Path) -> Iterator[tuple[str, Any]]:
    told = told_to(port)
    for name, (username, address) in READS.items():
        yield name, _read(port, username, address.format(**told), explain_directory / f"{_slug(name)}.txt")
    yield "create", _written(_Logging(port), explain_directory / "create.txt")
    yield "action", _written(_Receiving(port), explain_directory / "action.txt")
    leave()


def told_to(port: int) -> dict[str, str]:
    """What the addresses of READS name: a case, a place in the list, and the last full month of the cases."""
    newest = Case.objects.order_by("-created_at")[0].created_at.astimezone(SHANGHAI)
    month = last_month(newest.date())
    return {
        "number": _some_number(),
        "cursor": _cursor_of_page_100(Browser(port, CLERK)),
        "first": month.first.isoformat(),
        "last": month.last.isoformat(),
    }


def _some_number() -> str:
    newest = Case.objects.filter(subdistrict__code__endswith="001").order_by("-created_at", "-id")
    return str(newest.values_list("number", flat=True)[5])


def _cursor_of_page_100(browser: Browser) -> str:
    """The cursor of page 100, as who turns the pages comes to it; of the last page when there are fewer."""
    cursor = ""
    for _page in range(PAGES_ON):
        following = NEXT.search(browser.get(f"/cases/?cursor={cursor}").text)
        if following is None:
            break
        cursor = following[1]
    return cursor


def _slug(name: str) -> str:
    return name.replace(", ", "-").replace(": ", "-").replace("'", "").replace(" ", "-")


def _read(port: int, username: str, address: str, plans: Path) -> dict[str, Any]:
    browser = Browser(port, username)
    answers = [browser.get(address) for _round in range(WARM + ROUNDS)]
    client = _client(username)
    client.get(address)
    with _captured() as statements:
        client.get(address)
    _explain(statements, plans)
    return {**_figures(answers[WARM:], statements), "shares": shares_of(lambda: client.get(address))}


class _Logging:
    """Log a case with its filing condition, which files and dispatches it, by the form of the page."""

    def __init__(self, port: int) -> None:
        self.username, self.browser = CLERK, Browser(port, CLERK) if port else None
        standard = CaseStandard.objects.order_by("line")[0]
        community = User.objects.get(username=CLERK).subdistrict.communities.order_by("code")[0]  # type: ignore[union-attr]
        self.fields = {"matter": f"s{standard.pk}", "community": community.pk, "source": "call"}
        self.path = "/cases/new/"

    def prepared(self) -> tuple[str, dict[str, object]]:
        """Where to send what; the page is opened before, and not timed."""
        assert self.browser is not None
        key = request_key(self.browser.get(self.path).text)
        return self.path, {**self.fields, "description": "占道经营", "request_key": key}


class _Receiving:
    """Press "Receive" on the page of a dispatched case, as its officer."""

    def __init__(self, port: int, officer: str = OFFICER) -> None:
        self.username, self.browser = officer, Browser(port, officer)
        waiting = Case.objects.filter(officer__username=officer, state="dispatched").order_by("-created_at", "-id")
        self.waiting = list(waiting.values_list("number", "version")[: WARM + ROUNDS + 2])

    def prepared(self) -> tuple[str, dict[str, object]]:
        """The button of the next case."""
        number, version = self.waiting.pop()
        self.browser.get(f"/cases/{number}/")
        return f"/cases/{number}/do/receive/", {"request_key": str(uuid4()), "version": version}


def _written(act: Any, plans: Path) -> dict[str, Any]:
    count = min(WARM + ROUNDS, len(getattr(act, "waiting", range(10**6))) - 1)
    answers = [act.browser.post(*act.prepared()) for _round in range(count)]
    client, (path, fields) = _client(act.username), act.prepared()
    with _captured() as statements, transaction.atomic():
        client.post(path, fields)
        transaction.set_rollback(True)
    del plans  # statements that write have no plan worth keeping
    return _figures(answers[min(WARM, count // 2) :], statements)


def _figures(answers: list[Answer], statements: list[str]) -> dict[str, Any]:
    times = sorted(answer.milliseconds for answer in answers)
    return {
        "status": max(answer.status for answer in answers),
        "ms": round(statistics.median(times), 1),
        "p95_ms": round(times[int(len(times) * 0.95)], 1),
        "queries": len(statements),
        "sql_ms": round(_sql_milliseconds(statements), 1),
    }


@contextmanager
def _captured() -> Iterator[list[str]]:
    """The statements of a block as the server gets them."""
    statements: list[str] = []

    def keep(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        answer = execute(sql, params, many, context)
        statements.append(context["cursor"].cursor.query.decode())
        return answer

    with connection.execute_wrapper(keep):
        yield statements


def _sql_milliseconds(statements: list[str]) -> float:
    """The median of some rounds of these statements by psycopg2 alone, rolled back."""
    connection.ensure_connection()
    times = []
    for _round in range(WARM):
        with connection.connection.cursor() as cursor:
            start = time.perf_counter()
            cursor.execute("BEGIN")
            for statement in statements:
                cursor.execute(statement)
                if cursor.description is not None:
                    cursor.fetchall()
            times.append((time.perf_counter() - start) * 1000)
            cursor.execute("ROLLBACK")
    return statistics.median(times)


def _client(username: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(username=username), backend=BACKEND)
    return client


def _explain(statements: list[str], path: Path) -> None:
    plans = []
    for statement in statements:
        text = statement.rpartition("true); ")[2]  # without what pghistory tells the database first
        if text.startswith(("SELECT", "(SELECT")) and ("cases_" in text or "statistics_" in text):
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN (ANALYZE, BUFFERS) " + text.replace("%", "%%"), [])
                plans.append(f"{text}\n\n" + "\n".join(line for (line,) in cursor.fetchall()))
    path.write_text(("\n\n" + "-" * 100 + "\n\n").join(plans) + "\n", "utf-8")
