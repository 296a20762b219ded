"""Does settling cost what is due, or what exists? The same number of due cases among few and among many."""

import statistics
import time
from datetime import datetime
from typing import Any

from benchmarks.databases import Databases, enter, seed
from benchmarks.settle import AT
from citymgmt.worktime import sweep

ROUNDS = 5
SIDES = {"among_few": "bench_few", "among_many": "bench_many"}  # their databases


def measure(databases: Databases, count: int) -> dict[str, Any]:
    """Median seconds to settle count/100 due cases among count/10 and among count x 10 cases, and their ratio.

    The rounds of both sides take turns, so that other load on the machine meets both.
    """
    due = max(count // 100, 10)
    sizes = {"among_few": count // 10, "among_many": count * 10}
    seeded = {side: _lay_out(databases, SIDES[side], sizes[side] - ROUNDS * due) for side in SIDES}
    rounds: dict[str, list[float]] = {side: [] for side in SIDES}
    for _number in range(ROUNDS):
        for side, name in SIDES.items():
            rounds[side].append(_one_round(databases, name, due))
    for name in SIDES.values():
        databases.drop(name)
    medians = {side: statistics.median(rounds[side]) for side in SIDES}
    sides = {
        side: {
            "cases": sizes[side],
            "seconds": round(medians[side], 3),
            "rounds": [round(seconds, 3) for seconds in rounds[side]],
            "seed_seconds": round(seeded[side], 1),
        }
        for side in SIDES
    }
    return {"due": due, **sides, "ratio": round(medians["among_many"] / medians["among_few"], 2)}


def _lay_out(databases: Databases, name: str, cases: int) -> float:
    """A database with so many cases, none of them due; the seconds that took."""
    databases.make(name)
    enter(name)
    start = time.perf_counter()
    seed(cases=max(cases, 20), at=AT)
    return time.perf_counter() - start


def _one_round(databases: Databases, name: str, due: int) -> float:
    """Let new cases fall due there, and settle them."""
    enter(name)
    seed(cases=due, due=due, at=AT)
    databases.settle_down()
    start = time.perf_counter()
    settled = sweep.run(datetime.fromisoformat(AT))["cases"]
    seconds = time.perf_counter() - start
    assert settled == due, f"{settled} of {due} cases were settled"
    return seconds
