"""By when an order of the hotline is to be accepted and finished: THE table, by kind and urgency. Pure.

Source: domain 5.2. Acceptance and the limits of consultation, help, complaint and of what is urgent are those of a
bureau's rule on 12345 orders [S34]; kinds and degrees of urgency are those of a city's hotline [S34c]. No rule was
found for suggestions: they take the limit of complaints (proposal).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from citymgmt.worktime import clock
from citymgmt.worktime.clock import SHANGHAI, Calendar, Limit, Unit

DAY = timedelta(days=1)
SOON = Limit(1, Unit.WORKING_DAY)  # a signal goes out so long before something is due (domain 5.3 [S40])


class Kind(StrEnum):
    """What somebody calls the hotline for."""

    CONSULTATION = "consult"  # 咨询
    HELP = "help"  # 求助
    COMPLAINT = "complain"  # 投诉
    SUGGESTION = "suggest"  # 建议


class Urgency(StrEnum):
    """How urgent the hotline calls it."""

    NORMAL = "normal"  # 一般
    URGENT = "urgent"  # 紧急
    CRITICAL = "critical"  # 特急


class Counting(StrEnum):
    """How the working days of a term are counted."""

    OFFICE_TIME = "office_time"  # from the very minute on, by office hours
    SAME_DAY = "same_day"  # whole days, the day itself being the first
    NEXT_DAY = "next_day"  # whole days, the next one being the first


@dataclass(frozen=True)
class Term:
    """So many working days; whole ones end when the office closes."""

    days: int
    counting: Counting


@dataclass(frozen=True)
class Terms:
    """Within what an order is to be accepted, and finished."""

    accept: Term
    finish: Term


TODAY = Term(1, Counting.SAME_DAY)
THREE_DAYS = Term(3, Counting.OFFICE_TIME)
THIRTEEN_DAYS = Term(13, Counting.NEXT_DAY)
ORDINARY: Mapping[Kind, Term] = {
    Kind.CONSULTATION: THREE_DAYS,
    Kind.HELP: THREE_DAYS,
    Kind.COMPLAINT: THIRTEEN_DAYS,
    Kind.SUGGESTION: THIRTEEN_DAYS,
}
TABLE: Mapping[tuple[Kind, Urgency], Terms] = {
    (kind, urgency): Terms(accept=TODAY, finish=ordinary if urgency is Urgency.NORMAL else TODAY)
    for kind, ordinary in ORDINARY.items()
    for urgency in Urgency
}


def end_of(calendar: Calendar, start: datetime, term: Term) -> datetime:
    """The moment at which a term that begins at `start` is over, in UTC."""
    if term.counting is Counting.OFFICE_TIME:
        return clock.due(calendar, start, Limit(term.days, Unit.WORKING_DAY))
    local = start.astimezone(SHANGHAI)
    is_over = term.counting is Counting.NEXT_DAY or local.time() > calendar.shifts[-1].ends
    first = local.date() + (DAY if is_over else timedelta())
    last = calendar.working_date(calendar.working_days_before(first.toordinal()) + term.days - 1)
    return datetime.combine(last, calendar.shifts[-1].ends, SHANGHAI).astimezone(UTC)


def soon_until(calendar: Calendar, at: datetime) -> datetime:
    """What is due before this moment is due soon, seen at another one."""
    return clock.due(calendar, at, SOON)
