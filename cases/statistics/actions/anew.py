"""Count cases anew whose facts depend on rules that changed: by the worker, a batch at a time, going on where it ended.

Of the rules a fact depends on these: the limits of stages and the office hours, on which every case does, and days of
the calendar, on which the cases do that were open on them. On nothing else: a deadline is the case's own, and where a
change of the calendar gives it another (`cases.actions` of late calendars) the case itself changes; ladders and years
say when something happens, not how it counts; scores are reckoned from sums when a page asks. A category that moves to
another disorder names its cases itself. Triggers note a change in its own transaction (`sql.RULE_TRIGGERS`).

Whoever counts holds the lock of the counting and reads the rules under it. So a fact that was judged by old rules was
written before the change was taken up, and the walk over the ids, which begins after that, comes by it. Each batch is
committed with how far it came. A frozen evaluation keeps its own facts and is not touched.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import connection, transaction
from django.db.models import Max, Q

from cases.models import Case
from cases.statistics.actions.counting import BATCH, PATIENCE_MS, giving_way, hold_the_count, judged_at, recount
from cases.statistics.models import CountedUntil, CountingAnew
from citymgmt.worktime.clock import SHANGHAI

LOOKED_AT = 10 * BATCH  # cases of a batch, of which BATCH at most are counted
Days = tuple[date | None, date | None]  # those that changed rules touch; without an end: every case


def count_some_anew(*, at: datetime, patience_ms: int = PATIENCE_MS) -> bool:
    """Count the next batch of what depends on changed rules; returns whether it did, and there may be another.

    A change meanwhile begins it once more, for both. Nothing is done when somebody else counts for longer than
    `patience_ms`. A case that counts as before writes nothing. Memory and work of a batch do not grow with the cases.
    """
    with giving_way(), transaction.atomic():
        hold_the_count(patience_ms)
        walk = _walk(at)
        return walk is not None and _go_on(walk, at)
    return False


def _walk(at: datetime) -> CountingAnew | None:
    """Where the counting stands, at its beginning when rules changed since; None when there is nothing to do."""
    under_way = CountingAnew.objects.first()
    changes = _taken_changes()
    if not changes:
        return under_way
    if under_way is not None:
        changes.append((under_way.first_on, under_way.last_on))
    first_on, last_on = _days_of(changes)
    total, last = Case.objects.count(), Case.objects.aggregate(last=Max("pk"))["last"] or 0
    walk = CountingAnew(pk=1, first_on=first_on, last_on=last_on, last=last, total=total, moved_at=at)
    walk.save()
    return walk


def _taken_changes() -> list[Days]:
    """The days that noted changes touch, which are noted no more."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM statistics_ruleschanged RETURNING first_on, last_on")
        return list(cursor.fetchall())


def _days_of(changes: Iterable[Days]) -> Days:
    """The days from the first to the last that any touches; without an end when one touches every case."""
    firsts, lasts = zip(*changes, strict=True)
    return (None if None in firsts else min(firsts)), (None if None in lasts else max(lasts))


def _go_on(walk: CountingAnew, at: datetime) -> bool:
    """Count the next batch, and note how far it came; returns whether it is not the last."""
    rows = Case.objects.filter(pk__gt=walk.after, pk__lte=walk.last).order_by("pk")
    looked = list(rows.values_list("pk", flat=True)[:LOOKED_AT])
    if not looked:
        walk.delete()
        return False
    within = rows.filter(_touched(walk.first_on, walk.last_on), pk__lte=looked[-1])
    wanted = list(within.values_list("pk", flat=True)[:BATCH])
    if len(wanted) == BATCH:
        looked = [pk for pk in looked if pk <= wanted[-1]]
    recount(wanted, judged_at(CountedUntil.objects.get(pk=1), at))
    walk.after, walk.done, walk.moved_at = looked[-1], walk.done + len(looked), at
    walk.save()
    return True


def _touched(first_on: date | None, last_on: date | None) -> Q:
    """The cases of whose life some lies on these days; after its end no office time of a case is measured."""
    found = Q()
    if last_on is not None:
        end = datetime.combine(last_on + timedelta(days=1), time(), SHANGHAI)
        found &= Q(created_at__lt=end)
    if first_on is not None:
        found &= Q(closed_at=None) | Q(closed_at__gte=datetime.combine(first_on, time(), SHANGHAI))
    return found
