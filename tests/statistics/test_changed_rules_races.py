"""Counting by changed rules among others: whoever counts, changes rules or dies meanwhile, nothing stays as it was
judged before; and where it is told that it goes on.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from cases.statistics.actions import anew, catch_up, count_some_anew, freeze_evaluation
from cases.statistics.actions.counting import AS_LONG_AS_IT_TAKES, hold_the_count
from cases.statistics.models import CaseFact, CountingAnew, Evaluation, RulesChanged, StageLimit
from cases.statistics.periods import Period
from cases.statistics.querysets import Anew, counting_anew
from citymgmt.database_clock import database_now
from citymgmt.health import judging
from citymgmt.health.figures import Look
from citymgmt.health.guard import asking
from citymgmt.health.judging import LATE_MESSAGE, State
from citymgmt.people.models import User
from citymgmt.refusals import Invalid
from tests.cases.list_pages import words
from tests.cases.stories import do
from tests.office import District, china
from tests.racing import race
from tests.statistics.counting import assert_counted
from tests.statistics.freezing import AFTER, frozen
from tests.statistics.test_changed_rules import FILED, LATER, finish
from tests.statistics.test_counting_races import Meanwhile, elsewhere, end
from tests.statistics.test_rebuilding import command
from tests.statistics.varied import NOW, through

PAGES = ("dashboard", "evaluation", "steadiness", "hot-spots", "map", "counted", "screen")


def limit_filing(minutes: int = 1) -> None:
    StageLimit.objects.filter(stage="filing").update(minutes=minutes)


def filed(district: District, count: int = 6) -> None:
    """Cases that are filed within twenty minutes, counted."""
    for _number in range(count):
        case = through(district, ["accept"], FILED)
        do(district, case, "file", LATER)
    catch_up(at=NOW)
    assert on_time() == count


def on_time() -> int:
    return CaseFact.objects.filter(measures__contains=["filed_on_time"]).count()


@pytest.fixture
def in_twos(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of two."""
    monkeypatch.setattr(anew, "BATCH", 2)


def test_a_change_that_is_taken_back_notes_nothing(committed: District) -> None:
    filed(committed, 1)
    with transaction.atomic():
        limit_filing()
        assert RulesChanged.objects.exists()
        transaction.set_rollback(True)
    assert (RulesChanged.objects.count(), count_some_anew(at=NOW), on_time()) == (0, False, 1)


def test_a_change_that_is_not_committed_is_counted_once_it_is(committed: District) -> None:
    filed(committed, 1)
    with undone(), transaction.atomic():
        limit_filing()
        elsewhere(partial(finish))
        assert on_time() == 1
    with undone():
        limit_filing()
        finish()
        assert on_time() == 0
        assert_counted()


@contextmanager
def undone() -> Iterator[None]:
    """Puts the limits back as they were: they are not rows of a district."""
    minutes = StageLimit.objects.get(stage="filing").minutes
    try:
        yield
    finally:
        limit_filing(minutes)
        RulesChanged.objects.all().delete()


def test_who_counted_by_the_old_rules_while_they_changed_is_followed(committed: District) -> None:
    """A case is counted by rules that were read before the change, and written after it."""
    case = through(committed, ["accept"], FILED)
    do(committed, case, "file", LATER)
    with undone():
        with connection.execute_wrapper(Meanwhile(lambda: elsewhere(limit_filing))):
            catch_up(at=NOW)
        assert on_time() == 1
        finish()
        assert on_time() == 0
        assert_counted()


def test_a_change_while_a_batch_is_counted_begins_it_once_more(committed: District, in_twos: None) -> None:
    filed(committed)
    with undone():
        limit_filing(10)
        count_some_anew(at=NOW)
        with connection.execute_wrapper(Meanwhile(lambda: elsewhere(partial(limit_filing, 25)))):
            count_some_anew(at=NOW)
        assert (on_time(), counting_anew()) == (2, Anew())
        finish()
        assert on_time() == 6
        assert_counted()


def test_a_worker_that_dies_is_followed_by_one_that_goes_on(committed: District, in_twos: None) -> None:
    filed(committed)
    with undone():
        limit_filing()
        count_some_anew(at=NOW)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            backend = cursor.fetchone()[0]

        def die() -> None:
            elsewhere(lambda: end(backend))
            raise ConnectionError

        with pytest.raises(ConnectionError), connection.execute_wrapper(Meanwhile(die)):
            count_some_anew(at=NOW)
        connection.close()
        assert (counting_anew(), on_time()) == (Anew(2, 6), 4)
        assert finish() == 2
        assert_counted()


