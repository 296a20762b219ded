"""The pages of the hotline: lists by limit and state, an order and its replies, sheets, and the panel of a case."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.actions import Matter
from cases.actions.begin import report_case
from cases.demo.names import DISTRICT_CODE
from cases.intake.hotline.actions import reply_to_hotline, send_back_replies
from cases.intake.hotline.demo import make_orders
from cases.intake.hotline.models import HotlineExport, HotlineOrder, HotlineReply, HotlineSheet
from cases.intake.hotline.preview import preview_of
from cases.models import Case
from citymgmt.people.models import SubDistrict
from tests.intake.conftest import AT
from tests.intake.hotline_sheets import PHONE, csv_of, order_in, row
from tests.office import District, china

HOUR = timedelta(hours=1)
Closed = Callable[..., Case]


@pytest.fixture
def desk(guest: Client, district: District) -> Client:
    """The clerk's browser, at AT, in English."""
    district.street.clerk.language = "en"
    district.street.clerk.save(update_fields=["language"])
    guest.force_login(district.street.clerk)
    return guest


def key_of(page: Any, name: str = "form") -> str:
    """The request key of a form of a page."""
    return str(page.context[name]["request_key"].value())


def numbers(page: Any) -> list[str]:
    """The orders of the list."""
    return [order.number for order in page.context["page"]]


def test_what_is_due_first_stands_first_and_filters_narrow(desk: Client, district: District, closed: Closed) -> None:
    moments = {"late": "2026-03-04 08:59", "soon": "2026-03-05 08:59", "far": "2026-03-05 09:00"}
    for name, moment in reversed(moments.items()):
        order_in(district, number=name, finish_due_at=china(moment), called_at=AT - 5 * HOUR)
    done = order_in(district, number="done", kind="consult", finish_due_at=AT)
    closed(done.case, AT - HOUR)
    ask = lambda query: numbers(desk.get(f"/hotline/?{query}"))  # noqa: E731
    assert ask("") == ["late", "done", "soon", "far"]
    assert (ask("due=late"), ask("due=soon"), ask("due=was_late")) == (["late"], ["done", "soon"], [])
    assert (ask("stands=to_accept"), ask("stands=to_reply")) == (["late", "soon", "far"], ["done"])
    assert (ask("kind=consult"), ask("q=FA"), ask(f"q={done.case.number[-6:]}")) == (["done"], ["far"], ["done"])
    page = desk.get("/hotline/")
    assert page.context["counts"] == {"late": 1, "soon": 2, "to_reply": 1, "to_send": 0}
    reply_to_hotline(pk=done.pk, by=district.street.clerk, at=AT + HOUR, text="x", is_final=True, is_solved=True)
    assert (ask("stands=to_send"), ask("stands=replied"), ask("due=was_late")) == (["done"],) * 3
    assert ask("stands=sent") == []
    assert (len(ask("stands=all")), desk.get("/hotline/?due=x").status_code) == (4, 422)


def test_a_sheet_is_shown_before_it_is_taken_in(desk: Client, district: District) -> None:
    order_in(district, number="GZ2")
    page = desk.get("/hotline/import/")
    content = csv_of(row(工单编号="GZ1", 社区="别处社区"), row(工单编号="GZ2"), row(工单编号=""))
    told = {"request_key": key_of(page), "file": SimpleUploadedFile("工单.csv", content)}
    page = desk.post("/hotline/import/", told, follow=True)
    sheet = HotlineSheet.objects.get()
    text = page.content.decode()
    assert (page.redirect_chain, PHONE in text) == ([(f"/hotline/import/{sheet.pk}/", 302)], False)
    for shown in ("138****1234", "no community of ours", "The number is missing.", "Take in 1 new order"):
        assert shown in text
    assert "GZ2" not in desk.get(f"/hotline/import/{sheet.pk}/?state=new").content.decode()
    page = desk.post(f"/hotline/import/{sheet.pk}/", follow=True)
    assert "1 order is new and waits to be accepted." in page.content.decode()
    assert (HotlineOrder.objects.count(), "The number is missing." in page.content.decode()) == (2, True)
    assert desk.post(f"/hotline/import/{sheet.pk}/discard/").status_code == 302
    assert HotlineSheet.objects.count() == 1


