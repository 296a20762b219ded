"""Papers that a unit without a log-in was sent: read, saved, their receipt confirmed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from cases.meetings.circulars import composing as of_circulars
from cases.meetings.circulars.actions import receive_circular_as_unit
from cases.meetings.circulars.querysets import receipts_of_unit
from cases.meetings.minutes import composing as of_minutes
from cases.meetings.minutes.actions.receiving import receive_as_unit
from cases.meetings.models import MemberUnit
from cases.meetings.models.receipts import UnitReceipt
from cases.meetings.outside.querysets import MOST_DONE, receipts_of
from cases.meetings.querysets import MOST_ID
from cases.meetings.views.guests import GuestRequest, around, of_a_unit
from citymgmt.files import saved_file
from citymgmt.papers.paper import Paper
from citymgmt.paperwork.querysets import file_to_save, newest_files
from citymgmt.paperwork.shown import CONTENT_TYPES, WORD_AND_PDF, paper_shown
from citymgmt.refusals import NotFound


@dataclass(frozen=True)
class Kind:
    """A kind of paper that units are sent: its receipts, whose `thing` is the paper, and how it reads."""

    title: Any
    thing: str
    receipts: Callable[[MemberUnit], QuerySet[Any]]
    receive: Callable[..., UnitReceipt]
    paper: Callable[[Any], Paper]
    file_name: Callable[[Any, str], str]


KINDS: Mapping[str, Kind] = {
    "circulars": Kind(
        gettext_lazy("Circulars"),
        "circular",
        receipts_of_unit,
        receive_circular_as_unit,
        of_circulars.circular_paper,
        of_circulars.file_name,
    ),
    "minutes": Kind(
        gettext_lazy("Minutes"),
        "minutes",
        receipts_of,
        receive_as_unit,
        of_minutes.minutes_paper,
        of_minutes.file_name,
    ),
}


@dataclass(frozen=True)
class Sent:
    """A paper in the list of what the unit was sent."""

    title: str
    url: str
    receipt: UnitReceipt


def papers_sent(unit: MemberUnit) -> list[tuple[Any, list[Sent]]]:
    """What the unit was sent, by kind, what is not confirmed first; kinds of which there is any."""
    found = [
        (kind.title, [_sent(name, kind, receipt) for receipt in kind.receipts(unit)[:MOST_DONE]])
        for name, kind in KINDS.items()
    ]
    return [(title, sent) for title, sent in found if sent]


def _sent(name: str, kind: Kind, receipt: Any) -> Sent:
    thing = getattr(receipt, kind.thing)
    url = reverse("meetings:outside-paper", args=[name, thing.pk])
    return Sent(f"{thing.title}〔{thing.year}〕{thing.number}", url, receipt)


@require_http_methods(["GET", "HEAD", "POST"])
@of_a_unit
def paper(request: GuestRequest, what: str, pk: int) -> HttpResponse:
    """A paper as it reads; confirm its receipt. Raises: NotFound."""
    kind, receipt = _receipt(request, what, pk)
    if request.method == "POST":
        kind.receive(unit=request.link.unit, at=request.at, pk=receipt.pk)
        messages.success(request, _("The receipt is confirmed."))
        return HttpResponseRedirect(reverse("meetings:outside"))
    thing = getattr(receipt, kind.thing)
    files = [(one.upper(), one) for one in newest_files(thing) if one == "pdf"]
    context = {**around(request), "what": what, "thing": thing, "receipt": receipt, "files": files}
    return render(request, "meetings/outside_paper.html", {**context, **paper_shown(kind.paper(thing))})


def _receipt(request: GuestRequest, what: str, pk: int) -> tuple[Kind, Any]:
    """The unit's receipt of a paper. Raises: NotFound."""
    kind = KINDS.get(what)
    if kind is None or not 0 < pk < MOST_ID:
        raise NotFound
    receipt = kind.receipts(request.link.unit).filter(**{kind.thing: pk}).first()
    if receipt is None:
        raise NotFound
    return kind, receipt


@require_safe
@of_a_unit
def paper_file(request: GuestRequest, what: str, pk: int, suffix: str) -> HttpResponseBase:
    """A file of a paper that the unit was sent. Raises: NotFound."""
    kind, receipt = _receipt(request, what, pk)
    if suffix not in WORD_AND_PDF:
        raise NotFound
    thing = getattr(receipt, kind.thing)
    content = bytes(file_to_save(thing, suffix).content)
    return saved_file(content, name=kind.file_name(thing, suffix), content_type=CONTENT_TYPES[suffix])