def test_a_worker_that_dies_at_its_beginning_loses_no_change(committed: District) -> None:
    filed(committed, 1)
    with undone():
        limit_filing()

        def die() -> None:
            raise ConnectionError

        with pytest.raises(ConnectionError), connection.execute_wrapper(Meanwhile(die)):
            count_some_anew(at=NOW)
        assert (RulesChanged.objects.count(), CountingAnew.objects.count()) == (1, 0)
        finish()
        assert_counted()


def test_workers_at_once_count_each_batch_once(committed: District, in_twos: None) -> None:
    filed(committed)
    with undone():
        limit_filing()
        assert sum(race([finish, finish, finish])) == 3
        assert on_time() == 0
        assert_counted()


def test_who_does_not_get_to_count_in_time_leaves_it_to_the_next(committed: District) -> None:
    filed(committed, 1)
    found: list[bool] = []
    with undone():
        limit_filing()
        with transaction.atomic():
            hold_the_count(AS_LONG_AS_IT_TAKES)
            elsewhere(lambda: found.append(count_some_anew(at=NOW, patience_ms=50)))
        assert (found, RulesChanged.objects.count()) == ([False], 1)


class Before:
    """The first time that a statement holds these words, something else happens before."""

    def __init__(self, said: str, act: Callable[[], Any]) -> None:
        self.said, self.act, self.is_done = said, act, False

    def __call__(self, execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        if not self.is_done and self.said in sql:
            self.is_done = True
            self.act()
        return execute(sql, params, many, context)


@pytest.mark.parametrize("said", ["GROUP BY 1, 2", 'FROM "statistics_stagelimit"', "INTO statistics_frozenfact"])
def test_rules_that_change_while_a_period_is_frozen_have_it_refused(committed: District, said: str) -> None:
    """Before the sums, the limits or the facts are read: no evaluation says other limits than it was judged by."""
    filed(committed, 1)
    march, at = Period(date(2026, 3, 1), date(2026, 3, 31)), china("2026-04-01 09:00")
    with undone():
        with (
            connection.execute_wrapper(Before(said, lambda: elsewhere(limit_filing))),
            pytest.raises(Invalid, match=r"counted anew|重新"),
        ):
            freeze_evaluation(by=committed.street.leader, at=at, period=march)
        assert Evaluation.objects.count() == 0


# where it is told


@pytest.mark.parametrize("page", PAGES)
def test_pages_say_how_far_it_has_come_and_count_nothing(
    district: District, show: Any, in_twos: None, page: str
) -> None:
    filed(district)
    limit_filing()
    query = "?measure=filed"
    assert "the figures will be counted anew in a minute" in words(show(page, district.street.leader, query))
    count_some_anew(at=NOW)
    assert "are being counted anew: 2 of 6 cases" in words(show(page, district.street.leader, query))
    assert (on_time(), counting_anew()) == (4, Anew(2, 6))
    finish()
    said = words(show(page, district.street.leader, query))
    assert "counted anew" not in said


def test_pages_of_what_is_frozen_say_that_it_stays(district: District, client: Client, in_twos: None) -> None:
    filed(district)
    evaluation = frozen(district)
    limit_filing()
    User.objects.update(language="en")
    client.force_login(district.street.leader)
    pages = [
        reverse("statistics:frozen-list"),
        evaluation.get_absolute_url(),
        f"{reverse('statistics:frozen-cases', args=[evaluation.pk])}?measure=filed",
    ]
    for page in pages:
        said = words(client.get(page))
        assert "what counts today will be counted anew in a minute. What is frozen stays as it was" in said, page
    count_some_anew(at=AFTER)
    for page in pages:
        said = words(client.get(page))
        assert "what counts today is being counted anew: 2 of 6 cases. What is frozen stays as it was" in said, page
    finish()
    assert [page for page in pages if "counted anew" in words(client.get(page))] == []


def line() -> tuple[State, int]:
    """The line of the operations page, and how many wait."""
    with connection.cursor() as cursor:
        look = Look(asking(cursor), LATE_MESSAGE)
        return judging.job_line("statistics_anew")(look).state, look.jobs["statistics_anew"].waiting


def test_operations_see_what_is_left_and_whether_it_goes_on(district: District, in_twos: None) -> None:
    filed(district)
    assert line() == (State.OK, 0)
    limit_filing()
    state, waiting = line()
    assert (state, waiting >= 1) == (State.OK, True)
    count_some_anew(at=database_now())
    assert line() == (State.OK, 4)
    CountingAnew.objects.update(moved_at=database_now() - timedelta(minutes=11))
    assert line() == (State.BROKEN, 4)
    count_some_anew(at=database_now())
    assert line() == (State.OK, 2)


def test_verifying_counts_first_by_changed_rules(district: District) -> None:
    filed(district)
    limit_filing()
    assert command("verify_statistics") == ("All figures agree with a recount\n", 0)
    assert (on_time(), counting_anew()) == (0, None)
