"""Somebody without a log-in finds the officer of the place where they stand; the officer confirms the board outside."""

from pathlib import Path
from typing import Any

import pytest

from citymgmt.people.models import User
from citymgmt.photos.actions import process_photos
from communities.actions import grant_leave
from communities.models import Community
from tests.browser.windows import DESKTOP, PHONE, Clock, Opens
from tests.communities.boards.boards import NOW, TODAY, Square, square_of
from tests.office import District
from tests.photos.pictures import photo

PHOTO = {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": photo(640, 320)}
HERE = {"longitude": 113.35, "latitude": 23.15}
AROUND = [[[113.3, 23.1], [113.4, 23.1], [113.4, 23.2], [113.3, 23.2], [113.3, 23.1]]]


@pytest.fixture
def square(committed: District, clock: Clock, media: Path) -> Square:
    """A community with a boundary and a board that waits."""
    User.objects.filter(role="officer").update(display_name="陈志远")
    found = square_of(committed)
    boundary = {"type": "Polygon", "coordinates": AROUND}
    Community.objects.filter(pk=found.community.pk).update(boundary=boundary, office_phone="020-80009100")
    return found


@pytest.mark.parametrize(("language", "size"), [("zh", PHONE), ("en", DESKTOP)])
def test_a_guest_finds_the_officer_by_standing_there(window: Opens, square: Square, language: str, size: Any) -> None:
    one = window(None, size=size, language=language)
    look = one.look if language == "zh" else one.look_at_frame
    one.page.context.grant_permissions(["geolocation"])
    one.page.context.set_geolocation(HERE)
    one.open("/boards/")
    look()
    assert len(one.texts(".board-card")) == 4
    one.page.locator("[data-locate] button").click()
    one.page.wait_for_selector(".note-info")
    look()
    assert one.texts(".board-card h3") == [square.community.name_zh]
    one.page.locator(".board-card a").first.click()
    one.page.wait_for_selector(".board-big")
    look()
    assert one.text(".board-big") == "陈志远"
    grant_leave(user=square.officer, from_on=TODAY, until_on=TODAY, by=square.street.leader, at=NOW)
    one.page.reload()
    look()
    assert one.page.locator(".note-warning").count() == 1


def test_without_a_position_the_guest_is_told(window: Opens, square: Square) -> None:
    one = window(None, size=PHONE)
    one.open("/boards/")
    one.page.locator("[data-locate] button").click()
    one.page.wait_for_function("document.querySelector('[data-locate-said]').textContent !== ''")
    assert one.path == "/boards/"
    one.look()


@pytest.mark.parametrize(("language", "size"), [("zh-hans", PHONE), ("en", DESKTOP)])
def test_the_officer_confirms_the_board(window: Opens, square: Square, language: str, size: Any) -> None:
    User.objects.update(language=language)
    one = window(square.officer, size=size, language=language[:2])
    look = one.look_at_frame if language == "en" else one.look
    one.open("/communities/boards/")
    look()
    one.page.locator(f"a[href='/communities/boards/{square.board.pk}/confirm/']").click()
    one.page.wait_for_selector("input[name=photos]")
    look()
    one.page.set_input_files("input[name=photos]", PHOTO)
    one.page.locator("main form button[type=submit]").click()
    one.page.wait_for_selector(".timeline .photo-none")
    process_photos(now=lambda: NOW)
    one.page.reload()
    assert one.page.locator(".timeline img").count() == 1
    look()
    assert square.now().state == "right"
