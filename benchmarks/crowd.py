"""Eight clients at once: how many requests a second the portal answers, and how large its processes become."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, dataclass
from pathlib import Path

CLIENTS = 8


def per_second(clients: Sequence[Sequence[Callable[[], object]]]) -> float:
    """Requests a second while each client makes its requests one after the other, as fast as they are answered."""
    start = time.perf_counter()
    with ThreadPoolExecutor(len(clients)) as pool:
        list(pool.map(lambda requests: [request() for request in requests], clients))
    return round(sum(map(len, clients)) / (time.perf_counter() - start), 1)


@dataclass(frozen=True)
class Memory:
    """What a process takes, in MB: `own` with its share of the pages that several processes share, `resident` with all
    of those.
    """

    own: int
    resident: int


def memory_of(pid: int) -> list[Memory]:
    """Of a process and of its children, the largest first; empty where /proc is missing."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    pids = [pid, *map(int, children.read_text("ascii").split())] if children.is_file() else []
    return sorted((_memory(one) for one in pids), key=astuple, reverse=True)


def _memory(pid: int) -> Memory:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text("utf-8").splitlines()[1:]
    kilobytes = {line.partition(":")[0]: int(line.split()[1]) for line in lines}
    return Memory(kilobytes["Pss"] // 1024, kilobytes["Rss"] // 1024)
