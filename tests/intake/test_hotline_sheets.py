"""Sheets of orders: kept sealed, taken in turn by turn, gone on with after a break, forgotten in the end."""

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from cases.intake.hotline.actions import discard_sheet, import_sheet, keep_sheet, remove_old_sheets
from cases.intake.hotline.models import HotlineOrder, HotlineSheet
from cases.intake.hotline.preview import preview_of
from cases.intake.tasks import remove_sheets
from cases.models import Case
from citymgmt.refusals import Invalid, NotFound, NotPermitted, WrongState
from tests.intake.conftest import AT
from tests.intake.hotline_sheets import PHONE, csv_of, order_in, row
from tests.office import District
from tests.racing import race

FIVE = csv_of(*(row(工单编号=f"GZ{number}") for number in range(1, 6)))


def kept(district: District, content: bytes = FIVE, key: str = "one", **given: Any) -> HotlineSheet:
    """A sheet that the clerk uploaded."""
    told = {"by": district.street.clerk, "at": AT, "name": "x.csv", **given}
    return keep_sheet(content=content, request_key=key, **told)


def test_a_sheet_is_kept_sealed_and_nothing_is_a_case_yet(district: District) -> None:
    sheet = kept(district)
    assert kept(district) == sheet
    with connection.cursor() as cursor:
        cursor.execute("SELECT rows, faults::text FROM intake_hotlinesheet")
        raw = "".join(cursor.fetchone())
    assert (PHONE in raw, '"GZ1"' in raw, PHONE in sheet.rows) == (False, False, True)
    assert (sheet.total, sheet.done, sheet.finished_at, str(sheet), Case.objects.count()) == (5, 0, None, "x.csv", 0)


def test_a_sheet_without_a_good_row_is_done_at_once(district: District) -> None:
    sheet = kept(district, csv_of(row(来电时间="")))
    assert (sheet.total, sheet.finished_at, sheet.rows, len(sheet.faults), sheet.percent) == (0, AT, "", 1, 0)
    assert import_sheet(pk=sheet.pk, by=district.street.clerk, at=AT) == sheet


def test_the_preview_tells_new_known_and_wrong(district: District) -> None:
    order = order_in(district, number="GZ2")
    preview = preview_of(kept(district, csv_of(row(工单编号="GZ1"), row(工单编号="GZ2"), row(工单编号=""))))
    assert [(one.line, one.state, one.case) for one in preview.rows] == [
        (2, "new", None),
        (3, "known", order.case),
        (4, "wrong", None),
    ]
    assert preview.counts == {"new": 1, "known": 1, "wrong": 1}
    assert [one.caller for one in preview.rows] == ["王** 138****1234", "王** 138****1234", ""]
    assert (preview.of_state("x"), len(preview.of_state("wrong"))) == (preview.rows, 1)


