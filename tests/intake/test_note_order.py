"""Note the hotline's order to a case that the desk logged by hand."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from cases.intake.hotline.actions import note_order, take_in_order
from cases.intake.hotline.models import HotlineOrder
from cases.models import Case
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, Refusal, WrongState
from tests.intake.conftest import AT
from tests.intake.hotline_sheets import order_in, told_of
from tests.office import District


@pytest.fixture
def logged(log: Callable[..., Case]) -> Case:
    """A case from the hotline that the desk logged."""
    return log(AT, source="hotline")


def test_the_order_stands_with_the_case_and_its_sheet_changes_nothing(logged: Case, district: District) -> None:
    told: dict[str, Any] = {"number": logged.number, "told": told_of(), "by": district.street.clerk, "at": AT}
    event = note_order(**told, request_key="one")
    assert note_order(**told, request_key="one") == event
    order = HotlineOrder.objects.get()
    assert (event.kind, event.note, order.case, order.number) == ("note_hotline_order", "", logged, "GZ0001")
    street = district.street
    assert take_in_order(subdistrict=street.subdistrict, told=told_of(), by=street.clerk, at=AT) is None
    with pytest.raises(KeyReused):
        note_order(**told | {"told": told_of(urgency="urgent")}, request_key="one")


@pytest.mark.parametrize(
    ("role", "refusal"), [("leader", NotPermitted), ("officer", NotPermitted), ("other", NotFound)]
)
def test_only_clerks_of_the_office_note_orders(
    role: str, refusal: type[Refusal], logged: Case, district: District
) -> None:
    by = district.other.clerk if role == "other" else getattr(district.street, role)
    with pytest.raises(refusal):
        note_order(number=logged.number, told=told_of(), by=by, at=AT)
    assert not HotlineOrder.objects.exists()


def test_a_case_has_one_order_and_a_number_one_case(logged: Case, district: District, log: Callable[..., Case]) -> None:
    order_in(district, number="GZ0002")
    with pytest.raises(Invalid) as refused:
        note_order(number=logged.number, told=told_of(number="GZ0002"), by=district.street.clerk, at=AT)
    assert set(refused.value.fields) == {"number"}
    note_order(number=logged.number, told=told_of(), by=district.street.clerk, at=AT)
    for number in (logged.number, log(AT, source="call").number):
        with pytest.raises(WrongState):
            note_order(number=number, told=told_of(number="GZ0003"), by=district.street.clerk, at=AT)
    assert HotlineOrder.objects.count() == 2


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"called_at": AT + timedelta(minutes=1)}, "called_at"),
        ({"finish_due_at": AT - timedelta(days=1)}, "finish_due_at"),
    ],
)
def test_moments_that_cannot_be(given: dict[str, Any], field: str, logged: Case, district: District) -> None:
    with pytest.raises(Invalid) as refused:
        note_order(number=logged.number, told=told_of(**given), by=district.street.clerk, at=AT)
    assert set(refused.value.fields) == {field}
