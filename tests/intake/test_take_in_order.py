"""Take an order of the hotline in: one case for each number, with the hotline's limits and a sealed caller."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from cases.intake.hotline.actions import take_in_order
from cases.intake.hotline.models import HotlineOrder
from cases.models import Case, CaseEvent, Reporter
from citymgmt.refusals import NotFound, NotPermitted, Refusal
from tests.intake.conftest import AT
from tests.intake.hotline_sheets import PHONE, order_in, told_of
from tests.office import District, china
from tests.racing import race


def test_an_order_is_a_case_that_waits_to_be_accepted(district: District) -> None:
    order = order_in(district, community="甲街第1社区居委会", address="天河路1号")
    case, event = Case.objects.get(), CaseEvent.objects.get()
    assert (case.state, case.source, case.logged_by, case.created_at) == (
        "reported",
        "hotline",
        district.street.clerk,
        AT,
    )
    assert (case.community, case.address, case.description) == (
        district.street.communities[0], "天河路1号", "路口有人摆摊",
    )  # fmt: skip
    assert (order.case, order.number, order.title, str(order)) == (case, "GZ0001", "占道经营", "GZ0001")
    assert (case.due_at, order.is_finish_ours) == (None, True)
    assert (Reporter.objects.get().name, Reporter.objects.get().phone) == ("王小明", PHONE)
    kept = f"{event.changes}{event.note}{event.request_key}{event.request_digest}"
    assert ("王小明" in kept, PHONE in kept, event.request_digest) == (False, False, "")


def test_limits_of_the_hotline_are_kept(district: District) -> None:
    accept, finish = china("2026-03-04 12:00"), china("2026-03-07 23:59")
    order = order_in(district, accept_due_at=accept, finish_due_at=finish)
    assert (order.accept_due_at, order.finish_due_at, order.is_finish_ours) == (accept, finish, False)


@pytest.mark.parametrize(
    ("sent_at", "accept", "finish"),
    [
        (None, "2026-03-03 18:00", "2026-03-20 18:00"),
        ("2026-03-04 08:50", "2026-03-04 18:00", "2026-03-23 18:00"),
    ],
)
def test_else_our_table_tells_from_when_it_was_sent(
    sent_at: str | None, accept: str, finish: str, district: District
) -> None:
    moment = china(sent_at) if sent_at else None
    order = order_in(district, called_at=china("2026-03-03 10:00"), sent_at=moment)
    assert (order.accept_due_at, order.finish_due_at) == (china(accept), china(finish))


@pytest.mark.parametrize(
    ("community", "address", "is_ours", "kept"),
    [
        ("甲街第2", "1号", True, "1号"),
        ("乙街第1社区", "1号", False, "乙街第1社区 1号"),
        ("", "1号", False, "1号"),
        ("社区", "", False, "社区"),
    ],
)
def test_a_place_that_is_not_ours_stays_in_words(
    community: str, address: str, is_ours: bool, kept: str, district: District
) -> None:
    case = order_in(district, community=community, address=address).case
    assert (case.community is not None, case.address) == (is_ours, kept)


def test_a_known_number_changes_nothing(district: District) -> None:
    order = order_in(district)
    again = told_of(title="另外", urgency="urgent", finish_due_at=china("2026-03-05 18:00"))
    clerk, portal = (
        take_in_order(subdistrict=district.street.subdistrict, told=again, by=by, at=AT + timedelta(days=1))
        for by in (district.street.clerk2, None)
    )
    assert (clerk, portal, HotlineOrder.objects.get().title, Case.objects.count()) == (None, None, order.title, 1)


def test_the_same_number_in_another_office_is_another_order(district: District) -> None:
    order_in(district)
    other = district.other
    assert take_in_order(subdistrict=other.subdistrict, told=told_of(), by=other.clerk, at=AT) is not None


@pytest.mark.parametrize(
    ("role", "refusal"),
    [("leader", NotPermitted), ("officer", NotPermitted), ("auditor", NotPermitted), ("other", NotFound)],
)
def test_only_clerks_of_the_office_take_orders_in(role: str, refusal: type[Refusal], district: District) -> None:
    by = district.other.clerk if role == "other" else getattr(district.street, role)
    with pytest.raises(refusal):
        take_in_order(subdistrict=district.street.subdistrict, told=told_of(), by=by, at=AT)
    assert Case.objects.count() == 0


@pytest.mark.parametrize("is_known", [True, False])
def test_a_row_that_the_database_refuses(is_known: bool, district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    """Known by then, it is known; another refusal is no order's fault and is raised. No case stays behind."""

    def refused(*given: Any) -> Any:
        raise IntegrityError

    answers = iter([False, is_known])
    monkeypatch.setattr("cases.intake.hotline.actions.taking._keep", refused)
    monkeypatch.setattr("django.db.models.QuerySet.exists", lambda rows: next(answers))
    told = {"subdistrict": district.street.subdistrict, "told": told_of(), "by": None, "at": AT}
    if is_known:
        assert take_in_order(**told) is None  # type: ignore[arg-type]
    else:
        with pytest.raises(IntegrityError):
            take_in_order(**told)  # type: ignore[arg-type]
    assert Case.objects.count() == 0


def test_two_at_once_make_one_case(committed: District) -> None:
    def take(by: Any) -> Any:
        return lambda: take_in_order(subdistrict=committed.street.subdistrict, told=told_of(), by=by, at=AT)

    answers = race([take(committed.street.clerk), take(committed.street.clerk2)])
    assert sum(one is None for one in answers) == 1
    assert (HotlineOrder.objects.count(), Case.objects.count()) == (1, 1)
