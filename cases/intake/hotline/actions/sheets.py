"""A sheet of the hotline's orders: read and kept sealed, looked at, taken in row by row, or discarded."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from cases.intake.hotline.actions.taking import take_in_order
from cases.intake.hotline.models import LONGEST_FILE_NAME, HotlineSheet
from cases.intake.hotline.reading import read_orders
from cases.intake.hotline.told import OrderTold, as_text, from_text
from citymgmt.people.models import User
from citymgmt.people.permissions import require, require_role
from citymgmt.refusals import NotFound, NotPermitted, WrongState
from citymgmt.worktime.repeats import scoped_key

AT_ONCE = 500  # rows of one turn: some seconds
KEPT = timedelta(days=1)  # a sheet that nobody takes in


def keep_sheet(*, by: User, at: datetime, content: bytes, name: str, request_key: str) -> HotlineSheet:
    """Read a sheet and keep it until it is taken in; nothing of it is a case yet. A resend gives the first one.

    Raises: NotPermitted, Invalid (it cannot be read).
    """
    require_role(by, "hotline.import")
    if by.subdistrict is None:
        raise NotPermitted
    orders, faults = read_orders(content, now=at)
    told = {
        "subdistrict": by.subdistrict,
        "by": by,
        "at": at,
        "name": name[:LONGEST_FILE_NAME],
        "rows": as_text(orders),
        "faults": [[fault.line, fault.sentence, fault.values] for fault in faults],
        "total": len(orders),
        "finished_at": None if orders else at,
    }
    if not orders:
        told["rows"] = ""
    key = scoped_key(by, request_key) or ""
    return HotlineSheet.objects.get_or_create(request_key=key, defaults=told)[0]


def import_sheet(*, pk: int, by: User, at: datetime) -> HotlineSheet:
    """Take in the next rows of a sheet, at most AT_ONCE, each in a transaction of its own with the sheet's count.

    Broken off or pressed twice, it goes on where the count stands; known numbers change nothing.
    Raises: NotFound, NotPermitted.
    """
    orders = from_text(_permitted(pk, by, at, is_locked=False).rows)
    for _turn in range(AT_ONCE):
        with transaction.atomic():
            sheet = _permitted(pk, by, at, is_locked=True)
            if sheet.finished_at is not None:
                return sheet
            _take_in_next(sheet, orders, by, at)
    return sheet


def _take_in_next(sheet: HotlineSheet, orders: list[OrderTold], by: User, at: datetime) -> None:
    order = take_in_order(subdistrict=sheet.subdistrict, told=orders[sheet.done], by=by, at=at)
    sheet.done += 1
    sheet.new += order is not None
    if sheet.done == sheet.total:
        sheet.rows, sheet.finished_at = "", at
        sheet.save(update_fields=["done", "new", "rows", "finished_at"])
    else:
        sheet.save(update_fields=["done", "new"])


def discard_sheet(*, pk: int, by: User, at: datetime) -> None:
    """Forget a sheet of which nothing is taken in yet. Raises: NotFound, NotPermitted, WrongState."""
    with transaction.atomic():
        sheet = _permitted(pk, by, at, is_locked=True)
        if sheet.done:
            raise WrongState
        sheet.delete()


def remove_old_sheets(*, at: datetime) -> int:
    """Remove sheets that nobody took in within a day, since they name callers; returns how many."""
    return HotlineSheet.objects.filter(finished_at=None, at__lt=at - KEPT).delete()[0]


def _permitted(pk: int, by: User, at: datetime, *, is_locked: bool) -> HotlineSheet:
    rows = HotlineSheet.objects.filter(pk=pk).select_related("subdistrict")
    if is_locked:
        rows = rows.defer("rows", "faults").select_for_update(of=("self",), no_key=True)
    sheet = rows.first()
    if sheet is None:
        raise NotFound
    require(by, "hotline.import", sheet, on=timezone.localdate(at))
    return sheet
