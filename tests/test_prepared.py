"""A prepared question gives what its queryset gives, without being put into SQL again."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from cases.models import Case, CaseEvent
from cases.named import named
from cases.querysets import history_of
from citymgmt.people.models import User
from citymgmt.prepared import Prepared
from tests.office import District
from tests.racing import race

MORNING = datetime(2026, 3, 4, 1, 0, tzinfo=UTC)


@pytest.fixture
def cases(district: District, log: Callable[..., Case]) -> list[Case]:
    """Three cases, an hour apart."""
    return [log(MORNING + timedelta(hours=n)) for n in range(3)]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The SQL that Django made anew."""
    texts: list[str] = []
    make = SQLCompiler.as_sql

    def note(compiler: SQLCompiler, *args: Any, **options: Any) -> Any:
        texts.append(str(compiler.query.model))
        return make(compiler, *args, **options)

    monkeypatch.setattr(SQLCompiler, "as_sql", note)
    return texts


def test_it_gives_the_rows_of_its_values(cases: list[Case]) -> None:
    by_number = Prepared(lambda number: Case.objects.filter(number=number), str)
    for case in cases:
        (row,) = by_number(case.number)
        fresh = Case.objects.get(pk=case.pk)
        assert {name: vars(row)[name] for name in vars(fresh) if name != "_state"} == {
            name: value for name, value in vars(fresh).items() if name != "_state"
        }
    assert by_number("nothing") == []
    assert by_number.first("nothing") is None


def test_its_sql_is_made_once(cases: list[Case], made: list[str]) -> None:
    by_number = Prepared(lambda number: Case.objects.filter(number=number), str)
    for case in cases:
        assert by_number(case.number) == [case]
    assert len(made) == 1


@pytest.mark.parametrize(
    "make",
    [
        lambda case: named(Case.objects.filter(pk=case)),
        lambda case: Case.objects.filter(pk=case).select_related("officer", "community"),
        lambda case: CaseEvent.objects.filter(case_id=case).order_by("-seq")[:1],
        lambda case: CaseEvent.objects.filter(case_id=case).order_by().values_list("at", flat=True),
        lambda case: Case.objects.filter(Q(pk=case) | Q(merged_into_id=case), state="dispatched"),
    ],
    ids=["named", "joined", "cut", "a column", "the value twice, and one of its own"],
)
def test_whatever_kind_of_rows_it_asks_for(make: Callable[[int], QuerySet[Any]], cases: list[Case]) -> None:
    prepared = Prepared(make, int)
    for case in cases:
        assert prepared(case.pk) == list(make(case.pk)) != []


def test_what_is_joined_or_named_is_there_without_another_query(
    cases: list[Case], django_assert_num_queries: Callable[[int], Any]
) -> None:
    joined = Prepared(lambda case: Case.objects.filter(pk=case).select_related("officer", "reporter"), int)
    joined(cases[0].pk)
    with django_assert_num_queries(1):
        (row,) = joined(cases[1].pk)
        assert row.officer is not None
        assert row.officer.pk == cases[1].officer_id
        assert not hasattr(row, "reporter")


def test_what_is_annotated_is_on_the_row(cases: list[Case], district: District) -> None:
    history: Callable[[int], Any] = Prepared(history_of, int)
    plain: Callable[[int], Any] = history_of
    for case in cases:
        told = [[(event.seq, event.mentioned) for event in ask(case.pk)] for ask in (history, plain)]
        assert told[0] == told[1] != []


def test_two_values_keep_their_places(cases: list[Case]) -> None:
    event = Prepared(lambda seq, case: CaseEvent.objects.filter(case_id=case, seq=seq), int, int)
    for case in cases:
        assert [(one.case_id, one.seq) for one in event(1, case.pk)] == [(case.pk, 1)]


def test_each_thread_asks_by_its_own_connection(committed: District) -> None:
    by_name = Prepared(lambda name: User.objects.filter(username=name), str)
    names = [committed.street.clerk.username, committed.street.officer.username]
    by_name(names[0])
    found = race([lambda name=name: by_name(name) for name in names])  # type: ignore[misc]
    assert [[one.username] for (one,) in found] == [[name] for name in names]


def test_rows_that_it_locks_are_locked(committed: District) -> None:
    locked = Prepared(lambda pk: User.objects.filter(pk=pk).select_for_update(no_key=True), int)
    clerk = committed.street.clerk

    def free() -> bool:
        with transaction.atomic():
            return User.objects.filter(pk=clerk.pk).select_for_update(skip_locked=True, no_key=True).exists()

    for _time in range(2):  # the first, and once the SQL is known
        with transaction.atomic():
            locked(clerk.pk)
            assert race([free]) == [False]


@pytest.mark.parametrize("values", [(None,), (1,), (), ("a", "b"), (b"a",)])
def test_values_that_would_need_another_question_are_refused(db: None, values: tuple[Any, ...]) -> None:
    by_number = Prepared(lambda number: Case.objects.filter(number=number), str)
    with pytest.raises(TypeError):
        by_number(*values)


@pytest.mark.parametrize(
    "make",
    [
        lambda number: Case.objects.filter(number__contains=number),
        lambda number: Case.objects.all(),
        lambda number: User.objects.filter(username=number).prefetch_related("user_permissions"),
    ],
    ids=["changed by the comparison", "left out", "more than its own rows"],
)
def test_questions_that_cannot_be_prepared_are_refused(db: None, make: Callable[[str], QuerySet[Any]]) -> None:
    with pytest.raises(TypeError):
        Prepared(make, str)("x")
