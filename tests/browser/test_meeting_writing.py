"""What is said at a meeting is written in two windows at once: saved by itself, seen by the other, nothing lost."""

from typing import Any

import pytest

from cases.meetings.actions import add_item
from cases.meetings.models import AgendaItem
from citymgmt.people.models import User
from tests.browser.windows import Clock, Opens, Window
from tests.meetings.gatherings import BEGINS, Gathering, gather
from tests.office import District

SAVED = ".item-state:has-text('Saved by')"


@pytest.fixture
def gathered(committed: District, clock: Clock) -> Gathering:
    """A committed meeting with two items; everybody reads English."""
    gathering = gather(committed)
    for title in ("雨棚", "停车"):
        add_item(by=committed.street.clerk, at=BEGINS, pk=gathering.meeting.pk, title=title)
    User.objects.update(language="en")
    clock.at = BEGINS
    return gathering


def at_the_meeting(window: Opens, gathering: Gathering, who: str, **told: Any) -> Window:
    one = window(getattr(gathering.district.street, who), **told)
    one.open(gathering.meeting.get_absolute_url())
    return one


def area(window: Window, place: int = 0) -> Any:
    return window.page.locator("[data-live-item] textarea").nth(place)


def state(window: Window, place: int = 0) -> Any:
    return window.page.locator("[data-live-state]").nth(place)


def kept() -> list[tuple[str, int]]:
    return list(AgendaItem.objects.order_by("position").values_list("discussion", "version"))


def comes_back(window: Window) -> None:
    """As when the person comes back to the window: what others wrote comes in."""
    with window.page.expect_response("**/texts/"):
        window.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_it_saves_itself_and_the_other_window_follows(window: Opens, gathered: Gathering) -> None:
    clerk, leader = (at_the_meeting(window, gathered, who) for who in ("clerk", "leader"))
    area(clerk).fill("区城管局：两周内拆除。")
    state(clerk).get_by_text("Saved by clerk1").wait_for()
    assert kept() == [("区城管局：两周内拆除。", 2), ("", 1)]
    comes_back(leader)
    assert area(leader).input_value() == "区城管局：两周内拆除。"
    area(leader).press_sequentially("同意。")
    state(leader).get_by_text("Saved by leader1").wait_for()
    assert kept()[0][1] == 3
    comes_back(clerk)
    assert area(clerk).input_value() == AgendaItem.objects.get(position=1).discussion
    clerk.look_at_frame()


def test_of_two_who_write_at_once_both_texts_stay(window: Opens, gathered: Gathering) -> None:
    clerk, leader = (at_the_meeting(window, gathered, who) for who in ("clerk", "leader"))
    area(clerk).fill("甲")
    state(clerk).get_by_text("Saved by clerk1").wait_for()
    area(leader).fill("乙")
    theirs = leader.page.locator("[data-live-conflict]").first
    theirs.get_by_text("clerk1 saved another text").wait_for()
    leader.problems.clear()  # 409, which is meant
    assert (area(leader).input_value(), theirs.locator(".theirs-text").inner_text()) == ("乙", "甲")
    leader.look_at_frame()
    area(leader).fill("甲\n乙")
    leader.page.get_by_role("button", name="Down: 雨棚").click()  # what is not chosen yet keeps the page
    leader.page.wait_for_timeout(2500)  # it waits for the button
    assert area(leader).evaluate("(area) => area === document.activeElement")
    assert kept()[0] == ("甲", 2)
    leader.page.locator("[data-live-item] button").first.click()
    state(leader).get_by_text("Saved by leader1").wait_for()
    assert kept()[0] == ("甲\n乙", 3)
    assert theirs.is_hidden()


def test_what_is_typed_is_saved_before_another_button_leaves(window: Opens, gathered: Gathering) -> None:
    clerk = at_the_meeting(window, gathered, "clerk")
    area(clerk).fill("甲")
    clerk.page.get_by_role("button", name="Down: 雨棚").click()
    clerk.page.wait_for_url("**/#item-*")
    assert kept() == [("", 1), ("甲", 2)]
    area(clerk, 1).fill("甲乙")
    clerk.page.keyboard.press("Tab")  # to the button that saves, which the leaving of the field did
    state(clerk, 1).get_by_text("Saved by clerk1 at").wait_for()
    assert kept()[1] == ("甲乙", 3)


def test_without_a_network_it_is_tried_again(window: Opens, gathered: Gathering) -> None:
    clerk = at_the_meeting(window, gathered, "clerk")
    clerk.page.context.set_offline(True)
    area(clerk).fill("甲")
    state(clerk).get_by_text("no connection").wait_for()
    clerk.page.context.set_offline(False)
    clerk.problems.clear()
    comes_back(clerk)
    state(clerk).get_by_text("Saved by clerk1").wait_for()
    assert kept()[0] == ("甲", 2)


def test_a_log_in_that_ended_is_told_and_the_text_is_saved_after_the_next(window: Opens, gathered: Gathering) -> None:
    from django.conf import settings
    from django.test import Client

    clerk = at_the_meeting(window, gathered, "clerk")
    clerk.page.context.clear_cookies()
    area(clerk).fill("甲")
    state(clerk).get_by_text("Not saved").wait_for()
    clerk.problems.clear()
    web = Client()
    web.force_login(gathered.district.street.clerk)
    cookie = web.cookies[settings.SESSION_COOKIE_NAME]
    clerk.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": clerk.url}])
    comes_back(clerk)
    state(clerk).get_by_text("Saved by clerk1").wait_for()
    assert (kept()[0], clerk.problems) == (("甲", 2), [])


def test_too_long_a_text_is_told_once(window: Opens, gathered: Gathering) -> None:
    clerk = at_the_meeting(window, gathered, "clerk")
    area(clerk).evaluate("(area) => area.removeAttribute('maxlength')")
    area(clerk).fill("字" * 10_001)
    clerk.page.locator(".item-state.is-trouble").wait_for()
    area(clerk).fill("短")
    state(clerk).get_by_text("Saved by clerk1").wait_for()
    assert kept()[0] == ("短", 2)


def test_without_scripts_the_button_saves(window: Opens, gathered: Gathering) -> None:
    clerk = at_the_meeting(window, gathered, "clerk", javascript=False)
    area(clerk).fill("甲")
    clerk.page.locator("[data-live-item] button").first.click()
    clerk.page.wait_for_url("**/#item-*")
    assert kept()[0] == ("甲", 2)
