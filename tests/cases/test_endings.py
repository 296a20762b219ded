"""How a case ends and begins again: inspection, rework, special closing, void, merge, reopen, appeal."""

from datetime import timedelta

import pytest

from cases.models import Category, Escalation, TimeRequest
from citymgmt.refusals import Invalid, WrongState
from citymgmt.worktime import sweep
from tests.cases.stories import LATE, MORNING, PATHS, QUICK, case_in, do, reported
from tests.office import china

AT = china(MORNING)


def by_hand(district, act, state):
    """A case with a limit by hand, so without a closing condition of its own."""
    case = reported(district, AT, category=Category.objects.get(code_2026="09003"))
    act("accept", case, by=district.street.clerk, at=AT)
    act("file", case, by=district.street.clerk, at=AT, limit_value=2, limit_unit="wd")
    for action in PATHS[state][2:]:
        do(district, case, action, AT)
    return case


def test_passed_in_time_is_normal(district, act):
    case = case_in(district, "reported_back")
    act("pass", case, by=district.street.clerk, at=china("2026-05-04 09:00"))
    assert (case.state, case.close_kind, case.closed_at) == ("closed", "normal", china("2026-05-04 09:00"))
    assert (case.closing_note, case.next_check_at) == (case.closing_zh, None)


def test_reported_back_at_the_deadline_is_in_time_and_later_is_not(district, act):
    for at, kind in (("2026-03-04 11:00", "normal"), ("2026-03-04 11:01", "overdue")):
        case = case_in(district, "handling", line=QUICK)
        do(district, case, "report_back", china(at))
        act("pass", case, by=district.street.clerk, at=china(at))
        assert case.close_kind == kind


def test_closed_with_an_error(district, act):
    case = case_in(district, "reported_back")
    act("pass", case, by=district.street.clerk, at=AT, with_error=True, closing_note=" 现场已清 ")
    assert (case.close_kind, case.closing_note) == ("error", "现场已清")


def test_closing_needs_a_closing_condition(district, act):
    case = by_hand(district, act, "reported_back")
    with pytest.raises(Invalid) as refusal:
        act("pass", case, by=district.street.clerk, at=AT, closing_note=" ")
    assert list(refusal.value.fields) == ["closing_note"]
    act("pass", case, by=district.street.clerk, at=AT, closing_note="已安置")
    assert (case.state, case.closing_note) == ("closed", "已安置")


def test_while_it_waits_for_inspection_nothing_falls_due(district, kinds):
    case = case_in(district, "handling", line=QUICK)
    do(district, case, "report_back", china("2026-03-04 10:00"))
    sweep.run(china("2026-06-01 09:00"))
    assert kinds(case)[-1] == "report_back"


def test_rework_keeps_people_and_deadline_and_wakes_the_ladder(district, act, kinds):
    case = case_in(district, "handling", line=QUICK)
    do(district, case, "report_back", china("2026-03-04 10:40"))
    assert kinds(case)[-2:] == ["warn", "report_back"]
    due_at = case.due_at
    act("rework", case, by=district.street.clerk, at=china("2026-03-06 09:00"), note="不合格")
    assert (case.state, case.due_at, case.officer) == ("handling", due_at, district.street.officer)
    assert (case.rework_count, case.handled_at, case.watched_from) == (1, None, china("2026-03-06 09:00"))
    sweep.run(china("2026-03-06 09:00"))
    assert (kinds(case)[-1], case.events.last().at) == ("urge_overdue", china("2026-03-06 09:00"))
    sweep.run(china("2026-03-09 08:59"))
    assert kinds(case)[-1] == "urge_overdue"
    sweep.run(china("2026-03-09 09:00"))
    assert kinds(case)[-1] == "escalate_overdue"


def test_rework_that_ends_late_makes_the_case_overdue(district, act):
    case = case_in(district, "handling", line=QUICK)
    do(district, case, "report_back", china("2026-03-04 10:00"))
    do(district, case, "rework", china("2026-03-04 10:30"))
    do(district, case, "report_back", china("2026-03-04 11:30"))
    do(district, case, "pass", china("2026-03-04 12:00"))
    assert (case.close_kind, case.rework_count) == ("overdue", 1)


@pytest.mark.parametrize(
    ("action", "state"),
    [("void", "escalated"), ("close_special", "escalated"), ("void", "suspended"), ("void", "reported"),
     ("close_special", "reported_back"), ("close_special", "filed"), ("merge", "handling")],
)  # fmt: skip
def test_the_end_ends_everything_open(district, act, action, state):
    case = case_in(district, state)
    do(district, case, action, AT)
    assert (case.closed_at, case.left, case.suspended_until, case.next_check_at) == (AT, None, None, None)
    assert not Escalation.objects.filter(case=case, ended_at=None).exists()
    assert case.close_kind == ("special" if action == "close_special" else "")


def test_a_pending_request_and_an_open_escalation_both_end_with_the_case(district, act):
    case = case_in(district, "handling", line=QUICK)
    do(district, case, "request_suspension", AT)
    sweep.run(china("2026-03-05 11:00"))
    case.refresh_from_db()
    assert case.state == "escalated"
    ended_at = china("2026-03-05 12:00")
    do(district, case, "void", ended_at)
    escalation, request = Escalation.objects.get(case=case), TimeRequest.objects.get(case=case)
    assert (escalation.state, escalation.ended_at, escalation.due_at) == ("taken_back", ended_at, None)
    assert (request.state, request.decided_at) == ("withdrawn", ended_at)


