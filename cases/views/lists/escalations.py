"""Escalations: the liaison's inbox, and for the office what lies with the departments."""

from dataclasses import dataclass

from django.db.models import DateTimeField, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from cases.keyset import Key, Order
from cases.models import Escalation
from cases.named import named
from cases.queues import count_at_most
from cases.views.buttons import Button
from cases.views.lists.pages import PortalRequest, Tab, action_button, page_at_cursor
from citymgmt.pages import needs
from citymgmt.people.models import User
from citymgmt.people.permissions import allows, visible_to
from citymgmt.worktime.models import LadderStep
from citymgmt.worktime.rules import Rules, current_rules

CARDS_PER_PAGE = 15
DUE_FIRST = Order([Key("due_at", DateTimeField(), False)], is_oldest_first=True)
LATEST_FIRST = Order([Key("ended_at", DateTimeField(), True)])


@dataclass(frozen=True)
class EscalationRow:
    """An escalation, the last step of the department's ladder that it took, if any, and the buttons of its people."""

    escalation: Escalation
    step: LadderStep | None
    buttons: list[Button]


@needs("escalation.view")
def escalations(request: PortalRequest) -> HttpResponse:
    """Open escalations by what is due next, or ended ones, newest first."""
    seen = visible_to(request.user, Escalation.objects.all(), on=request.on)
    opened = seen.filter(ended_at=None).order_by("due_at", "id")
    ended = seen.exclude(ended_at=None).order_by("-ended_at", "-id")
    shows_ended = request.GET.get("show") == "ended"
    rules = current_rules()
    shown, order = (ended, LATEST_FIRST) if shows_ended else (opened, DUE_FIRST)
    page = page_at_cursor(request, [shown], order, named(Escalation.objects.select_related("case")), CARDS_PER_PAGE)
    steps = _steps(rules)
    context = {
        "tabs": _tabs(opened, ended, shows_ended),
        "shows_ended": shows_ended,
        "page": page,
        "rows": [_row(request.user, one, steps) for one in page.object_list],
        "is_inbox": allows(request.user, "escalation.reply"),
        "rules": rules,
        "at": request.at,
    }
    return render(request, "cases/escalations.html", context)


def _row(user: User, escalation: Escalation, steps: dict[int, LadderStep]) -> EscalationRow:
    is_new = escalation.state == Escalation.State.SENT
    names = ["acknowledge"] * is_new + ["reply", "return_escalation"] if escalation.is_open else []
    buttons = [action_button(user, escalation.case, name) for name in names]
    return EscalationRow(escalation, steps.get(escalation.rung), [button for button in buttons if button])


def _tabs(opened: QuerySet[Escalation], ended: QuerySet[Escalation], shows_ended: bool) -> list[Tab]:
    counts = count_at_most({"open": opened, "ended": ended})
    return [
        Tab("open", _("Open"), counts["open"], "?", not shows_ended),
        Tab("ended", _("Ended"), counts["ended"], "?show=ended", shows_ended),
    ]


def _steps(rules: Rules) -> dict[int, LadderStep]:
    """The steps of the department's ladder, by position."""
    return {row.position: row for row in rules.rows.values() if row.ladder == "escalation"}
