"""Nobody acts: each step of the ladder comes once, at its own moment, however the sweep is rung."""

import pytest

from cases.models import Case, CaseEvent, Escalation
from citymgmt.outbox.models import Message
from citymgmt.worktime import sweep
from tests.office import china

FILED = "2026-03-04 09:00"  # a Wednesday
STEPS = [  # 占道经营: 2 urgent hours, department cgj
    ("warn", "2026-03-04 10:30"),
    ("urge_overdue", "2026-03-04 11:00"),
    ("escalate_overdue", "2026-03-05 11:00"),
    ("supervise_department", "2026-03-06 11:00"),
    ("report_to_government", "2026-03-13 11:00"),
]


def steps_of(case: Case) -> list[tuple[str, str]]:
    """The ladder's events with their moments."""
    events = CaseEvent.objects.filter(case=case, by=None).order_by("seq")
    return [(event.kind, event.at) for event in events]


@pytest.mark.parametrize(
    "looks",
    [
        ["2026-04-01 00:00"],
        ["2026-03-04 10:30", "2026-03-04 11:00", "2026-03-05 11:00", "2026-03-06 11:00", "2026-03-13 11:00"],
        ["2026-03-05 10:59", "2026-03-05 10:59", "2026-03-04 09:00", "2026-04-01 00:00", "2026-03-20 00:00"],
    ],
    ids=["one late look", "a look at each moment", "doubled and out of order"],
)
def test_each_step_comes_once_at_its_moment(log, looks):
    case = log(china(FILED))
    for look in looks:
        sweep.run(china(look))
    assert steps_of(case) == [(kind, china(at)) for kind, at in STEPS]


def test_the_whole_day(district, log, act, kinds):
    street, officer, liaison = district.street, district.street.officer, district.liaison
    case = log(china(FILED))
    assert (case.state, case.officer, case.due_at) == ("dispatched", officer, china("2026-03-04 11:00"))
    sweep.run(china("2026-03-16 09:00"))
    act("acknowledge", case, by=liaison, at=china("2026-03-16 10:00"))
    act("reply", case, by=liaison, at=china("2026-03-16 15:00"), note="已处理")
    act("report_back", case, by=officer, at=china("2026-03-16 16:00"), note="已清理")
    act("pass", case, by=street.clerk, at=china("2026-03-16 17:00"))
    assert kinds(case) == [
        "report", "accept", "file", "dispatch",
        *(kind for kind, _at in STEPS),
        "acknowledge", "reply", "report_back", "pass",
    ]  # fmt: skip
    assert (case.state, case.close_kind, case.version) == ("closed", "overdue", 13)
    escalation = Escalation.objects.get(case=case)
    assert (escalation.state, escalation.number) == ("replied", f"{case.number}-D1")
    told = set(Message.objects.filter(kind="report_to_government").values_list("recipient__username", flat=True))
    assert told == {"supervisor", "leader1", "liaison"}
