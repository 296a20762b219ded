"""What pages of minutes and circulars share: steps that are asked about first, files, receipts, two writers at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.meetings.models.receipts import UnitReceipt
from cases.views.lists.pages import PortalRequest
from citymgmt.forms import DAMAGED, PortalForm, VersionForm, errors_at_the_head, new_request_key
from citymgmt.paperwork import shown
from citymgmt.paperwork.models import PaperFile
from citymgmt.paperwork.querysets import newest_files
from citymgmt.people.permissions import allows, require_role, visible_to
from citymgmt.refusals import Invalid, mark

KINDS = {kind: label for kind, label in PaperFile.Kind.choices if kind in shown.WORD_AND_PDF}


@dataclass(frozen=True)
class Step:
    """A step of a paper: its button, who may, from which states, what it does, what is said afterwards, what to know
    before. Its form gives what the action takes beside person, moment and id.
    """

    label: Any
    icon: str
    row: str
    sources: tuple[str, ...]
    act: Callable[..., Any]
    said: Any
    told: tuple[Any, ...] = ()
    form: type[VersionForm] = VersionForm

    @property
    def is_back(self) -> bool:
        """Whether it leads back: such a one asks for less attention."""
        return self.icon == BACK


BACK = "arrow-counterclockwise"


def go(request: PortalRequest, thing: Any, asked: Step, page: dict[str, Any]) -> HttpResponse:
    """Go a step with what its form took, or ask again. Raises: as its action."""
    form = asked.form(request.POST)
    if not form.is_valid() and errors_at_the_head(form):
        raise Invalid(DAMAGED)
    if form.is_valid():
        told = {name: value for name, value in form.cleaned_data.items() if name != "request_key"}
        try:
            asked.act(by=request.user, at=request.at, pk=thing.pk, **told)
        except Invalid as refused:
            mark(form, refused)
        else:
            messages.success(request, asked.said)
            return HttpResponseRedirect(thing.get_absolute_url())
    return ask(request, thing, asked, page, form)


def ask(
    request: PortalRequest, thing: Any, asked: Step, page: dict[str, Any], form: VersionForm | None = None
) -> HttpResponse:
    """Ask whether to go a step; `page` says the way back (`back_label`) and what is told first (`first`)."""
    given = form or asked.form(initial={"version": thing.version})
    context = {"thing": thing, "step": asked, "form": given, **page}
    return render(request, "meetings/paper_step.html", context, status=422 if given.errors else 200)


def check_key(request: PortalRequest) -> None:
    """Raises: Invalid for a form without its key."""
    if not PortalForm(request.POST).is_valid():
        raise Invalid(DAMAGED)


def discard(request: PortalRequest, thing: Any, act: Callable[..., None], back_to: str, page: Any) -> HttpResponse:
    """Ask whether to throw a draft away, or do it and go `back_to`; `page` says `lost` and `back_label`."""
    if request.method != "POST":
        return render(request, "meetings/paper_discard.html", {"thing": thing, "form": PortalForm(), **page})
    check_key(request)
    act(by=request.user, at=request.at, pk=thing.pk)
    messages.success(request, _("The draft is thrown away."))
    return HttpResponseRedirect(back_to)


def make(request: PortalRequest, thing: Any, row: str, act: Callable[..., Any]) -> HttpResponse:
    """Have Word and PDF made of the present text. Raises: NotFound, NotPermitted, WrongState, Invalid."""
    require_role(request.user, row)
    check_key(request)
    act(by=request.user, at=request.at, pk=thing.pk)
    messages.success(request, _("The files are being made. They appear on this page."))
    return HttpResponseRedirect(thing.get_absolute_url() + "#files")


def files_panel(request: PortalRequest, thing: Any, name: str, row: str) -> dict[str, Any]:
    """The files of a paper for `papers/_files.html`; `name` is the part of the routes' names, `row` who may write."""
    addresses = shown.Addresses(
        files=reverse(f"meetings:{name}-files", args=[thing.pk]),
        make=reverse(f"meetings:make-{name}", args=[thing.pk]),
        of_kind=lambda kind: reverse(f"meetings:{name}-file", args=[thing.pk, kind]),
    )
    may_write = allows(request.user, row)
    told = shown.files_shown(thing, KINDS, newest_files(thing), addresses, may_write=may_write)
    may_renew = thing.is_draft and not told["is_making"] and may_write
    return {**told, "may_make": told["may_make"] or may_renew}


def receipts_seen(
    request: PortalRequest, thing: Any, receipts: QuerySet[Any], row: str
) -> list[tuple[UnitReceipt, bool]]:
    """The receipts of an issued paper that the person may see, each with whether the person may confirm it."""
    if not thing.is_issued:
        return []
    may = allows(request.user, row)
    seen = visible_to(request.user, receipts, on=request.on).select_related("unit", "received_by")
    return [(one, may and one.received_at is None) for one in seen.order_by("unit__kind", "unit_id")]


def sent_again(request: PortalRequest, version: int) -> QueryDict:
    """What was typed, ready to be saved on top of a version that somebody else has saved meanwhile."""
    sent: QueryDict = request.POST.copy()
    sent["version"], sent["request_key"] = str(version), new_request_key()
    return sent


def beside_theirs(form: Any, names: Sequence[str], theirs: dict[str, Any] | None) -> list[tuple[Any, str]]:
    """The fields, each with what somebody else has saved in it when that is something else than what was typed."""
    return [(form[name], _other(form, name, theirs)) for name in names]


def _other(form: Any, name: str, theirs: dict[str, Any] | None) -> str:
    other = "" if theirs is None else str(theirs[name])
    return "" if other == str(form[name].value() or "").replace("\r\n", "\n").strip() else other
