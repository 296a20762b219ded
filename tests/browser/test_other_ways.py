"""In English, and without JavaScript."""

from cases.models import Case
from tests.browser.windows import DESKTOP, PHONE, Opens
from tests.cases.stories import case_in
from tests.office import District


def test_the_log_in_speaks_the_browsers_language(window: Opens) -> None:
    guest = window(language="en", size=PHONE)
    guest.open("/login/")
    assert guest.title == "City Management Portal"
    guest.look_at_frame()
    guest.press("中文", within=".topbar")
    guest.page.wait_for_selector("html[lang=zh-hans]")
    guest.language = "zh"
    guest.look()


def test_a_member_switches_to_english(window: Opens, committed: District) -> None:
    desk = window(committed.street.clerk, size=DESKTOP)
    desk.press("English", within=".topbar")
    desk.page.wait_for_selector("html[lang=en]")
    assert (desk.path, desk.title) == ("/cases/desk/", "Desk")
    desk.language = "en"
    desk.look_at_frame()


def test_logging_and_receiving_work_without_javascript(window: Opens, committed: District) -> None:
    desk = window(committed.street.clerk, javascript=False)
    desk.open("/cases/new/")
    desk.page.select_option("[name=matter]", index=2)
    desk.page.fill("[name=description]", "三辆水果车")
    desk.page.select_option("[name=community]", index=1)
    desk.page.locator(".log-form .action-bar button.btn-primary").click()
    desk.page.wait_for_url("**?logged")
    assert desk.title == Case.objects.get().number

    case = case_in(committed, "dispatched")
    phone = window(committed.street.officer, javascript=False, size=PHONE)
    phone.press(f"签收 {case.number}")
    phone.page.get_by_text("已办理：签收。").wait_for()
    case.refresh_from_db()
    assert (phone.path, case.state) == ("/cases/mine/", "handling")
