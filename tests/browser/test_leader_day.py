"""The leader's day: figures, what is late and whose, more time or not, supervision."""

from tests.browser.windows import PHONE, Clock, Opens
from tests.cases.stories import QUICK, case_in, do
from tests.office import District, china

LATE = "2026-03-04 11:30"


def test_a_late_case_is_found_and_supervised(window: Opens, committed: District, clock: Clock) -> None:
    case = case_in(committed, "handling", line=QUICK)  # two urgent hours from 09:00
    clock.at = china(LATE)
    desk = window(committed.street.leader)
    assert (desk.path, desk.title) == ("/dashboard/", "数据看板")
    desk.look()
    with desk.leaving():
        desk.page.locator(".stat-tile-alert").click()
    assert (desk.path, desk.title) == ("/statistics/cases/?measure=late_now", "超时")
    assert desk.texts("tr.is-overdue .number a") == [case.number]
    desk.look()
    with desk.leaving():
        desk.page.locator(".sidebar").get_by_role("link", name="超时案件").click()
    assert (desk.path, desk.title) == ("/cases/overdue/", "超时案件")
    assert desk.texts("tr.is-overdue .number") == [case.number]
    assert "超时 30 分 (2026-03-04 11:00 到期)" in desk.text("tr.is-overdue")
    desk.look()
    with desk.leaving():
        desk.press(f"督办 {case.number}")
    desk.page.fill("[name=note]", "今天下班前办结")
    desk.look()
    desk.press("督办", within="#act")
    desk.page.wait_for_url(f"**/cases/{case.number}/")
    desk.look()
    case.refresh_from_db()
    assert case.supervision_count == 1


def test_more_time_is_supported_by_the_desk_and_granted_by_the_leader(
    window: Opens, committed: District, clock: Clock
) -> None:
    case = case_in(committed, "handling")
    do(committed, case, "request_extension", clock.at)
    due_at = case.due_at
    clerk = window(committed.street.clerk)
    clerk.open("/cases/approvals/")
    clerk.look()
    clerk.press(f"审核同意 {case.number}")
    clerk.page.get_by_text("没有待您决定的事项").wait_for()
    assert (clerk.path, clerk.toast) == ("/cases/approvals/", "已办理：审核同意。")

    leader = window(committed.street.leader)
    with leader.leaving():
        leader.page.locator(".sidebar").get_by_role("link", name="审批").click()
    leader.look()
    leader.press(f"批准申请 {case.number}")
    leader.page.get_by_text("没有待您决定的事项").wait_for()
    leader.look()
    case.refresh_from_db()
    assert (case.extension_count, case.due_at > due_at) == (1, True)


def test_the_figures_are_read_in_a_period_as_a_chart_and_as_a_table(window: Opens, committed: District) -> None:
    """From the dashboard to the evaluation, on the desk and on the phone, by the definitions under the figures."""
    for state in ("reported", "handling", "closed", "escalated"):
        case_in(committed, state)
    desk = window(committed.street.leader)
    desk.press("今日", within=".period-bar")
    desk.page.wait_for_selector(".period-bar [aria-current]:text-is('今日')")
    assert desk.text(".section-title >> nth=1") == "2026-03-04 至 2026-03-04"
    assert desk.page.locator("[data-chart] svg").get_by_text("3月4日").count() == 1
    desk.page.get_by_text("以表格显示").click()
    assert desk.texts(".trend-table tbody tr") == ["3月4日 4 1"]
    desk.page.locator(".figure-card summary").first.click()
    desk.page.get_by_text("上报数：统计本期上报的案件").wait_for()
    desk.look()
    with desk.leaving():
        desk.page.locator(".sidebar").get_by_role("link", name="绩效评价").click()
    assert desk.title == "绩效评价"
    desk.look()
    phone = window(committed.street.leader, size=PHONE)
    for path in ("/dashboard/", "/statistics/evaluation/"):
        phone.open(path)
        phone.look()


def test_on_paper_the_definitions_are_open(window: Opens, committed: District) -> None:
    desk = window(committed.street.leader)
    hidden = desk.page.locator(".definition p:visible").count()
    desk.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    shown = desk.page.locator(".definition p:visible").count()
    desk.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert (hidden, shown, desk.page.locator(".definition p:visible").count()) == (0, 10, 0)