def test_a_long_sheet_shows_how_far_it_is(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cases.intake.hotline.actions.sheets.AT_ONCE", 1)
    told = {"request_key": key_of(desk.get("/hotline/import/"))}
    told["file"] = SimpleUploadedFile("x.csv", csv_of(row(), row(工单编号="GZ2")))  # type: ignore[assignment]
    desk.post("/hotline/import/", told)
    sheet = HotlineSheet.objects.get()
    page = desk.post(f"/hotline/import/{sheet.pk}/", follow=True)
    assert "1 of 2 rows are through, 1 of them new." in page.content.decode()
    assert [(one.state, one.line) for one, _place in page.context["rows"]] == [("known", 2), ("new", 3)]
    page = desk.post(f"/hotline/import/{sheet.pk}/", follow=True)
    assert (page.context["rows"], HotlineOrder.objects.count()) == ([], 2)


def test_a_sheet_can_be_forgotten_and_a_broken_one_is_told(desk: Client) -> None:
    told = {"request_key": key_of(desk.get("/hotline/import/")), "file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04")}
    page = desk.post("/hotline/import/", told)
    assert (page.status_code, "no readable XLSX workbook" in page.content.decode()) == (422, True)
    desk.post("/hotline/import/", {**told, "file": SimpleUploadedFile("x.csv", csv_of(row()))})
    page = desk.post(f"/hotline/import/{HotlineSheet.objects.get().pk}/discard/", follow=True)
    assert (HotlineSheet.objects.exists(), "The sheet is forgotten." in page.content.decode()) == (False, True)