def test_taken_in_turn_by_turn(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cases.intake.hotline.actions.sheets.AT_ONCE", 2)
    order_in(district, number="GZ4")
    sheet, told = kept(district), {"by": district.street.clerk2, "at": AT + timedelta(hours=1)}
    turns = []
    for _turn in range(4):
        done = import_sheet(pk=sheet.pk, **told)
        turns.append((done.done, done.new, done.finished_at))
    assert turns == [(2, 2, None), (4, 3, None), (5, 4, told["at"]), (5, 4, told["at"])]
    sheet.refresh_from_db()
    assert (sheet.rows, sheet.known, sheet.percent, HotlineOrder.objects.count()) == ("", 1, 100, 5)
    assert set(Case.objects.exclude(created_at=AT).values_list("logged_by", flat=True)) == {district.street.clerk2.pk}


def test_after_a_break_it_goes_on_where_it_stopped(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    from cases.intake.hotline.actions import sheets

    whole, taken = sheets.take_in_order, []

    def breaking(**told: Any) -> Any:
        taken.append(told["told"].number)
        if len(taken) == 3:
            raise RuntimeError
        return whole(**told)

    sheet = kept(district)
    monkeypatch.setattr(sheets, "take_in_order", breaking)
    with pytest.raises(RuntimeError):
        import_sheet(pk=sheet.pk, by=district.street.clerk, at=AT)
    sheet.refresh_from_db()
    assert (sheet.done, HotlineOrder.objects.count()) == (2, 2)
    import_sheet(pk=sheet.pk, by=district.street.clerk, at=AT)
    assert taken == ["GZ1", "GZ2", "GZ3", "GZ3", "GZ4", "GZ5"]
    assert HotlineOrder.objects.count() == 5


def test_two_who_press_at_once_share_the_rows(committed: District) -> None:
    pk = kept(committed).pk

    def press(by: Any) -> Any:
        return lambda: import_sheet(pk=pk, by=by, at=AT)

    race([press(committed.street.clerk), press(committed.street.clerk2)], losing=())
    sheet = HotlineSheet.objects.get()
    assert (sheet.done, sheet.new, HotlineOrder.objects.count()) == (5, 5, 5)


@pytest.mark.parametrize("role", ["leader", "officer", "auditor"])
def test_only_clerks_see_and_work_with_sheets(role: str, district: District) -> None:
    by, sheet = getattr(district.street, role), kept(district)
    for act in (import_sheet, discard_sheet):
        with pytest.raises(NotFound):
            act(pk=sheet.pk, by=by, at=AT)
    with pytest.raises(NotPermitted):
        kept(district, key="two", by=by)
    assert (HotlineSheet.objects.count(), Case.objects.count()) == (1, 0)


def test_sheets_of_another_office_do_not_exist(district: District) -> None:
    sheet = kept(district)
    for act in (import_sheet, discard_sheet):
        for pk in (sheet.pk, 0):
            with pytest.raises(NotFound):
                act(pk=pk, by=district.other.clerk, at=AT)
    assert (HotlineSheet.objects.count(), Case.objects.count()) == (1, 0)


def test_a_clerk_without_an_office_uploads_nothing(district: District) -> None:
    district.street.clerk.subdistrict = None
    with pytest.raises(NotPermitted):
        kept(district)


def test_a_sheet_can_be_forgotten_until_it_is_begun(district: District) -> None:
    discard_sheet(pk=kept(district).pk, by=district.street.clerk, at=AT)
    assert not HotlineSheet.objects.exists()
    sheet = kept(district, key="two")
    import_sheet(pk=sheet.pk, by=district.street.clerk, at=AT)
    with pytest.raises(WrongState):
        discard_sheet(pk=sheet.pk, by=district.street.clerk, at=AT)


def test_what_nobody_takes_in_is_forgotten_after_a_day(district: District) -> None:
    waits, done = kept(district, key="one"), kept(district, csv_of(row(工单编号="GZ9")), key="two")
    import_sheet(pk=done.pk, by=district.street.clerk, at=AT)
    assert remove_old_sheets(at=AT + timedelta(hours=24)) == 0
    assert remove_old_sheets(at=AT + timedelta(hours=24, seconds=1)) == 1
    assert list(HotlineSheet.objects.all()) == [done]
    assert waits.pk != done.pk
    kept(district, key="three", at=AT)
    remove_sheets()
    assert list(HotlineSheet.objects.all()) == [done]


# --- the command -------------------------------------------------------------------------------------------------
def run(path: Path, *options: str) -> tuple[str, str]:
    """What the command says and what it complains of."""
    out, err = StringIO(), StringIO()
    call_command("import_hotline", path, *options, stdout=out, stderr=err)
    return out.getvalue().strip(), err.getvalue().strip()


@pytest.mark.usefixtures("english")
def test_the_command_checks_takes_in_and_repeats(district: District, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(csv_of(row(工单编号="GZ1"), row(工单编号="GZ2"), row(工单编号="")))
    told = ("--subdistrict", district.street.subdistrict.code)
    wrong = "Row 4: The number is missing."
    assert run(path, *told, "--dry-run") == ("2 would be taken in, 0 known, 1 wrong", wrong)
    assert Case.objects.count() == 0
    assert run(path, *told) == ("2 were taken in, 0 known, 1 wrong", wrong)
    assert run(path, *told) == ("0 were taken in, 2 known, 1 wrong", wrong)
    assert run(path, *told, "--dry-run") == ("0 would be taken in, 2 known, 1 wrong", wrong)
    assert [case.logged_by for case in Case.objects.all()] == [None, None]


def test_the_command_names_what_it_cannot_read(district: District, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"x")
    for name, code in (("x.csv", "440106001"), ("y.csv", "440106001"), ("x.csv", "1")):
        with pytest.raises(CommandError):
            run(tmp_path / name, "--subdistrict", code)
    with pytest.raises(Invalid):
        kept(district, b"x")
