"""The queues of an office: ONE table of named piles of cases that wait for something.

Tiles, chips, tabs and the lists behind them derive from it, so that a figure and its list cannot differ.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases import workflow
from cases.models import Case
from cases.querysets import late_at
from citymgmt.people.permissions import allows

MOST_COUNTED = 1000  # a figure beyond is shown as 999+


@dataclass(frozen=True)
class Queue:
    """A pile of cases: its wording, its query at a moment, and the action with which one takes from it."""

    key: str
    label: Promise | str
    icon: str
    query: Callable[[datetime], Q]
    action: str = ""
    tone: str = ""


def in_state(*states: str) -> Callable[[datetime], Q]:
    """Cases in one of these states, at any moment."""
    query = Q(state__in=states)
    return lambda at: query


def local_midnight(at: datetime) -> datetime:
    """The beginning of the local day of a moment."""
    return timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)


def _due_today(at: datetime) -> Q:
    start = local_midnight(at)
    return Q(state__in=workflow.RUNNING, due_at__gte=at, due_at__lt=start + timedelta(days=1))


def _closed_this_month(at: datetime) -> Q:
    return Q(state="closed", closed_at__gte=local_midnight(at).replace(day=1))


_QUEUES = (
    Queue("to_accept", _("To accept"), "megaphone", in_state("reported"), "accept", "soon"),
    Queue("verifying", _("Being verified"), "search", in_state("verifying"), "confirm"),
    Queue("to_file", _("To file"), "folder-plus", in_state("accepted"), "file"),
    Queue("to_dispatch", _("To dispatch"), "send", lambda at: Q(state="filed", return_count=0), "dispatch"),
    Queue(
        "returned",
        _("Returned"),
        "arrow-return-left",
        lambda at: Q(state="filed", return_count__gt=0),
        "dispatch",
        "soon",
    ),
    Queue("to_inspect", _("To inspect"), "clipboard-check", in_state("reported_back"), "pass"),
    Queue("overdue", _("Overdue"), "alarm", late_at, "urge", "alert"),
    Queue("escalated", _("With the district"), "building-up", in_state("escalated"), "urge", "calm"),
    Queue("open", _("Open"), "folder2-open", lambda at: Q(closed_at=None)),
    Queue("due_today", _("Due today"), "hourglass-split", _due_today, tone="soon"),
    Queue("to_receive", _("To receive"), "inbox", in_state("dispatched"), "receive"),
    Queue("at_work", _("At work"), "tools", in_state("handling"), "report_back"),
    Queue("closed_this_month", _("Closed this month"), "check-circle", _closed_this_month, tone="done"),
)
QUEUES: Mapping[str, Queue] = {queue.key: queue for queue in _QUEUES}


def in_queue(cases: QuerySet[Case], key: str, at: datetime) -> QuerySet[Case]:
    """The cases of a queue; all of them when there is no queue of that key."""
    return cases.filter(QUEUES[key].query(at)) if key in QUEUES else cases


def count_queues(
    cases: QuerySet[Case], keys: Iterable[str], at: datetime, others: Mapping[str, QuerySet[Any]] | None = None
) -> dict[str, int]:
    """How many cases lie in each of these queues, and rows in `others`, MOST_COUNTED at most, in one query."""
    return count_at_most({**{key: cases.filter(QUEUES[key].query(at)) for key in keys}, **(others or {})})


def count_at_most(asked: Mapping[str, QuerySet[Any]], most: int = MOST_COUNTED) -> dict[str, int]:
    """How many rows each of these has, `most` at most, in one query; the database stops counting there.

    Rows in an order are counted along it: where a scope is asked of another table, this keeps the database from
    joining all before it counts some.
    """
    counts = dict.fromkeys(asked, 0)
    statements, values = [], []
    for key, rows in asked.items():
        try:
            plain = rows if rows.query.order_by else rows.order_by()  # not by the model's own order
            statement, given = plain.values("pk")[:most].query.sql_with_params()
        except EmptyResultSet:
            continue
        statements.append(f"SELECT %s, count(*) FROM ({statement}) AS counted")
        values += [key, *given]
    if statements:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(statements), values)
            counts.update(cursor.fetchall())
    return counts


def main_action(user: Any, state: str) -> workflow.Transition | None:
    """The next thing that a person of this role does with a case in this state; None when there is none."""
    fitting = (one for one in workflow.from_state(state) if one.tone == "main" and not one.part)
    return next((one for one in fitting if allows(user, one.permission)), None)