def test_a_file_that_is_too_large_is_not_read(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cases.intake.hotline.forms.LARGEST_FILE", 3)
    told = {"request_key": key_of(desk.get("/hotline/import/")), "file": SimpleUploadedFile("x.csv", b"1234")}
    assert "larger than 20 MB" in desk.post("/hotline/import/", told).content.decode()


def test_an_order_is_replied_sent_back_and_saved(desk: Client, district: District, closed: Closed) -> None:
    order = order_in(district)
    closed(order.case, AT - HOUR)
    page = desk.get(order.get_absolute_url())
    told = {"request_key": key_of(page), "is_final": "yes", "text": "", "is_solved": "yes"}
    assert desk.post(f"{order.get_absolute_url()}reply/", told).status_code == 422
    page = desk.post(f"{order.get_absolute_url()}reply/", {**told, "text": "已处理"}, follow=True)
    assert ("Correct the final reply" in page.content.decode(), HotlineReply.objects.get().text) == (True, "已处理")
    stale = desk.post(
        f"{order.get_absolute_url()}reply/", {**told, "request_key": key_of(page), "is_final": "no", "text": "x"}
    )
    assert (stale.status_code, HotlineReply.objects.count()) == (422, 1)
    page = desk.get("/hotline/returns/")
    assert [one.order for one in page.context["waiting"]] == [order]
    page = desk.post("/hotline/returns/", {"request_key": key_of(page)}, follow=True)
    export = HotlineExport.objects.get()
    assert (page.context["waiting"], [one.count for one in page.context["page"]]) == ([], [1])
    again = desk.post("/hotline/returns/", {"request_key": key_of(page)})
    assert (again.status_code, HotlineExport.objects.count()) == (409, 1)
    file = desk.get(f"/hotline/returns/{export.pk}/")
    assert (file.content[:2], file["Content-Disposition"].startswith("attachment")) == (b"PK", True)
    assert file.content == desk.get(f"/hotline/returns/{export.pk}/").content
    assert "sent back 2026-03-04 09:00" in desk.get(order.get_absolute_url()).content.decode()
    assert "The reply was sent back at" in desk.get(order.case.get_absolute_url()).content.decode()


def test_an_open_order_gets_an_interim_reply(desk: Client, district: District) -> None:
    order = order_in(district)
    page = desk.get(order.get_absolute_url())
    assert ("Interim reply" in page.content.decode(), "is_solved" in page.context["form"].fields) == (True, False)
    told = {"request_key": key_of(page), "is_final": "no", "text": "核实中"}
    assert desk.post(f"{order.get_absolute_url()}reply/", told).status_code == 302
    assert HotlineReply.objects.get().is_final is False


def test_leaders_and_auditors_see_and_the_field_sees_the_panel(guest: Client, district: District) -> None:
    order = order_in(district, community="甲街第1社区")
    for role, form in (("leader", True), ("auditor", False)):
        guest.force_login(getattr(district.street, role))
        page = guest.get(order.get_absolute_url())
        assert ((page.context["form"] is not None), guest.get("/hotline/import/").status_code) == (form, 403)
    assert guest.post("/hotline/returns/", {"request_key": "x"}).status_code == 403
    guest.force_login(district.street.officer)
    text = guest.get(order.case.get_absolute_url()).content.decode()
    assert ("GZ0001" in text, order.get_absolute_url() in text) == (True, False)
    assert guest.get("/hotline/").status_code == 403


def test_a_case_logged_by_hand_gets_its_order_noted(desk: Client, log: Callable[..., Case]) -> None:
    case = log(AT - HOUR, source="hotline")
    address = f"/hotline/cases/{case.number}/"
    assert address in desk.get(case.get_absolute_url()).content.decode()
    told = {"request_key": key_of(desk.get(address)), "number": "GZ7", "kind": "help", "urgency": "urgent"}
    assert desk.post(address, {**told, "called_at": "2026-03-05T09:00"}).status_code == 422
    assert desk.post(address, {**told, "called_at": "2026-03-04T07:30"}).url == case.get_absolute_url()
    order = HotlineOrder.objects.get()
    assert (order.case, order.called_at, order.finish_due_at) == (
        case, china("2026-03-04 07:30"), china("2026-03-04 18:00"),
    )  # fmt: skip
    assert "GZ7" in desk.get(case.get_absolute_url()).content.decode()


def test_the_panel_costs_a_case_from_elsewhere_nothing(desk: Client, district: District, log: Any) -> None:
    others = log(AT, source="patrol")
    own = order_in(district).case

    def asked(case: Case) -> int:
        desk.get(case.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            desk.get(case.get_absolute_url())
        return sum("hotlineorder" in one["sql"] for one in queries)

    assert (asked(others), asked(own)) == (0, 1)


@pytest.mark.parametrize("path", ["/hotline/?stands=all", "/hotline/import/", "/hotline/returns/", "sheet", "order"])
def test_as_many_questions_for_one_as_for_many(path: str, desk: Client, district: District, closed: Closed) -> None:
    clerk = district.street.clerk

    def add(number: int) -> None:
        order = order_in(district, number=f"GZ{number}", community="甲街第1社区")
        closed(order.case)
        for text in ("a", "b"):
            reply_to_hotline(pk=order.pk, by=clerk, at=AT, text=text, is_final=True, is_solved=True)
            if text == "a":
                send_back_replies(by=clerk, at=AT, request_key=f"{number}")
        upload = SimpleUploadedFile("x.csv", csv_of(*(row(工单编号=f"N{number}-{one}") for one in range(number))))
        desk.post("/hotline/import/", {"request_key": f"00000000-0000-0000-0000-{number:012d}", "file": upload})

    def address() -> str:
        sheet, order = HotlineSheet.objects.order_by("-id")[0], HotlineOrder.objects.order_by("-id")[0]
        return {"sheet": sheet.get_absolute_url(), "order": order.get_absolute_url()}.get(path, path)

    counts = []
    for numbers_added in (range(1, 2), range(2, 8)):
        for number in numbers_added:
            add(number)
        desk.get(address())
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(address()).status_code == 200
        counts.append(len(queries))
    assert (counts[1] <= counts[0], counts[0] <= 12) == (True, True), counts


def test_the_demo_office_has_orders_of_every_kind_once(district: District, log: Any, closed: Closed) -> None:
    SubDistrict.objects.filter(pk=district.street.subdistrict.pk).update(district_code=DISTRICT_CODE)
    opened = log(AT - 3 * HOUR, source="hotline", line=20)
    for hours in range(50, 41, -1):
        matter = Matter(description="x", source="hotline", community=district.street.communities[0])
        told = {"by": district.street.clerk, "at": AT - hours * HOUR}
        closed(report_case(subdistrict=district.street.subdistrict, matter=matter, **told).case, AT - 40 * HOUR)
    assert (make_orders(AT), make_orders(AT)) == (17, 17)
    assert HotlineOrder.objects.filter(case=opened).exists()
    waits = HotlineSheet.objects.get(finished_at=None)
    assert preview_of(waits).counts == {"new": 1, "known": 2, "wrong": 1}
    assert (HotlineExport.objects.count(), HotlineOrder.objects.filter(exported_at=None).count()) == (1, 12)


def test_without_a_demo_office_there_are_no_demo_orders(district: District) -> None:
    assert (make_orders(AT), HotlineOrder.objects.count()) == (0, 0)
