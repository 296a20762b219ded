"""Holidays published late: deadlines that were a guess become what the calendar gives, by the history's own door."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.actions import perform
from cases.actions.rechecking import recheck_open_cases
from citymgmt.outbox.models import Message
from citymgmt.refusals import Refusal
from citymgmt.worktime import sweep
from citymgmt.worktime.actions import remove_rule, save_rule
from citymgmt.worktime.models import CalendarDay, CalendarYear
from tests.cases.stories import carried, case_in
from tests.office import china
from tests.racing import race

FILED = "2026-12-28 09:00"  # a Monday; 15 working days of the plain week end on 18 January 2027
GUESS = china("2027-01-18 09:00")
PUBLISHED = china("2027-01-05 10:00")
HOLIDAY, MAKE_UP = ("2027-01-01", "holiday"), ("2027-01-03", "makeup")  # a Friday and a Sunday


@pytest.fixture(autouse=True)
def _no_calendar_of_2027(request):
    if "district" in request.fixturenames:
        request.getfixturevalue("district")
        CalendarYear.objects.filter(year=2027).delete()
        CalendarDay.objects.filter(on__year=2027).delete()


def publish(*days, at=PUBLISHED):
    """The year's holidays as an administrator has entered them, and what follows from it."""
    for on, kind in days:
        CalendarDay.objects.create(on=date.fromisoformat(on), kind=kind)
    CalendarYear.objects.create(year=2027)
    recheck_open_cases(at)


def clock_of(case):
    case.refresh_from_db()
    return case.due_at, case.is_due_provisional


@pytest.mark.parametrize(
    ("days", "due", "kind"),
    [
        ([HOLIDAY], "2027-01-19 09:00", "recalculate"),
        ([MAKE_UP], "2027-01-15 09:00", "recalculate"),
        ([HOLIDAY, MAKE_UP], "2027-01-18 09:00", "confirm_deadline"),
        ([], "2027-01-18 09:00", "confirm_deadline"),
    ],
)
def test_a_deadline_over_the_year_end(district, kinds, days, due, kind):
    case = case_in(district, "handling", at=FILED)
    assert clock_of(case) == (GUESS, True)
    publish(*days)
    assert clock_of(case) == (china(due), False)
    assert (kinds(case)[-1], case.events.last().at, case.events.last().by) == (kind, PUBLISHED, None)


def test_the_history_shows_both_deadlines(district):
    case = case_in(district, "handling", at=FILED)
    publish(HOLIDAY)
    assert case.events.last().note == "2027-01-18 09:00 → 2027-01-19 09:00"


def test_officer_and_team_are_told_of_another_deadline_only(district):
    moved = case_in(district, "handling", at=FILED)
    stays = case_in(district, "handling", at="2026-12-31 17:59", line=20)  # urgent hours know no holidays
    publish(HOLIDAY)
    told = Message.objects.filter(kind="recalculate").values_list("link", "recipient__username")
    assert sorted(told) == [(moved.get_absolute_url(), name) for name in ("officer1", "teamleader1")]
    assert clock_of(stays) == (china("2026-12-31 19:59"), False)


def test_once_published_nothing_more_is_recorded(district, kinds):
    case = case_in(district, "handling", at=FILED)
    publish(HOLIDAY)
    before = kinds(case)
    CalendarDay.objects.create(on=date(2027, 1, 11), kind="holiday")
    recheck_open_cases(PUBLISHED + timedelta(hours=1))
    assert (kinds(case), clock_of(case)) == (before, (china("2027-01-19 09:00"), False))


def test_a_guess_stays_while_the_year_is_not_complete(district, kinds):
    case = case_in(district, "handling", at=FILED)
    CalendarDay.objects.create(on=date(2027, 1, 1), kind="holiday")
    recheck_open_cases(PUBLISHED)
    assert (kinds(case)[-1], clock_of(case)) == ("receive", (GUESS, True))


def test_an_extended_deadline(district, act):
    case, street = case_in(district, "handling", at=FILED), district.street
    act("request_extension", case, by=street.officer, at=china(FILED), extra_value=5, note="延期")
    act("review", case, by=street.clerk, at=china(FILED))
    act("approve", case, by=street.leader, at=china(FILED))
    assert clock_of(case) == (china("2027-01-25 09:00"), True)
    publish(HOLIDAY)
    assert clock_of(case) == (china("2027-01-26 09:00"), False)


def suspended(district, act, until):
    case, street, at = case_in(district, "handling", at=FILED), district.street, china("2027-01-04 09:00")
    act("request_suspension", case, by=street.officer, at=at, until=china(until), note="等材料")
    act("review", case, by=street.clerk, at=at)
    act("approve", case, by=street.leader, at=at)
    assert case.left == timedelta(hours=10 * 8)  # of 15 working days five have passed, New Year's Day among them
    return case


