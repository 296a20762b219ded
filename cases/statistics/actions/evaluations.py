"""Freeze what counted in a period, publish it, or throw it away: the only door by which evaluations are written."""

from datetime import date, datetime

import pghistory
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.statistics import sql
from cases.statistics.actions.counting import catch_up, hold_the_count
from cases.statistics.frozen import formula_now, in_period, limits_now, names_now, sums_now
from cases.statistics.models import Counted, CountedUntil, Evaluation
from cases.statistics.periods import DAY, Period
from cases.statistics.querysets import counting_anew, published_of
from citymgmt.people.models import User
from citymgmt.people.permissions import require, require_role
from citymgmt.refusals import Invalid, KeyReused, NotFound, Stale, WrongState
from citymgmt.worktime.repeats import scoped_key

_COPIED = ", ".join(field.attname for field in Counted._meta.local_fields)
_COPY = (
    f"INSERT INTO statistics_frozenfact (evaluation_id, case_id, {_COPIED}) SELECT %(evaluation)s, case_id, {_COPIED}"
    f" FROM statistics_casefact WHERE {sql.COUNTING_IN_PERIOD}"
)


def freeze_evaluation(
    *, by: User, at: datetime, period: Period, note: str = "", request_key: str | None = None
) -> Evaluation:
    """Keep what counts in a period now, with all cases behind it; what changed is counted first. A resend acts once.

    Raises: NotPermitted, Invalid (the period has not ended, or waits to be published, or rules changed and not all is
    counted anew by them), KeyReused.
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
        evaluation = _write_evaluation(by, at, period, note, key)
        _check_one_set_of_rules()  # last: a change that commits meanwhile is either seen here, or not in what was read
        return evaluation


def evaluation_to_rest_on(*, by: User, at: datetime, period: Period) -> Evaluation:
    """The evaluation of a period on which a paper rests: that which waits to be published, else the published one that
    holds, else the period is frozen now. It is locked, within the caller's transaction, which has permitted it.

    Raises: Invalid (the period has not ended).
    """
    _check_ended(period, at)
    hold_the_count()
    catch_up(at=at)
    of_period = Evaluation.objects.filter(subdistrict=by.subdistrict, starts=period.first, ends=period.last)
    waiting = of_period.filter(published_at=None).select_for_update(of=("self",), no_key=True).first()
    if waiting is not None:  # and nobody discards it any more
        return waiting
    holding = published_of(by.subdistrict_id or 0, period)
    return _write_evaluation(by, at, period, "", None) if holding is None else _locked_evaluation(holding.pk)


def _check_ended(period: Period, at: datetime) -> None:
    if period.last >= timezone.localdate(at):
        sentence = _("This period has not ended yet. It can be frozen from %(day)s on.")
        raise Invalid(sentence % {"day": min(period.last, date.max - DAY) + DAY})


def _check_none_waits(by: User, period: Period) -> None:
    waiting = Evaluation.objects.filter(subdistrict=by.subdistrict, starts=period.first, ends=period.last)
    if waiting.filter(published_at=None).exists():
        raise Invalid(_("This period is frozen already. Publish that evaluation or discard it first."))


def _check_one_set_of_rules() -> None:
    if counting_anew() is not None:
        raise Invalid(
            _("The rules changed, and figures are still being counted anew. Freeze the period once that is done.")
        )


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
            raise Stale(_("Another evaluation of this period was published meanwhile. Look at it first."))
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
        if evaluation.bulletins.exists():
            raise WrongState(_("A monthly bulletin rests on this evaluation. Discard that draft first."))
        evaluation.delete()


def _locked_evaluation(pk: int) -> Evaluation:
    """The frozen evaluation of this id, locked until the transaction ends. Raises: NotFound."""
    rows = Evaluation.objects.filter(pk=pk) if 0 < pk < 2**63 else Evaluation.objects.none()
    found = rows.select_for_update(of=("self",), no_key=True).first()
    if found is None:
        raise NotFound
    return found
