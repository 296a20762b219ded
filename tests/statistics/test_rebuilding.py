"""Figures that went wrong are found by `verify_statistics` and mended by `rebuild_statistics`; copies bring theirs."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.bulk_seed import copies
from cases.models import Case
from cases.statistics.actions import catch_up
from cases.statistics.models import CaseFact, Stale, Tally
from cases.statistics.verification import differences
from tests.cases.stories import MORNING, QUICK, case_in
from tests.office import china
from tests.statistics.counting import assert_counted, kept_sums

AT = china(MORNING)
SEEDED = "2026-09-16T10:00:00+08:00"


def command(name, **options):
    """What a command prints, and its exit code."""
    out = StringIO()
    try:
        call_command(name, stdout=out, verbosity=0, **options)
    except SystemExit as end:
        return out.getvalue(), end.code
    return out.getvalue(), 0


@pytest.fixture
def counted(district):
    """Two cases that are counted."""
    cases = [case_in(district, state, line=QUICK) for state in ("closed", "escalated")]
    catch_up(at=china("2026-03-04 09:30"))
    return cases


def tamper_measures(case):
    CaseFact.objects.filter(pk=case.pk).update(measures=["reported"])


def tamper_day(case):
    CaseFact.objects.filter(pk=case.pk).update(filed_on="2026-03-05")


def tamper_place(case):
    CaseFact.objects.filter(pk=case.pk).update(officer_id=1)


def tamper_tally(case):
    Tally.objects.filter(dimension="source", key=case.source, filed=2).update(filed=3)


def add_tally(case):
    office = case.subdistrict_id
    Tally.objects.create(subdistrict_id=office, dimension="all", key="", on="2020-01-01", reported=1)


def remove_tally(case):
    Tally.objects.filter(dimension="community").delete()


def forget(case):
    CaseFact.objects.filter(pk=case.pk).delete()


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (tamper_measures, "measures: kept ['reported'], recount ['reported', 'valid'"),
        (tamper_day, "filed_on: kept datetime.date(2026, 3, 5), recount datetime.date(2026, 3, 4)"),
        (tamper_place, "officer_id: kept 1, recount"),
        (tamper_tally, "source call, 2026-03-04: the sum is wrong"),
        (add_tally, "all -, 2020-01-01: the sum is wrong"),
        (remove_tally, ": the sum is wrong"),
        (forget, "never counted"),
    ],
)
def test_what_was_tampered_with_is_found_and_mended(counted, harm, told):
    assert command("verify_statistics") == ("All figures agree with a recount\n", 0)
    harm(counted[1])
    text, code = command("verify_statistics")
    assert (code, told in text) == (1, True), text
    assert command("rebuild_statistics") == ("2 cases counted\n", 0)
    assert command("verify_statistics") == ("All figures agree with a recount\n", 0)
    assert_counted()


def test_verifying_counts_first_what_waits(district):
    case_in(district, "handling")
    assert command("verify_statistics") == ("All figures agree with a recount\n", 0)
    assert Stale.objects.count() == 0


def test_made_anew_is_the_same_as_counted_step_by_step(counted):
    command("verify_statistics")  # counts up to now
    before = kept_sums(), sorted(CaseFact.objects.values_list("pk", "measures", "minutes_to_handle"))
    command("rebuild_statistics")
    assert (kept_sums(), sorted(CaseFact.objects.values_list("pk", "measures", "minutes_to_handle"))) == before


def test_a_portal_without_cases(db):
    assert command("rebuild_statistics") == ("0 cases counted\n", 0)
    assert command("verify_statistics") == ("All figures agree with a recount\n", 0)
    assert kept_sums() == {}


@pytest.mark.parametrize("options", [{"cases": 300}, {"cases": 120, "due": 50, "step": "escalate"}])
def test_copies_bring_their_facts_with_them(db, options):
    with CaptureQueriesContext(connection) as queries:
        call_command("seed_bulk", at=SEEDED, yes=True, verbosity=0, stdout=StringIO(), **options)
    assert CaseFact.objects.count() == Case.objects.count() == options["cases"]
    assert_counted()
    assert len([one for one in queries if "jsonb_populate_recordset" in one["sql"]]) <= 1  # the prototypes'


def test_copies_added_to_cases_that_are_counted(counted):
    multiply_all([case.pk for case in counted], 10)
    assert CaseFact.objects.count() == 12
    assert list(differences()) == []


def multiply_all(prototypes, count):
    copies.multiply(prototypes, count, lambda size: None)
    for kept in copies.kept_of_cases:
        kept.finish()


@pytest.mark.parametrize(("count", "is_dropped"), [(2, True), (1, False)])
def test_few_copies_beside_many_cases_leave_the_index_of_words_alone(committed, monkeypatch, count, is_dropped):
    cases = [case_in(committed, "closed").pk for _number in range(2)]
    monkeypatch.setattr(copies, "CHUNK", 1)
    with CaptureQueriesContext(connection) as queries:
        copies.multiply(cases, count, lambda size: None)
    assert any("DROP INDEX" in one["sql"] for one in queries) == is_dropped
