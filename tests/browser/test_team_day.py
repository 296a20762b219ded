"""The team's day: the leader assigns, the member handles."""

from tests.browser.windows import PHONE, Opens
from tests.cases.stories import case_in
from tests.office import District


def test_the_leader_assigns_and_the_member_reports_back(window: Opens, committed: District) -> None:
    case = case_in(committed, "handling")
    street = committed.street
    leader = window(street.teamleader)
    assert (leader.path, leader.texts(".task-number")) == ("/cases/mine/", [case.number])
    leader.look()
    leader.page.locator(".task-title a").click()
    leader.press("指派队员", within=".case-actions")
    leader.page.locator("#act [name=handler]").select_option(label=street.member.display_name)
    leader.look()
    leader.press("指派队员", within="#act")
    leader.page.get_by_text("已办理：指派队员。").wait_for()
    leader.look()

    member = window(street.member, size=PHONE)
    assert member.texts(".task-number") == [case.number]
    member.press(f"反馈：已处置 {case.number}")
    member.page.fill("[name=note]", "已拆除，垃圾已清运")
    member.press("反馈：已处置", within="#act")
    member.page.get_by_text("已办理：反馈").wait_for()
    member.look()
    case.refresh_from_db()
    assert (case.state, case.handler) == ("reported_back", street.member)
