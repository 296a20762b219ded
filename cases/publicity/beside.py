"""What other pages show of the room: a case, from which suggestion it came; a community, what is out and what is to be
answered; a regulation, how it was publicised.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import beside as beside_cases
from cases.models import Case
from cases.publicity.filters import WAITING
from cases.publicity.lifecycle import OUT, SHOWN, SUGGESTION_VIEW, VIEW
from cases.publicity.models import PublicityItem, Suggestion
from cases.publicity.querysets import items_seen, suggestion_late, suggestion_waiting
from citymgmt.people.models import User
from citymgmt.people.permissions import allows, permits
from communities import beside as beside_communities
from communities.beside import Figure, Looker
from communities.models import Community, Regulation
from communities.regulations import beside as beside_regulations

MOST_ITEMS = 10


def show_case(case: Case, user: User, on: date, at: datetime) -> beside_cases.Beside | None:
    """Of a case that was a suggestion, from which one; it is read with the case."""
    found: Suggestion | None = getattr(case, "suggestion", None)
    if found is None or not permits(user, SUGGESTION_VIEW, found, on=on):
        return None
    return beside_cases.Beside("publicity/_beside_case.html", {"suggestion": found})


def _count(rows: QuerySet[Any]) -> Coalesce:
    """How many of these rows belong to a community."""
    of_community = rows.filter(community=OuterRef("pk")).order_by().values("community")
    return Coalesce(Subquery(of_community.values(count=Count("pk"))), 0)


def count(on: date, at: datetime) -> Mapping[str, Any]:
    """What is counted of a community in the query that reads it."""
    waiting = Suggestion.objects.filter(suggestion_waiting())
    return {
        "publicity_out": _count(PublicityItem.objects.filter(state=OUT)),
        "suggestions_waiting": _count(waiting),
        "suggestions_late": _count(waiting.filter(suggestion_late(at))),
    }


def show_community(community: Community, looker: Looker) -> Iterator[Figure]:
    """What is out, and what waits to be answered or carried out."""
    told: Any = community
    where = {"community": str(community.pk)}
    if looker.sees(VIEW):
        address = f"{reverse('publicity:items')}?{urlencode({**where, 'state': OUT})}"
        yield Figure(_("Publicity put out"), told.publicity_out, address, "megaphone")
    if looker.sees(SUGGESTION_VIEW):
        late = told.suggestions_late
        note = _("%(count)s overdue") % {"count": late} if late else ""
        address = f"{reverse('publicity:suggestions')}?{urlencode({**where, 'only': WAITING})}"
        yield Figure(
            _("Suggestions to see to"),
            told.suggestions_waiting,
            address,
            "chat-left-text",
            "alert" if late else "",
            note,
        )


def show_regulation(regulation: Regulation, user: User, on: date) -> beside_regulations.Beside | None:
    """By which items a regulation was brought to the people, the latest first."""
    if not allows(user, VIEW):
        return None
    rows = items_seen(user, on).filter(Q(state__in=SHOWN), regulation=regulation).order_by("-put_on", "-pk")
    found = list(rows[:MOST_ITEMS])
    return beside_regulations.Beside("publicity/_beside_regulation.html", {"items": found}) if found else None


def register() -> None:
    """Have all three shown, when the app is ready."""
    beside_cases.register(show_case, "suggestion")
    beside_communities.register(show_community, count)
    beside_regulations.register(show_regulation)
