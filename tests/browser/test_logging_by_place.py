"""A complete case with category and place, by keyboard and by the map, in at most twelve interactions each."""

import re
import time

import pytest

from cases.models import Case
from tests.browser.hands import Hands
from tests.browser.windows import PHONE, Opens, Window
from tests.cases.stories import case_in
from tests.office import District
from tests.photos.pictures import photo

MOST_INTERACTIONS = 12
PHOTO = {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": photo(640, 320)}


def at_form(window: Opens, ground: District, **options: object) -> Window:
    desk: Window = window(ground.street.clerk, **options)
    desk.open("/cases/new/")
    desk.page.wait_for_selector("#find-matter:focus")
    desk.page.wait_for_selector("#log-map path.map-area")
    return desk


def on_map(window: Window, east: float, down: float) -> dict[str, float]:
    """Where a part of the second community lies on the map's element: shares of the box that the map has drawn."""
    frame = window.page.locator("#log-map").bounding_box()
    box = window.page.locator("#log-map path.map-area").nth(1).bounding_box()
    assert frame is not None
    assert box is not None
    left, top = box["x"] - frame["x"], box["y"] - frame["y"]
    return {"x": left + box["width"] * east, "y": top + box["height"] * down}


def test_by_keyboard_with_a_key_place(window: Opens, ground: District) -> None:
    desk = at_form(window, ground)
    hands = Hands(desk)
    hands.keys("zdjy", "<Enter>", "<Tab>", "三辆水果车占住人行道", "<Tab>", "<Tab>", "ryrcsc", "<Enter>")
    desk.page.wait_for_selector("#log-map .map-pin")
    assert desk.page.locator("#find-key_place").input_value() == "榕荫肉菜市场"
    assert ground.street.officer2.display_name in desk.text("[data-officer]")
    desk.look()
    hands.keys("<Enter>")
    desk.page.wait_for_url("**?logged")
    case = Case.objects.get()
    assert (case.key_place.name_zh, case.community, case.officer, case.state) == (
        "榕荫肉菜市场", ground.street.communities[1], ground.street.officer2, "dispatched",
    )  # fmt: skip
    assert hands.count <= MOST_INTERACTIONS
    desk.page.wait_for_selector("#case-map .map-pin")
    desk.look()


@pytest.mark.parametrize("size", [None, PHONE], ids=["desktop", "phone"])
def test_by_a_click_on_the_map(window: Opens, ground: District, size: object) -> None:
    desk = at_form(window, ground, **({"size": size} if size else {}))
    hands = Hands(desk)
    hands.keys("zdjy", "<Enter>", "<Tab>", "三辆水果车占住人行道")
    hands.click("#log-map", **on_map(desk, 0.3, 0.6))
    desk.page.wait_for_selector("#log-map .map-pin")
    told = ground.street.communities[1]
    assert (desk.text("[data-told]"), desk.page.locator("[name=community]").input_value()) == (str(told), str(told.pk))
    desk.look()
    hands.click(".log-form .action-bar .btn-primary")
    desk.page.wait_for_url("**?logged")
    case = Case.objects.get()
    assert (case.community, case.officer, case.state) == (told, ground.street.officer2, "dispatched")
    assert case.longitude is not None
    assert hands.count <= MOST_INTERACTIONS


def test_complete_with_a_photo(window: Opens, ground: District, media: object) -> None:
    """Category, what it is, key place, photo, saved: the seconds are printed, the interactions are the bar."""
    desk = at_form(window, ground)
    hands, started = Hands(desk), time.monotonic()
    hands.keys("zdjy", "<Enter>", "<Tab>", "三辆水果车占住人行道", "<Tab>", "<Tab>", "ryrcsc", "<Enter>")
    with desk.page.expect_file_chooser() as chooser:
        hands.click("input[type=file]")
    chooser.value.set_files(PHOTO)
    hands.count += 1  # the file is chosen in the system's window
    desk.page.wait_for_selector(".photo-draft input[name=photos]", state="attached")
    hands.click(".log-form .action-bar button.btn-primary")
    desk.page.wait_for_url("**?logged")
    print(f"\na complete case with a photo: {hands.count} interactions, {time.monotonic() - started:.1f} s")
    case = Case.objects.get()
    assert (case.category.code, case.key_place.name_zh, case.photos.count()) == ("09006", "榕荫肉菜市场", 1)
    assert hands.count <= MOST_INTERACTIONS


def test_similar_case_shows_before_saving_and_takes_the_report(window: Opens, ground: District) -> None:
    open_case = case_in(ground, "dispatched")
    Case.objects.filter(pk=open_case.pk).update(address="天河路1号")
    desk = at_form(window, ground)
    hands = Hands(desk)
    hands.keys(open_case.category.code, "<Enter>", "<Tab>", "又有人来电", "<Tab>", "<ArrowDown>", "<Tab>", "<Tab>")
    hands.keys("天河路1号", "<Tab>")
    button = desk.page.get_by_role("button", name=re.compile("并入该案"))
    button.wait_for()
    desk.look()
    button.click()
    desk.page.wait_for_url(f"**/cases/{open_case.number}/?logged")
    added = Case.objects.exclude(pk=open_case.pk).get()
    assert (added.state, added.merged_into) == ("merged", open_case)
    assert hands.count + 1 <= MOST_INTERACTIONS


def test_draft_survives_a_reload_without_the_reporter(window: Opens, ground: District) -> None:
    desk = at_form(window, ground)
    Hands(desk).keys("zdjy", "<Enter>", "<Tab>", "三辆水果车")
    desk.page.fill("[name=reporter_name]", "李女士")
    desk.page.on("dialog", lambda dialog: dialog.accept())
    desk.page.reload()
    desk.page.wait_for_selector("[data-draft-note]:not([hidden])")
    values = [desk.page.locator(f"[name={name}]").input_value() for name in ("description", "reporter_name")]
    assert values == ["三辆水果车", ""]
    assert desk.page.locator("#find-matter").input_value().startswith("09006")
    assert "李女士" not in desk.page.evaluate("JSON.stringify(localStorage)")
    desk.look()
    desk.page.locator("[name=community]").select_option(index=1)
    desk.page.locator(".log-form .action-bar button").first.click()
    desk.page.wait_for_url("**?logged")
    assert desk.page.evaluate("localStorage.length") == 0


def test_log_out_drops_the_draft(window: Opens, ground: District) -> None:
    desk = at_form(window, ground)
    Hands(desk).keys("zdjy", "<Enter>")
    assert desk.page.evaluate("localStorage.length") == 1
    desk.page.on("dialog", lambda dialog: dialog.accept())
    desk.page.locator(".topbar details.menu summary").click()
    desk.press("退出登录", within=".topbar")
    desk.page.wait_for_url("**/login/**")
    assert desk.page.evaluate("localStorage.length") == 0


def test_without_javascript_the_selects_do_the_same(window: Opens, ground: District) -> None:
    desk = window(ground.street.clerk, javascript=False)
    desk.open("/cases/new/")
    desk.page.locator("[name=matter]").select_option(index=1)
    desk.page.fill("[name=description]", "三辆水果车")
    desk.page.locator("[name=key_place]").select_option(label="榕荫肉菜市场")
    with desk.leaving():
        desk.page.locator(".log-form .action-bar button.btn-primary").click()
    case = Case.objects.get()
    assert (desk.path, case.community) == (f"/cases/{case.number}/?logged", ground.street.communities[1])
