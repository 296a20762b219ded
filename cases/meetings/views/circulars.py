"""The list of circulars, and a circular as it reads, with its files and receipts."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cases.meetings.circulars import actions
from cases.meetings.circulars.composing import circular_paper, file_name
from cases.meetings.circulars.forms import CircularFilter, is_late
from cases.meetings.circulars.models import Circular, CircularReceipt
from cases.meetings.circulars.querysets import (
    circulars_seen,
    corrections_seen,
    receipts_seen,
    unconfirmed,
    visible_circular,
)
from cases.meetings.querysets import visible_row
from cases.meetings.views import papers
from cases.meetings.views.circulars_steps import SUBMITTED, is_own, steps_of
from cases.models import Case
from cases.views.lists.pages import PortalRequest
from citymgmt.files import saved_file
from citymgmt.pages import needs, page_of
from citymgmt.paperwork import shown
from citymgmt.paperwork.querysets import file_to_save
from citymgmt.paperwork.shown import CONTENT_TYPES, WORD_AND_PDF
from citymgmt.people.models import User
from citymgmt.people.permissions import TABLE, Scope, allows, permits, require_role, visible_to
from citymgmt.refusals import NotFound

TONES = {Circular.State.DRAFT: "waiting", Circular.State.SUBMITTED: "active", Circular.State.ISSUED: "done"}
MOST_NAMED = 3  # units in the list that have not confirmed


@dataclass(frozen=True)
class Row:
    """A circular of the list with the receipts that the reader sees."""

    circular: Circular
    tone: str
    receipts: Sequence[CircularReceipt]
    is_late: bool

    @property
    def confirmed(self) -> int:
        """How many are confirmed."""
        return sum(one.received_at is not None for one in self.receipts)

    @property
    def missing(self) -> list[str]:
        """The first units that have not confirmed, and how many more."""
        names = [one.unit.name for one in self.receipts if one.received_at is None]
        more = len(names) - MOST_NAMED
        return names if more <= 0 else [*names[:MOST_NAMED], _("%(count)s more") % {"count": more}]


def sees_all(user: User) -> bool:
    """Whether the person sees the circulars of the whole office, not only those sent to the own unit."""
    return TABLE["circular.view"].get(user.role) is Scope.SUBDISTRICT


@require_safe
@needs("circular.view")
def circular_list(request: PortalRequest) -> HttpResponse:
    """The circulars that a person may see, by page; units are told how many wait for their confirmation."""
    is_office = sees_all(request.user)
    seen = circulars_seen(request.user, request.on)
    form = CircularFilter(request.GET, sees_all=is_office)
    is_valid = form.is_valid()
    missing = unconfirmed(request.user, request.on)
    page = page_of(request, seen.filter(form.question(missing)) if is_valid else seen.none())
    context = {
        "form": form,
        "page": page,
        "rows": _rows(request, list(page)),
        "sees_all": is_office,
        "waiting": 0 if is_office else seen.filter(missing).count(),
        "may_write": allows(request.user, "circular.write"),
    }
    return render(request, "meetings/circular_list.html", context, status=200 if is_valid else 422)


def _rows(request: PortalRequest, circulars: list[Circular]) -> list[Row]:
    receipts = defaultdict[int, list[CircularReceipt]](list)
    for one in receipts_seen(request.user, circulars, request.on) if circulars else ():
        receipts[one.circular_id].append(one)
    return [
        Row(one, TONES[Circular.State(one.state)], receipts[one.pk], _is_late(request, one, receipts[one.pk]))
        for one in circulars
    ]


def _is_late(request: PortalRequest, circular: Circular, receipts: Sequence[Any]) -> bool:
    return is_late(circular.confirm_by, request.on, is_missing=any(one.received_at is None for one in receipts))


@require_safe
def circular(request: PortalRequest, pk: int) -> HttpResponse:
    """A circular as it reads, with its files, receipts and what can be done. Raises: NotFound."""
    found = visible_circular(request.user, pk, request.on)
    may_write = allows(request.user, "circular.write")
    context = {
        "circular": found,
        "tone": TONES[Circular.State(found.state)],
        "steps": steps_of(found, request.user),
        "needs_another": found.state == SUBMITTED
        and allows(request.user, "circular.issue")
        and is_own(found, request.user),
        "may_write": may_write and found.is_draft,
        "may_correct": may_write and found.is_issued,
        "corrects_url": _corrects_url(request, found),
        "corrections": corrections_seen(request.user, found, request.on) if found.is_issued else [],
        "cases": _cases_seen(request, found),
        **shown.paper_shown(circular_paper(found)),
        **papers.files_panel(request, found, "circular", "circular.write"),
        **_receipts(request, found),
    }
    return render(request, "meetings/circular.html", context)


def _corrects_url(request: PortalRequest, found: Circular) -> str:
    """Where the corrected one is shown; empty for whoever was not sent it."""
    named = found.corrects
    if named is None or not permits(request.user, "circular.view", named, on=request.on):
        return ""
    return named.get_absolute_url()


def _cases_seen(request: PortalRequest, found: Circular) -> list[Case]:
    """The cases that it is about, as far as the person may see them."""
    rows = Case.objects.filter(pk__in=found.cases)
    return list(visible_to(request.user, rows, on=request.on).order_by("number")) if found.cases else []


def _receipts(request: PortalRequest, found: Circular) -> dict[str, Any]:
    receipts = papers.receipts_seen(request, found, found.receipts.all(), "circular.receive")
    missing = sum(one.received_at is None for one, _may in receipts)
    reminder = found.reminders.select_related("reminded_by").order_by("-on").first() if missing else None
    may_remind = missing and allows(request.user, "circular.write") and (not reminder or reminder.on != request.on)
    return {
        "receipts": receipts,
        "confirmed": len(receipts) - missing,
        "missing": missing,
        "is_late": _is_late(request, found, [one for one, _may in receipts]),
        "sees_all": sees_all(request.user),
        "reminder": reminder if sees_all(request.user) else None,
        "may_remind": may_remind,
    }


@require_POST
def make(request: PortalRequest, pk: int) -> HttpResponse:
    """Have Word and PDF made of the present text. Raises: NotFound, NotPermitted, WrongState, Invalid."""
    found = visible_circular(request.user, pk, request.on)
    return papers.make(request, found, "circular.write", actions.ask_circular_files)


@require_safe
def files(request: PortalRequest, pk: int) -> HttpResponse:
    """The files alone, asked for again and again while they are being made. Raises: NotFound."""
    found = visible_circular(request.user, pk, request.on)
    return render(request, "papers/_files.html", papers.files_panel(request, found, "circular", "circular.write"))


@require_safe
def circular_file(request: PortalRequest, pk: int, kind: str) -> HttpResponseBase:
    """A file of a circular, to be saved under its official name. Raises: NotFound."""
    found = visible_circular(request.user, pk, request.on)
    if kind not in WORD_AND_PDF:
        raise NotFound
    content = bytes(file_to_save(found, kind).content)
    return saved_file(content, name=file_name(found, kind), content_type=CONTENT_TYPES[kind])


@require_POST
def remind(request: PortalRequest, pk: int) -> HttpResponse:
    """Remind those who have not confirmed. Raises: NotFound, NotPermitted, WrongState, Invalid."""
    found = visible_circular(request.user, pk, request.on)
    require_role(request.user, "circular.write")
    papers.check_key(request)
    made = actions.remind_units(by=request.user, at=request.at, pk=pk)
    if made.reminded_at == request.at:
        messages.success(request, _("Those who have not confirmed are reminded."))
    else:
        messages.info(request, _("They were reminded today already."))
    return HttpResponseRedirect(found.get_absolute_url() + "#receipts")


@require_POST
def receive(request: PortalRequest, pk: int) -> HttpResponse:
    """Confirm a receipt. Raises: NotFound, NotPermitted, Invalid."""
    visible_row(request.user, CircularReceipt.objects.all(), pk, request.on)
    require_role(request.user, "circular.receive")
    papers.check_key(request)
    found = actions.confirm_circular_receipt(by=request.user, at=request.at, pk=pk)
    messages.success(request, _("The receipt is confirmed."))
    return HttpResponseRedirect(reverse("meetings:circular", args=[found.circular_id]))
