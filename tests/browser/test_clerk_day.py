"""The clerk's day at the desk: log by keyboard, screen, dispatch, inspect, close."""

import re

from cases.models import Case
from tests.browser.windows import Opens, Window
from tests.cases.stories import case_in
from tests.office import District, china


def keys(window: Window, *strokes: str) -> None:
    """Type texts and press keys where the focus is: `<Tab>` is a key, `天河路` a text."""
    for stroke in strokes:
        keyboard = window.page.keyboard
        keyboard.press(stroke.strip("<>")) if stroke.startswith("<") else keyboard.insert_text(stroke)


def tab_to(window: Window, selector: str) -> None:
    """Press the tab key until this has the focus."""
    for _press in range(60):
        if window.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        window.page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached by the tab key")


def focus(window: Window) -> str:
    return str(window.page.evaluate("document.activeElement.name || document.activeElement.id"))


def test_a_call_is_logged_by_keyboard_alone(window: Opens, committed: District) -> None:
    desk = window(committed.street.clerk)
    assert (desk.path, desk.title) == ("/cases/desk/", "受理台")
    desk.look()
    tab_to(desk, 'a[href="/cases/new/"]')
    keys(desk, "<Enter>")
    desk.page.wait_for_url("**/cases/new/")
    desk.page.wait_for_selector("#find-matter:focus")
    desk.look()

    keys(desk, "zdjy", "<Enter>")
    assert desk.page.locator("#find-matter").input_value().startswith("09006 占道经营")
    assert desk.text("[data-standard]").startswith("时限 2个紧急工作时 结案条件 取缔")
    keys(desk, "<Tab>", "三辆水果车占住人行道")
    assert focus(desk) == "description"
    keys(desk, "<Tab>", "<ArrowDown>", "<Tab>", "<Tab>", "天河路1号")
    assert focus(desk) == "address"
    tab_to(desk, ".log-form .action-bar .btn-primary")
    keys(desk, "<Enter>")
    desk.page.wait_for_url("**?logged")

    case = Case.objects.get()
    assert desk.title == case.number == "440106001-20260304-0001"
    assert case.number in desk.toast
    assert desk.fact("责任人") == committed.street.officer.display_name
    assert "2026-03-04 11:30" in desk.text(".case-badges")
    assert case.due_at == china("2026-03-04 11:30")
    desk.look()


def test_an_incomplete_call_comes_back_with_sentences_and_nothing_lost(window: Opens, committed: District) -> None:
    desk = window(committed.street.clerk)
    desk.open("/cases/new/")
    desk.page.fill("[name=description]", "三辆水果车")
    desk.page.locator(".log-form .action-bar .btn-primary").click()
    desk.page.wait_for_selector(".error-summary:focus")
    assert desk.page.locator("[name=description]").input_value() == "三辆水果车"
    assert Case.objects.count() == 0
    desk.look()


def test_a_report_goes_from_the_desk_into_the_field(window: Opens, committed: District) -> None:
    case = case_in(committed, "reported")
    desk = window(committed.street.clerk)
    assert desk.texts(".panel-title > span") == ["待受理"]
    desk.press(f"受理 {case.number}")
    desk.page.wait_for_selector("#pile-to_file")
    assert (desk.path, desk.toast) == ("/cases/desk/", "已办理：受理。")
    desk.look()

    desk.press(f"立案 {case.number}")
    desk.page.wait_for_url("**/do/file/**")
    desk.look()
    desk.page.get_by_label(re.compile("^立案条件")).select_option(index=1)
    desk.press("立案", within="#act", exact=True)
    desk.page.wait_for_url(f"**/cases/{case.number}/")
    assert desk.text(".state") == "待派遣"

    desk.press("派遣", within=".case-actions", exact=True)  # its form opens inside the page
    desk.page.locator("#act").get_by_role("button", name="派遣").wait_for()
    desk.look()
    desk.press("派遣", within="#act", exact=True)
    desk.page.get_by_text("已办理：派遣。").wait_for()
    assert desk.text(".state") == "待签收"


def test_what_was_done_is_inspected_and_closed(window: Opens, committed: District) -> None:
    case = case_in(committed, "reported_back")
    desk = window(committed.street.clerk)
    assert desk.texts(".panel-title > span") == ["待核查"]
    desk.press(f"核查通过：结案 {case.number}")
    desk.page.wait_for_url("**/do/pass/**")
    assert desk.page.locator("[name=closing_note]").input_value() == "按法定程序拆除"
    desk.press("核查通过：结案", within="#act")
    desk.page.wait_for_url(f"**/cases/{case.number}/")
    assert desk.text(".state") == "已结案"
    desk.look()
    case.refresh_from_db()
    assert (case.state, case.close_kind) == ("closed", "normal")
