"""The leader's day: what is late and whose, more time or not, supervision."""

from tests.browser.windows import Clock, Opens
from tests.cases.stories import QUICK, case_in, do
from tests.office import District, china

LATE = "2026-03-04 11:30"


def test_a_late_case_is_found_and_supervised(window: Opens, committed: District, clock: Clock) -> None:
    case = case_in(committed, "handling", line=QUICK)  # two urgent hours from 09:00
    clock.at = china(LATE)
    desk = window(committed.street.leader)
    assert (desk.path, desk.title) == ("/cases/overdue/", "超时案件")
    assert desk.texts("tr.is-overdue .number") == [case.number]
    assert "超时 30 分 (2026-03-04 11:00 到期)" in desk.text("tr.is-overdue")
    desk.look()
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
    leader.page.locator(".sidebar").get_by_role("link", name="审批").click()
    leader.look()
    leader.press(f"批准申请 {case.number}")
    leader.page.get_by_text("没有待您决定的事项").wait_for()
    leader.look()
    case.refresh_from_db()
    assert (case.extension_count, case.due_at > due_at) == (1, True)
