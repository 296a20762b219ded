"""The doors: `/healthz`, `/readyz`, `/metrics`, and the operations page with its "send again"."""

from concurrent.futures import TimeoutError as TooLate
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from citymgmt.health import scrape
from citymgmt.health.board import board, judged, verdict
from citymgmt.health.figures import Look
from citymgmt.health.guard import Shared, on_own_connection, short_parameters
from citymgmt.health.judging import LATE_MESSAGE, WEB_ONLY, State, ready_parts
from citymgmt.health.metrics_door import may_scrape
from citymgmt.outbox.models import Message
from citymgmt.outbox.querysets import ledger
from citymgmt.outbox.retrying import MOST_AT_ONCE, retry_chosen
from citymgmt.outbox.wording import subject_of
from citymgmt.people.permissions import allows, require_role

READY_SECONDS = 2.5  # the longest that /readyz waits; the budget is 3
Told = dict[str, tuple[State, str]]


def _look_at_parts() -> Told:
    """Each part of /readyz with its state and words, asked on a connection of its own."""
    try:
        return on_own_connection(lambda ask: _told(Look(ask, LATE_MESSAGE)), short_parameters())
    except Exception as error:
        broken = (State.BROKEN, type(error).__name__)
        unknown = dict.fromkeys(ready_parts(), (State.UNKNOWN, "unknown: no database"))
        return {**unknown, "database": broken}


def _told(look: Look) -> Told:
    lines = {part: judged(look, judge) for part, judge in ready_parts().items()}
    return {part: (line.state, line.told()) for part, line in lines.items()}


ready = Shared(_look_at_parts)


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the web process answers at all."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when no part is broken, else 503; the body names each part with "ok", "starting" or what is wrong.

    `?only=web` tells only what a web process needs to answer people: the question of a load balancer, which must not
    take the portal away because a mail server is down. Answers within READY_SECONDS.
    """
    try:
        told = ready.answer(READY_SECONDS)
    except TooLate:
        told = {part: (State.BROKEN, "no answer in time") for part in ready_parts()}
    names = WEB_ONLY if request.GET.get("only") == "web" else tuple(ready_parts())
    is_ready = all(told[name][0] not in (State.BROKEN, State.UNKNOWN) for name in names)
    return JsonResponse({name: told[name][1] for name in names}, status=200 if is_ready else 503)


@login_not_required
def metrics(request: HttpRequest) -> HttpResponse:
    """What Prometheus scrapes; an unknown address for everybody else."""
    if not may_scrape(request) or request.method not in ("GET", "HEAD"):
        raise Http404
    return HttpResponse(scrape.exposition(), content_type=scrape.CONTENT_TYPE)


@require_safe
def operations(request: Any) -> HttpResponse:
    """Whether everything works, in plain words, and the messages that were given up."""
    require_role(request.user, "operations.view")
    rows = board()
    context = {"rows": rows, "verdict": verdict(rows), "at": request.at}
    if request.htmx:
        return render(request, "operations/_board.html", context)
    return render(request, "operations/page.html", {**context, **_dead_letters(request)})


def _dead_letters(request: Any) -> dict[str, Any]:
    """The newest messages that were given up, within the reach of the person."""
    if not allows(request.user, "outbox.view"):
        return {"letters": [], "may_retry": False}
    dead = ledger(request.user, request.on).filter(state=Message.State.DEAD)[:MOST_AT_ONCE]
    letters = [{"message": message, "subject": subject_of(message.kind, message.params)} for message in dead]
    return {"letters": letters, "may_retry": allows(request.user, "outbox.retry")}


@require_POST
def retry(request: Any) -> HttpResponse:
    """Have one message (`one`), or all that are chosen (`pk`), sent again."""
    require_role(request.user, "outbox.retry")
    chosen = [request.POST["one"]] if request.POST.get("one") else request.POST.getlist("pk")
    pks = [int(text) for text in chosen[:MOST_AT_ONCE] if text.isascii() and text.isdigit() and len(text) < 20]
    again = retry_chosen(by=request.user, at=request.at, pks=pks)
    if again:
        told = ngettext("%(count)s message will be sent again.", "%(count)s messages will be sent again.", again)
        messages.success(request, told % {"count": again})
    if again < len(chosen):
        messages.warning(request, _("Some of the chosen messages are no longer given up; they were left as they are."))
    if not chosen:
        messages.warning(request, _("No message was chosen."))
    return redirect("operations")
