"""Starts the portal's processes, watches over them and stops them in order.

One thread, one loop: every step and service is a child of the main thread, so that the kernel ends them
all when this process is killed. A signal only sets a flag, which every wait looks at.
"""

import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import Protocol

from citymgmt.embedded.cluster import EmbeddedServerError
from citymgmt.embedded.launch import Child, tail

LOOK_SECONDS = 0.1
FIRST_DELAY_SECONDS = 0.5
LONGEST_DELAY_SECONDS = 30.0
STEADY_SECONDS = 60.0
PROGRESS_SECONDS = 5.0
READY_SECONDS = 120.0
CHORES_SECONDS = 60.0

Say = Callable[[str], None]


class StepFailedError(Exception):
    """A step of the start ended with an error; the text is a sentence for people."""


class StopRequestedError(Exception):
    """A stop was asked for while the portal was starting."""


class Service(Protocol):
    """What the supervisor needs of a process that is meant to stay."""

    @property
    def name(self) -> str: ...
    def start(self) -> None: ...
    def stop(self) -> bool: ...
    def is_alive(self) -> bool: ...


class ProcessService:
    """A program as a service; `before_start` is called before each start."""

    def __init__(
        self,
        name: str,
        child: Child,
        *,
        grace_seconds: float = 20.0,
        before_start: Callable[[], None] = lambda: None,
    ) -> None:
        self.name = name
        self.child = child
        self.grace_seconds = grace_seconds
        self.before_start = before_start

    def start(self) -> None:
        """Start the program."""
        self.before_start()
        self.child.start()

    def stop(self) -> bool:
        """Stop it; False if it had to be killed."""
        return self.child.stop(self.grace_seconds)

    def is_alive(self) -> bool:
        """It runs."""
        return self.child.is_alive()


@dataclass
class BackOff:
    """How long to wait before a restart: doubling from death to death, forgotten after a steady life."""

    delay_seconds: float = FIRST_DELAY_SECONDS

    def after_death(self, lived_seconds: float) -> float:
        """Seconds to wait now."""
        if lived_seconds >= STEADY_SECONDS:
            self.delay_seconds = FIRST_DELAY_SECONDS
        delay = self.delay_seconds
        self.delay_seconds = min(delay * 2, LONGEST_DELAY_SECONDS)
        return delay


@dataclass
class Watch:
    """One service under watch; moments are of the monotonic clock."""

    service: Service
    started_at: float
    back_off: BackOff = field(default_factory=BackOff)
    restart_at: float | None = None


@dataclass
class Supervisor:
    """Runs steps, then services, until a stop is asked for; meanwhile the `chores`, quick ones, each minute."""

    say: Say
    is_stopping: bool = False
    watches: list[Watch] = field(default_factory=list)
    chores: list[Callable[[], object]] = field(default_factory=list)

    def listen_for_signals(self) -> None:
        """SIGTERM, SIGINT and SIGHUP ask for a stop; more of them change nothing."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._note_stop)

    def _note_stop(self, _number: int, _frame: FrameType | None) -> None:
        self.is_stopping = True

    def pause(self, seconds: float = LOOK_SECONDS) -> None:
        """Wait a moment. Raises StopRequestedError when a stop has been asked for."""
        if self.is_stopping:
            raise StopRequestedError
        time.sleep(seconds)

    def run_steps(self, steps: Sequence[tuple[str, Child]]) -> None:
        """Run programs side by side to their end.

        Raises StepFailedError with the end of its log for the first that fails, StopRequestedError on a stop.
        """
        for _name, child in steps:
            child.start()
        began = reported = time.monotonic()
        try:
            while any(child.is_alive() for _name, child in steps):
                self.pause(LOOK_SECONDS / 2)
                self.look_after_all()
                if time.monotonic() - reported >= PROGRESS_SECONDS:
                    reported = time.monotonic()
                    self._report_progress(steps, reported - began)
        finally:
            for _name, child in steps:
                child.stop()
        for name, child in steps:
            if child.exit_code() != 0:
                raise StepFailedError(f"{name} failed; the end of {child.log}:\n{tail(child.log)}")

    def _report_progress(self, steps: Sequence[tuple[str, Child]], seconds: float) -> None:
        running = [(name, child) for name, child in steps if child.is_alive()]
        for name, child in running:
            self.say(f"  {name} … {seconds:.0f} s  {tail(child.log, 1)[:100]}")

    def add(self, service: Service) -> None:
        """Start a service and watch over it from now on."""
        self.watches.append(Watch(service, time.monotonic()))
        service.start()

    def wait_until(self, is_ready: Callable[[], bool], timeout_seconds: float = READY_SECONDS) -> bool:
        """Watch until that is so; False if it is not after that time. Raises StopRequestedError."""
        deadline = time.monotonic() + timeout_seconds
        while not is_ready():
            if time.monotonic() > deadline:
                return False
            self.pause()
            self.look_after_all()
        return True

    def watch_until_stopped(self) -> None:
        """Restart what dies and do the chores, until a stop is asked for."""
        done_at = time.monotonic()
        while not self.is_stopping:
            self.look_after_all()
            if time.monotonic() - done_at >= CHORES_SECONDS:
                done_at = time.monotonic()
                self._do_chores()
            time.sleep(LOOK_SECONDS)

    def _do_chores(self) -> None:
        for chore in self.chores:
            try:
                chore()
            except OSError as failure:  # a full disk must not end the watch
                self.say(f"a chore failed: {failure}")

    def look_after_all(self) -> None:
        """One look at every service."""
        for watch in self.watches:
            if not self.is_stopping and not watch.service.is_alive():
                self._revive(watch)

    def _revive(self, watch: Watch) -> None:
        now = time.monotonic()
        if watch.restart_at is None:
            self._plan_restart(watch, f"ended after {now - watch.started_at:.0f} s")
        elif now >= watch.restart_at:
            self._restart(watch)

    def _plan_restart(self, watch: Watch, reason: str) -> None:
        now = time.monotonic()
        delay = watch.back_off.after_death(now - watch.started_at)
        watch.restart_at = now + delay
        self.say(f"{watch.service.name} {reason}; restart in {delay:.1f} s")

    def _restart(self, watch: Watch) -> None:
        watch.restart_at, watch.started_at = None, time.monotonic()
        try:
            watch.service.start()
        except (EmbeddedServerError, OSError) as failure:
            if not self.is_stopping:
                self._plan_restart(watch, f"could not be started: {failure}")
            return
        self.say(f"{watch.service.name} restarted")

    def stop_all(self) -> None:
        """Stop the services, last started first; what does not obey in its time is killed."""
        while self.watches:
            service = self.watches.pop().service
            if not service.stop():
                self.say(f"{service.name} did not stop in time and was killed")
