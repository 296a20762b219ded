"""The hotline's orders: what is due first, an order with what it was told, reply to it, note one by hand."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.intake.hotline.actions import note_order, reply_to_hotline
from cases.intake.hotline.forms import NoteOrderForm, OrderFilter, ReplyForm
from cases.intake.hotline.limits import soon_until
from cases.intake.hotline.models import HotlineOrder
from cases.intake.hotline.proposing import proposed_reply
from cases.intake.hotline.querysets import STANDS, counted, due_table, replies_of, seen_orders, visible_order
from cases.intake.hotline.told import OrderTold
from cases.querysets import visible_case
from cases.views.lists.pages import PortalRequest
from citymgmt.pages import needs, page_of
from citymgmt.people.permissions import allows, require_role
from citymgmt.refusals import Invalid, KeyReused, WrongState, mark
from citymgmt.worktime.rules import current_rules


@require_safe
@needs("hotline.view")
def orders(request: PortalRequest) -> HttpResponse:
    """The orders by the limits of the hotline, what is due first at the top; without a choice those not replied yet."""
    rules = current_rules()
    soon = soon_until(rules.calendar, request.at)
    seen = seen_orders(request.user, request.on)
    form = OrderFilter(request.GET, at=request.at, soon=soon)
    is_valid = form.is_valid()
    rows = seen.filter(form.question) if is_valid else seen.none()
    due = due_table(request.at, soon)
    context = {
        "form": form,
        "is_filtered": is_valid and any(form.cleaned_data.values()),
        "page": page_of(request, rows.select_related("case__community")),
        "counts": counted(
            seen,
            {
                "late": due["late"][1],
                "soon": due["soon"][1],
                "to_reply": STANDS["to_reply"][1],
                "to_send": STANDS["to_send"][1],
            },
        ),
        "rules": rules,
        "at": request.at,
        **_may(request),
    }
    return render(request, "intake/hotline/orders.html", context, status=200 if is_valid else 422)


def _may(request: PortalRequest) -> dict[str, bool]:
    return {
        "may_import": allows(request.user, "hotline.import"),
        "may_reply": allows(request.user, "hotline.reply"),
    }


@require_safe
def order(request: PortalRequest, pk: int) -> HttpResponse:
    """An order, what the hotline was told of it, and the form to tell it more. Raises: NotFound."""
    return _order(request, visible_order(request.user, pk, request.on))


def _order(request: PortalRequest, shown: HotlineOrder, form: ReplyForm | None = None) -> HttpResponse:
    may_reply = allows(request.user, "hotline.reply")
    is_final = not shown.case.is_open
    if may_reply and form is None:
        form = ReplyForm(is_final=is_final, text=proposed_reply(shown))
    context = {
        "order": shown,
        "case": shown.case,
        "replies": replies_of(shown),
        "form": form,
        "is_final": is_final,
        "rules": current_rules(),
        "at": request.at,
    }
    return render(request, "intake/hotline/order.html", context, status=422 if form and form.errors else 200)


@require_POST
def reply(request: PortalRequest, pk: int) -> HttpResponse:
    """Write a reply. Raises: NotFound, NotPermitted."""
    shown = visible_order(request.user, pk, request.on)
    require_role(request.user, "hotline.reply")
    form = ReplyForm(request.POST, is_final=not shown.case.is_open)
    if form.is_valid():
        told = {name: form.cleaned_data.get(name) for name in ("text", "is_final", "is_solved")}
        key = str(form.cleaned_data["request_key"])
        try:
            reply_to_hotline(pk=pk, by=request.user, at=request.at, request_key=key, **told)  # type: ignore[arg-type]
        except (Invalid, KeyReused, WrongState) as refused:
            mark(form, refused)
        else:
            messages.success(request, _("The reply is written. It leaves with the next sheet."))
            return HttpResponseRedirect(shown.get_absolute_url())
    return _order(request, shown, form)


@require_http_methods(["GET", "HEAD", "POST"])
def note(request: PortalRequest, number: str) -> HttpResponse:
    """Note the hotline's order to a case that was logged by hand. Raises: NotFound, NotPermitted."""
    case = visible_case(request.user, number, request.on)
    require_role(request.user, "hotline.import")
    form = NoteOrderForm(request.POST) if request.method == "POST" else NoteOrderForm()
    if form.is_bound and form.is_valid():
        try:
            _note(request, number, dict(form.cleaned_data))
        except (Invalid, KeyReused, WrongState) as refused:
            mark(form, refused)
        else:
            messages.success(request, _("The order is noted. Its sheet changes nothing any more."))
            return HttpResponseRedirect(case.get_absolute_url())
    context = {"case": case, "form": form}
    return render(request, "intake/hotline/note.html", context, status=422 if form.errors else 200)


def _note(request: PortalRequest, number: str, given: dict[str, Any]) -> None:
    key = str(given.pop("request_key"))
    told = OrderTold(title="", **given)
    note_order(number=number, told=told, by=request.user, at=request.at, request_key=key)
