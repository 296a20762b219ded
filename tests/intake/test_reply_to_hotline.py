"""Reply to the hotline: interim while the case is open, final when it has ended."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, transaction

from cases.actions import perform
from cases.intake.actions.answering import answer_resident, let_follow
from cases.intake.hotline.actions import reply_to_hotline, send_back_replies
from cases.intake.hotline.models import HotlineOrder, HotlineReply
from cases.intake.hotline.proposing import proposed_reply
from cases.intake.hotline.querysets import with_acceptance
from cases.models import Case
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, Refusal, WrongState
from tests.intake.conftest import AT
from tests.intake.hotline_sheets import order_in
from tests.office import District
from tests.racing import race

HOUR = timedelta(hours=1)
Closed = Callable[..., Case]


def told(district: District, order: HotlineOrder, **given: Any) -> dict[str, Any]:
    """A final reply of the clerk."""
    usual = {
        "pk": order.pk,
        "by": district.street.clerk,
        "at": AT,
        "text": "已处理",
        "is_final": True,
        "is_solved": True,
    }
    return {**usual, **given}


def test_an_ended_case_is_replied_once(district: District, closed: Closed) -> None:
    order = order_in(district)
    closed(order.case)
    given = told(district, order, text=" 已处理\r\n完毕 ", at=AT + HOUR, request_key="one")
    event = reply_to_hotline(**given)
    assert reply_to_hotline(**given) == event
    reply = HotlineReply.objects.get()
    assert (reply.text, reply.is_final, reply.is_solved, reply.event) == ("已处理\n完毕", True, True, event)
    assert (event.kind, event.note, event.from_state, event.to_state) == ("reply_to_hotline", "", "closed", "closed")
    order.refresh_from_db()
    assert (order.replied_at, order.exported_at) == (AT + HOUR, None)
    with pytest.raises(KeyReused):
        reply_to_hotline(**given | {"text": "x"})
    with pytest.raises(InternalError, match="append-only"), transaction.atomic():
        HotlineReply.objects.update(text="x")


def test_an_open_case_gets_interim_replies_and_stays_unreplied(district: District) -> None:
    order = order_in(district)
    reply_to_hotline(**told(district, order, is_final=False, text="核实中"))
    reply = HotlineReply.objects.get()
    order.refresh_from_db()
    assert (reply.is_final, reply.is_solved, order.replied_at) == (False, None, None)


def test_a_second_final_reply_corrects_the_first_and_leaves_anew(district: District, closed: Closed) -> None:
    order = order_in(district)
    closed(order.case)
    reply_to_hotline(**told(district, order))
    send_back_replies(by=district.street.clerk, at=AT, request_key="one")
    order.refresh_from_db()
    assert order.exported_at == AT
    reply_to_hotline(**told(district, order, at=AT + HOUR, is_solved=False))
    order.refresh_from_db()
    assert (order.replied_at, order.exported_at) == (AT, None)


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("officer", NotFound), ("auditor", NotPermitted), ("teamleader", NotFound), ("other", NotFound)],
)
def test_who_may_not_reply(who: str, refusal: type[Refusal], district: District) -> None:
    by = district.other.clerk if who == "other" else getattr(district.street, who)
    order = order_in(district)
    with pytest.raises(refusal):
        reply_to_hotline(**told(district, order, by=by, is_final=False))
    assert not HotlineReply.objects.exists()


def test_a_leader_may_reply(district: District) -> None:
    assert reply_to_hotline(**told(district, order_in(district), by=district.street.leader, is_final=False)).seq == 2


def test_an_order_that_is_none(district: District) -> None:
    for pk in (0, 2**63):
        with pytest.raises(NotFound):
            reply_to_hotline(**told(district, order_in(district, number=f"GZ{pk}"), pk=pk))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "x" * 2001}, "text"),
        ({"text": "\x01"}, "text"),
        ({"is_solved": None}, "is_solved"),
    ],
)
def test_what_cannot_be_a_reply(given: dict[str, Any], field: str, district: District) -> None:
    with pytest.raises(Invalid) as refused:
        reply_to_hotline(**told(district, order_in(district), **given))
    assert set(refused.value.fields) == {field}


def test_the_reply_fits_the_stage_of_the_case(district: District, closed: Closed) -> None:
    order = order_in(district)
    with pytest.raises(WrongState):
        reply_to_hotline(**told(district, order))
    closed(order.case)
    with pytest.raises(WrongState):
        reply_to_hotline(**told(district, order, is_final=False))
    assert not HotlineReply.objects.exists()


def test_the_database_knows_what_a_final_reply_is(district: District) -> None:
    order = order_in(district)
    event = reply_to_hotline(**told(district, order, is_final=False))
    with pytest.raises(IntegrityError), transaction.atomic():
        HotlineReply.objects.create(order=order, event=event, text="x", is_final=True, by=district.street.clerk, at=AT)


def test_two_final_replies_at_once_are_both_kept_in_order(committed: District) -> None:
    order = order_in(committed)
    perform("decline", number=order.case.number, by=committed.street.clerk, at=AT, note="x")

    def send(text: str) -> Any:
        return lambda: reply_to_hotline(**told(committed, order, text=text))

    events = race([send("a"), send("b")], losing=())
    assert sorted(event.seq for event in events) == [3, 4]
    order.refresh_from_db()
    assert order.replied_at == AT


# --- what is proposed --------------------------------------------------------------------------------------------
def test_what_was_told_the_resident_is_proposed(district: District, closed: Closed) -> None:
    order = order_in(district)
    clerk, number = district.street.clerk, order.case.number
    assert proposed_reply(order) == ""
    let_follow(number=number, by=clerk, at=AT, form_key="one")
    answer_resident(number=number, by=clerk, at=AT, text="核实中")
    assert proposed_reply(order) == "核实中"
    order.case = closed(order.case, AT + HOUR)
    order.case.closing_note = ""
    assert proposed_reply(order) == ""
    order.case.closing_note = "清理"
    assert proposed_reply(order) == "经现场处置并核查，已达到结案条件：清理。"
    answer_resident(number=number, by=clerk, at=AT + 2 * HOUR, text="已清理")
    assert proposed_reply(order) == "已清理"


def test_accepted_when_its_case_left_where_it_was_reported(district: District, closed: Closed) -> None:
    order = order_in(district)
    rows = with_acceptance(HotlineOrder.objects.all())
    assert rows.get().accepted_at is None
    reply_to_hotline(**told(district, order, is_final=False))
    assert rows.get().accepted_at is None
    closed(order.case, AT + HOUR)
    assert rows.get().accepted_at == AT + HOUR
