"""What waits for a decision: requests for more time on one's own level, and appeals."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from cases import deadlines, workflow
from cases.models import Case, CaseEvent, TimeRequest
from cases.named import named
from cases.views.buttons import Button
from cases.views.lists.pages import PortalRequest, Tab, action_button
from citymgmt.pages import needs, page_of
from citymgmt.people.models import User
from citymgmt.people.permissions import allows, visible_to
from citymgmt.worktime.clock import Limit, Unit
from citymgmt.worktime.rules import Rules, current_rules

State = TimeRequest.State


@dataclass(frozen=True)
class Asked:
    """A request with what a decision needs: the deadline if it is granted, the buttons, or what stands in the way."""

    request: TimeRequest
    extra: Limit | None
    new_due_at: datetime | None
    obstacle: str
    buttons: list[Button]


@dataclass(frozen=True)
class Appeal:
    """A case closed as overdue, the appeal's own words, and the buttons."""

    case: Case
    event: CaseEvent | None
    buttons: list[Button]


@needs("request.review", "request.approve")
def approvals(request: PortalRequest) -> HttpResponse:
    """Requests on this person's level, or appeals for who decides them."""
    reviews = allows(request.user, "request.review")
    waiting = _waiting(request, State.ASKED if reviews else State.REVIEWED)
    appeals = _appeals(request)
    shows_appeals = request.GET.get("show") == "appeals" and allows(request.user, "appeal.decide")
    page = page_of(request, appeals if shows_appeals else waiting)
    rules = current_rules()
    context = {
        "tabs": _tabs(request, waiting, appeals, shows_appeals),
        "shows_appeals": shows_appeals,
        "page": page,
        "asked": [] if shows_appeals else [_asked(one, request.user, rules) for one in page.object_list],
        "appeals": _with_words(page.object_list, request.user) if shows_appeals else [],
        "rules": rules,
        "at": request.at,
    }
    return render(request, "cases/approvals.html", context)


def _waiting(request: PortalRequest, state: str) -> QuerySet[TimeRequest]:
    waiting = named(TimeRequest.objects.filter(state=state).select_related("case").order_by("case__due_at", "id"))
    return visible_to(request.user, waiting, on=request.on)


def _appeals(request: PortalRequest) -> QuerySet[Case]:
    pending = named(Case.objects.filter(state="closed", appeal=Case.Appeal.PENDING))
    return visible_to(request.user, pending.order_by("closed_at", "id"), on=request.on, action="appeal.decide")


def _tabs(
    request: PortalRequest, waiting: QuerySet[TimeRequest], appeals: QuerySet[Case], shows_appeals: bool
) -> list[Tab]:
    """Two tabs for who decides appeals, none for others."""
    if not allows(request.user, "appeal.decide"):
        return []
    return [
        Tab("requests", _("Requests for time"), waiting.count(), "?", not shows_appeals),
        Tab("appeals", _("Appeals"), appeals.count(), "?show=appeals", shows_appeals),
    ]


def _asked(one: TimeRequest, user: User, rules: Rules) -> Asked:
    extra = Limit(one.extra_value, Unit(one.extra_unit)) if one.extra_value else None
    due_at = one.case.due_at
    new_due_at = deadlines.extended(rules.calendar, due_at, extra) if extra and due_at else None
    obstacle = str(_obstacle(one, user))
    names = ("review", "refuse_review") if one.state == State.ASKED else ("approve", "refuse")
    return Asked(one, extra, new_due_at, obstacle, [] if obstacle else _buttons(user, one.case, names))


def _buttons(user: User, case: Case, names: Iterable[str]) -> list[Button]:
    return [button for name in names if (button := action_button(user, case, name))]


def _obstacle(one: TimeRequest, user: User) -> object:
    """Why this person cannot decide the request now; empty when nothing stands in the way."""
    if user.pk in (one.asked_by_id, one.reviewed_by_id):
        return _("Somebody else must decide: you asked for it or reviewed it.")
    if one.case.state not in workflow.AT_WORK:
        return _("It can be decided when the case is back in the field.")
    return ""


def _with_words(cases: Iterable[Case], user: User) -> list[Appeal]:
    """Each case with the event in which the appeal was made."""
    cases = list(cases)
    events = CaseEvent.objects.filter(case__in=cases, kind="appeal").select_related("by").order_by("case", "seq")
    words = {event.case_id: event for event in events}
    names = ("uphold_appeal", "reject_appeal")
    return [Appeal(case, words.get(case.pk), _buttons(user, case, names)) for case in cases]
