"""What every test may use; the fixtures of the portal's own things are in tests/fixtures.py."""

import gc
import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis

pytest_plugins = ["tests.fixtures"]

SHELL = "chromium-headless-shell"  # Chromium without all that a window needs: half the work
HOW_TO_GET = {
    "redis-server": "apt-get install redis-server",
    SHELL: "apt-get install chromium-headless-shell fonts-noto-cjk",
}
BROWSER_FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=zh-CN",
]


def must_have_everything() -> bool:
    """CITYMGMT_REQUIRE_ALL turns every skip into a failure (in CI, where all can be installed)."""
    return os.environ.get("CITYMGMT_REQUIRE_ALL", "") not in ("", "0")


def program(*names: str) -> str:
    """The path of the first of these programs; skips the test if none is installed."""
    for name in names:
        path = shutil.which(name)
        if path:
            return path
    pytest.skip(f"needs {names[0]}: {HOW_TO_GET[names[0]]}")


SLOW = ("processes", "browser", "hostile", "api/test_fuzz.py")  # below tests/


def is_slow(item: pytest.Item) -> bool:
    """Whether it belongs to those that take seconds."""
    place = item.path.relative_to(Path(__file__).parent).as_posix()
    return place.startswith(SLOW) or item.get_closest_marker("processes") is not None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow ones first, in their random order, so that at the end no worker waits for another's minute."""
    items.sort(key=is_slow, reverse=True)
    items[:] = dealt(items, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))


def dealt(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """The items as cards are dealt, the next to who has fewest, but each worker's together: pytest-xdist gives each
    worker an equal length of the list to begin with, and the rest of the longest when it has done its own.
    """
    cards: dict[object, list[pytest.Item]] = {}
    for item in items:
        cards.setdefault(card_of(item), []).append(item)
    hands: list[list[pytest.Item]] = [[] for _worker in range(workers)]
    for card in sorted(cards.values(), key=lambda card: (not is_slow(card[0]), len(card) == 1)):
        min(hands, key=len).extend(card)  # large cards early, so that all hands are as long in the end
    return [item for hand in hands for item in hand]


def card_of(item: pytest.Item) -> object:
    """What is dealt with it: tests that share what is made once for their module, so that one worker makes it."""
    made: dict[str, Any] = getattr(item, "_fixtureinfo").name2fixturedefs  # noqa: B009 - pytest has no public name
    is_shared = any(one[-1].scope == "module" for one in made.values())
    return (item.path, is_slow(item)) if is_shared else item


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector of garbage need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """A skip is a failure where everything must run; an expected failure stays one."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and must_have_everything():
        report.outcome = "failed"
        report.longrepr = f"skipped, but CITYMGMT_REQUIRE_ALL is set: {report.longrepr}"
    return report


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say loudly what was not tested and how to get it tested."""
    reasons: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reasons[reason.removeprefix("Skipped: ")] = reasons.get(reason.removeprefix("Skipped: "), 0) + 1
    if reasons:
        terminalreporter.section("NOT TESTED", sep="!", red=True, bold=True)
        for reason, count in sorted(reasons.items()):
            terminalreporter.line(f"{count} test(s) skipped - {reason}", red=True)


def free_port() -> int:
    """A TCP port of the loopback address that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_redis(url: str, server: "subprocess.Popen[bytes]") -> None:
    """Wait until it answers PING. Raises AssertionError after 10 seconds or when it ended."""
    deadline = time.monotonic() + 10
    with redis.Redis.from_url(url, socket_connect_timeout=1) as client:
        while True:
            try:
                client.ping()
                return
            except redis.ConnectionError:
                assert server.poll() is None, "redis-server ended"
                assert time.monotonic() < deadline, "redis-server does not answer"
                time.sleep(0.05)


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Redis of this test process on a random loopback port, with a password and without a disk."""
    executable, port, password = program("redis-server"), free_port(), secrets.token_urlsafe(16)
    options = ["--bind", "127.0.0.1", "--port", str(port), "--requirepass", password, "--save", ""]
    directory: Path = tmp_path_factory.mktemp("redis")
    with (directory / "redis.log").open("wb") as log:
        server = subprocess.Popen([executable, *options, "--dir", str(directory)], stdout=log, stderr=log)
    url = f"redis://:{password}@127.0.0.1:{port}/0"
    try:
        wait_for_redis(url, server)
        yield url
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The installed Chromium, headless, driven by Playwright; it asks nothing of the Internet."""
    executable = program(SHELL, "chromium", "chromium-browser", "google-chrome")
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in the main thread
    headless = [] if executable.endswith(SHELL) else ["--headless=new"]
    flags = [*headless, *BROWSER_FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=flags)
        yield chromium
        chromium.close()