@pytest.mark.parametrize("action", ["merge", "void", "close_special"])
def test_a_pending_request_falls_with_the_case(district, act, action):
    case = case_in(district, "handling")
    do(district, case, "request_extension", AT)
    do(district, case, action, AT)
    assert TimeRequest.objects.get(case=case).state == "withdrawn"


def test_special_closing_keeps_when_it_was_handled(district, act):
    case = case_in(district, "reported_back")
    act("close_special", case, by=district.street.leader, at=china(LATE), note="重复")
    assert (case.close_kind, case.handled_at, case.closed_at) == ("special", AT, china(LATE))
    case = case_in(district, "filed")
    act("close_special", case, by=district.street.leader, at=china(LATE), note="不可抗力")
    assert case.handled_at == china(LATE)


def test_merge_names_the_other_case(district, act):
    case, other = case_in(district, "handling"), case_in(district, "reported")
    act("merge", case, by=district.street.clerk, at=AT, target=other)
    assert (case.state, case.merged_into) == ("merged", other)


def test_merge_only_into_another_open_case_of_the_sub_district(district, act):
    case, ended = case_in(district, "handling"), case_in(district, "void")
    street = district.other
    from cases.actions import Matter, report_case

    event = report_case(
        subdistrict=street.subdistrict, matter=Matter(description="乙", source="call"), by=street.clerk, at=AT
    )
    for target in (case, ended, event.case):
        with pytest.raises(Invalid) as refusal:
            act("merge", case, by=district.street.clerk, at=AT, target=target)
        assert list(refusal.value.fields) == ["target"]


def test_merge_looks_at_the_other_case_as_it_is_now(district, act):
    case, other = case_in(district, "handling"), case_in(district, "handling")
    seen_before = type(other).objects.get(pk=other.pk)
    act("merge", other, by=district.street.clerk, at=AT, target=case)
    with pytest.raises(Invalid):
        act("merge", case, by=district.street.clerk, at=AT, target=seen_before)


def test_handled_on_the_spot_is_counted_apart(district, act):
    case = case_in(district, "accepted")
    act("self_handle", case, by=district.street.officer, at=AT, note="已劝离")
    assert (case.state, case.close_kind, case.handled_at) == ("closed", "self_handled", AT)


def test_reopened_it_climbs_the_ladder_once_more(district, act, kinds):
    case = case_in(district, "handling", line=QUICK)
    sweep.run(china("2026-03-05 11:00"))
    case.refresh_from_db()
    do(district, case, "reply", china("2026-03-05 12:00"))
    do(district, case, "report_back", china("2026-03-05 12:00"))
    do(district, case, "pass", china("2026-03-05 12:00"))
    assert (case.close_kind, case.was_escalated) == ("overdue", True)
    act("reopen", case, by=district.street.clerk, at=china("2026-03-10 09:00"), note="回潮")
    assert (case.state, case.round, case.due_at) == ("filed", 2, china("2026-03-10 11:00"))
    assert (case.closed_at, case.close_kind, case.closing_note, case.handled_at) == (None, "", "", None)
    assert (case.rung, case.rung_at, case.was_escalated, case.ladder_code) == (0, None, False, "")
    version = case.version
    for _look in range(2):
        sweep.run(china("2026-04-10 09:00"))
    case.refresh_from_db()
    assert kinds(case)[version:] == [
        "warn", "urge_overdue", "escalate_overdue", "supervise_department", "report_to_government",
    ]  # fmt: skip
    ordinals = list(Escalation.objects.filter(case=case).order_by("ordinal").values_list("ordinal", "state"))
    assert (ordinals, case.round) == ([(1, "replied"), (2, "sent")], 2)


def test_what_was_never_filed_cannot_be_reopened(district, act):
    case = case_in(district, "reported")
    do(district, case, "self_handle", AT)
    with pytest.raises(WrongState):
        do(district, case, "reopen", AT)


def closed_late(district):
    case = case_in(district, "handling", line=QUICK)
    do(district, case, "report_back", china(LATE))
    do(district, case, "pass", china(LATE))
    return case


@pytest.mark.parametrize(("decision", "appeal"), [("uphold_appeal", "upheld"), ("reject_appeal", "rejected")])
def test_one_appeal_against_overdue(district, act, decision, appeal):
    case = closed_late(district)
    do(district, case, "appeal", china(LATE))
    assert case.appeal == "pending"
    do(district, case, decision, china(LATE))
    assert (case.appeal, case.close_kind, case.state) == (appeal, "overdue", "closed")
    with pytest.raises(WrongState):
        do(district, case, "appeal", china(LATE))
    with pytest.raises(WrongState):
        do(district, case, decision, china(LATE))


def test_no_appeal_where_nothing_was_late(district, act):
    case = case_in(district, "closed")
    with pytest.raises(WrongState):
        do(district, case, "appeal", AT)
    with pytest.raises(WrongState):
        do(district, case, "uphold_appeal", AT + timedelta(days=1))
