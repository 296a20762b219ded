"""What is mine: the tasks of an officer, a team leader or a member, due first."""

from dataclasses import dataclass
from datetime import date

from django.db.models import DateTimeField
from django.http import HttpResponse
from django.shortcuts import render

from cases import queues
from cases.keyset import Key, Order
from cases.models import Case
from cases.named import named
from cases.querysets import tasks_of
from cases.views.lists.pages import PortalRequest, case_rows, page_at_cursor, queue_tabs
from citymgmt.pages import needs
from citymgmt.people.models import User
from citymgmt.people.permissions import allows
from citymgmt.people.roles import TEAM_ROLES, Role
from citymgmt.worktime.rules import current_rules
from communities.models import Community, OfficerAssignment
from communities.querysets import DEPUTY, OFFICER, communities_of, with_people

DUE_FIRST = Order([Key("due_at", DateTimeField(null=True), False, is_empty_first=True)], is_oldest_first=True)
TABS = ("open", "to_receive", "at_work", "verifying", "overdue", "to_inspect")


@dataclass(frozen=True)
class Watch:
    """A community for which the person answers today, and the colleague's place it is, if any."""

    community: Community
    is_deputy: bool
    is_acting: bool
    other: User | None


@needs("case.report_back")
def mine(request: PortalRequest) -> HttpResponse:
    """One's own open cases, due first, in tabs."""
    watches = _watches(request.user, request.on)
    acting_for = [watch.community.pk for watch in watches if watch.is_deputy and watch.is_acting]
    cases = tasks_of(request.user, acting_for)
    key = request.GET.get("queue", "")
    key = key if key in TABS else "open"
    chosen = queues.in_queue(cases, key, request.at)
    page = page_at_cursor(request, [chosen], DUE_FIRST, named(Case.objects.all()))
    context = {
        "tabs": queue_tabs(TABS, queues.count_queues(cases, TABS, request.at), key),
        "page": page,
        "rows": case_rows(request.user, page.object_list),
        "watches": watches,
        "answers_for_none": request.user.role == Role.OFFICER and not watches,
        "may_log": allows(request.user, "case.log"),
        "rules": current_rules(),
        "at": request.at,
    }
    return render(request, "cases/mine.html", context)


def _watches(user: User, on: date) -> list[Watch]:
    """The communities of an officer or deputy on that day; none for people of a team."""
    if user.role in TEAM_ROLES:
        return []
    mine = Community.objects.filter(pk__in=communities_of(user, on)).order_by("code")
    return [_watch(user, community, community.people_today) for community in with_people(mine, on)]  # type: ignore[attr-defined]


def _watch(user: User, community: Community, people: list[OfficerAssignment]) -> Watch:
    officer = next((one for one in people if one.part == OFFICER), None)
    deputy = next((one for one in people if one.part == DEPUTY), None)
    if officer is not None and officer.user_id == user.pk:
        is_acting = not officer.is_away or deputy is None or deputy.is_away  # type: ignore[attr-defined]
        return Watch(community, False, is_acting, deputy.user if deputy else None)
    is_acting = officer is None or officer.is_away  # type: ignore[attr-defined]
    return Watch(community, True, is_acting, officer.user if officer else None)
