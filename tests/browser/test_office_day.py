"""The day of the three administrators: set up, grant, read the trail."""

from citymgmt.people.models import User
from tests.browser.windows import PHONE, Opens
from tests.office import District

PAGES_OF_ADMIN = ["/setup/", "/standards/330/", "/standards/330/revise/", "/calendar/", "/communities/", "/users/"]


def test_pages_of_the_administrator_can_be_used_by_everybody_on_both_widths(window: Opens, committed: District) -> None:
    desk = window(committed.street.admin)
    for path in PAGES_OF_ADMIN:
        desk.open(path)
        desk.look()
    desk.page.set_viewport_size(PHONE)
    for path in PAGES_OF_ADMIN:
        desk.open(path)
        desk.look()


def test_a_deadline_is_calculated(window: Opens, committed: District) -> None:
    desk = window(committed.street.admin)
    desk.open("/calendar/")
    desk.page.fill("[name=start]", "2026-09-30T17:00")  # an hour before the National Day holidays
    desk.page.fill("[name=value]", "2")
    desk.page.select_option("[name=unit]", "wh")
    desk.press("计算")
    assert "2026-10-08 09:00" in desk.text(".due-result")


def test_a_wrong_revision_comes_back_with_what_was_typed(window: Opens, committed: District) -> None:
    desk = window(committed.street.admin)
    desk.open("/standards/330/revise/")
    desk.page.fill("[name=closing_zh]", "拆除并清运")
    desk.page.fill("[name=limit_value]", "")
    desk.press("建立新版本")
    desk.page.wait_for_selector(".error-summary:focus")
    assert desk.page.locator("[name=closing_zh]").input_value() == "拆除并清运"
    desk.look()


def test_the_administrator_makes_a_user_the_security_administrator_grants_the_auditor_reads(
    window: Opens, committed: District
) -> None:
    street = committed.street
    admin = window(street.admin)
    admin.open("/users/new/")
    admin.page.fill("[name=username]", "xiaoli")
    admin.page.fill("[name=display_name]", "小李")
    admin.look()
    admin.press("创建用户")
    admin.page.wait_for_selector("#shown-once")
    admin.look()

    secadmin = window(street.secadmin)
    assert (secadmin.path, secadmin.title) == ("/users/", "用户")
    secadmin.look()
    secadmin.press("小李")
    secadmin.page.select_option("[name=role]", "officer")
    secadmin.look()
    secadmin.press("保存权限")
    secadmin.page.locator("#confirm-dialog").get_by_role("button", name="确定").click()
    secadmin.page.wait_for_selector("#toasts .note-success")
    assert User.objects.get(username="xiaoli").role == "officer"

    auditor = window(street.auditor)
    assert (auditor.path, auditor.title) == ("/audit/", "审计记录")
    assert "小李" in auditor.text("#trail")
    auditor.look()
