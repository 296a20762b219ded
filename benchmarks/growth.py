"""Does settling cost what is due, or what exists? The same number of due cases among few and among many."""

import statistics
import time
from datetime import datetime
from typing import Any

from benchmarks.databases import Databases, enter, seed
from benchmarks.settle import AT
from citymgmt.worktime import sweep

ROUNDS = 3
DATABASE = "bench_growth"


def measure(databases: Databases, count: int) -> dict[str, Any]:
    """Median seconds to settle count/100 due cases among count/10 and among count x 10 cases, and their ratio."""
    due = max(count // 100, 10)
    few, many = (_median_seconds(databases, size, due) for size in (count // 10, count * 10))
    return {
        "due": due,
        "among_few": {"cases": count // 10, **few},
        "among_many": {"cases": count * 10, **many},
        "ratio": round(many["seconds"] / few["seconds"], 2),
    }


def _median_seconds(databases: Databases, size: int, due: int) -> dict[str, Any]:
    """Lay the cases out, then settle three times as many due cases as asked for: in each round new ones."""
    databases.make(DATABASE)
    enter(DATABASE)
    start = time.perf_counter()
    seed(cases=max(size - ROUNDS * due, 20), at=AT)
    seed_seconds = time.perf_counter() - start
    rounds = [_one_round(databases, due) for _number in range(ROUNDS)]
    databases.drop(DATABASE)
    return {
        "seconds": round(statistics.median(rounds), 3),
        "rounds": [round(seconds, 3) for seconds in rounds],
        "seed_seconds": round(seed_seconds, 1),
    }


def _one_round(databases: Databases, due: int) -> float:
    seed(cases=due, due=due, at=AT)
    databases.settle_down()
    start = time.perf_counter()
    settled = sweep.run(datetime.fromisoformat(AT))["cases"]
    seconds = time.perf_counter() - start
    assert settled == due, f"{settled} of {due} cases were settled"
    return seconds
