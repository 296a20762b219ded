"""How long the main pages take with many cases, through Django's test client, and how their queries are planned."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.databases import Databases, enter, seed
from cases.models import Case
from citymgmt.people.models import User
from citymgmt.worktime.actions import database_now

DATABASE = "bench_pages"
ROUNDS = 7
CLERK, OFFICER = "measured-clerk-1", "measured-officer-1-1"
READS = {
    "desk": (CLERK, "/cases/desk/"),
    "mine": (OFFICER, "/cases/mine/"),
    "list": (CLERK, "/cases/"),
    "list, filtered": (CLERK, "/cases/?state=handling"),
    "list, searched": (CLERK, "/cases/?q=中山路"),
    "list, searched in vain": (CLERK, "/cases/?q=没有这样的词"),
    "overdue": (CLERK, "/cases/overdue/"),
    "escalations": ("measured-cgj", "/cases/escalations/"),
    "detail": (CLERK, "/cases/{number}/"),
    "form to log": (CLERK, "/cases/new/"),
}
EXPLAINED = ("desk", "mine", "list", "list, filtered", "list, searched", "list, searched in vain", "overdue")


def measure(databases: Databases, count: int, explain_directory: Path) -> dict[str, Any]:
    """Median milliseconds of each page at `count` cases; plans of the lists go into `explain_directory`."""
    databases.make(DATABASE)
    enter(DATABASE)
    seed(cases=count)
    databases.settle_down()
    explain_directory.mkdir(parents=True, exist_ok=True)
    results = {name: _read(name, *READS[name], explain_directory) for name in READS}
    results |= {name: _written(act) for name, act in ACTS.items()}
    databases.drop(DATABASE)
    return {"cases": count, "pages": results}


def _client(username: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(username=username), backend="citymgmt.people.log_in.PortalBackend")
    return client


def _read(name: str, username: str, address: str, explain_directory: Path) -> dict[str, Any]:
    client = _client(username)
    number = Case.objects.filter(subdistrict__code__endswith="001").order_by("-id").values_list("number", flat=True)[0]
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address.format(number=number))  # also fills the template cache
    queries = len(captured)
    if name in EXPLAINED:
        _explain(captured, explain_directory / f"{name.replace(', ', '-').replace(' ', '-')}.txt")
    timings = [_seconds(lambda: client.get(address.format(number=number))) for _round in range(ROUNDS)]
    return {"status": response.status_code, "ms": _milliseconds(timings), "queries": queries}


def _written(act: Callable[[], int]) -> dict[str, Any]:
    act()
    statuses: list[int] = []
    timings = [_seconds(lambda: statuses.append(act())) for _round in range(ROUNDS)]
    return {"status": max(statuses), "ms": _milliseconds(timings)}


def _create() -> int:
    """Log a case with its filing condition, which files and dispatches it."""
    from cases.actions import Matter, log_case
    from cases.models import CaseStandard

    clerk = User.objects.select_related("subdistrict").get(username=CLERK)
    assert clerk.subdistrict is not None
    standard = CaseStandard.objects.select_related("category").order_by("line")[0]
    matter = Matter(
        description="占道经营",
        source=Case.Source.CALL,
        category=standard.category,
        community=clerk.subdistrict.communities.order_by("code")[0],
    )
    log_case(subdistrict=clerk.subdistrict, matter=matter, standard=standard, by=clerk, at=database_now())
    return 200


def _receive() -> int:
    """Press "Receive" on the page of a dispatched case, as its officer."""
    officer = User.objects.get(username=OFFICER)
    _create()
    case = Case.objects.filter(officer=officer, state="dispatched").order_by("-id")[0]
    fields = {"request_key": str(uuid4()), "version": case.version}
    return _client(OFFICER).post(f"/cases/{case.number}/do/receive/", fields).status_code


ACTS = {"create (action)": _create, "create and receive (action, log-in and page)": _receive}


def _seconds(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _milliseconds(timings: list[float]) -> float:
    return round(statistics.median(timings) * 1000, 1)


def _explain(captured: CaptureQueriesContext, path: Path) -> None:
    plans = []
    for query in captured.captured_queries:
        text = query["sql"]
        if text.startswith("SELECT") and "cases_" in text:
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN (ANALYZE, BUFFERS) " + text.replace("%", "%%"), [])
                plans.append(f"{text}\n\n" + "\n".join(line for (line,) in cursor.fetchall()))
    path.write_text(("\n\n" + "-" * 100 + "\n\n").join(plans) + "\n", "utf-8")
