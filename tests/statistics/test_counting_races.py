"""The counting among others: whoever counts, changes or dies meanwhile, each case is counted once and none is lost."""

import time
from datetime import timedelta
from functools import partial
from threading import Thread

import pytest
from django.db import OperationalError, connection, transaction
from psycopg2.errors import QueryCanceled

from cases.statistics.actions import catch_up, rebuild
from cases.statistics.actions import counting as actions
from cases.statistics.models import CaseFact, CountedUntil, Stale
from tests.cases.stories import LATE, MORNING, QUICK, case_in, do
from tests.office import china
from tests.racing import race
from tests.statistics.counting import assert_counted, kept_sums, tally

AT = china(MORNING)
AFTERNOON = china("2026-03-04 14:00")


def elsewhere(act):
    """Do something on a connection of its own, and wait until it is done."""

    def on_own_connection():
        try:
            act()
        finally:
            connection.close()

    thread = Thread(target=on_own_connection)
    thread.start()
    thread.join(30)
    assert not thread.is_alive()


class Meanwhile:
    """The first time that histories are read, something else happens before."""

    def __init__(self, act):
        self.act, self.is_done = act, False

    def __call__(self, execute, sql, params, many, context):
        if not self.is_done and 'FROM "cases_caseevent"' in sql:
            self.is_done = True
            self.act()
        return execute(sql, params, many, context)


def what_is_kept():
    return (
        kept_sums(),
        sorted(CaseFact.objects.values_list()),
        sorted(Stale.objects.values_list()),
        list(CountedUntil.objects.values_list()),
    )


def test_a_change_that_is_taken_back_counts_nothing(committed):
    case = case_in(committed, "handling")
    catch_up(at=AT)
    before = what_is_kept()
    with transaction.atomic():
        do(committed, case, "report_back", AT)
        assert Stale.objects.exists()
        transaction.set_rollback(True)
    assert (catch_up(at=AT), what_is_kept()) == (0, before)


def test_a_change_that_is_not_committed_is_counted_once_it_is(committed):
    case = case_in(committed, "handling")
    catch_up(at=AT)
    with transaction.atomic():
        do(committed, case, "report_back", AT)
        elsewhere(partial(catch_up, at=AT))
        assert "handled" not in CaseFact.objects.get().measures
    assert catch_up(at=AT) == 1
    assert "handled" in CaseFact.objects.get().measures
    assert_counted()


def test_two_at_once_count_each_case_once(committed, monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 2)
    for _number in range(5):
        case_in(committed, "handling", line=QUICK)
    catch_up(at=AT)

    def slowly():
        with connection.execute_wrapper(Meanwhile(lambda: time.sleep(0.1))):
            return catch_up(at=AFTERNOON)

    assert sum(race([slowly, slowly, slowly])) == 5
    assert tally("all", "", "late_now") == 5
    assert_counted()


def test_a_change_that_commits_while_it_is_counted_is_counted_next(committed):
    case = case_in(committed, "handling")
    with connection.execute_wrapper(Meanwhile(lambda: elsewhere(lambda: do(committed, case, "report_back", AT)))):
        assert catch_up(at=AT, most=1) == 1
    assert Stale.objects.count() > 0
    assert catch_up(at=AT) == 1
    assert "handled" in CaseFact.objects.get().measures
    assert_counted()


def test_a_counting_that_dies_leaves_nothing_half_counted(committed):
    case = case_in(committed, "handling", line=QUICK)
    catch_up(at=AT)
    do(committed, case, "note", AT, note="看过")
    before = what_is_kept()

    def die():
        elsewhere(lambda: end(backend))
        raise ConnectionError

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    with pytest.raises(ConnectionError), connection.execute_wrapper(Meanwhile(die)):
        catch_up(at=AFTERNOON)
    connection.close()
    assert what_is_kept() == before
    assert catch_up(at=AFTERNOON) == 1
    assert_counted()


def end(backend):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])
        assert cursor.fetchone() == (True,)


def test_who_does_not_get_to_count_in_time_goes_on_without(committed):
    case_in(committed, "handling")
    counts = []
    with transaction.atomic():
        actions.hold_the_count(actions.AS_LONG_AS_IT_TAKES)
        elsewhere(lambda: counts.append(catch_up(at=AT, patience_ms=50)))
    assert (counts, CaseFact.objects.count()) == ([0], 0)
    assert catch_up(at=AT) == 1


def test_an_error_that_is_not_somebody_who_counts_is_told(committed):
    """The database ends the statement before patience does: that is no count that somebody else does."""
    case_in(committed, "handling")
    told = []

    def count_in_a_hurry():
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 50")
        try:
            catch_up(at=AT, patience_ms=5000)
        except OperationalError as error:
            told.append(type(error.__cause__))

    with transaction.atomic():
        actions.hold_the_count(actions.AS_LONG_AS_IT_TAKES)
        elsewhere(count_in_a_hurry)
    assert told == [QueryCanceled]


def test_what_changes_while_all_is_made_anew_is_counted_next(committed):
    case, other = case_in(committed, "handling"), case_in(committed, "reported")
    catch_up(at=AT)

    def meanwhile():
        do(committed, case, "report_back", AT)
        do(committed, other, "accept", AT)
        case_in(committed, "filed")
        assert catch_up(at=AT, patience_ms=50) == 0

    with connection.execute_wrapper(Meanwhile(lambda: elsewhere(meanwhile))):
        assert rebuild(at=AT) == 2
    assert catch_up(at=AT) == 3
    assert_counted()


def test_deadlines_that_pass_while_cases_change(committed):
    case = case_in(committed, "handling", line=QUICK)
    catch_up(at=AT)
    runners = [
        partial(do, committed, case, "report_back", china(LATE)),
        partial(catch_up, at=china(LATE) + timedelta(seconds=1)),
    ]
    race(runners)
    catch_up(at=AFTERNOON)
    assert_counted()
