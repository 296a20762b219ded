"""What is counted follows the cases: after any story facts and tallies are what a recount gives."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import workflow
from cases.actions import LedgerRow, hand_over_cases, import_cases
from cases.models import Case, Category
from cases.statistics.actions import catch_up
from cases.statistics.actions import counting as actions
from cases.statistics.models import CaseFact, CountedUntil, Stale, Tally
from cases.statistics.tasks import count_what_changed
from citymgmt.refusals import Refusal
from citymgmt.worktime import sweep
from tests.cases.stories import MORNING, PATHS, PREPARED, QUICK, case_in, do, ready_for, reported
from tests.office import china
from tests.statistics.counting import assert_counted, kept_sums, summed, tally

AT = china(MORNING)
HOUR = timedelta(hours=1)
AFTERNOON = china("2026-03-04 14:00")  # QUICK cases of the morning are late by now


def fact(case):
    return CaseFact.objects.get(pk=case.pk)


@pytest.mark.parametrize("state", PATHS)
def test_a_case_in_any_state(district, state):
    case = case_in(district, state)
    assert catch_up(at=AT) == Case.objects.count()
    assert_counted()
    assert fact(case).reported_on == AT.date()


@pytest.mark.parametrize("action", [*PREPARED, "rework", "return", "resume", "reply", "take_back", "reopen", "void"])
def test_an_action_changes_the_counts_that_were_there(district, action):
    case, at = ready_for(district, action)
    catch_up(at=at)
    do(district, case, action, at + HOUR)
    assert list(Stale.objects.values_list("case_id", flat=True).distinct()) == [case.pk]
    assert catch_up(at=at + HOUR) == 1
    assert_counted()


@pytest.mark.parametrize("seed", range(2))
def test_many_random_actions(district, seed):
    chance, at = random.Random(seed), AT
    cases = [case_in(district, state, line=QUICK) for state in ("reported", "handling", "closed", "reported_back")]
    for _turn in range(60):
        at += timedelta(minutes=chance.randint(1, 300))
        case, action = chance.choice(cases), chance.choice(list(workflow.TRANSITIONS))
        try:
            do(district, case, action, at)
        except Refusal:
            case.refresh_from_db()
        if chance.random() < 0.1:
            sweep.run(at)
        if chance.random() < 0.3:
            catch_up(at=at)
            assert_counted()
    assert len({event for one in cases for event in one.events.values_list("kind", flat=True)}) > 10


def test_a_deadline_that_passes_without_an_event(district):
    case = case_in(district, "handling", line=QUICK)
    catch_up(at=case.due_at)
    assert "late_now" not in fact(case).measures  # due at this moment is not late yet
    assert catch_up(at=case.due_at + timedelta(microseconds=1)) == 1
    assert {"late_now", "overdue_unhandled", "to_close"} <= set(fact(case).measures)
    assert tally("all", "", "late_now") == tally("officer", case.officer_id, "late_now") == 1
    assert catch_up(at=case.due_at + HOUR) == 0
    assert_counted()


@pytest.mark.parametrize("most", [None, 1])
def test_more_deadlines_at_one_moment_than_fit_in_a_batch(district, monkeypatch, most):
    monkeypatch.setattr(actions, "BATCH", 2)
    cases = [case_in(district, "handling", line=QUICK) for _number in range(5)]
    assert len({case.due_at for case in cases}) == 1
    catch_up(at=AT)
    counts = [catch_up(at=AFTERNOON, most=most) for _turn in range(4)]
    assert counts == ([5, 0, 0, 0] if most is None else [2, 2, 1, 0])
    assert tally("all", "", "late_now") == 5
    assert_counted()


def test_deadlines_of_different_moments_in_small_batches(district, monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 2)
    for minute in range(5):
        case_in(district, "handling", at=f"2026-03-04 09:0{minute}", line=QUICK)
    catch_up(at=china("2026-03-04 09:05"))
    assert catch_up(at=china("2026-03-04 11:03")) == 3  # due at 11:00, 11:01 and 11:02
    assert (tally("all", "", "late_now"), catch_up(at=AFTERNOON)) == (3, 2)
    assert_counted()


def test_a_case_that_changes_community_leaves_nothing_at_the_old_one(district):
    old, new = district.street.communities
    case = case_in(district, "handling")
    catch_up(at=AT)
    assert tally("community", old.pk, "open_now") == 1
    do(district, case, "correct", AT, community=new)
    catch_up(at=AT)
    kept = {(dimension, key) for _office, dimension, key, _day, _code in kept_sums() if dimension == "community"}
    assert kept == {("community", str(new.pk))}
    assert_counted()


def test_a_case_that_is_handed_over_counts_for_the_new_officer_alone(district):
    street, case = district.street, case_in(district, "handling")
    catch_up(at=AT)
    assert tally("officer", street.officer.pk, "open_now") == 1
    hand_over_cases(community=street.communities[0], to_user=street.officer2, by=street.leader, at=AT)
    catch_up(at=AT)
    kept = {key for _office, dimension, key, _day, _code in kept_sums() if dimension == "officer"}
    assert (kept, fact(case).officer_id) == ({str(street.officer2.pk)}, street.officer2.pk)
    assert_counted()


def test_a_case_escalated_twice_counts_for_the_last_department_alone(district):
    case = case_in(district, "escalated")
    catch_up(at=AT)
    assert tally("department", district.cgj.pk, "escalated_now") == 1
    do(district, case, "take_back", AT)
    do(district, case, "escalate", AT, note="交警", department=district.jjdd)
    catch_up(at=AT)
    kept = {key for _office, dimension, key, _day, _code in kept_sums() if dimension == "department"}
    assert kept == {str(district.jjdd.pk)}
    assert_counted()


def test_an_upheld_appeal_takes_the_case_out_of_what_is_judged(district):
    case, at = ready_for(district, "uphold_appeal")
    catch_up(at=at)
    assert (tally("all", "", "to_handle"), tally("all", "", "closed_late"), tally("all", "", "exempt")) == (1, 1, 0)
    do(district, case, "uphold_appeal", at)
    catch_up(at=at)
    assert (tally("all", "", "to_handle"), tally("all", "", "closed_late"), tally("all", "", "exempt")) == (0, 0, 1)
    assert_counted()


def test_a_category_that_moves_to_another_disorder_takes_its_cases_along(district):
    case, other = case_in(district, "handling"), case_in(district, "handling", line=QUICK)
    catch_up(at=AT)
    category = Category.objects.get(pk=case.category_id)
    category.disorder_id = Category.objects.get(pk=other.category_id).disorder_id
    assert fact(case).disorder_id != category.disorder_id
    category.save(update_fields=["disorder_id"])
    catch_up(at=AT)
    assert fact(case).disorder_id == category.disorder_id
    assert_counted()


def test_where_nothing_waits_one_question_is_asked_and_nothing_written(district, django_assert_num_queries):
    case_in(district, "handling")
    catch_up(at=AT)
    with django_assert_num_queries(1) as queries:
        assert catch_up(at=AT + HOUR) == 0
    assert queries[0]["sql"].startswith("SELECT EXISTS")


def test_an_event_that_changes_no_count_writes_no_fact_and_no_tally(district):
    case = case_in(district, "handling")
    catch_up(at=AT)
    do(district, case, "note", AT, note="现场有人")
    with CaptureQueriesContext(connection) as queries:
        assert catch_up(at=AT) == 1
    assert [one["sql"] for one in queries if "statistics_tally" in one["sql"]] == []
    assert_counted()


def test_an_earlier_moment_undoes_nothing(district):
    case = case_in(district, "handling", line=QUICK)
    catch_up(at=AFTERNOON)
    assert catch_up(at=AT) == 0
    do(district, case, "note", AFTERNOON, note="看过")
    assert catch_up(at=AT) == 1
    assert "late_now" in fact(case).measures
    assert CountedUntil.objects.get().as_of == AFTERNOON
    assert_counted()


def test_not_more_than_asked_for_at_once(district, monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 1)
    for _number in range(3):
        reported(district, AT)
    counts = [catch_up(at=AT, most=2), catch_up(at=AT, most=2)]
    assert (counts, CaseFact.objects.count()) == ([2, 1], 3)


def test_names_of_cases_that_are_not_there_do_no_harm(district):
    case = case_in(district, "handling")
    Stale.objects.create(case_id=2**40)
    assert catch_up(at=AT) == 2
    assert list(CaseFact.objects.values_list("pk", flat=True)) == [case.pk]
    assert_counted()


def test_a_fact_whose_case_is_not_there_counts_no_more(district):
    """Nothing in the portal removes a case. Whoever does it by hand, and names it, is followed."""
    reported(district, AT)
    catch_up(at=AT)
    before = kept_sums()
    gone = CaseFact.objects.get()
    gone.pk, gone.community_id = 2**40, 7
    actions._write([(None, gone)])
    assert ("community", "7") in {place[1:3] for place in kept_sums()}
    Stale.objects.create(case_id=gone.pk)
    catch_up(at=AT)
    assert (kept_sums(), CaseFact.objects.count()) == (before, 1)


def test_an_imported_ledger(district):
    street = district.street
    rows = [
        LedgerRow("A1", "占道经营", china("2018-01-02 09:00"), china("2018-01-02 11:00"), china("2018-01-02 10:00")),
        LedgerRow("A2", "死猫", china("2018-01-03 09:00"), community=street.communities[0]),
    ]
    import_cases(subdistrict=street.subdistrict, rows=rows, by=None)
    assert catch_up(at=AT) == 2
    assert (tally("all", "", "reported"), tally("all", "", "ended"), tally("all", "", "open_now")) == (2, 1, 1)
    assert tally("source", "ledger", "reported") == 2
    assert_counted()


def test_the_task_counts_by_the_clock_of_the_database(district):
    case_in(district, "handling", line=QUICK)
    before = datetime.now(UTC) - HOUR
    count_what_changed()
    assert CountedUntil.objects.get().as_of > before
    assert tally("all", "", "late_now") == 1
    assert_counted()


def test_tallies_are_told_apart_by_office(district):
    case_in(district, "handling")
    catch_up(at=AT)
    assert set(Tally.objects.values_list("subdistrict_id", flat=True)) == {district.street.subdistrict.pk}
    assert kept_sums() == summed() != {}
