"""What watching costs a request: id, line of the log (JSON, to /dev/null), counts, timing of 8 queries. Budget 0.3 ms.

Run: .venv/bin/python -m citymgmt.embedded.temporary -- .venv/bin/python benchmarks/watching.py
"""

import os
import statistics
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "citymgmt.settings")
os.environ["LOG_FORMAT"] = "json"
sys.stderr = Path("/dev/null").open("w")  # noqa: SIM115  (where the handler writes)

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.test import RequestFactory  # noqa: E402
from django.urls import resolve  # noqa: E402

from citymgmt.watching import watched  # noqa: E402

ROUNDS, EACH, QUERIES = 15, 400, 8


def answer(request: HttpRequest) -> HttpResponse:
    """A view that asks some queries which the database need not see."""
    request.resolver_match = resolve("/login/")
    for _turn in range(QUERIES):
        execute: Any = _nothing
        for wrapper in connection.execute_wrappers:
            execute = _wrapped(wrapper, execute)
        execute("SELECT 1", None, False, {})
    return HttpResponse("x")


def _nothing(*given: object) -> None:
    return None


def _wrapped(wrapper: Any, execute: Any) -> Any:
    return lambda *given: wrapper(execute, *given)


def ms_each(view: Any) -> float:
    """Milliseconds of this thread (other load does not count) for one request, over EACH requests."""
    requests = [RequestFactory().get("/login/") for _turn in range(EACH)]
    began = time.thread_time()
    for request in requests:
        view(request)
    return (time.thread_time() - began) * 1000 / EACH


def main() -> None:
    """Print the medians with and without, and their difference."""
    observed = watched(answer)
    ms_each(answer), ms_each(observed)
    pairs = [(ms_each(answer), ms_each(observed)) for _round in range(ROUNDS)]
    bare, whole = (statistics.median(column) for column in zip(*pairs, strict=True))
    extra = [after - before for before, after in pairs]
    print(
        f"bare {bare:.3f} ms, watched {whole:.3f} ms: {statistics.median(extra):.3f} ms more (least {min(extra):.3f})"
    )


if __name__ == "__main__":
    main()
