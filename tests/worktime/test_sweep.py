"""The sweep: everything due is settled once, a poisoned row holds up no other, two sweeps share the work."""

import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction

from cases.actions import Matter, log_case
from cases.models import Case, CaseEvent, CaseStandard
from citymgmt.worktime import sweep
from citymgmt.worktime.rules import Rules
from tests.embedded.running import wait_for
from tests.office import District, china
from tests.racing import race

START = china("2026-03-04 09:00")
LATER = START + timedelta(days=1)


def filed(district: District, count: int) -> list[Case]:
    """Cases of two urgent hours, logged at START by the clerk."""
    standard = CaseStandard.objects.get(line=20)
    matter = {"description": "测试", "source": "call", "community": district.street.communities[0]}
    events = [
        log_case(
            subdistrict=district.street.subdistrict,
            matter=Matter(category=standard.category, **matter),
            standard=standard,
            by=district.street.clerk,
            at=START,
        )
        for _number in range(count)
    ]
    return [Case.objects.get(pk=event.case_id) for event in events]


@pytest.fixture
def poisoned(monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """Ids of cases that cannot be settled."""
    ids: set[int] = set()
    name, real = next((name, swept) for name, swept in sweep._swept.items() if swept.model is Case)

    def settle(rows: Sequence[Any], now: datetime, rules: Rules) -> None:
        if any(row.pk in ids for row in rows):
            raise ArithmeticError("poison")
        real.settle(rows, now, rules)

    monkeypatch.setitem(sweep._swept, name, sweep.Swept(real.model, settle))
    return ids


def overdue_events() -> list[tuple[int, str]]:
    steps = CaseEvent.objects.filter(kind="urge_overdue").order_by("case_id")
    return [(event.case_id, event.kind) for event in steps]


def test_everything_due_is_settled_once(district: District) -> None:
    cases = filed(district, 7)
    first = sum(sweep.run(LATER, batch=3).values())
    assert (first, sum(sweep.run(LATER, batch=3).values())) == (7, 0)
    assert overdue_events() == [(case.pk, "urge_overdue") for case in cases]


def test_one_question_finds_that_nothing_is_due(district: District, django_assert_num_queries: Any) -> None:
    filed(district, 2)
    with django_assert_num_queries(1):
        assert set(sweep.run(START).values()) == {0}


def test_nothing_is_due_before_its_moment(district: District) -> None:
    (case,) = filed(district, 1)
    assert case.next_check_at is not None
    assert sum(sweep.run(case.next_check_at - timedelta(seconds=1)).values()) == 0
    assert sum(sweep.run(case.next_check_at).values()) == 1


@pytest.mark.parametrize("batch", [1, 2, 3, 500])
def test_poisoned_row_holds_up_no_other(district: District, poisoned: set[int], batch: int, caplog: Any) -> None:
    cases = filed(district, 6)
    poisoned.add(cases[2].pk)
    assert sum(sweep.run(LATER, batch=batch).values()) == 5
    assert [pk for pk, _kind in overdue_events()] == [case.pk for case in cases if case.pk not in poisoned]
    assert f"Case {cases[2].pk} cannot be settled" in [record.message for record in caplog.records]
    poisoned.clear()
    assert sum(sweep.run(LATER).values()) == 1
    assert [pk for pk, _kind in overdue_events()] == [case.pk for case in cases]


def test_a_whole_batch_of_poisoned_rows_holds_up_no_other(district: District, poisoned: set[int]) -> None:
    cases = filed(district, 6)
    poisoned.update(case.pk for case in cases[:4])
    Case.objects.exclude(pk__in=poisoned).update(next_check_at=LATER)  # the last to be looked at
    assert sum(sweep.run(LATER, batch=2).values()) == 2
    assert [pk for pk, _kind in overdue_events()] == [case.pk for case in cases[4:]]


def test_much_is_settled_by_two_processes_each_row_once(committed: District, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = filed(committed, 12)
    own, settle_some = list[int](), sweep._settle_some

    def settle_after_the_other(*given: Any) -> int:
        wait_for(lambda: len(overdue_events()) > sum(own), 60)
        own.append(settle_some(*given))
        return own[-1]

    monkeypatch.setattr(sweep, "_settle_some", settle_after_the_other)  # of this process alone
    assert sweep.run(LATER, batch=2)["cases"] == 12
    assert overdue_events() == [(case.pk, "urge_overdue") for case in cases]
    assert sum(own) < 12


@pytest.mark.parametrize("poison", [False, True], ids=["all can be settled", "one cannot"])
def test_two_sweeps_settle_each_row_once(committed: District, poisoned: set[int], poison: bool) -> None:
    cases = filed(committed, 24)
    poisoned.update([cases[5].pk] * poison)
    results = race([partial(sweep._settle_rest, "cases", LATER, 2)] * 2)
    assert (len(results), sum(results)) == (2, 24 - poison)
    assert [pk for pk, _kind in overdue_events()] == [case.pk for case in cases if case.pk not in poisoned]


def test_locked_row_is_passed_over(committed: District) -> None:
    cases = filed(committed, 3)
    locked, done = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                Case.objects.select_for_update(no_key=True).get(pk=cases[0].pk)
                locked.set()
                done.wait(30)
        finally:
            connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert locked.wait(10)
        assert sum(sweep.run(LATER).values()) == 2
    finally:
        done.set()
        holder.join(30)
    assert sum(sweep.run(LATER).values()) == 1
