"""A live portal on a committed district, and windows of headless Chromium on it."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.signals import got_request_exception
from django.test.testcases import QuietWSGIRequestHandler

from cases.demo.terrain import inside, outline
from citymgmt.people.models import User
from communities.models import Community, KeyPlace
from tests.browser.windows import DESKTOP, Clock, Opens, Window, come_back, log_in
from tests.office import District, china

MORNING = "2026-03-04 09:30"  # a Wednesday


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder drives a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def portal(django_db_setup: None) -> Iterator[str]:
    """The address of the portal, served by threads of this process; each closes its connections as it ends."""
    from citymgmt.wsgi import application

    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler)
    server.set_app(application)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join(10)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The portal's present moment: Wednesday morning, until the test moves it."""
    clock = Clock(china(MORNING))
    monkeypatch.setattr("django.utils.timezone.now", lambda: clock.at)
    return clock


@pytest.fixture
def failures() -> Iterator[list[str]]:
    """Exceptions that the portal did not expect; there is none at the end."""
    found: list[str] = []

    def collect(sender: Any, request: Any = None, **kwargs: Any) -> None:
        import traceback

        found.append(f"{request.path if request else ''}: {traceback.format_exc()}")

    got_request_exception.connect(collect)
    yield found
    got_request_exception.disconnect(collect)
    assert found == []


@pytest.fixture
def window(committed: District, portal: str, clock: Clock, failures: list[str], browser: Any) -> Iterator[Opens]:
    """Open a window: `window(clerk)` is the clerk's, without JavaScript after the form of the log-in; `size`,
    `javascript` and `language` ("zh", "en") can be told. Test_keyboard logs in by keys.
    """
    contexts: list[Any] = []
    windows: list[Window] = []

    def open_window(
        person: User | None = None, *, size: Any = DESKTOP, javascript: bool = True, language: str = "zh"
    ) -> Window:
        locale = {"zh": "zh-CN", "en": "en-GB"}[language]
        context = browser.new_context(viewport=size, java_script_enabled=javascript, locale=locale)
        context.set_default_timeout(15_000)
        contexts.append(context)
        one = Window(context.new_page(), portal, language)
        one.listen()
        windows.append(one)
        if person is not None:
            come_back(one, person) if javascript else log_in(one, person)
        return one

    yield open_window
    for context in contexts:
        context.close()
    assert [problem for one in windows for problem in one.problems] == []


@pytest.fixture
def ground(committed: District) -> District:
    """The first street's two communities on the demo's ground plan, with a market in the second."""
    for column, community in enumerate(committed.street.communities):
        boundary = {"type": "Polygon", "coordinates": [outline(column, 0)]}
        Community.objects.filter(pk=community.pk).update(boundary=boundary)
    longitude, latitude = inside(1, 0, 0.5, 0.5)
    KeyPlace.objects.create(
        community=committed.street.communities[1],
        kind="market",
        name_zh="榕荫肉菜市场",
        pinyin="ryrcsc",
        longitude=longitude,
        latitude=latitude,
    )
    return committed


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    """A store of photos of the test's own."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"
