"""A member stands guard on the phone, looks at the market in three taps; the pages of posts and places are in order."""

from datetime import time
from pathlib import Path

import pytest

from citymgmt.people.models import User
from patrols.guards.models import ConditionLook, GuardWatch
from patrols.guards.querysets import disorders
from tests.browser.windows import DESKTOP, PHONE, Clock, Opens
from tests.office import District
from tests.patrols.guards import SEVEN, Guard, guard_of


@pytest.fixture
def guard(committed: District, clock: Clock, media: Path) -> Guard:
    """A post with a month of watches; the first of them begins now."""
    found = guard_of(committed)
    found.more_hours(time(9), time(11))
    found.plan()
    clock.at = SEVEN
    return found


def test_a_watch_is_stood_on_the_phone(window: Opens, guard: Guard) -> None:
    User.objects.update(language="zh-hans")
    watch = guard.watches()[0]
    assert watch.user is not None
    one = window(watch.user, size=PHONE, language="zh")
    one.open("/guards/mine/")
    one.look()
    one.open(watch.get_absolute_url())
    one.page.locator(".round-more summary").click()
    one.page.check("input[name=is_by_word]")
    one.page.fill("input[name=note]", "没有信号")
    one.look()
    one.page.locator(".round-more button").click()
    one.page.wait_for_selector("form[action$='/leave/']")
    one.look()
    one.page.locator("a[href$='/look/']").click()  # the first tap
    key = disorders()[0].key
    one.page.check(f"input[name=seen_{key}][value=slight]")
    one.look()
    one.page.locator(".look-form button[type=submit]").click()
    one.page.wait_for_selector("form[action$='/leave/']")
    assert ConditionLook.objects.get().score == 95
    one.page.fill("form[action$='/leave/'] input[name=note]", "换岗")
    one.page.locator("form[action$='/leave/'] button").click()
    one.page.wait_for_function("!document.querySelector(\"form[action$='/leave/']\")")
    assert GuardWatch.objects.get(pk=watch.pk).state == "done"
    for page in (f"/guards/places/{guard.place.pk}/", f"/guards/roster/{guard.crew.team.pk}/", "/guards/figures/"):
        one.open(page)
        one.look()


def test_pages_of_posts_and_places_on_the_desktop(window: Opens, guard: Guard) -> None:
    User.objects.update(language="en")
    guard.come(guard.watches()[0])
    one = window(guard.crew.clerk, size=DESKTOP, language="en")
    place = f"/guards/places/{guard.place.pk}/"
    for page in (
        "/guards/",
        guard.post.get_absolute_url(),
        f"{guard.post.get_absolute_url()}change/",
        f"/guards/roster/{guard.crew.team.pk}/",
        "/guards/figures/",
        "/guards/places/",
        place,
        "/guards/places/deductions/",
    ):
        one.open(page)
        one.look_at_frame()
    one.open(place)
    assert one.page.locator(".chart svg").count() == 2
