"""Every page can be used by everybody: axe finds nothing by WCAG 2.1 A and AA nor by best practice, at the widths in
turn, and at both, in both languages, nothing is wider than the window. Colours, which take most of the time, are looked
at on half of them. A page listed in tests/hostile/world.py is walked by itself, in
every second run (in each with CITYMGMT_WALK_ALL=1).
"""

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.urls import reverse
from playwright.sync_api import Error

from citymgmt.people.models import User
from tests.browser.windows import DESKTOP, OVERFLOW, PHONE, Clock, Opens, Window, violations
from tests.hostile.world import PAGES, PUBLIC, World, in_turn
from tests.office import District
from tests.photos.pictures import photo

WIDTHS = (DESKTOP, PHONE)
PARTS, FEWEST = 2, 20  # of all pages, for two workers at once; how many are in a part
REFUSALS = ("403: ", "404: ", "409: ", "503: ")
PHOTO = {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": photo(640, 320)}


ASKED = {  # pages that show nothing without a question
    "statistics:counted": "measure=reported&period=year",
    "statistics:frozen-cases": "measure=reported",
    "statistics:dealt": "what=sent&department=1&period=year",
    "statistics:spot": "disorder=1&cell=1",
}


@pytest.fixture
def world(committed: District, clock: Clock, media: Path) -> World:
    """A committed district in which something stands behind every address."""
    return World(committed)


def addresses(world: World, part: int) -> Iterator[tuple[User, list[str]]]:
    """Each person who opens pages, with the addresses: each page once, in a part; public ones by the clerk."""
    by_person: dict[User, list[str]] = {}
    for name in in_turn([*PAGES][part::PARTS]):
        question = f"?{ASKED[name]}" if name in ASKED else ""
        by_person.setdefault(world.somebody(name), []).append(reverse(name, kwargs=world.kwargs(name)) + question)
    for name in [*PUBLIC][part::PARTS]:
        by_person.setdefault(world.street.clerk, []).append(reverse(name, kwargs=world.kwargs(name)))
    yield from by_person.items()


def is_page(window: Window, address: str) -> bool:
    """Open it; whether a whole page answers: no file, no fragment, nothing that only takes a form."""
    before = [*window.problems]
    try:
        answer = window.page.goto(window.url + address)
    except Error as error:
        if "Download is starting" in error.message:
            return False
        raise
    if answer.status == 405 or "text/html" not in answer.headers["content-type"] or not has_main(window):
        window.problems[:] = before
        return False
    assert answer.status == 200, (address, answer.status)
    return True


def has_main(window: Window) -> bool:
    """Whether what is shown is a page of the portal, not a part of one."""
    return bool(window.page.locator("main").count())


def wrong(window: Window, sizes: Sequence[Any] = WIDTHS, *, colours: bool = True) -> list[str]:
    """What is wrong with what the window shows: wider than it at a width, or with what axe sees at the last."""
    return [*wrong_in_words(window, sizes), *violations(window.page, colours=colours)]


def too_wide(window: Window, size: Any) -> list[str]:
    """Whether the page is wider than a window of this size, to which the window is brought."""
    window.page.set_viewport_size(size)
    over = window.page.evaluate(OVERFLOW)
    return [f"{size['width']} px: wider than the window by {over}"] if over else []


def wrong_in_words(window: Window, sizes: Sequence[Any]) -> list[str]:
    """What is wrong in the other language: the same elements with other words, which need another width."""
    return [one for size in sizes for one in too_wide(window, size)]


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page(window: Opens, world: World, part: int) -> None:
    faults, walked, turn = {}, 0, random.randrange(2)
    for person, paths in addresses(world, part):
        web, shown = window(person), []
        User.objects.filter(pk=person.pk).update(language="en")
        for path in paths:
            if is_page(web, path):
                shown.append(path)
                widths = WIDTHS[:: 1 if len(shown) % 2 else -1]
                faults[path, "en"] = wrong(web, widths, colours=(walked + len(shown)) // 2 % 2 == turn)
                assert web.page.locator("html").get_attribute("lang") == "en"
        User.objects.filter(pk=person.pk).update(language="zh-hans")
        for path in shown:
            web.open(path)
            faults[path, "zh"] = wrong_in_words(web, WIDTHS)
            assert web.page.locator("html").get_attribute("lang") == "zh-hans"
        walked += len(shown)
    print(f"\n{walked} pages walked")
    assert {where: found for where, found in faults.items() if found} == {}
    assert walked > FEWEST


def form_with_errors(web: Window, world: World) -> None:
    web.open("/cases/new/")
    web.page.locator(".log-form .action-bar button.btn-primary").click()
    web.page.wait_for_selector(".error-summary:focus")


def picker_opened(web: Window, world: World) -> None:
    web.open("/cases/new/")
    web.page.fill("#find-matter", "zd")
    web.page.wait_for_selector("[role=listbox]:not([hidden])")


def photo_chosen(web: Window, world: World) -> None:
    web.open("/cases/new/")
    web.page.set_input_files("input[type=file]", PHOTO)
    web.page.wait_for_selector(".photo-draft .photo-remove")


def action_with_errors(web: Window, world: World) -> None:
    web.open(f"/cases/{world.things['case']}/")
    web.page.locator(".case-more > summary").click()
    web.page.locator(".case-more a[href*='/do/note/']").click()
    web.page.locator("#act button[type=submit]").click()
    web.page.wait_for_selector("#act .error-summary")


def action_stale(web: Window, world: World) -> None:
    web.open(f"/cases/{world.things['case']}/")
    web.page.locator(".case-more > summary").click()
    web.page.locator(".case-more a[href*='/do/note/']").click()
    web.page.locator("#act [name=version]").evaluate("field => (field.value = 1)")
    web.page.fill("#act [name=note]", "已到现场")
    web.page.locator("#act button[type=submit]").click()
    web.page.wait_for_selector("#refused-title")


def menu_opened(web: Window, world: World) -> None:
    web.open(f"/cases/{world.things['case']}/")
    web.page.locator(".case-more > summary").click()


def account_menu_opened(web: Window, world: World) -> None:
    web.open("/cases/desk/")
    web.page.locator(".topbar .menu > summary").click()


def sheet_or_nothing(web: Window, world: World) -> None:
    web.open("/cases/")
    for summary in web.page.locator(".tab-more > summary:visible, .filter-toggle-label:visible").all():
        summary.click()


def nothing_found(web: Window, world: World) -> None:
    web.open("/cases/?q=查无此事")
    web.page.wait_for_selector(".empty-state")


def filter_refused(web: Window, world: World) -> None:
    web.open("/cases/?state=nothing")
    web.page.wait_for_selector(".error-summary")


def done_in_bulk(web: Window, world: World) -> None:
    web.open("/cases/")
    web.page.locator(".case-pick").first.check()
    web.page.locator(".bulk-bar button").last.click()
    web.page.wait_for_selector("table .state")


def question_asked(web: Window, world: World) -> None:
    web.open("/cases/views/")
    web.page.locator("form[data-confirm] button").click()
    web.page.wait_for_selector("#confirm-dialog[open]")


def covered(web: Window, world: World) -> None:
    web.open(reverse("cases:photo", args=[world.things["photo"]]))
    web.page.locator("[data-redact-add]").click()
    web.page.wait_for_selector(".redact-box")


def forbidden(web: Window, world: World) -> None:
    web.open("/users/")
    assert web.page.locator(".refusal-number").inner_text().endswith("403")


def nowhere(web: Window, world: World) -> None:
    web.open("/cases/440106001-19990101-0001/")
    assert web.page.locator(".refusal-number").inner_text().endswith("404")


def busy(web: Window, world: World) -> None:
    with patch("cases.views.lists.desk._requests", side_effect=OperationalError("busy")):
        web.open("/cases/desk/")
    assert web.page.locator(".refusal-reason").count() == 1


STATES: tuple[Callable[[Window, World], None], ...] = (
    form_with_errors, picker_opened, photo_chosen, action_with_errors, action_stale, menu_opened, account_menu_opened,
    sheet_or_nothing, nothing_found, filter_refused, done_in_bulk, question_asked, covered, forbidden, nowhere, busy,
)  # fmt: skip


@pytest.mark.parametrize(("language", "size"), [("zh-hans", PHONE), ("en", DESKTOP)], ids=["phone", "desktop"])
def test_every_state(window: Opens, world: World, language: str, size: Any) -> None:
    """Errors, empty lists, refusals, all that opens: in Chinese on the phone, in English at the desk."""
    web = window(world.street.clerk, size=size)
    User.objects.update(language=language)
    faults = {}
    for bring_about in STATES:
        bring_about(web, world)
        if found := wrong(web, [size]):
            faults[bring_about.__name__] = found
    web.problems[:] = [one for one in web.problems if not one.startswith(REFUSALS)]
    assert faults == {}
