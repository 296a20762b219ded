"""One child process: started with a log file, ended with this process, stopped by pid."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from citymgmt.embedded import child

ROTATE_BYTES = 5_000_000
LONGEST_BYTES = 20_000_000  # of a log that is being written


def open_log(path: Path, rotate_bytes: int = ROTATE_BYTES) -> int:
    """A descriptor appending to the log; a log that has grown large is first moved to `<name>.1`."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.is_file() and path.stat().st_size > rotate_bytes:
        path.replace(path.with_name(path.name + ".1"))
    return os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)


def shorten_log(path: Path, longest_bytes: int = LONGEST_BYTES) -> bool:
    """Move what a running program has written to `<name>.1` once it is long; says whether it did.

    The program goes on appending to the same file. Lines written between copy and cut are lost.
    """
    if not path.is_file() or path.stat().st_size <= longest_bytes:
        return False
    shutil.copyfile(path, path.with_name(path.name + ".1"))
    os.truncate(path, 0)
    return True


def tail(path: Path, line_count: int = 8) -> str:
    """The last lines of a log, for people; empty if there is none."""
    if not path.is_file():
        return ""
    with path.open("rb") as log:
        log.seek(max(0, path.stat().st_size - 8_000))
        return "\n".join(log.read().decode("utf-8", "replace").splitlines()[-line_count:])


def wrapped(command: Sequence[str | Path], *, death_signal: int, unprivileged: bool) -> list[str]:
    """The command line that runs the command through `child.py`, tied to this process."""
    privilege = "unprivileged" if unprivileged and os.geteuid() == 0 else "plain"
    wrapper = [
        sys.executable,
        "-I",
        "-S",
        child.__file__,
        str(os.getpid()),
        str(int(death_signal)),
        privilege,
    ]
    return [*wrapper, *(str(part) for part in command)]


class Child:
    """A program that runs in a session of its own, away from the terminal's Ctrl-C.

    Start it from the main thread: the kernel ties its life to the thread that started it.
    """

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        log: Path,
        environ: Mapping[str, str] | None = None,
        stop_signal: int = signal.SIGTERM,
        unprivileged: bool = False,
    ) -> None:
        self.command = list(command)
        self.log = log
        self.environ = environ
        self.stop_signal = stop_signal
        self.unprivileged = unprivileged
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the program. Raises OSError when even Python cannot be started."""
        log = open_log(self.log)
        try:
            self.process = subprocess.Popen(
                wrapped(self.command, death_signal=self.stop_signal, unprivileged=self.unprivileged),
                env=self.environ,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        finally:
            os.close(log)

    @property
    def pid(self) -> int | None:
        """The process id of the last start."""
        return self.process.pid if self.process else None

    def exit_code(self) -> int | None:
        """None while it runs (or was never started); negative is the number of the signal that ended it."""
        return self.process.poll() if self.process else None

    def is_alive(self) -> bool:
        """It was started and has not ended."""
        return self.process is not None and self.process.poll() is None

    def wait(self, timeout_seconds: float) -> bool:
        """Wait for its end; False if it still runs after that time."""
        deadline = time.monotonic() + timeout_seconds
        while self.is_alive() and time.monotonic() < deadline:
            time.sleep(0.02)
        return not self.is_alive()

    def stop(self, grace_seconds: float = 20.0) -> bool:
        """Ask it to stop, and after that time kill it and all it started; False if it had to be killed."""
        if self.process is None:
            return True
        if self.is_alive():
            self.process.send_signal(self.stop_signal)
        if self.wait(grace_seconds):
            return True
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        return False
