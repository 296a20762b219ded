"""Extension and suspension: three people, the limits of both, and the time that is given back."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases import deadlines
from cases.models import Case, Category, TimeRequest
from citymgmt.people.models import User
from citymgmt.refusals import Invalid, NotPermitted, WrongState
from citymgmt.worktime import sweep
from citymgmt.worktime.clock import DEFAULT_SHIFTS, Calendar, Limit, Unit, between
from citymgmt.worktime.models import CalendarYear, LadderStep
from tests.cases.stories import MORNING, PATHS, case_in, do, reported
from tests.office import china

AT = china(MORNING)
DUE = china("2026-03-25 09:00")  # 15 working days


def ask(act, case, by, at=AT, extra_value=15):
    return act("request_extension", case, by=by, at=at, extra_value=extra_value, note="材料未到")


def grant(act, district, case, at=AT):
    act("review", case, by=district.street.clerk, at=at)
    return act("approve", case, by=district.street.leader, at=at)


def test_an_extension_moves_the_deadline_by_its_own_unit(district, act):
    case, street = case_in(district, "handling"), district.street
    event = ask(act, case, street.officer, extra_value=2)
    request = TimeRequest.objects.get(case=case)
    assert (request.kind, request.extra_value, request.extra_unit, request.until) == ("extension", 2, "wd", None)
    assert (request.ordinal, request.asked_by, request.asked_at, request.reason) == (1, street.officer, AT, "材料未到")
    assert (case.due_at, event.to_state) == (DUE, "handling")
    grant(act, district, case)
    request.refresh_from_db()
    assert (request.state, request.reviewed_by, request.decided_by) == ("approved", street.clerk, street.leader)
    assert (case.due_at, case.extension_count, case.state) == (china("2026-03-27 09:00"), 1, "handling")


@pytest.mark.parametrize("extra_value", [0, -1, 16])
def test_at_most_the_original_limit(district, act, extra_value):
    case = case_in(district, "handling")
    with pytest.raises(Invalid) as refusal:
        ask(act, case, district.street.officer, extra_value=extra_value)
    assert list(refusal.value.fields) == ["extra_value"]


def test_twice_at_most_and_refused_requests_do_not_count(district, act):
    case, street = case_in(district, "handling"), district.street
    ask(act, case, street.officer)
    act("refuse_review", case, by=street.clerk, at=AT, note="不同意")
    ask(act, case, street.officer)
    act("review", case, by=street.clerk, at=AT)
    act("refuse", case, by=street.leader, at=AT, note="不同意")
    assert (case.extension_count, case.due_at) == (0, DUE)
    for _time in range(2):
        ask(act, case, street.officer, extra_value=1)
        grant(act, district, case)
    assert (case.extension_count, case.due_at) == (2, china("2026-03-27 09:00"))
    with pytest.raises(WrongState):
        ask(act, case, street.officer)
    states = list(TimeRequest.objects.filter(case=case).order_by("ordinal").values_list("ordinal", "state"))
    assert states == [(1, "refused"), (2, "refused"), (3, "approved"), (4, "approved")]


def test_one_request_at_a_time(district, act):
    case = case_in(district, "handling")
    ask(act, case, district.street.officer)
    for again in (lambda: ask(act, case, district.street.clerk), lambda: do(district, case, "request_suspension", AT)):
        with pytest.raises(WrongState):
            again()


def test_no_extension_once_the_deadline_has_come(district, act):
    case = case_in(district, "handling")
    ask(act, case, district.street.officer, at=DUE - timedelta(microseconds=1))
    act("review", case, by=district.street.clerk, at=DUE - timedelta(microseconds=1))
    with pytest.raises(WrongState):
        act("approve", case, by=district.street.leader, at=DUE)
    late = case_in(district, "handling")
    with pytest.raises(WrongState):
        ask(act, late, district.street.officer, at=DUE)


def test_the_levels_come_in_order(district, act):
    case, street = case_in(district, "handling"), district.street
    for action in ("review", "approve", "refuse", "refuse_review"):
        with pytest.raises(WrongState):
            act(action, case, by=None, at=AT, note="x")
    ask(act, case, street.officer)
    for action in ("approve", "refuse"):
        with pytest.raises(WrongState):
            act(action, case, by=street.leader, at=AT, note="x")
    act("review", case, by=street.clerk, at=AT)
    for action in ("review", "refuse_review"):
        with pytest.raises(WrongState):
            act(action, case, by=street.clerk2, at=AT, note="x")


def test_three_different_people(district, act):
    case, street = case_in(district, "handling"), district.street
    ask(act, case, street.clerk)
    with pytest.raises(NotPermitted):
        act("review", case, by=street.clerk, at=AT)
    act("review", case, by=street.clerk2, at=AT)
    for promoted in (street.clerk, street.clerk2):
        User.objects.filter(pk=promoted.pk).update(role="leader")
        promoted.refresh_from_db()
        with pytest.raises(NotPermitted):
            act("approve", case, by=promoted, at=AT)
    act("approve", case, by=street.leader, at=AT)
    assert case.extension_count == 1


def test_the_portal_itself_neither_asks_nor_decides(district, act):
    case, street = case_in(district, "handling"), district.street
    with pytest.raises(NotPermitted):
        ask(act, case, None)
    ask(act, case, street.officer)
    for action in ("review", "refuse_review"):
        with pytest.raises(NotPermitted):
            act(action, case, by=None, at=AT, note="x")
    act("review", case, by=street.clerk, at=AT)
    for action in ("approve", "refuse"):
        with pytest.raises(NotPermitted):
            act(action, case, by=None, at=AT, note="x")


def test_an_extension_into_a_year_without_calendar_makes_the_deadline_provisional(district, act):
    case = case_in(district, "handling", at="2026-12-08 09:00")
    assert (case.due_at, case.is_due_provisional) == (china("2026-12-29 09:00"), False)
    CalendarYear.objects.filter(year=2027).delete()
    ask(act, case, district.street.officer, at=china("2026-12-08 09:00"), extra_value=5)
    grant(act, district, case, at=china("2026-12-08 09:00"))
    assert case.is_due_provisional is True


def test_a_warning_given_is_not_given_again_after_an_extension(district, act, kinds):
    case = case_in(district, "handling")
    sweep.run(china("2026-03-24 09:00"))  # limits of 3 working days and more: 1 working day before
    case.refresh_from_db()
    assert kinds(case)[-1] == "warn"
    ask(act, case, district.street.officer, at=china("2026-03-24 10:00"))
    grant(act, district, case, at=china("2026-03-24 10:00"))
    sweep.run(case.due_at - timedelta(minutes=1))
    assert kinds(case).count("warn") == 1
    sweep.run(case.due_at)
    assert kinds(case)[-1] == "urge_overdue"


def suspend(act, district, case, at, until):
    act("request_suspension", case, by=district.street.officer, at=at, until=until, note="等材料")
    return grant(act, district, case, at=at)


def test_a_suspension_stops_the_clock_and_ends_by_itself(district, act, kinds):
    case, until = case_in(district, "handling"), china("2026-06-01 10:00")
    suspend(act, district, case, china("2026-03-05 09:00"), until)
    assert (case.state, case.suspended_until, case.suspension_count) == ("suspended", until, 1)
    assert (case.left, case.next_check_at) == (timedelta(hours=14 * 8), until)
    sweep.run(until - timedelta(microseconds=1))
    assert kinds(case)[-1] == "approve"
    sweep.run(china("2026-06-03 00:00"))
    case.refresh_from_db()
    assert (kinds(case)[-1], case.events.last().at) == ("resume_by_itself", until)
    assert (case.state, case.left, case.suspended_until) == ("handling", None, None)
    assert case.due_at == china("2026-06-22 10:00")  # 14 working days, over the dragon-boat festival (19 to 21 June)


def test_by_hand_it_resumes_earlier(district, act):
    case = case_in(district, "handling")
    suspend(act, district, case, china("2026-03-05 09:00"), china("2026-06-01 10:00"))
    act("resume", case, by=district.street.clerk, at=china("2026-03-10 09:00"), note="材料到了")
    assert (case.state, case.due_at) == ("handling", china("2026-03-30 09:00"))
    assert (case.left, case.suspended_until, case.watched_from) == (None, None, china("2026-03-10 09:00"))


def test_after_its_end_it_has_resumed_already(district, act):
    case = case_in(district, "handling")
    suspend(act, district, case, china("2026-03-05 09:00"), china("2026-03-06 10:00"))
    with pytest.raises(WrongState):
        act("resume", case, by=district.street.clerk, at=china("2026-03-06 10:00"))


def test_once_only(district, act):
    case = case_in(district, "handling")
    suspend(act, district, case, AT, china("2026-03-06 10:00"))
    act("resume", case, by=district.street.clerk, at=AT)
    with pytest.raises(WrongState):
        do(district, case, "request_suspension", AT)


@pytest.mark.parametrize(
    ("until", "is_possible"),
    [
        (MORNING, False),
        ("2026-03-03 09:00", False),
        ("2026-03-04 09:01", True),
        ("2027-03-04 09:00", True),
        ("2027-03-04 09:01", False),
        ("9999-01-01 00:00", False),
    ],
)
def test_in_the_future_and_at_most_a_year(district, act, until, is_possible):
    case = case_in(district, "handling")
    ask_for = {"by": district.street.officer, "at": AT, "until": china(until), "note": "等"}
    if is_possible:
        assert act("request_suspension", case, **ask_for).kind == "request_suspension"
        return
    with pytest.raises(Invalid) as refusal:
        act("request_suspension", case, **ask_for)
    assert list(refusal.value.fields) == ["until"]


def test_a_year_after_a_leap_day():
    assert deadlines.a_year_after(china("2028-02-29 12:00")) == china("2029-02-28 12:00")
    assert deadlines.a_year_after(china("2027-03-01 00:30")) == china("2028-03-01 00:30")


def test_approved_too_late_there_is_nothing_to_suspend(district, act):
    case, street = case_in(district, "handling"), district.street
    act("request_suspension", case, by=street.officer, at=AT, until=china("2026-03-05 09:00"), note="等")
    act("review", case, by=street.clerk, at=AT)
    with pytest.raises(WrongState):
        act("approve", case, by=street.leader, at=china("2026-03-05 09:00"))


@pytest.mark.parametrize(
    ("unit", "value", "left", "due"),
    [
        ("uh", 30, timedelta(hours=26), "2026-04-02 12:00"),
        ("ud", 2, timedelta(hours=44), "2026-04-03 06:00"),
        ("nd", 2, timedelta(hours=44), "2026-04-03 06:00"),
        ("wh", 30, timedelta(hours=27), "2026-04-07 15:00"),
        ("wd", 3, timedelta(hours=21), "2026-04-03 17:00"),
    ],
)
def test_exactly_the_time_left_in_each_unit(district, act, unit, value, left, due):
    """Filed at 09:00, suspended at 13:00 (in the lunch break), resumed on the morning of 1 April at 10:00."""
    case, street = reported(district, AT, category=Category.objects.get(code_2026="09003")), district.street
    act("accept", case, by=street.clerk, at=AT)
    act("file", case, by=street.clerk, at=AT, limit_value=value, limit_unit=unit)
    for action in PATHS["handling"][2:]:
        do(district, case, action, AT)
    suspend(act, district, case, china("2026-03-04 13:00"), china("2026-04-01 10:00"))
    assert case.left == left
    act("resume", case, by=None, at=china("2026-04-01 09:59"))
    assert case.due_at == china(due) - timedelta(minutes=1)


def test_an_overdue_case_comes_back_as_overdue_as_it_was(district, act, kinds):
    case = case_in(district, "handling")
    suspend(act, district, case, china("2026-03-25 11:00"), china("2026-06-01 10:00"))
    assert (kinds(case)[-4:], case.left) == (
        ["urge_overdue", "request_suspension", "review", "approve"],
        timedelta(hours=-2),
    )
    act("resume", case, by=district.street.clerk, at=china("2026-05-20 11:00"))
    assert case.due_at == china("2026-05-20 09:00")


@pytest.mark.parametrize(
    ("suspended_at", "resumed_at", "escalated_at"),
    [  # L1 on Wednesday 25 March at 09:00, L2 a working day later
        ("2026-03-25 11:00", "2026-05-20 11:00", "2026-05-21 09:00"),  # 2 hours had passed: 6 are left
        ("2026-03-25 09:00", "2026-05-20 09:00", "2026-05-21 09:00"),  # at once: the whole day is left
        ("2026-03-25 20:00", "2026-05-20 20:00", "2026-05-21 09:00"),  # after the office: 1 hour is left
        ("2026-03-26 08:59", "2026-05-20 11:00", "2026-05-20 11:01"),  # a minute is left
        ("2026-03-25 11:00", "2026-05-23 11:00", "2026-05-25 16:00"),  # on a Saturday: 6 hours of Monday
    ],
)
@pytest.mark.parametrize("looks", [[], ["2026-04-01 09:00", "2026-05-21 09:00", "2026-05-26 09:00"]])
def test_a_delay_goes_on_after_a_suspension_with_what_was_left(
    district, act, looks, suspended_at, resumed_at, escalated_at
):
    """Whenever the sweep comes, the step falls due at the same moment."""
    case = case_in(district, "handling")
    suspend(act, district, case, china(suspended_at), china(resumed_at))
    for look in [*looks, "2026-06-01 09:00"]:
        sweep.run(china(look))
    assert case.events.get(kind="resume_by_itself").at == china(resumed_at)
    assert case.events.get(kind="escalate_overdue").at == china(escalated_at)


def test_a_case_without_steps_ahead_keeps_the_moment_of_its_last_one(district, act):
    LadderStep.objects.filter(code="L2").update(is_active=False)
    case = case_in(district, "handling")
    suspend(act, district, case, china("2026-03-25 11:00"), china("2026-06-01 10:00"))
    act("resume", case, by=district.street.clerk, at=china("2026-05-20 11:00"))
    assert (case.rung_at, case.next_check_at) == (china("2026-03-25 09:00"), None)


CALENDAR = Calendar(DEFAULT_SHIFTS, {china("2026-05-01 12:00").date(): False}, frozenset({2026, 2027}))
MOMENTS = st.datetimes(datetime(2026, 3, 1), datetime(2026, 12, 1)).map(lambda at: china(at.isoformat()))


@settings(max_examples=200, deadline=None)
@given(
    filed=MOMENTS, unit=st.sampled_from(Unit), value=st.integers(1, 40),
    after=st.timedeltas(timedelta(), timedelta(40)), pause=st.timedeltas(timedelta(), timedelta(300)),
)  # fmt: skip
def test_what_is_left_stays_left_over_a_pause(filed, unit, value, after, pause):
    due_at, _guess = deadlines.deadline(CALENDAR, filed, Limit(value, unit))
    left = deadlines.time_left(CALENDAR, filed + after, due_at, unit)
    resumed_at = filed + after + pause
    again = deadlines.due_after_suspension(CALENDAR, resumed_at, left, unit)
    assert between(CALENDAR, resumed_at, again, unit) == left
    assert deadlines.time_left(CALENDAR, resumed_at, again, unit) == left


def test_a_case_on_time_or_without_deadline():
    def was_on_time(due, handled):
        moments = {"due_at": due and china(due), "handled_at": handled and china(handled)}
        return deadlines.was_on_time(SimpleNamespace(**moments))

    assert was_on_time(MORNING, MORNING) is True
    assert was_on_time(MORNING, "2026-03-04 09:01") is False
    assert was_on_time(None, MORNING) is True
    assert was_on_time(MORNING, None) is True


def test_the_sweep_resumes_many(district, act):
    cases = [case_in(district, "suspended") for _one in range(3)]
    sweep.run(cases[0].suspended_until)
    assert set(Case.objects.values_list("state", flat=True)) == {"handling"}
