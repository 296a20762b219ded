"""What a killed supervisor left behind: server processes of our data directory, and stale files.

A pid in a file proves nothing, for it may have been given to another program since. A process counts
only if it is a `postgres` whose working directory is our data directory.
"""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path


def is_server_process(pid: int, data_dir: Path) -> bool:
    """This process is a live PostgreSQL process of this data directory (a zombie is not)."""
    try:
        program = os.readlink(f"/proc/{pid}/exe").removesuffix(" (deleted)")
        return Path(program).name == "postgres" and os.path.samefile(f"/proc/{pid}/cwd", data_dir)
    except OSError:
        return False


def server_processes(data_dir: Path) -> list[int]:
    """The pids of all PostgreSQL processes of this data directory."""
    pids = [int(name) for name in os.listdir("/proc") if name.isdigit()]
    return [pid for pid in pids if is_server_process(pid, data_dir)]


def recorded_postmaster(data_dir: Path) -> int | None:
    """The pid in postmaster.pid; None without a readable one."""
    try:
        return abs(int((data_dir / "postmaster.pid").read_text("ascii").split()[0]))
    except (OSError, ValueError, IndexError):
        return None


def wait_until_gone(data_dir: Path, timeout_seconds: float) -> list[int]:
    """Wait for the server's processes to end; the pids still there."""
    deadline = time.monotonic() + timeout_seconds
    remaining = server_processes(data_dir)
    while remaining and time.monotonic() < deadline:
        time.sleep(0.05)
        remaining = server_processes(data_dir)
    return remaining


def stop_leftover_server(data_dir: Path, grace_seconds: float = 20.0) -> bool:
    """Stop a server of this data directory that nobody watches: fast shutdown, then by force.

    True if there was one. Its data are safe either way: PostgreSQL recovers from its log.
    """
    remaining = server_processes(data_dir)
    if not remaining:
        return False
    postmaster = recorded_postmaster(data_dir)
    if postmaster in remaining:
        os.kill(postmaster, signal.SIGINT)
    for pid in wait_until_gone(data_dir, grace_seconds):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    wait_until_gone(data_dir, 5.0)
    return True


def pid_exists(pid: int) -> bool:
    """Some process has this pid."""
    return Path(f"/proc/{pid}").exists()


def remove_stale_files(data_dir: Path, socket_dir: Path) -> None:
    """Remove pid and socket files that would hinder a start; call it only when no server runs.

    A pid file whose pid is free stays: PostgreSQL reads in it which shared memory to look after.
    """
    postmaster = recorded_postmaster(data_dir)
    if postmaster is not None and pid_exists(postmaster):
        (data_dir / "postmaster.pid").unlink()
    for leftover in socket_dir.glob(".s.PGSQL.*"):
        leftover.unlink(missing_ok=True)
