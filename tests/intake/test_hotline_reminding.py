"""An order of the hotline that is not replied climbs its ladder: a day before its limit, at it, and a day later."""

from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cases.intake.hotline.actions import reply_to_hotline
from cases.intake.hotline.actions.reminding import watch_again
from cases.intake.hotline.models import HotlineOrder
from citymgmt.outbox.models import Message
from citymgmt.worktime import sweep
from tests.cases.stories import do
from tests.intake.conftest import AT
from tests.intake.hotline_sheets import order_in
from tests.intake.reported import walk
from tests.office import District, china
from tests.racing import race

FRIDAY = china("2026-03-06 16:00")  # AT is the Wednesday before
THURSDAY, MONDAY = china("2026-03-05 16:00"), china("2026-03-09 16:00")


@pytest.fixture
def order(district: District) -> HotlineOrder:
    """An order whose limit is on Friday."""
    return order_in(district, finish_due_at=FRIDAY)


def told() -> list[tuple[str, str, datetime]]:
    """Who was told what in the portal, and when it fell due."""
    rows = Message.objects.filter(kind__startswith="hotline_").order_by("created_at", "recipient")
    return [(row.kind, row.recipient.username, row.created_at) for row in rows if row.recipient]


def steps(order: HotlineOrder) -> Any:
    """Where it is on the ladder."""
    order.refresh_from_db()
    return order.rung, order.rung_at, order.next_check_at


def test_each_step_at_its_moment_to_whom_it_names(order: HotlineOrder, district: District) -> None:
    street = district.street
    clerks = [street.clerk.username, street.clerk2.username]
    sweep.run(AT)
    assert (steps(order), told()) == ((0, None, THURSDAY), [])
    sweep.run(THURSDAY)
    assert steps(order) == (1, THURSDAY, FRIDAY)
    assert told() == [("hotline_warn", name, THURSDAY) for name in clerks]
    sweep.run(FRIDAY)
    assert told()[2:] == [("hotline_urge", name, FRIDAY) for name in [*clerks, street.leader.username]]
    sweep.run(MONDAY)
    assert steps(order) == (3, MONDAY, None)
    assert [kind for kind, _name, _at in told()[5:]] == ["hotline_supervise"] * 3


def test_a_late_look_tells_of_the_last_step_alone_and_none_twice(order: HotlineOrder) -> None:
    for _time in range(2):
        sweep.run(MONDAY)
        assert steps(order) == (3, MONDAY, None)
        assert {kind for kind, _name, _at in told()} == {"hotline_supervise"}
    assert len(told()) == 3


def test_one_that_comes_late_is_told_of_when_it_comes(district: District) -> None:
    order = order_in(district, finish_due_at=china("2026-03-04 08:40"))
    sweep.run(AT)
    assert steps(order)[0] == 2
    assert {(kind, at) for kind, _name, at in told()} == {("hotline_urge", AT)}


def test_a_final_reply_ends_it(order: HotlineOrder, district: District) -> None:
    clerk = district.street.clerk
    walk(district, order.case, "accepted", AT)
    reply_to_hotline(pk=order.pk, by=clerk, at=AT, text="正在办理", is_final=False)
    assert steps(order)[2] is not None  # an interim one does not
    do(district, order.case, "decline_to_file", AT)
    reply_to_hotline(pk=order.pk, by=clerk, at=AT, text="已办结", is_final=True, is_solved=True)
    sweep.run(MONDAY)
    assert (steps(order), told()) == ((0, None, None), [])


def test_a_change_of_the_rules_has_it_looked_at_again(order: HotlineOrder) -> None:
    sweep.run(AT)
    assert (watch_again(AT), steps(order)[2]) == (1, AT)


def test_two_sweeps_at_once_tell_once(committed: District) -> None:
    for number in range(6):
        order_in(committed, number=f"GZ{number}", finish_due_at=FRIDAY)
    counts = race([lambda: sweep.run(FRIDAY, batch=2)["hotline orders"]] * 2)
    assert (sum(counts), len(told())) == (6, 18)


def test_the_database_refuses_one_that_climbs_after_its_reply(order: HotlineOrder) -> None:
    with pytest.raises(IntegrityError, match="hotline_climbs_until_replied"), transaction.atomic():
        HotlineOrder.objects.update(replied_at=AT)
