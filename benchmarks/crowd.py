"""Eight clients at once: how many requests a second the portal answers, and how large its processes become."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

CLIENTS = 8


def per_second(clients: Sequence[Sequence[Callable[[], object]]]) -> float:
    """Requests a second while each client makes its requests one after the other, as fast as they are answered."""
    start = time.perf_counter()
    with ThreadPoolExecutor(len(clients)) as pool:
        list(pool.map(lambda requests: [request() for request in requests], clients))
    return round(sum(map(len, clients)) / (time.perf_counter() - start), 1)


def megabytes(pid: int) -> list[int]:
    """The resident memory of a process and of its children, in MB, the largest first; empty where /proc is missing."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    pids = [pid, *map(int, children.read_text("ascii").split())] if children.is_file() else []
    return sorted((_resident(one) for one in pids), reverse=True)


def _resident(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS"))
