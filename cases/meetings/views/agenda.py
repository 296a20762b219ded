"""The agenda: what is proposed, put on it, put in order, taken off; and what was said, saved while it is written."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.meetings.actions import add_item, add_proposals, move_item, remove_item, save_discussion
from cases.meetings.forms import ItemForm, MoveForm, TextForm
from cases.meetings.models import AgendaItem, Meeting
from cases.meetings.proposals import Proposal, proposals_for
from cases.meetings.querysets import item_of, items_of, visible_meeting
from cases.meetings.views.shown import text_form
from cases.views.lists.pages import PortalRequest
from citymgmt.people.permissions import require_role
from citymgmt.refusals import Invalid, Stale, WrongState, mark

ASKING = ["GET", "HEAD", "POST"]
PROBLEM = "application/problem+json"


def _open(request: PortalRequest, pk: int) -> Meeting:
    """A meeting whose agenda can change, for whoever plans. Raises: NotFound, NotPermitted, WrongState."""
    found = visible_meeting(request.user, pk, request.on)
    require_role(request.user, "meeting.plan")
    if found.state == Meeting.State.CANCELLED:
        raise WrongState(_("This meeting was called off."))
    return found


@require_http_methods(ASKING)
def proposals(request: PortalRequest, pk: int) -> HttpResponse:
    """What asks to be discussed, by reason; what is ticked goes on the agenda. Raises: NotFound, NotPermitted,
    WrongState, Invalid.
    """
    found = _open(request, pk)
    keys = request.POST.getlist("key")
    if keys:
        added = add_proposals(by=request.user, at=request.at, pk=pk, keys=keys)
        messages.success(request, _("Items put on the agenda: %(count)s") % {"count": len(added)})
        return HttpResponseRedirect(f"{found.get_absolute_url()}#agenda")
    is_empty = request.method == "POST"
    groups = _by_reason(proposals_for(found, request.at))
    context = {"meeting": found, "groups": groups, "is_empty": is_empty}
    return render(request, "meetings/proposals.html", context, status=422 if is_empty else 200)


def _by_reason(found: Iterable[Proposal]) -> list[tuple[str, list[Proposal]]]:
    """The proposals by reason, in the order in which they press."""
    labels = dict(AgendaItem.Reason.choices)
    order = {reason: place for place, reason in enumerate(dict.fromkeys(one.reason for one in found))}
    ordered = sorted(found, key=lambda one: order[one.reason])
    return [(str(labels[reason]), list(group)) for reason, group in groupby(ordered, key=lambda one: one.reason)]


@require_http_methods(ASKING)
def new_item(request: PortalRequest, pk: int) -> HttpResponse:
    """Put something on the agenda by hand. Raises: NotFound, NotPermitted, WrongState."""
    found = _open(request, pk)
    form = ItemForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            item = add_item(by=request.user, at=request.at, pk=pk, **form.cleaned_data)
        except Invalid as refused:
            mark(form, refused)
        else:
            return _to_item(found, item.pk)
    context = {"meeting": found, "form": form}
    return render(request, "meetings/new_item.html", context, status=422 if form.errors else 200)


def _to_item(meeting: Meeting, item: int) -> HttpResponse:
    return HttpResponseRedirect(f"{meeting.get_absolute_url()}#item-{item}")


@require_POST
def move(request: PortalRequest, pk: int, item: int) -> HttpResponse:
    """Move an item to a position. Raises: NotFound, NotPermitted, WrongState, Invalid."""
    found = _open(request, pk)
    item_of(found, item)
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("The form was damaged. Load the page again."))
    move_item(by=request.user, at=request.at, pk=pk, item=item, to=form.cleaned_data["to"])
    return _to_item(found, item)


@require_POST
def remove(request: PortalRequest, pk: int, item: int) -> HttpResponse:
    """Take an item off the agenda. Raises: NotFound, NotPermitted, WrongState."""
    found = _open(request, pk)
    remove_item(by=request.user, at=request.at, pk=pk, item=item)
    messages.success(request, _("The item is taken off the agenda."))
    return HttpResponseRedirect(f"{found.get_absolute_url()}#agenda")


@require_safe
def texts(request: PortalRequest, pk: int) -> HttpResponse:
    """What is written of each item at present, asked for again and again by the page on which people write, and the
    token with which its forms are sent: another one after a new log-in.

    Raises: NotFound, NotPermitted, WrongState.
    """
    told = [_told(item) for item in items_of(_open(request, pk))]
    return JsonResponse({"items": told, "token": get_token(request)})


def _told(item: AgendaItem) -> dict[str, Any]:
    return {"item": item.pk, "version": item.version, "text": item.discussion, "said": saved_sentence(item)}


def saved_sentence(item: AgendaItem) -> str:
    """By whom and when it was saved last; empty while nothing was written."""
    if item.version == 1:
        return ""
    told = {"who": str(item.saved_by), "when": f"{timezone.localtime(item.saved_at):%H:%M:%S}"}
    return _("Saved by %(who)s at %(when)s") % told


@require_http_methods(ASKING)
def write(request: PortalRequest, pk: int, item: int) -> HttpResponse:
    """Save what was said of an item; as JSON for the page that saves by itself. Raises: NotFound, NotPermitted,
    WrongState.
    """
    meeting = _open(request, pk)
    found = item_of(meeting, item)
    if request.method != "POST":
        return _page(request, meeting, found, text_form(found))
    form = TextForm(request.POST, auto_id=f"id_{found.pk}_%s")
    if form.is_valid():
        try:
            kept = save_discussion(by=request.user, at=request.at, pk=pk, item=item, **form.cleaned_data)
        except Stale:
            return _conflict(request, meeting, item_of(meeting, item))
        except Invalid as refused:
            mark_text(form, refused)
        else:
            return _saved(request, meeting, kept)
    return _wrong(request, meeting, found, form)


def mark_text(form: TextForm, refused: Invalid) -> None:
    """Put what is wrong with a text to its field."""
    mark(form, Invalid(fields={"text": refused.fields.get("discussion", [str(refused)])}))


def _is_live(request: PortalRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _saved(request: PortalRequest, meeting: Meeting, item: AgendaItem) -> HttpResponse:
    if _is_live(request):
        return JsonResponse(_told(item))
    messages.success(request, _("The text is saved."))
    return _to_item(meeting, item.pk)


def _wrong(request: PortalRequest, meeting: Meeting, item: AgendaItem, form: TextForm) -> HttpResponse:
    if not _is_live(request):
        return _page(request, meeting, item, form, 422)
    told = "; ".join(str(error) for errors in form.errors.values() for error in errors)
    return _problem(422, "invalid", told)


def _conflict(request: PortalRequest, meeting: Meeting, item: AgendaItem) -> HttpResponse:
    """What was typed, beside what somebody else has saved, ready to be saved on top of that."""
    told = {"who": str(item.saved_by), "when": f"{timezone.localtime(item.saved_at):%H:%M:%S}"}
    sentence = _("%(who)s saved another text at %(when)s. Nothing is lost: yours stands in the field, theirs below it.")
    if _is_live(request):
        return _problem(409, "stale", sentence % told, **_told(item))
    sent = request.POST.copy()
    sent["version"] = str(item.version)
    form = TextForm(sent, auto_id=f"id_{item.pk}_%s")
    return _page(request, meeting, item, form, 409, sentence % told)


def _problem(status: int, code: str, sentence: str, **told: Any) -> JsonResponse:
    body = {"type": f"urn:citymgmt:{code}", "title": code, "status": status, "detail": sentence, **told}
    return JsonResponse(body, status=status, content_type=PROBLEM)


def _page(
    request: PortalRequest, meeting: Meeting, item: AgendaItem, form: TextForm, status: int = 200, conflict: str = ""
) -> HttpResponse:
    context = {"meeting": meeting, "item": item, "form": form, "conflict": conflict}
    return render(request, "meetings/write.html", context, status=status)
