"""Up to the district and back: by hand and by itself, the department's clocks, urging and supervision."""

import pytest

from cases.models import Case, CaseEvent, Escalation
from citymgmt.people.models import Organisation
from citymgmt.refusals import Invalid, NotPermitted, WrongState
from citymgmt.worktime import sweep
from communities.models import OfficerAssignment
from tests.cases.stories import MORNING, QUICK, case_in, do
from tests.office import china

AT = china(MORNING)


def steps(case, since=0):
    """The steps of the ladder with their moments."""
    events = CaseEvent.objects.filter(case=case, by=None, seq__gt=since).order_by("seq")
    return [(event.kind, event.at) for event in events]


def test_by_hand_before_the_deadline(district, act):
    case = case_in(district, "handling")
    act("escalate", case, by=district.street.clerk, at=AT, note=" 需部门处置 ")
    escalation = Escalation.objects.get(case=case)
    assert (case.state, case.was_escalated, case.department) == ("escalated", True, district.cgj)
    assert (escalation.ordinal, escalation.number) == (1, f"{case.number}-D1")
    assert (escalation.department, escalation.is_automatic, escalation.reason) == (district.cgj, False, "需部门处置")
    assert (escalation.state, escalation.sent_at) == ("sent", AT)
    assert (escalation.due_at, escalation.reply_due_at) == (china("2026-03-05 09:00"), china("2026-03-11 09:00"))
    assert (case.next_check_at, case.due_at) == (china("2026-03-05 09:00"), china("2026-03-25 09:00"))


def test_to_another_department_by_hand(district, act):
    case = case_in(district, "filed")
    act("escalate", case, by=district.street.clerk, at=AT, note="交警", department=district.jjdd)
    assert (case.department, Escalation.objects.get(case=case).department) == (district.jjdd, district.jjdd)


def test_departments_that_cannot_be_chosen(district, act):
    case, clerk = case_in(district, "filed", line=110), district.street.clerk
    elsewhere = Organisation.objects.create(key="cgj", kind="department", name_zh="外区", district_code="440105")
    district.jjdd.is_active = False
    for department in (None, elsewhere, district.street.team, district.jjdd):
        with pytest.raises(Invalid) as refusal:
            act("escalate", case, by=clerk, at=AT, note="上报", department=department)
        assert list(refusal.value.fields) == ["department"]


def test_acknowledged_then_replied(district, act):
    case = case_in(district, "escalated")
    act("acknowledge", case, by=district.liaison, at=china("2026-03-04 10:00"))
    escalation = Escalation.objects.get(case=case)
    assert (escalation.state, escalation.acknowledged_at) == ("acknowledged", china("2026-03-04 10:00"))
    assert (escalation.due_at, case.state) == (china("2026-03-11 09:00"), "escalated")
    with pytest.raises(WrongState):
        act("acknowledge", case, by=district.liaison, at=china("2026-03-04 11:00"))
    act("reply", case, by=district.liaison, at=china("2026-03-05 10:00"), note=" 已拆除 ")
    escalation.refresh_from_db()
    assert (escalation.state, escalation.reply, escalation.ended_at, escalation.due_at) == (
        "replied", "已拆除", china("2026-03-05 10:00"), None,
    )  # fmt: skip
    assert (case.state, case.officer) == ("handling", district.street.officer)


def test_a_reply_without_acknowledgement_is_both(district, act):
    case = case_in(district, "escalated")
    act("reply", case, by=district.liaison, at=china("2026-03-04 10:00"), note="已拆除")
    escalation = Escalation.objects.get(case=case)
    assert (escalation.state, escalation.acknowledged_at) == ("replied", china("2026-03-04 10:00"))


@pytest.mark.parametrize(
    ("action", "state", "reply"), [("return_escalation", "returned", "说明"), ("take_back", "taken_back", "")]
)
def test_back_again_and_no_second_escalation_by_itself(district, act, kinds, action, state, reply):
    case = case_in(district, "handling", line=QUICK)
    do(district, case, "escalate", AT)
    do(district, case, action, china("2026-03-04 09:30"))
    escalation = Escalation.objects.get(case=case)
    assert (escalation.state, escalation.reply, escalation.acknowledged_at) == (state, reply, None)
    assert (escalation.ended_at, escalation.due_at, case.state) == (china("2026-03-04 09:30"), None, "handling")
    sweep.run(china("2026-04-01 09:00"))
    assert kinds(case)[-3:] == [action, "warn", "urge_overdue"]
    case.refresh_from_db()
    assert case.next_check_at is None


def test_a_second_escalation_by_hand_gets_the_next_number(district, act):
    case = case_in(district, "escalated")
    do(district, case, "return_escalation", AT)
    act("escalate", case, by=district.street.clerk, at=AT, note="再报", department=district.jjdd)
    numbers = list(Escalation.objects.filter(case=case).order_by("ordinal").values_list("number", "state"))
    assert numbers == [(f"{case.number}-D1", "returned"), (f"{case.number}-D2", "sent")]


