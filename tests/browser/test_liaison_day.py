"""The liaison's day: what was reported up to the department, acknowledged, replied, returned."""

import pytest

from tests.browser.windows import Opens
from tests.cases.stories import case_in
from tests.office import District


@pytest.mark.parametrize(
    ("button", "words", "ended"),
    [("回复", "已责令限期拆除", "replied"), ("退回：非本部门职责", "属规划部门职责", "returned")],
)
def test_an_escalation_is_acknowledged_and_ended(
    window: Opens, committed: District, button: str, words: str, ended: str
) -> None:
    case = case_in(committed, "escalated")
    office = window(committed.liaison)
    assert (office.path, office.title) == ("/cases/escalations/", "上报我部门")
    office.look()
    office.press(f"签收 {case.number}")
    office.page.get_by_text("已办理：签收。").wait_for()
    assert office.path == "/cases/escalations/"
    office.press(f"{button} {case.number}")
    office.page.fill("[name=note]", words)
    office.look()
    office.press(button, within="#act")
    office.page.get_by_text("已办理：").wait_for()
    office.look()
    case.refresh_from_db()
    assert case.state == "handling"
    assert [one.state for one in case.escalations.all()] == [ended]


def test_nothing_of_another_department_is_seen(window: Opens, committed: District) -> None:
    case_in(committed, "escalated")
    office = window(committed.liaison2)
    assert office.text(".empty-state").startswith("没有未结的上报件")
    office.look()
