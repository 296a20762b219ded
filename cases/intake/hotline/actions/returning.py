"""Send replies back to the hotline: those that wait become the rows of one sheet, each once."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cases.intake.hotline.models import HotlineExport, HotlineExportRow, HotlineOrder
from cases.intake.hotline.querysets import replies_to_send
from cases.intake.hotline.returned import cells_of
from cases.intake.models import Judgement
from citymgmt.people.models import SubDistrict, User
from citymgmt.people.permissions import require_role
from citymgmt.refusals import NotPermitted, WrongState
from citymgmt.worktime.repeats import scoped_key


def send_back_replies(*, by: User, at: datetime, request_key: str) -> HotlineExport:
    """Put the latest reply of each order of the office that has not left yet into a sheet; they have left with it.

    A resend gives the same sheet. Raises: NotPermitted, WrongState (no reply waits).
    """
    require_role(by, "hotline.reply")
    if by.subdistrict_id is None:
        raise NotPermitted
    key = scoped_key(by, request_key) or ""
    with transaction.atomic():
        street = SubDistrict.objects.select_for_update(no_key=True).get(pk=by.subdistrict_id)
        earlier = HotlineExport.objects.filter(request_key=key).first()
        return earlier or _send_back(street, by, at, key)


def _send_back(street: SubDistrict, by: User, at: datetime, key: str) -> HotlineExport:
    waiting = HotlineOrder.objects.filter(pk__in=replies_to_send(street).order_by().values("order"))
    held = [order.pk for order in waiting.order_by("id").select_for_update(of=("self",), no_key=True)]
    replies = list(replies_to_send(street).filter(order__in=held))  # read anew: nobody writes another one now
    if not replies:
        raise WrongState(_("No reply waits to be sent back."))
    judgements = Judgement.objects.filter(case__in=[reply.order.case_id for reply in replies]).order_by("id")
    judged = {judgement.case_id: judgement for judgement in judgements}  # the latest of each case
    export = HotlineExport.objects.create(subdistrict=street, by=by, at=at, request_key=key)
    HotlineExportRow.objects.bulk_create(
        HotlineExportRow(export=export, reply=reply, cells=cells_of(reply, judged.get(reply.order.case_id)))
        for reply in replies
    )
    final = [reply.order_id for reply in replies if reply.is_final]
    HotlineOrder.objects.filter(pk__in=final).update(exported_at=at)
    return export
