"""Count what changed: the only door by which facts and tallies are written."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice

from django.db import connection, transaction
from django.db.models import Q

from cases import workflow
from cases.models import Case
from cases.statistics import sql
from cases.statistics.facts import facts_of, stage_rules
from cases.statistics.models import CaseFact, CountedUntil, Stale, Tally

BATCH = 500
COUNTING = 7_310_201  # the advisory lock of who counts


def catch_up(*, at: datetime, most: int | None = None) -> int:
    """Count anew the cases that changed, and those whose deadline has passed, until `at`; returns how many.

    With `most`, about so many at most: the rest is left to whoever comes next. Work grows with what changed.
    """
    done = 0
    while (most is None or done < most) and _something_waits(at):
        done += _count_some(at)
    return done


def _something_waits(at: datetime) -> bool:
    """Whether a case changed, or a deadline passed, since it was counted last."""
    with connection.cursor() as cursor:
        cursor.execute(sql.WAITS, {"at": at, "running": sorted(workflow.RUNNING)})
        return bool(cursor.fetchone()[0])


@transaction.atomic
def _count_some(at: datetime) -> int:
    """Count some of what waits, and note up to when; what another counted meanwhile waits no more."""
    _hold_the_count()
    until = CountedUntil.objects.get(pk=1)
    ids = _taken_stale() | _fallen_due(until, at)
    if ids:
        recount(ids, max(at, until.as_of))
    return len(ids)


def _hold_the_count() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [COUNTING])


def _taken_stale() -> set[int]:
    """The cases named as changed, BATCH at most, which are named no more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM statistics_stale WHERE id IN (SELECT id FROM statistics_stale ORDER BY id LIMIT %s)"
            " RETURNING case_id",
            [BATCH],
        )
        return {pk for (pk,) in cursor.fetchall()}


def _fallen_due(until: CountedUntil, at: datetime) -> set[int]:
    """The cases whose deadline passed since it was looked last, BATCH at most, in the order in which they fell due."""
    if until.as_of >= at:
        return set()
    later = Q(due_at__gt=until.as_of) | Q(due_at=until.as_of, pk__gt=until.case_id)
    late = Case.objects.filter(later, state__in=workflow.RUNNING, due_at__gte=until.as_of, due_at__lt=at)  # see WAITS
    found = list(late.order_by("due_at", "pk").values_list("due_at", "pk")[:BATCH])
    until.as_of, until.case_id = (at, 0) if len(found) < BATCH else found[-1]
    until.save(update_fields=["as_of", "case_id"])
    return {pk for _due_at, pk in found}


def recount(ids: Iterable[int], at: datetime) -> None:
    """Make the facts of these cases anew, and change the tallies by what they count more or less."""
    wanted = sorted(ids)
    cases = list(Case.objects.filter(pk__in=wanted).order_by("pk"))
    facts = facts_of(cases, at, stage_rules())
    with connection.cursor() as cursor:
        cursor.execute(sql.add_statement("-"), [wanted])
        CaseFact.objects.filter(pk__in=wanted).delete()
        CaseFact.objects.bulk_create(facts)
        cursor.execute(sql.add_statement("+"), [wanted])


def rebuild(*, at: datetime, progress: Callable[[int], object] = lambda count: None) -> int:
    """Make all facts and tallies anew; returns how many cases were counted. Changes meanwhile are counted next time."""
    done = 0
    with transaction.atomic():
        _hold_the_count()
        CaseFact.objects.all().delete()
        Stale.objects.all().delete()
        rules = stage_rules()
        for cases in _all_cases():
            CaseFact.objects.bulk_create(facts_of(cases, at, rules))
            done += len(cases)
            progress(len(cases))
        fill_tallies()
        CountedUntil.objects.filter(pk=1).update(as_of=at, case_id=0)
    return done


def _all_cases() -> Iterator[list[Case]]:
    rows = Case.objects.order_by("pk").iterator(chunk_size=BATCH)
    while some := list(islice(rows, BATCH)):
        yield some


def fill_tallies() -> None:
    """Sum all facts into the tallies anew."""
    Tally.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(sql.FILL_TALLIES)
