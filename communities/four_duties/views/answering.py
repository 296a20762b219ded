"""The community fills its sheet in, the office confirms it or gives it back."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from citymgmt.form_pages import ASKING, form_page, sent, sent_with_files
from citymgmt.people.permissions import require
from communities.four_duties import actions
from communities.four_duties.forms import ConfirmForm, ReasonForm, SheetForm
from communities.four_duties.lifecycle import HANDED_IN, OPEN
from communities.four_duties.querysets import answers_of, visible_sheet
from communities.models import DutySheet


def _opened(request: Any, pk: int, permission: str) -> DutySheet:
    """The sheet, if the person may do this with it. Raises: NotFound, NotPermitted."""
    found = visible_sheet(request.user, pk, request.on)
    require(request.user, permission, found, on=request.on)
    return found


@require_http_methods(ASKING)
def fill(request: Any, pk: int) -> HttpResponse:
    """The whole sheet on one page: kept with one button, handed in with the other. Raises: NotFound, NotPermitted."""
    found = _opened(request, pk, "duties.fill")
    if request.method != "POST" and found.state != OPEN:
        return redirect(found)
    form = SheetForm(*sent_with_files(request), sheet=found, answers=answers_of(found))
    is_final = "hand_in" in request.POST

    def act(told: dict[str, Any]) -> None:
        actions.fill_in_sheet(
            by=request.user,
            at=request.at,
            pk=found.pk,
            answers=form.told(),
            is_final=is_final,
            version=told["version"],
            request_key=str(told["request_key"]),
        )

    return form_page(
        request,
        form,
        act,
        about=str(found),
        template="four_duties/fill.html",
        title=_("Fill in the duties"),
        lead=_("Keep it as often as you like; hand it in once all is answered."),
        done=_("The sheet is handed in.") if is_final else _("What you entered is kept."),
        back_url=found.get_absolute_url(),
    )


@require_http_methods(ASKING)
def confirm(request: Any, pk: int) -> HttpResponse:
    """The marks as the community gave them, to be confirmed or changed. Raises: NotFound, NotPermitted."""
    found = _opened(request, pk, "duties.confirm")
    if request.method != "POST" and found.state != HANDED_IN:
        return redirect(found)
    form = ConfirmForm(sent(request), sheet=found, answers=answers_of(found))

    def act(told: dict[str, Any]) -> None:
        actions.confirm_sheet(
            by=request.user,
            at=request.at,
            pk=found.pk,
            marks=form.marks(),
            reason=told["reason"],
            version=told["version"],
            request_key=str(told["request_key"]),
        )

    return form_page(
        request,
        form,
        act,
        about=str(found),
        template="four_duties/confirm.html",
        title=_("Confirm the duties"),
        lead=_("The score follows from the marks that you confirm."),
        done=_("The sheet is confirmed."),
        back_url=found.get_absolute_url(),
    )


@require_http_methods(ASKING)
def give_back(request: Any, pk: int) -> HttpResponse:
    """Give a sheet back with a reason. Raises: NotFound, NotPermitted."""
    found = _opened(request, pk, "duties.confirm")
    if request.method != "POST" and found.state != HANDED_IN:
        return redirect(found)

    def act(told: dict[str, Any]) -> None:
        actions.give_back_sheet(
            by=request.user,
            at=request.at,
            pk=found.pk,
            reason=told["reason"],
            version=told["version"],
            request_key=str(told["request_key"]),
        )

    return form_page(
        request,
        ReasonForm(sent(request), initial={"version": found.version}),
        act,
        about=str(found),
        title=_("Give the sheet back"),
        lead=_("The community fills it in again, within three working days."),
        button=_("Give back"),
        done=_("The sheet was given back."),
        back_url=found.get_absolute_url(),
    )
