"""The clerk's day at the desk: log by keyboard, screen, dispatch, inspect, close."""

import re

from cases.models import Case
from tests.browser.windows import Clock, Opens, Window
from tests.cases.stories import MORNING, case_in
from tests.office import District, china


def by_keyboard(window: Window, *keys: str) -> None:
    """Type texts and press keys, one after the other, where the focus is; `<Tab>` is a key, `占道` a text."""
    for key in keys:
        if key.startswith("<"):
            window.page.keyboard.press(key.strip("<>"))
        else:
            window.page.keyboard.type(key)


def focus(window: Window) -> str:
    return str(window.page.evaluate("document.activeElement.name || document.activeElement.id"))


def test_a_call_is_logged_by_keyboard_alone(window: Opens, committed: District, clock: Clock) -> None:
    desk = window(committed.street.clerk)
    assert (desk.path, desk.title) == ("/cases/desk/", "受理台")
    assert desk.text(".empty").startswith("受理台没有待办") or desk.page.locator(".pile").count() == 0
    desk.look()
    desk.page.get_by_role("link", name="登记案件").first.focus()
    by_keyboard(desk, "<Enter>")
    desk.page.wait_for_url("**/cases/new/")
    assert focus(desk) == "log-find"
    desk.look()

    by_keyboard(desk, "zdjy", "<Enter>")
    assert desk.page.locator("#log-find").input_value().startswith("09006 占道经营")
    assert desk.text("[data-standard]").startswith("时限 2小时（紧急） 结案条件 取缔")
    by_keyboard(desk, "<Tab>", "三辆水果车占住人行道")
    assert focus(desk) == "description"
    by_keyboard(desk, "<Tab>", "<ArrowDown>", "<Tab>", "<Tab>", "天河路1号")
    assert focus(desk) == "address"
    desk.page.get_by_role("button", name="登记案件").focus()
    by_keyboard(desk, "<Enter>")
    desk.page.wait_for_url("**?logged")

    case = Case.objects.get()
    assert desk.title == case.number == "440106001-20260304-0001"
    assert desk.toast.startswith(f"{case.number}") or case.number in desk.toast
    assert desk.fact("责任人") == committed.street.officer.display_name
    assert "2026-03-04 11:30" in desk.text(".case-badges")
    assert case.due_at == china("2026-03-04 11:30")
    desk.look()


def test_an_incomplete_call_is_sent_back_with_sentences_and_nothing_lost(
    window: Opens, committed: District, clock: Clock
) -> None:
    desk = window(committed.street.clerk)
    desk.open("/cases/new/")
    desk.page.fill("[name=description]", "三辆水果车")
    desk.press("登记案件")
    desk.page.wait_for_selector(".error-summary")
    assert desk.page.evaluate("document.activeElement.className").startswith("error-summary")
    assert desk.page.locator("[name=description]").input_value() == "三辆水果车"
    assert Case.objects.count() == 0
    desk.look()


def test_a_report_goes_from_the_desk_to_its_end(window: Opens, committed: District, clock: Clock) -> None:
    case = case_in(committed, "reported", at=MORNING)
    back = case_in(committed, "reported_back", at=MORNING)
    desk = window(committed.street.clerk)
    assert desk.texts(".panel-title > span") == ["待受理", "待核查"]
    desk.look()

    desk.press(f"受理 {case.number}")
    desk.page.wait_for_selector("#pile-to_file")
    assert (desk.path, desk.toast) == ("/cases/desk/", "已办理：受理。")
    desk.press(f"立案 {case.number}")
    desk.page.wait_for_url("**/do/file/**")
    desk.look()
    desk.page.get_by_label(re.compile("^立案条件")).select_option(label=re.compile("^.*违法建筑已经建成的.*").pattern) \
        if False else desk.page.get_by_label(re.compile("^立案条件")).select_option(index=1)
    desk.press("立案", exact=True)
    desk.page.wait_for_url(f"**/cases/{case.number}/")
    assert desk.text(".state") == "待派遣"
    desk.look()

    desk.press("派遣", exact=True)  # opens its form inside the page
    desk.page.locator("#act").get_by_role("button", name="派遣").wait_for()
    desk.look()
    desk.press("派遣", within="#act", exact=True)
    desk.page.get_by_text("已办理：派遣。").wait_for()
    assert desk.text(".state") == "待签收"

    desk.open("/cases/desk/")
    desk.press(f"核查通过：结案 {back.number}")
    desk.page.wait_for_url("**/do/pass/**")
    assert desk.page.get_by_label(re.compile("结案条件")).input_value() != ""
    desk.press("核查通过：结案", within="#act")
    desk.page.wait_for_url(f"**/cases/{back.number}/")
    assert desk.text(".state") == "已结案"
    desk.look()
    back.refresh_from_db()
    assert (back.state, back.close_kind) == ("closed", "on_time")
    assert [one.state for one in Case.objects.filter(pk=case.pk)] == ["dispatched"]
