"""Named questions about the hotline's orders."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases import workflow
from cases.intake.hotline.models import HotlineExport, HotlineOrder, HotlineReply, HotlineSheet
from cases.models import Case, CaseEvent
from citymgmt.people.models import SubDistrict, User
from citymgmt.people.permissions import visible_to
from citymgmt.refusals import NotFound

T = TypeVar("T", HotlineOrder, HotlineSheet, HotlineExport)
ENDED = Q(case__state__in=sorted(workflow.ENDED))
# Where an order stands: THE table of the filter and of the tiles
STANDS: Mapping[str, tuple[Promise | str, Q]] = {
    "waiting": (_("not replied yet"), Q(replied_at=None)),
    "to_accept": (_("to be accepted"), Q(replied_at=None, case__state="reported")),
    "to_reply": (_("ended, to be replied"), Q(replied_at=None) & ENDED),
    "replied": (_("replied"), Q(replied_at__isnull=False)),
    "to_send": (_("replied, to be sent back"), Q(replied_at__isnull=False, exported_at=None)),
    "sent": (_("sent back"), Q(exported_at__isnull=False)),
}


def due_table(at: datetime, soon: datetime) -> Mapping[str, tuple[Promise | str, Q]]:
    """How the limit for finishing stands: THE table of the filter and of the tiles, seen at a moment."""
    waiting = Q(replied_at=None)
    return {
        "late": (_("late"), waiting & Q(finish_due_at__lt=at)),
        "soon": (_("due within a working day"), waiting & Q(finish_due_at__gte=at, finish_due_at__lt=soon)),
        "was_late": (_("replied late"), Q(replied_at__gt=F("finish_due_at"))),
    }


def seen_orders(user: User, on: date) -> QuerySet[HotlineOrder]:
    """The orders that a person may see, what is due first at the top."""
    return visible_to(user, HotlineOrder.objects.all(), on=on).order_by("finish_due_at", "id")


def with_acceptance(orders: QuerySet[HotlineOrder]) -> QuerySet[HotlineOrder]:
    """Each with `accepted_at`: when its case left the state in which it was reported; None while it waits there."""
    left = CaseEvent.objects.filter(case=OuterRef("case"), from_state="reported").exclude(to_state="reported")
    return orders.annotate(accepted_at=Subquery(left.order_by("seq").values("at")[:1]))


def counted(orders: QuerySet[HotlineOrder], questions: Mapping[str, Q]) -> dict[str, int]:
    """How many orders each question finds, in one query."""
    found: dict[str, int] = orders.order_by().aggregate(
        **{key: Count("pk", filter=question) for key, question in questions.items()}
    )
    return found


def visible_order(user: User, pk: int, on: date) -> HotlineOrder:
    """The order of this id, if the person may see it. Raises: NotFound."""
    rows = with_acceptance(seen_orders(user, on)).select_related("case__community", "case__category", "case__officer")
    return _found(rows, pk)


def order_of(case: Case) -> HotlineOrder | None:
    """The hotline's order of a case, if it has one."""
    return with_acceptance(HotlineOrder.objects.filter(case=case)).first()


def replies_of(order: HotlineOrder) -> QuerySet[HotlineReply]:
    """Its replies, the latest first, each with the sheet with which it left and when (`left_with`, `left_at`)."""
    left = {"left_with": F("export_row__export_id"), "left_at": F("export_row__export__at")}
    return order.replies.select_related("by").annotate(**left).order_by("-id")


def visible_sheet(user: User, pk: int, on: date) -> HotlineSheet:
    """The sheet of this id, if the person may see it. Raises: NotFound."""
    return _found(visible_to(user, HotlineSheet.objects.select_related("by"), on=on), pk)


def visible_export(user: User, pk: int, on: date) -> HotlineExport:
    """The sheet of replies of this id, if the person may see it. Raises: NotFound."""
    return _found(visible_to(user, HotlineExport.objects.all(), on=on), pk)


def _found(rows: QuerySet[T], pk: int) -> T:
    found = rows.filter(pk=pk).first() if 0 < pk < 2**63 else None
    if found is None:
        raise NotFound
    return found


def known_numbers(street: SubDistrict, numbers: Iterable[str]) -> dict[str, Case]:
    """Those of these numbers that are known already, with their cases."""
    rows = HotlineOrder.objects.filter(subdistrict=street, number__in=list(numbers)).select_related("case")
    return {row.number: row.case for row in rows}


def replies_to_send(street: SubDistrict) -> QuerySet[HotlineReply]:
    """The latest reply of each order, where it has not left yet."""
    later = HotlineReply.objects.filter(order=OuterRef("order"), pk__gt=OuterRef("pk"))
    rows = HotlineReply.objects.filter(~Exists(later), order__subdistrict=street, export_row=None)
    return rows.select_related("order__case", "order__subdistrict").order_by("order__finish_due_at", "id")


def locked_order(case: Case) -> HotlineOrder:
    """The order of a case whose row is locked, locked. Raises: NotFound."""
    found = HotlineOrder.objects.filter(case=case).select_for_update(of=("self",), no_key=True).first()
    if found is None:
        raise NotFound
    return found
