"""Does a page cost more where there is more? Each page at a tenth of the cases and at all of them, in turns.

Two portals run at once, each over its own database, and are asked alternately, so that other load on the machine,
or a change of its speed, meets both.
"""

import statistics
from collections.abc import Iterator
from typing import Any

from benchmarks.databases import Databases, enter
from benchmarks.pages import READS, told_to
from benchmarks.web import Browser, portal_over

TURNS, WARM = 60, 10


def growth_of_pages(databases: Databases, small: str, large: str) -> dict[str, dict[str, float]]:
    """Median milliseconds of each page over the small and the large database, and their ratio; both are vacuumed."""
    for name in (small, large):
        enter(name)
        databases.settle_down()
    with portal_over(small) as (small_port, _small), portal_over(large) as (large_port, _large):
        sides = ((small, small_port), (large, large_port))
        asked = [dict(_asked(name, port)) for name, port in sides]
        return {page: _compared(asked[0][page], asked[1][page]) for page in READS}


def _asked(database: str, port: int) -> Iterator[tuple[str, tuple[Browser, str]]]:
    """Who asks for which address of each page."""
    enter(database)
    told = told_to(port)
    for page, (username, address) in READS.items():
        yield page, (Browser(port, username), address.format(**told))


def _compared(small: tuple[Browser, str], large: tuple[Browser, str]) -> dict[str, Any]:
    times: tuple[list[float], list[float]] = ([], [])
    for _turn in range(WARM + TURNS):
        for (browser, address), seen in zip((small, large), times, strict=True):
            seen.append(browser.get(address).milliseconds)
    few, many = (statistics.median(seen[WARM:]) for seen in times)
    return {"small_ms": round(few, 1), "large_ms": round(many, 1), "ratio": round(many / few, 2)}
