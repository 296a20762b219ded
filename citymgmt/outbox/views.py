"""The inbox of each person, and the ledger of what left the portal."""

from datetime import date
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST, require_safe

from citymgmt.addresses import is_own_path
from citymgmt.outbox import querysets
from citymgmt.outbox.actions import mark_read, retry_message
from citymgmt.outbox.forms import LedgerFilter
from citymgmt.outbox.models import Message
from citymgmt.outbox.wording import subject_of
from citymgmt.people.permissions import allows, require_role
from citymgmt.refusals import NotFound

PAGE = 30


@require_safe
def inbox(request: Any) -> HttpResponse:
    """One's own messages, unread first; `?unread=1` shows only those."""
    require_role(request.user, "inbox.view")
    only_unread = request.GET.get("unread") == "1"
    found = querysets.unread_first(querysets.inbox(request.user))
    found = found.filter(read_at=None) if only_unread else found
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "days": _days(page), "only_unread": only_unread, "today": request.on}
    return render(request, "outbox/inbox.html", context)


def _days(page: Any) -> list[dict[str, Any]]:
    """The messages by day, unread ones apart from read ones, as they are sorted."""

    def part(row: dict[str, Any]) -> tuple[bool, date]:
        message = row["message"]
        return message.read_at is not None, timezone.localdate(message.created_at)

    parts = [(is_read, on, list(rows)) for (is_read, on), rows in groupby(_rows(page), key=part)]
    return [{"is_read": is_read, "on": on, "rows": rows} for is_read, on, rows in parts]


def _rows(page: Any) -> list[dict[str, Any]]:
    return [{"message": message, "subject": subject_of(message.kind, message.params)} for message in page]


@require_GET
def open_message(request: Any, pk: int) -> HttpResponse:
    """Note that the message was read, and go where it leads."""
    require_role(request.user, "inbox.view")
    message = querysets.own_message(request.user, pk)
    mark_read(by=request.user, at=request.at, ids=[message.pk])
    return redirect(message.link if is_own_path(message.link) else "outbox:inbox")


@require_POST
def read_all(request: Any) -> HttpResponse:
    """Note that all of one's messages were read, or the one that is named."""
    require_role(request.user, "inbox.view")
    named = request.POST.get("message")
    ids = None if named is None else [querysets.own_message(request.user, _number(named)).pk]
    count = mark_read(by=request.user, at=request.at, ids=ids)
    told = ngettext("%(count)s message marked as read.", "%(count)s messages marked as read.", count)
    messages.success(request, told % {"count": count})
    return redirect("outbox:inbox")


def _number(text: str) -> int:
    """The id that a text is. Raises: NotFound."""
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise NotFound
    return int(text)


@require_safe
def unread(request: Any) -> HttpResponse:
    """The number on the bell, which each page asks for every minute."""
    require_role(request.user, "inbox.view")
    return render(request, "outbox/_bell_count.html")


@require_safe
def ledger(request: Any) -> HttpResponse:
    """E-mails that were given up, wait, or were delivered."""
    require_role(request.user, "outbox.view")
    form = LedgerFilter(request.GET)
    state = (form.cleaned_data["state"] if form.is_valid() else "") or Message.State.DEAD.value
    found = querysets.ledger(request.user, request.on).filter(state=state)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": _rows(page),
        "is_dead": state == Message.State.DEAD,
        "may_retry": allows(request.user, "outbox.retry"),
    }
    return render(request, "outbox/ledger.html", context, status=200 if form.is_valid() else 422)


@require_POST
def retry(request: Any, pk: int) -> HttpResponse:
    """Send a message that was given up once more."""
    retry_message(by=request.user, at=request.at, pk=pk)
    messages.success(request, _("The message will be sent again within a minute."))
    return redirect("outbox:ledger")
