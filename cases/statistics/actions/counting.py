"""Count what changed: the only door by which facts and tallies are written."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import islice

from django.core.serializers.json import DjangoJSONEncoder
from django.db import OperationalError, connection, transaction
from django.db.models import Q, QuerySet
from psycopg2.errors import LockNotAvailable

from cases import workflow
from cases.models import Case
from cases.statistics import sql
from cases.statistics.actions.placing import note_places, renew_places
from cases.statistics.facts import NEEDED, disorders_of, facts_of, stage_rules
from cases.statistics.measures import MEASURES, STANDING
from cases.statistics.models import CaseFact, CountedUntil, CountingAnew, Place, RulesChanged, Stale, Tally
from cases.statistics.querysets import Anew

BATCH = 500
COUNTING = 7_310_201  # the advisory lock of who counts
PATIENCE_MS = 2000  # of pages and tasks, which come again; a rebuilding holds the lock for minutes
AS_LONG_AS_IT_TAKES = 0
MOMENT = timedelta(microseconds=1)  # the least by which moments differ in the database
SORTING_MEMORY = "256MB"  # for the sums of all facts


def catch_up(*, at: datetime, most: int | None = None, patience_ms: int = PATIENCE_MS) -> int:
    """Count anew the cases that changed, and those whose deadline has passed, until `at`; returns how many.

    With `most`, about so many at most: the rest is left to whoever comes next, as is everything when somebody else
    counts for longer than `patience_ms`. Work grows with what changed.
    """
    return catch_up_and_look(at=at, most=most, patience_ms=patience_ms)[0]


def catch_up_and_look(
    *, at: datetime, most: int | None = None, patience_ms: int = PATIENCE_MS
) -> tuple[int, Anew | None]:
    """The same; returns also how far the counting by changed rules has come, without a further query."""
    done, anew = 0, None
    with giving_way():
        while True:
            waits, anew = _look(at)
            if not waits or (most is not None and done >= most):
                break
            done += _count_some(at, patience_ms)
    return done, anew


@contextmanager
def giving_way() -> Iterator[None]:
    """What is done within ends without an error when somebody else counts for too long."""
    try:
        yield
    except OperationalError as error:
        if not isinstance(error.__cause__, LockNotAvailable):
            raise


def _look(at: datetime) -> tuple[bool, Anew | None]:
    """Whether a case changed, or a deadline passed, since it was counted last; and what is counted by changed rules."""
    with connection.cursor() as cursor:
        cursor.execute(sql.WAITS, {"at": at})
        waits, *anew = cursor.fetchone()
    return bool(waits), Anew.of(*anew)


@transaction.atomic
def _count_some(at: datetime, patience_ms: int) -> int:
    """Count some of what waits, and note up to when; what another counted meanwhile waits no more."""
    hold_the_count(patience_ms)
    until = CountedUntil.objects.get(pk=1)
    ids = _taken_stale() | _fallen_due(until, at)
    if ids:
        recount(ids, judged_at(until, at))
    return len(ids)


def judged_at(until: CountedUntil, at: datetime) -> datetime:
    """The moment by which cases are judged: never before those that fell due and are counted as late already.

    Of a moment at which more fell due than fit in a batch, some are: for them it has passed.
    """
    passed = until.as_of + MOMENT if until.case_id else until.as_of
    return max(at, passed)


def hold_the_count(patience_ms: int = PATIENCE_MS) -> None:
    """Let nobody else count until the transaction ends. Raises: OperationalError when somebody does for too long."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{patience_ms}ms"])
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
    found = list(late.order_by("due_at", "pk").values_list("due_at", "pk")[: BATCH + 1])  # one more: are these all?
    last_due, last = found[BATCH - 1] if len(found) > BATCH else (at, 0)
    CountedUntil.objects.filter(pk=until.pk).update(as_of=last_due, case_id=last)
    return {pk for _due_at, pk in found[:BATCH]}


def recount(ids: Iterable[int], at: datetime) -> None:
    """Make the facts of these cases anew, and change the tallies by what they count more or less.

    A case that counts as before writes nothing; one that is not there any more counts nothing.
    """
    wanted = sorted(ids)
    cases = list(_cases().filter(pk__in=wanted))
    note_places(cases, wanted, disorders_of(cases))
    kept = CaseFact.objects.in_bulk(wanted)
    facts = {fact.pk: fact for fact in facts_of(cases, at, stage_rules())}
    changed = [pk for pk in kept.keys() | facts.keys() if _values(kept.get(pk)) != _values(facts.get(pk))]
    if changed:
        _write([(kept.get(pk), facts.get(pk)) for pk in changed])


Change = tuple[CaseFact | None, CaseFact | None]  # what a case counted as, and what it counts as now


def _write(changes: Sequence[Change]) -> None:
    """Change facts, and tallies by the measures in which something counts otherwise."""
    codes = [code for code in MEASURES if any(_counts(was, code) != _counts(now, code) for was, now in changes)]
    ids = [fact.pk for fact in (was or now for was, now in changes) if fact]
    given = _as_json([now for _was, now in changes if now])
    with connection.cursor() as cursor:
        cursor.execute(sql.change_statement(codes or list(MEASURES)), {"ids": ids, "facts": given})


def _counts(fact: CaseFact | None, code: str) -> tuple[object, ...]:
    """Where, when and how much a fact counts in a measure; empty when it does not."""
    if fact is None or code not in fact.measures:
        return ()
    cohort = MEASURES[code].cohort
    day = None if cohort == STANDING else getattr(fact, f"{cohort}_on")
    amount = getattr(fact, code) if code in sql.AMOUNTS else 1
    return (*(getattr(fact, name) for name in sql.PLACES), day, amount)


def _cases() -> QuerySet[Case]:
    return Case.objects.only(*NEEDED).order_by("pk")


def _values(fact: CaseFact | None) -> list[object] | None:
    return None if fact is None else [getattr(fact, name) for name in sql.FACT_COLUMNS]


def _as_json(facts: Sequence[CaseFact]) -> str:
    rows = [{name: getattr(fact, name) for name in sql.FACT_COLUMNS} for fact in facts]
    return json.dumps(rows, cls=DjangoJSONEncoder)


def rebuild(*, at: datetime, progress: Callable[[int], object] = lambda count: None) -> int:
    """Make all facts and tallies anew; returns how many cases were counted. Changes meanwhile are counted next time."""
    done = 0
    with transaction.atomic():
        hold_the_count(AS_LONG_AS_IT_TAKES)
        for model in (CaseFact, Place, Stale, RulesChanged, CountingAnew):  # before the rules are read
            model._default_manager.all().delete()
        for cases in _all_cases():  # all places first: whether one recurred depends on the later ones
            renew_places(cases, disorders_of(cases))
        rules = stage_rules()
        for cases in _all_cases():
            _add_facts(facts_of(cases, at, rules))
            done += len(cases)
            progress(len(cases))
        fill_tallies()
        CountedUntil.objects.filter(pk=1).update(as_of=at, case_id=0)
    return done


def _all_cases() -> Iterator[list[Case]]:
    rows = _cases().iterator(chunk_size=BATCH)
    while some := list(islice(rows, BATCH)):
        yield some


def _add_facts(facts: Sequence[CaseFact]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.ADD_FACTS, {"facts": _as_json(facts)})


@transaction.atomic
def fill_tallies() -> None:
    """Sum all facts into the tallies anew."""
    hold_the_count(AS_LONG_AS_IT_TAKES)
    Tally.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('work_mem', %s, true)", [SORTING_MEMORY])
        cursor.execute(sql.FILL_TALLIES)
