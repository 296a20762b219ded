"""How many cases wait to be counted, and since when, stands where operations look."""

from datetime import timedelta

from django.db import connection
from django.test import Client

from cases.statistics.actions import catch_up
from cases.statistics.models import Stale
from cases.statistics.watching import seconds_behind
from citymgmt.database_clock import database_now
from citymgmt.health import judging, scrape
from citymgmt.health.figures import Look
from citymgmt.health.guard import asking
from citymgmt.health.judging import LATE_MESSAGE, State
from tests.cases.stories import QUICK, case_in, do
from tests.health.test_metrics import scraped, value
from tests.office import District


def waiting() -> tuple[State, int]:
    """The line of the operations page, and how many wait."""
    with connection.cursor() as cursor:
        look = Look(asking(cursor), LATE_MESSAGE)
        return judging.job_line("statistics")(look).state, look.jobs["statistics"].waiting


def lag() -> float:
    with connection.cursor() as cursor:
        return seconds_behind(asking(cursor))[()]


def test_cases_that_changed_wait_since_they_changed(district: District) -> None:
    assert (waiting(), lag()) == ((State.OK, 0), 0)
    case = case_in(district, "reported")
    do(district, case, "accept", database_now())
    assert waiting() == (State.OK, 1)
    Stale.objects.update(named_at=database_now() - timedelta(minutes=11))
    assert (waiting(), 650 < lag() < 720) == ((State.BROKEN, 1), True)
    catch_up(at=database_now())
    assert (waiting(), lag()) == ((State.OK, 0), 0)


def test_cases_whose_deadline_passed_wait_since_then(district: District) -> None:
    case = case_in(district, "handling", line=QUICK)
    assert case.due_at is not None
    catch_up(at=case.due_at)
    assert waiting() == (State.BROKEN, 1)
    assert abs(lag() - (database_now() - case.due_at).total_seconds()) < 60
    catch_up(at=database_now())
    assert (waiting(), lag()) == ((State.OK, 0), 0)


def test_prometheus_is_told(committed: District, client: Client) -> None:
    scrape.forget()
    case_in(committed, "reported")
    Stale.objects.update(named_at=database_now() - timedelta(minutes=11))
    samples = scraped(client)
    assert value(samples, "citymgmt_jobs_waiting", kind="statistics") == 1
    assert 650 < value(samples, "citymgmt_statistics_lag_seconds") < 720
