"""Photos in the browser: chosen, seen, taken along with a new case; dropped on a phone's form; covered by pointer."""

import re

import pytest
from playwright.sync_api import expect

from cases.actions import process_photos
from cases.models import Case, Photo
from tests.browser.windows import PHONE, Clock, Opens, Window
from tests.cases.stories import case_in
from tests.office import District
from tests.photos.pictures import exif, photo, seen

ONE = {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": photo(640, 320, exif=exif())}


pytestmark = pytest.mark.usefixtures("media")


def draw_rectangle(desk: Window) -> None:
    """Draw with the mouse over the upper left of the photo: a quarter of its width, half of its height."""
    frame = desk.page.locator(".photo-stage img").bounding_box()
    desk.page.mouse.move(frame["x"] + 2, frame["y"] + 2)
    desk.page.mouse.down()
    desk.page.mouse.move(frame["x"] + frame["width"] * 0.25, frame["y"] + frame["height"] * 0.5, steps=4)
    desk.page.mouse.up()


def test_a_case_is_logged_with_a_photo_that_is_covered_afterwards(
    window: Opens, committed: District, clock: Clock
) -> None:
    desk = window(committed.street.clerk)
    desk.open("/cases/new/")
    desk.page.fill("#find-matter", "zdjy")
    desk.page.keyboard.press("Enter")
    desk.page.fill("[name=description]", "三辆水果车占住人行道")
    desk.page.set_input_files("input[name=photos_files]", ONE)
    desk.page.wait_for_selector(".photo-draft input[name=photos]", state="attached")
    process_photos(now=lambda: clock.at)
    desk.page.wait_for_selector(".photo-draft img[src*='/thumbnail/']")
    desk.look()
    desk.page.locator(".photo-draft select").select_option("before")
    desk.page.locator(".log-form .action-bar .btn-primary").last.click()
    desk.page.wait_for_url("**?logged")
    draft = Photo.objects.get()
    assert (draft.case, draft.kind, draft.longitude) == (Case.objects.get(), "before", None)
    expect(desk.page.locator(".photo-strip img").first).not_to_have_js_property("naturalWidth", 0)
    desk.look()

    desk.page.locator(".photo-strip a").click()
    desk.page.wait_for_selector(".photo-stage.is-drawing")
    desk.look()
    draw_rectangle(desk)
    desk.press("添加矩形")  # and one by keyboard, moved to the right and made wider
    for key in ["ArrowRight"] * 30 + ["Shift+ArrowRight"] * 10:
        desk.page.keyboard.press(key)
    assert desk.page.locator(".redact-box").count() == 2
    assert re.fullmatch(r"[0-9. ]+; 70 40 30 20", desk.page.locator("[name=boxes]").input_value())
    desk.look()
    desk.press("永久遮挡")
    desk.page.locator("dialog[open] .btn-danger").click()
    desk.page.get_by_text("照片已遮挡").wait_for()
    draft.refresh_from_db()
    assert draft.redactions == 1
    content = desk.page.request.get(desk.url + draft.picture_url).body()
    assert seen(content, (80, 80), (80, 240), (400, 80), (560, 160)) == ["black", "red", "blue", "black"]


def test_an_officer_reports_back_with_a_photo_from_the_phone(window: Opens, committed: District, clock: Clock) -> None:
    case = case_in(committed, "handling")
    phone = window(committed.street.officer, size=PHONE)
    phone.open(f"/cases/{case.number}/")
    phone.press("反馈：已处置", within=".case-actions")
    phone.page.wait_for_selector("#act [data-photo-picker]")
    phone.page.fill("#act [name=note]", "摊位已撤离")
    phone.page.set_input_files("#act input[name=photos_files]", ONE)
    phone.page.wait_for_selector("#act .photo-draft input[name=photos]", state="attached")
    process_photos(now=lambda: clock.at)
    phone.page.wait_for_selector("#act .photo-draft img[src*='/thumbnail/']")
    phone.look()
    phone.press("反馈：已处置", within="#act")
    phone.page.get_by_text("摊位已撤离").wait_for()
    assert Photo.objects.get().event.kind == "report_back"


def test_a_file_that_is_no_photo_is_told_at_once(window: Opens, committed: District) -> None:
    desk = window(committed.street.clerk)
    desk.open("/cases/new/")
    wrong = {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": b"<svg></svg>"}
    desk.page.set_input_files("input[name=photos_files]", wrong)
    desk.page.wait_for_selector(".photo-say:not(:empty)")
    assert desk.page.locator(".photo-draft").count() == 0


def test_without_javascript_the_file_goes_with_the_form(window: Opens, committed: District) -> None:
    case = case_in(committed, "handling")
    desk = window(committed.street.officer, javascript=False)
    desk.open(f"/cases/{case.number}/do/note/")
    desk.page.fill("[name=note]", "现场情况")
    desk.page.set_input_files("input[name=photos_files]", ONE)
    desk.page.locator("#act button[type=submit]").click()
    desk.page.wait_for_url(f"**/cases/{case.number}/")
    assert Photo.objects.get().event.kind == "note"
