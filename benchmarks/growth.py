"""Does settling cost what is due, or what exists? The same numbers of due cases among few and among many.

Ten, a thousand, none; among the many also as many as `settle` measures alone.
"""

import statistics
import time
from datetime import datetime
from typing import Any

from benchmarks.databases import Databases, enter, seed
from benchmarks.settle import AT, SOME, settle_some, warm_up
from citymgmt.worktime import sweep

ROUNDS = 5
SIDES = {"few": "bench_few", "many": "bench_many"}  # their databases


def measure(databases: Databases, count: int) -> dict[str, Any]:
    """Median seconds to settle 0, count/10,000 and count/100 due cases among count/10 and among count x 10, and to
    settle `count` once among the many.

    The rounds of both sides take turns, so that other load on the machine meets both.
    """
    dues = (0, max(count // 10_000, 2), max(count // 100, 10))
    sizes = {"few": count // 10, "many": count * 10}
    seeded = {
        side: _lay_out(databases, SIDES[side], sizes[side] - ROUNDS * sum(due + SOME for due in dues)) for side in SIDES
    }
    warm_up(databases)
    rows = [{"due": due, **_medians(databases, due)} for due in dues]
    rows.append({"due": count, "many": _one_round(databases, SIDES["many"], count)})
    for name in SIDES.values():
        databases.drop(name)
    return {"sizes": sizes, "seed_seconds": seeded, "rows": rows}


def _lay_out(databases: Databases, name: str, cases: int) -> float:
    """A database with so many cases, none of them due; the seconds that took."""
    databases.make(name)
    enter(name)
    start = time.perf_counter()
    seed(cases=max(cases, 20), at=AT)
    return round(time.perf_counter() - start, 1)


def _medians(databases: Databases, due: int) -> dict[str, float]:
    """Median seconds among few and among many."""
    rounds: dict[str, list[float]] = {side: [] for side in SIDES}
    for _number in range(ROUNDS):
        for side, name in SIDES.items():
            rounds[side].append(_one_round(databases, name, due))
    return {side: statistics.median(seconds) for side, seconds in rounds.items()}


def _one_round(databases: Databases, name: str, due: int) -> float:
    """Let new cases fall due there, and settle them; seconds, of processes that have settled some there before."""
    enter(name)
    settle_some()
    if due:
        seed(cases=due, due=due, at=AT)
        databases.settle_down()
    start = time.perf_counter()
    settled = sweep.run(datetime.fromisoformat(AT))["cases"]
    seconds = time.perf_counter() - start
    assert settled == due, f"{settled} of {due} cases were settled"
    return round(seconds, 5)
