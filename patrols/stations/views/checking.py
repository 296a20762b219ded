"""A station is checked on the phone, a check is excused, a failed item becomes a case."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from citymgmt.form_pages import ASKING, form_page, sent
from citymgmt.people.permissions import require
from patrols.stations import actions
from patrols.stations.checklist import YES_NO
from patrols.stations.forms import CheckForm, ExcuseForm
from patrols.stations.lifecycle import LINK_CASE
from patrols.stations.models import DailyCheck
from patrols.stations.querysets import items_of, visible_check


def _opened(request: Any, pk: int, permission: str) -> DailyCheck:
    """The check, if the person may do this with it. Raises: NotFound, NotPermitted."""
    found = visible_check(request.user, pk, request.on)
    require(request.user, permission, found, on=request.on)
    return found


@require_http_methods(ASKING)
def make(request: Any, pk: int) -> HttpResponse:
    """All items of the checklist on one page. `in_order` (a button) answers what is not answered yet, and shows the
    page again. Raises: NotFound, NotPermitted, WrongState, KeyReused.
    """
    found = _opened(request, pk, "station.check")
    if request.method != "POST" and not found.waits:
        return redirect(found)
    items = items_of(found.station.subdistrict_id, found.station.kind)
    files = request.FILES if request.method == "POST" else None
    form = CheckForm(sent(request), files, items=items)
    if "in_order" in request.POST:
        form = CheckForm.in_order(items, request.POST.dict())

    def act(told: dict[str, Any]) -> None:
        key = str(told["request_key"])
        actions.make_check(by=request.user, at=request.at, pk=found.pk, answers=form.told(), request_key=key)

    return form_page(
        request,
        form,
        act,
        about=found.station.name,
        template="patrols/stations/make.html",
        title=_("Daily check"),
        check=found,
        has_choices=any(item.answer == YES_NO for item in items),
        done=_("The check is kept."),
        back_url=found.get_absolute_url(),
    )


@require_http_methods(ASKING)
def excuse(request: Any, pk: int) -> HttpResponse:
    """Say why a check was not made. Raises: NotFound, NotPermitted, WrongState, KeyReused."""
    found = _opened(request, pk, "station.excuse")
    if request.method != "POST" and not found.waits:
        return redirect(found)

    def act(told: dict[str, Any]) -> None:
        key = str(told["request_key"])
        actions.excuse_check(by=request.user, at=request.at, pk=found.pk, reason=told["reason"], request_key=key)

    return form_page(
        request,
        ExcuseForm(sent(request)),
        act,
        about=found.station.name,
        title=_("Excuse the check of %(day)s") % {"day": found.on},
        lead=_("The reason stays with the check; it is not missed any more."),
        button=_("Excuse"),
        done=_("The check is excused."),
        back_url=found.get_absolute_url(),
    )


@require_POST
def log_case(request: Any, pk: int, ordinal: int) -> HttpResponseRedirect:
    """Make a case of a failed item. Raises: NotFound, NotPermitted, WrongState, Invalid."""
    event = actions.log_failed_item(by=request.user, at=request.at, pk=pk, ordinal=ordinal)
    words = {"number": event.note}
    if event.kind == LINK_CASE:
        messages.info(request, _("Case %(number)s on this is still open: the item was added to it.") % words)
    else:
        messages.success(request, _("Case %(number)s was logged.") % words)
    return redirect("stations:check", pk)
