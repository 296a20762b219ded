"""What the large screen of the command room shows: figures, places and numbers of cases, never a person's name."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from cases import workflow
from cases.models import Case, CaseEvent
from cases.named import named
from cases.querysets import late_at, seen_by
from cases.statistics.models import Tally
from cases.statistics.periods import Period
from cases.statistics.querysets import NOTHING, trend
from citymgmt.people.models import User

DAYS_OF_TREND = 30
MOST_LATE = MOST_EVENTS = 10
DAY = timedelta(days=1)


def longest_overdue(user: User, on: date, at: datetime) -> list[Case]:
    """The ten cases that are overdue longest, the longest first, with the names around them; in two queries.

    Each state has its own first ten, which an index gives, and the ten of these are the ten of all.
    """
    late = seen_by(user, on).filter(late_at(at)).order_by("due_at", "pk")
    piles = [late.filter(state=state).values_list("due_at", "pk")[:MOST_LATE] for state in sorted(workflow.RUNNING)]
    first = sorted(piles[0].union(*piles[1:], all=True))[:MOST_LATE]
    found = named(Case.objects.filter(pk__in=[pk for _due_at, pk in first])).in_bulk()
    return [found[pk] for _due_at, pk in first if pk in found]


def last_events(user: User, on: date) -> list[CaseEvent]:
    """The last ten things that happened to cases, newest first, each with its case and the names around it."""
    seen = CaseEvent.objects.filter(case__in=seen_by(user, on))
    return list(named(seen.select_related("case").order_by("-pk"))[:MOST_EVENTS])


def place_of(case: Case) -> str:
    """Where a case is, as a public room may read it: the key place or the community, never the address."""
    return str(case.key_place or case.community or "")


def last_days(whole: QuerySet[Tally], on: date, measures: tuple[str, ...]) -> dict[str, Any]:
    """The sums of each of the last thirty days, those without anything included."""
    period = Period(on - (DAYS_OF_TREND - 1) * DAY, on)
    found = trend(whole, period, measures)
    days = [period.first + count * DAY for count in range(period.days)]
    return {"days": days, "values": [[found.get(day, NOTHING)[code] for day in days] for code in measures]}
