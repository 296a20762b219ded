"""The officer's day on the phone: what is due first, receive, report back, return."""

from tests.browser.windows import PHONE, Opens
from tests.cases.stories import QUICK, SLOW, case_in
from tests.office import District

RECEIVE, BACK, RETURN = "签收", "反馈：已处置", "回退：非我职责"


def test_due_first_received_from_the_list_and_reported_back(window: Opens, committed: District) -> None:
    slow = case_in(committed, "dispatched", line=SLOW)
    quick = case_in(committed, "dispatched", line=QUICK)
    phone = window(committed.street.officer, size=PHONE)
    assert (phone.path, phone.title) == ("/cases/mine/", "我的任务")
    assert phone.texts(".task-number") == [quick.number, slow.number]
    phone.look()

    phone.press(f"{RECEIVE} {quick.number}")
    phone.page.get_by_text("已办理：签收。").wait_for()
    assert phone.path == "/cases/mine/"
    phone.press(f"{BACK} {quick.number}")
    phone.page.wait_for_url("**/do/report_back/**")
    phone.look()
    phone.press(BACK, within="#act")
    phone.page.wait_for_selector(".error-summary")  # what was done must be said
    phone.look()
    phone.page.fill("[name=note]", "摊位已劝离，路面已清洗")
    phone.press(BACK, within="#act")
    phone.page.wait_for_url(f"**/cases/{quick.number}/")
    assert phone.text(".state") == "待核查"
    assert phone.text(".timeline-note") == "摊位已劝离，路面已清洗"
    phone.look()
    quick.refresh_from_db()
    assert quick.state == "reported_back"


def test_what_is_not_mine_goes_back_to_the_desk(window: Opens, committed: District) -> None:
    case = case_in(committed, "dispatched")
    phone = window(committed.street.officer, size=PHONE)
    phone.page.locator(".task-title a").click()
    phone.press(RETURN, within=".case-actions")
    phone.page.locator("#act [name=note]").fill("地点在隔壁社区")
    phone.look()
    phone.press(RETURN, within="#act")
    phone.page.get_by_text("已办理：回退").wait_for()
    case.refresh_from_db()
    assert (case.state, case.return_count) == ("filed", 1)
    phone.open("/cases/mine/")
    assert phone.texts(".task-number") == []


def test_the_sheet_of_pages_opens_above_the_tabs(window: Opens, committed: District) -> None:
    phone = window(committed.street.officer, size=PHONE)
    phone.page.locator(".tab-more > summary").click()
    phone.page.locator(".sheet").wait_for()
    phone.look()
    phone.page.locator(".sheet").get_by_role("link", name="立案标准").click()
    assert phone.title == "立案标准"
    phone.look()
    phone.open("/inbox/")
    phone.look()
