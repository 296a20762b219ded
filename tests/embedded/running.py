"""What the tests of real processes share: looking at processes, waiting, a server in another process."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SERVER_SCRIPT = """
import sys, time
from pathlib import Path
from citymgmt.embedded.postgres import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]))
server.start()
print(server.pid, flush=True)
time.sleep(600)
"""


def clean_environment(**more: str) -> dict[str, str]:
    """Our environment without what the test run itself has set."""
    ours = ("DATABASE_URL", "VAR_DIR", "DJANGO_SETTINGS_MODULE", "PUBLIC_BASE_URL", "DEMO", "PORT", "HOST")
    kept = {key: value for key, value in os.environ.items() if key not in ours}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **more}


def start_server_elsewhere(var_dir: Path) -> "tuple[subprocess.Popen[str], int]":
    """A process that keeps an embedded server on the directory, and the postmaster's pid."""
    keeper = subprocess.Popen(
        [sys.executable, "-c", SERVER_SCRIPT, str(var_dir)],
        stdout=subprocess.PIPE,
        text=True,
        env=clean_environment(),
    )
    assert keeper.stdout is not None
    return keeper, int(keeper.stdout.readline())


def is_running(pid: int) -> bool:
    """The process exists and is not a zombie."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def processes_mentioning(text: str) -> list[int]:
    """The live processes other than this one whose command line or working directory mentions the text."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            mention = (entry / "cmdline").read_bytes().decode("utf-8", "replace") + os.readlink(entry / "cwd")
        except OSError:
            continue
        if text in mention and is_running(int(entry.name)):
            found.append(int(entry.name))
    return found


def wait_for(claim: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait until the claim holds. Raises AssertionError after that time."""
    deadline = time.monotonic() + seconds
    while not claim():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.05)