def test_what_a_suspension_keeps(district, act, kinds):
    case = suspended(district, act, "2027-02-01 09:00")
    publish(HOLIDAY)
    assert clock_of(case) == (china("2027-01-19 09:00"), False)
    assert (case.state, case.left, case.next_check_at) == (
        "suspended",
        timedelta(hours=11 * 8),
        china("2027-02-01 09:00"),
    )
    sweep.run(china("2027-02-01 09:00"))
    assert (clock_of(case), case.left) == ((china("2027-02-16 09:00"), False), None)


@pytest.mark.parametrize("has_been_looked_at", [True, False])
def test_resumed_before_the_holidays_are_known(district, act, kinds, has_been_looked_at):
    """The time left was a guess, so what was given back is one, whatever the sweep has seen."""
    case = suspended(district, act, "2027-01-06 09:00")
    if has_been_looked_at:
        sweep.run(china("2027-01-06 09:00"))
        assert clock_of(case) == (china("2027-01-20 09:00"), True)
    publish(HOLIDAY, at=china("2027-01-07 10:00"))
    assert clock_of(case) == (china("2027-01-21 09:00"), False)
    assert kinds(case)[-2:] == ["resume_by_itself", "recalculate"]


def test_a_new_round_counts_from_its_own_start(district, act):
    case, street = case_in(district, "closed", at="2026-11-02 09:00"), district.street
    act("reopen", case, by=street.clerk, at=china(FILED), note="复发")
    assert clock_of(case) == (GUESS, True)
    publish(HOLIDAY)
    assert clock_of(case) == (china("2027-01-19 09:00"), False)


def test_handled_and_waiting_for_inspection(district):
    case = case_in(district, "reported_back", at=FILED)
    publish(HOLIDAY)
    assert (clock_of(case), case.next_check_at) == ((china("2027-01-19 09:00"), False), None)


def test_steps_taken_stay_and_the_next_follows_the_new_deadline(district, kinds):
    case = case_in(district, "handling", at=FILED)
    publish(HOLIDAY, at=china("2027-01-18 10:00"))
    assert kinds(case)[-3:] == ["warn", "urge_overdue", "recalculate"]
    assert (clock_of(case), case.rung, case.ladder_code) == ((china("2027-01-19 09:00"), False), 2, "L1")
    assert case.next_check_at == china("2027-01-20 09:00")  # a working day after the deadline that counts
    sweep.run(china("2027-02-01 09:00"))
    assert case.events.get(kind="escalate_overdue").at == china("2027-01-20 09:00")


def test_no_step_comes_before_an_earlier_deadline_was_known(district, kinds):
    case = case_in(district, "handling", at=FILED)
    publish(MAKE_UP, at=china("2027-01-15 14:30"))  # the plain week's warning is due on 15 January at 09:00
    assert clock_of(case) == (china("2027-01-15 09:00"), False)
    sweep.run(china("2027-01-15 18:00"))
    assert kinds(case)[-3:] == ["warn", "recalculate", "urge_overdue"]
    assert case.events.last().at == china("2027-01-15 14:30")


def test_the_calendar_page_does_it_through_its_action(district, kinds):
    case, admin = case_in(district, "handling", at=FILED), district.street.admin
    save_rule(by=admin, rule=CalendarDay(on=date(2027, 1, 1), kind="holiday"))
    assert kinds(case)[-1] == "receive"
    year = CalendarYear(year=2027)
    save_rule(by=admin, rule=year)
    assert (clock_of(case), kinds(case)[-1]) == ((china("2027-01-19 09:00"), False), "recalculate")
    remove_rule(by=admin, rule=year)
    assert clock_of(case) == (china("2027-01-19 09:00"), False)


def test_more_cases_cost_no_more_statements(district):
    counts = []
    for cases in (1, 1, 6):
        for _one in range(cases):
            case_in(district, "handling", at=FILED)
        with CaptureQueriesContext(connection) as queries:
            publish(HOLIDAY)
        counts.append(len(queries))
        CalendarYear.objects.filter(year=2027).delete()
        CalendarDay.objects.filter(on__year=2027).delete()
    assert counts[1] == counts[2]  # the first reads what is kept


def test_a_filing_at_the_same_moment_is_not_missed(committed):
    case, admin = case_in(committed, "accepted", at="2026-12-28 09:00"), committed.street.admin
    given = carried(committed, "file", china(FILED))
    file = partial(perform, "file", number=case.number, by=committed.street.clerk, at=china(FILED), **given)
    for rule in CalendarYear.objects.filter(year=2027):
        remove_rule(by=admin, rule=rule)
    day = CalendarDay.objects.create(on=date(2027, 1, 1), kind="holiday")
    year = CalendarYear(year=2027)
    try:
        outcomes = race([file, partial(save_rule, by=admin, rule=year)])
        assert [outcome for outcome in outcomes if isinstance(outcome, Refusal)] == []
        assert clock_of(case) == (china("2027-01-19 09:00"), False)
    finally:
        day.delete()
        CalendarYear.objects.filter(year=2027).delete()
