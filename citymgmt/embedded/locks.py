"""One at a time on one VAR_DIR, by a lock that the kernel drops when its holder dies."""

import fcntl
import os
from pathlib import Path


class AlreadyRunningError(Exception):
    """Another process holds the lock."""


class DirectoryLock:
    """A lock file with the pid of its holder, for people."""

    def __init__(self, path: Path, holder: str) -> None:
        self.path = path
        self.holder = holder
        self.descriptor: int | None = None

    def acquire(self) -> None:
        """Take the lock; again is no harm. Raises AlreadyRunningError with a sentence for people."""
        if self.descriptor is not None:
            return
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pid = os.read(descriptor, 20).decode("ascii", "replace").strip() or "unknown"
            os.close(descriptor)
            raise AlreadyRunningError(
                f"{self.holder} already runs on {self.path.parent} (pid {pid}). "
                "Stop it first, or choose another directory with VAR_DIR."
            ) from None
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode("ascii"))
        self.descriptor = descriptor

    def release(self) -> None:
        """Give the lock back; without one nothing happens. The file stays, or a race would follow."""
        if self.descriptor is not None:
            os.close(self.descriptor)
            self.descriptor = None
