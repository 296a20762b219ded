"""Every page, in both languages and both widths, can be used by everybody: axe finds nothing by WCAG 2.1 A and AA nor
by best practice, and nothing is wider than the window. A page listed in tests/hostile/world.py is walked by itself.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from citymgmt.people.models import User
from tests.browser.windows import DESKTOP, OVERFLOW, PHONE, Clock, Opens, Window, violations
from tests.hostile.world import PAGES, World
from tests.office import District

WIDTHS = (DESKTOP, PHONE)
LANGUAGES = ("en", "zh-hans")


@pytest.fixture
def world(committed: District, clock: Clock, settings: Any, tmp_path: Path) -> World:
    """A committed district in which something stands behind every address."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return World(committed)


def addresses(world: World) -> Iterator[tuple[User, list[str]]]:
    """Each person who opens pages, with the addresses: every page once."""
    by_person: dict[User, list[str]] = {}
    for name in PAGES:
        by_person.setdefault(world.somebody(name), []).append(reverse(name, kwargs=world.kwargs(name)))
    yield from by_person.items()


def is_page(window: Window, address: str) -> bool:
    """Whether a whole page answers: no file, no fragment, nothing that only takes a form."""
    answer = window.page.request.get(window.url + address)
    if answer.status == 405 or "text/html" not in answer.headers["content-type"]:
        return False
    assert answer.status == 200, (address, answer.status)
    return "<main" in answer.text()


def wrong(window: Window) -> list[str]:
    """What is wrong with the page that the window shows, at each width."""
    found = []
    for size in WIDTHS:
        window.page.set_viewport_size(size)
        over = window.page.evaluate(OVERFLOW)
        found += [f"{size['width']} px: wider than the window by {over}"] if over else []
        found += [f"{size['width']} px: {one}" for one in violations(window.page)]
    return found


def test_every_page(window: Opens, world: World) -> None:
    faults, walked = {}, 0
    for person, paths in addresses(world):
        web = window(person)
        pages = [path for path in paths if is_page(web, path)]
        for language in LANGUAGES:
            User.objects.update(language=language)
            for path in pages:
                web.open(path)
                assert web.page.locator("html").get_attribute("lang") == language
                walked += 1
                if found := wrong(web):
                    faults[f"{path} {language}"] = found
    print(f"\n{walked} pages walked")
    assert faults == {}
