"""Many cases for measurements: their histories are true, and exactly so many are due."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from cases.bulk_seed.copies import words_indexed_last
from cases.models import Case, CaseEvent, CaseText, Escalation
from cases.search import search
from citymgmt.worktime import sweep
from tests.fixtures import assert_history_is_true
from tests.office import china

AT = "2026-09-16T10:00:00+08:00"  # a Wednesday


def seed(**options):
    out = StringIO()
    call_command("seed_bulk", at=AT, verbosity=0, stdout=out, **{"yes": True, **options})
    return out.getvalue().strip()


@pytest.mark.parametrize(("step", "kind"), [("urge", "urge_overdue"), ("escalate", "escalate_overdue")])
def test_exactly_the_due_cases_take_exactly_one_step(db, step, kind):
    assert seed(cases=120, due=50, step=step) == f"120 cases added; 50 are due at {AT}"
    before = CaseEvent.objects.count()
    assert sweep.run(china("2026-09-16 10:00"))["cases"] == 50
    new = CaseEvent.objects.order_by("-id")[: CaseEvent.objects.count() - before]
    assert [event.kind for event in new] == [kind] * 50
    assert_history_is_true()


def test_cases_are_spread_and_their_histories_true(db):
    seed(cases=150, days=700)
    cases = Case.objects.all()
    assert cases.count() == 150
    assert len({case.state for case in cases}) >= 4
    assert len({case.community_id for case in cases}) >= 10
    assert len({case.created_at.year for case in cases}) >= 2
    assert Escalation.objects.exists()
    assert cases.filter(next_check_at__lte=china("2026-09-16 10:00")).count() == 0
    assert_history_is_true()


def test_copies_tell_different_things_and_are_found_by_them(db):
    seed(cases=300)
    texts = dict(CaseText.objects.values_list("case_id", "text"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, case_search_text(id) FROM cases_case")
        assert texts == dict(cursor.fetchall())
    assert len({case.description for case in Case.objects.all()}) > 200
    newest = Case.objects.order_by("-created_at", "-id")[:150]
    assert search(Case.objects.filter(pk__in=newest), "占道").exists()


def index_of_words() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'case_text_tokens'")
        return [definition for (definition,) in cursor.fetchall()]


def test_the_index_of_words_is_the_same_again_after_many_even_when_they_failed(committed):
    before, meanwhile = index_of_words(), []

    def interrupted() -> None:
        with words_indexed_last():
            meanwhile.extend(index_of_words())
            raise InterruptedError

    with pytest.raises(InterruptedError):
        interrupted()
    assert (len(before), meanwhile, index_of_words()) == (1, [], before)


def test_it_must_be_told_that_the_database_is_for_measurements(db):
    with pytest.raises(CommandError, match="measurement databases only"):
        seed(cases=10, yes=False)
    assert Case.objects.count() == 0


def test_it_refuses_where_an_office_works(log):
    log(china("2026-03-04 09:00"))
    with pytest.raises(CommandError, match="holds cases of an office"):
        seed(cases=10)
    assert Case.objects.count() == 1


@pytest.mark.parametrize("options", [{"cases": 1_000_001}, {"cases": 5, "due": 6}, {"cases": 5, "days": 0}])
def test_sizes_that_make_no_sense_are_refused(db, options):
    with pytest.raises(CommandError):
        seed(**options)


def test_a_moment_without_time_zone_is_refused(db):
    with pytest.raises(CommandError, match="--at takes a moment with its time zone"):
        call_command("seed_bulk", cases=5, at="2026-09-16T10:00:00", yes=True)