def test_a_department_answers_only_what_was_sent_to_it(district, act):
    case = case_in(district, "escalated")
    do(district, case, "return_escalation", AT)
    act("escalate", case, by=district.street.clerk, at=AT, note="再报", department=district.jjdd)
    for action in ("acknowledge", "reply", "return_escalation"):
        with pytest.raises(NotPermitted):
            act(action, case, by=district.liaison, at=AT, note="不是我的")
    act("reply", case, by=district.liaison2, at=AT, note="已处理")
    assert case.state == "handling"


def test_while_the_department_has_it_the_case_s_own_ladder_goes_on(district):
    case = case_in(district, "handling", line=QUICK)
    do(district, case, "escalate", china("2026-03-04 10:00"))
    version = case.version
    sweep.run(china("2026-04-01 09:00"))
    assert steps(case, version) == [
        ("warn", china("2026-03-04 10:30")),
        ("urge_overdue", china("2026-03-04 11:00")),
        ("supervise_department", china("2026-03-05 10:00")),
        ("report_to_government", china("2026-03-12 10:00")),
    ]


def test_a_silent_department_is_supervised_once_and_then_reported(district):
    case = case_in(district, "escalated")
    sweep.run(china("2026-03-24 08:00"))
    case.refresh_from_db()
    escalation = Escalation.objects.get(case=case)
    assert (
        steps(case)
        == [
            ("supervise_department", china("2026-03-05 09:00")),
            ("report_to_government", china("2026-03-12 09:00")),
            ("warn", china("2026-03-24 08:00")),
        ][:2]
    )
    assert (escalation.rung, escalation.urge_count, case.supervision_count) == (2, 2, 2)


def test_acknowledged_but_never_replied(district, act):
    case = case_in(district, "escalated")
    act("acknowledge", case, by=district.liaison, at=china("2026-03-04 10:00"))
    sweep.run(china("2026-03-20 09:00"))
    assert steps(case) == [
        ("supervise_department", china("2026-03-11 09:00")),
        ("report_to_government", china("2026-03-18 09:00")),
    ]


def test_a_late_acknowledgement_keeps_the_supervision_and_gives_the_whole_reply_limit(district, act):
    Organisation.objects.filter(pk=district.cgj.pk).update(reply_limit_days=10)
    case = case_in(district, "escalated")
    sweep.run(china("2026-03-06 09:00"))
    act("acknowledge", case, by=district.liaison, at=china("2026-03-06 10:00"))
    escalation = Escalation.objects.get(case=case)
    assert (escalation.rung, escalation.due_at) == (1, china("2026-03-18 09:00"))
    sweep.run(china("2026-03-20 09:00"))
    assert steps(case) == [
        ("supervise_department", china("2026-03-05 09:00")),
        ("report_to_government", china("2026-03-18 09:00")),  # not on the 12th: the reply was not due
    ]


def test_without_officer_the_ladder_still_climbs_and_the_answer_leads_back_to_the_desk(district, act):
    OfficerAssignment.objects.filter(community=district.street.communities[0]).delete()
    case = case_in(district, "filed", line=QUICK)
    sweep.run(china("2026-03-05 11:00"))
    case.refresh_from_db()
    assert (case.state, case.officer) == ("escalated", None)
    assert Escalation.objects.get(case=case).is_automatic is True
    assert case.events.get(kind="escalate_overdue").from_state == "filed"
    act("reply", case, by=district.liaison, at=china("2026-03-05 12:00"), note="已处理")
    assert (case.state, case.officer) == ("filed", None)


def test_a_category_without_department_stops_at_urging(district):
    case = case_in(district, "handling", line=110)
    sweep.run(china("2026-06-01 09:00"))
    case.refresh_from_db()
    assert [kind for kind, _at in steps(case)] == ["warn", "urge_overdue"]
    assert (case.state, case.next_check_at, case.rung) == ("handling", None, 2)


def test_an_interim_measure_is_noted(district, act):
    case = case_in(district, "escalated")
    event = act("measure", case, by=district.street.officer, at=AT, note="已劝导")
    assert (event.note, case.state) == ("已劝导", "escalated")


def test_urging_counts_on_the_case_and_on_the_escalation(district, act):
    case = case_in(district, "handling")
    act("urge", case, by=district.street.clerk, at=AT)
    act("escalate", case, by=district.street.clerk, at=AT, note="上报")
    act("urge", case, by=district.street.clerk, at=AT, note="请尽快")
    assert (case.urge_count, Escalation.objects.get(case=case).urge_count) == (2, 1)


def test_supervision_is_ordered_and_answered(district, act):
    case = case_in(district, "handling")
    with pytest.raises(WrongState):
        act("answer_supervision", case, by=district.street.officer, at=AT, note="已办")
    act("supervise", case, by=district.street.leader, at=AT, note="本周办结")
    act("answer_supervision", case, by=district.street.officer, at=AT, note="已办")
    assert case.supervision_count == 1


def test_the_sweep_and_a_late_action_write_the_same_steps(district, act):
    swept, acted = case_in(district, "handling", line=QUICK), case_in(district, "handling", line=QUICK)
    Case.objects.filter(pk=acted.pk).update(next_check_at=None)  # the sweep misses it
    sweep.run(china("2026-03-20 09:00"))
    act("note", acted, by=district.street.clerk, at=china("2026-03-20 09:00"), note="看")
    assert steps(acted) == steps(swept)
    assert len(steps(swept)) == 5
