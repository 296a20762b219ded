"""Count what changed, and freeze what counted in a period: the only door by which figures are written."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice

import pghistory
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import workflow
from cases.models import Case
from cases.statistics import sql
from cases.statistics.facts import facts_of, stage_rules
from cases.statistics.frozen import formula_now, in_period, limits_now, names_now, sums_now
from cases.statistics.models import CaseFact, Counted, CountedUntil, Evaluation, Stale, Tally
from cases.statistics.periods import DAY, Period
from cases.statistics.querysets import published_of
from citymgmt.people.models import User
from citymgmt.people.permissions import require, require_role
from citymgmt.refusals import Invalid, KeyReused, NotFound, WrongState
from citymgmt.refusals import Stale as SeenStale
from citymgmt.worktime.repeats import scoped_key

BATCH = 500
COUNTING = 7_310_201  # the advisory lock of who counts
_COPIED = ", ".join(field.attname for field in Counted._meta.local_fields)
_COPY = (
    f"INSERT INTO statistics_frozenfact (evaluation_id, case_id, {_COPIED}) SELECT %(evaluation)s, case_id, {_COPIED}"
    f" FROM statistics_casefact WHERE {sql.COUNTING_IN_PERIOD}"
)


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
    hold_the_count()
    until = CountedUntil.objects.get(pk=1)
    ids = _taken_stale() | _fallen_due(until, at)
    if ids:
        recount(ids, max(at, until.as_of))
    return len(ids)


def hold_the_count() -> None:
    """Let nobody else count until the transaction ends."""
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
        hold_the_count()
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


def freeze_evaluation(
    *, by: User, at: datetime, period: Period, note: str = "", request_key: str | None = None
) -> Evaluation:
    """Keep what counts in a period now, with all cases behind it; what changed is counted first. A resend acts once.

    Raises: NotPermitted, Invalid (the period has not ended, or waits to be published), KeyReused.
    """
    require_role(by, "evaluation.freeze")
    _check_ended(period, at)
    catch_up(at=at)
    with transaction.atomic(), pghistory.context(user=by.pk, action="freeze_evaluation"):
        hold_the_count()
        key = scoped_key(by, request_key)
        earlier = Evaluation.objects.filter(request_key=key).first() if key else None
        if earlier is not None:
            if (earlier.period, earlier.note) != (period, note):
                raise KeyReused
            return earlier
        catch_up(at=at)
        _check_none_waits(by, period)
        return _write_evaluation(by, at, period, note, key)


def _check_ended(period: Period, at: datetime) -> None:
    if period.last >= timezone.localdate(at):
        sentence = _("This period has not ended yet. It can be frozen from %(day)s on.")
        raise Invalid(sentence % {"day": period.last + DAY})


def _check_none_waits(by: User, period: Period) -> None:
    waiting = Evaluation.objects.filter(subdistrict=by.subdistrict, starts=period.first, ends=period.last)
    if waiting.filter(published_at=None).exists():
        raise Invalid(_("This period is frozen already. Publish that evaluation or discard it first."))


def _write_evaluation(by: User, at: datetime, period: Period, note: str, key: str | None) -> Evaluation:
    assert by.subdistrict is not None  # whoever may freeze works for one
    sums = sums_now(by.subdistrict.pk, period)
    evaluation = Evaluation.objects.create(
        subdistrict=by.subdistrict,
        starts=period.first,
        ends=period.last,
        note=note,
        frozen_at=max(at, CountedUntil.objects.get(pk=1).as_of),
        frozen_by=by,
        formula=formula_now(),
        limits=limits_now(),
        sums=sums,
        names=names_now(by.subdistrict, sums),
        request_key=key,
    )
    with connection.cursor() as cursor:
        cursor.execute(_COPY, {"evaluation": evaluation.pk, **in_period(by.subdistrict.pk, period)})
    return evaluation


def publish_evaluation(
    *, by: User, at: datetime, pk: int, replaces: int | None = None, request_key: str | None = None
) -> Evaluation:
    """Publish a frozen evaluation for good, in place of the published one of its period (`replaces`), if there is one.

    Raises: NotFound, NotPermitted, WrongState, Stale (another one of the period is published than the person saw),
    KeyReused.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action="publish_evaluation"):
        hold_the_count()  # so that no two of one period are published at once
        evaluation, key = _locked_evaluation(pk), scoped_key(by, request_key)
        require(by, "evaluation.publish", evaluation, on=timezone.localdate(at))
        if evaluation.published_at is not None:
            if key and evaluation.publish_key == key:
                return evaluation
            raise WrongState(_("This evaluation is published already."))
        if key and Evaluation.objects.filter(publish_key=key).exists():
            raise KeyReused
        holding = published_of(evaluation.subdistrict_id, evaluation.period)
        if replaces != (holding.pk if holding else None):
            raise SeenStale(_("Another evaluation of this period was published meanwhile. Look at it first."))
        evaluation.published_at, evaluation.published_by = at, by
        evaluation.replaces, evaluation.publish_key = holding, key
        evaluation.save(update_fields=["published_at", "published_by", "replaces", "publish_key"])
        return evaluation


def discard_evaluation(*, by: User, at: datetime, pk: int) -> None:
    """Throw away a frozen evaluation that is not published. Raises: NotFound, NotPermitted, WrongState."""
    with transaction.atomic(), pghistory.context(user=by.pk, action="discard_evaluation"):
        evaluation = _locked_evaluation(pk)
        require(by, "evaluation.freeze", evaluation, on=timezone.localdate(at))
        if evaluation.published_at is not None:
            raise WrongState(_("This evaluation is published already."))
        evaluation.delete()


def _locked_evaluation(pk: int) -> Evaluation:
    """The frozen evaluation of this id, locked until the transaction ends. Raises: NotFound."""
    rows = Evaluation.objects.filter(pk=pk) if 0 < pk < 2**63 else Evaluation.objects.none()
    found = rows.select_for_update(of=("self",), no_key=True).first()
    if found is None:
        raise NotFound
    return found
