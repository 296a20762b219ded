"""How often: exactly the limit passes in a minute, for all connections together; who waits is let in again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from citymgmt.checks import rates_are_limits
from citymgmt.people.log_in import address_of
from citymgmt.people.models import RateCount
from citymgmt.people.rates import Rate, TooMany, count_request, forget_counts
from tests.api.conftest import Program, problem
from tests.office import china
from tests.racing import race

AT = china("2026-03-04 09:00:20")
LOGIN = {"username": "clerk1", "password": "wrong"}


def ask(limit=3, at=AT, who=1):
    return count_request(kind="read", who=who, limit=limit, at=at)


def test_the_limit_passes_and_no_more_until_the_next_minute(db):
    assert [ask() for _time in range(3)] == [Rate("read", 3, left, 40) for left in (2, 1, 0)]
    for _time in range(2):
        with pytest.raises(TooMany) as refusal:
            ask(at=AT + timedelta(seconds=10.5))
        assert refusal.value.headers == {"Retry-After": "30"}
    assert ask(who=2) == Rate("read", 3, 2, 40)
    assert ask(at=AT + timedelta(seconds=40)) == Rate("read", 3, 2, 60)
    assert ask(at=AT) == Rate("read", 3, 1, 100)  # the clock of another host is behind: the window stays
    assert list(RateCount.objects.order_by("name").values_list("name", "count")) == [("read.1", 2), ("read.2", 1)]


def test_no_limit_asks_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert ask(limit=0) is None


def test_two_connections_let_exactly_the_limit_pass(committed):
    def many():
        found = []
        for _time in range(20):
            try:
                found.append(ask(limit=25))
            except TooMany:
                found.append(None)
        return found

    passed = [rate for found in race([many, many]) for rate in found if rate]
    assert sorted(rate.left for rate in passed) == list(range(25))
    assert RateCount.objects.get().count == 26
    RateCount.objects.all().delete()


def test_old_counts_are_forgotten_and_the_table_is_unlogged(db):
    ask()
    assert (forget_counts(at=AT + timedelta(minutes=119)), forget_counts(at=AT + timedelta(minutes=121))) == (0, 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'people_ratecount'")
        assert cursor.fetchone() == ("u",)


def test_reads_and_writes_of_the_api_are_counted_by_person_with_one_query(district, settings):
    program, other = Program(district.street.clerk), Program(district.street.officer)
    assert "RateLimit" not in program.get("me/")
    with CaptureQueriesContext(connection) as without:
        program.get("me/")
    settings.API_RATE, settings.API_WRITE_RATE = 3, 1
    with CaptureQueriesContext(connection) as counted:
        answer = program.get("me/")
    assert len(counted) == len(without) + 1
    assert answer["RateLimit-Policy"] == '"read";q=3;w=60'
    assert answer["RateLimit"].startswith('"read";r=2;t=')
    assert [program.get(path).status_code for path in ("cases/", "cases/x/", "me/")] == [200, 404, 429]
    assert program.post("inbox/read/").status_code == 200
    answer = program.post("inbox/read/")
    assert problem(answer) == (429, "too_many_requests")
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert [other.get("me/").status_code, other.post("inbox/read/").status_code] == [200, 200]


def test_tries_to_log_in_are_counted_by_address_for_page_and_api_together(district, settings):
    settings.LOGIN_RATE = 3
    here, there = Client(REMOTE_ADDR="10.0.0.1"), Client(REMOTE_ADDR="10.0.0.2")
    assert here.post("/login/", LOGIN).status_code == 200
    answers = [here.post("/api/v1/auth/token/", {**LOGIN, "username": f"x{one}"}, "application/json") for one in "abc"]
    assert [answer.status_code for answer in answers] == [401, 401, 429]
    page = here.post("/login/", LOGIN)
    assert (page.status_code, 1 <= int(page["Retry-After"]) <= 60) == (429, True)
    assert here.get("/login/").status_code == 200
    assert there.post("/login/", LOGIN).status_code == 200


@pytest.mark.parametrize(
    ("is_behind", "forwarded", "expected"),
    [(False, "10.9.9.9", "10.0.0.1"), (True, "10.9.9.9, 10.1.1.1", "10.1.1.1"), (True, "", "10.0.0.1"),
     (True, "nonsense", "10.0.0.1"), (True, "::1", "::1")],
)  # fmt: skip
def test_a_forwarded_address_counts_only_behind_a_proxy(rf, settings, is_behind, forwarded, expected):
    settings.BEHIND_PROXY = is_behind
    assert address_of(rf.get("/", HTTP_X_FORWARDED_FOR=forwarded, REMOTE_ADDR="10.0.0.1")) == expected


@pytest.mark.parametrize(("limit", "ids"), [(0, []), (600, []), (-1, ["citymgmt.E006"]), (10**7, ["citymgmt.E006"])])
def test_limits_are_checked_at_the_start(settings, limit, ids):
    settings.LOGIN_RATE = limit
    assert [found.id for found in rates_are_limits(None)] == ids
