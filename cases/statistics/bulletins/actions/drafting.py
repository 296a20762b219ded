"""Draft the bulletin of a month, on figures that are frozen for it; throw a draft away."""

from datetime import date, datetime

import pghistory
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.statistics.actions.counting import catch_up
from cases.statistics.actions.evaluations import evaluation_to_rest_on
from cases.statistics.bulletins.actions.locking import hold_office, locked_bulletin
from cases.statistics.bulletins.composing import first_sections
from cases.statistics.bulletins.models import Bulletin
from cases.statistics.bulletins.phrases import Speech
from cases.statistics.bulletins.querysets import draft_of, latest_issued
from cases.statistics.bulletins.snapshots import month_of, take_snapshot
from cases.statistics.models import Evaluation
from cases.statistics.periods import this_month
from citymgmt.people.models import User
from citymgmt.people.permissions import require, require_role
from citymgmt.refusals import Invalid, KeyReused, WrongState
from citymgmt.worktime.repeats import scoped_key

FIRST_YEAR = 2000
ENDING = "办事处"


def draft_bulletin(
    *, by: User, at: datetime, month: date, language: str = Bulletin.Language.CHINESE, request_key: str | None = None
) -> Bulletin:
    """Draft the bulletin of the month of a day, which has ended. It rests on the evaluation of the month that waits to
    be published, else on the published one, else the month is frozen now. A resend acts once.

    Raises: NotPermitted, Invalid (the month has not ended, has a draft, or there is no such language), KeyReused.
    """
    require_role(by, "bulletin.write")
    if month.year < FIRST_YEAR or language not in Bulletin.Language.values:
        raise Invalid(_("There is no bulletin of this month."))
    assert by.subdistrict_id is not None  # whoever may draft works for one
    period = this_month(month)
    catch_up(at=at)
    with transaction.atomic(), pghistory.context(user=by.pk, action="draft_bulletin"):
        office, key = hold_office(by.subdistrict_id), scoped_key(by, request_key)
        earlier = Bulletin.objects.filter(request_key=key).first() if key else None
        if earlier is not None:
            if (earlier.month, earlier.language) != (period.first, language):
                raise KeyReused
            return earlier
        if draft_of(office.pk, period.first) is not None:
            raise Invalid(_("This month has a draft already. Go on with that one, or discard it first."))
        evaluation = evaluation_to_rest_on(by=by, at=at, period=period)
        bulletin = _drafted(evaluation, language, by, at)
        bulletin.request_key = key
        bulletin.save(force_insert=True)
        return bulletin


def _drafted(evaluation: Evaluation, language: str, by: User, at: datetime) -> Bulletin:
    """The draft with its text; issuer and distribution are those of the bulletin issued last."""
    speech, last = Speech(language), latest_issued(evaluation.subdistrict_id)
    bulletin = Bulletin(
        subdistrict_id=evaluation.subdistrict_id,
        evaluation=evaluation,
        month=evaluation.starts,
        language=language,
        title=speech.say("title", month=speech.month(evaluation.starts)),
        snapshot=take_snapshot(evaluation, at),
        drafted_at=at,
        drafted_by=by,
        saved_at=at,
        saved_by=by,
    )
    month = month_of(bulletin)
    bulletin.sections = first_sections(month)
    bulletin.issuer = month.office if month.office.endswith(ENDING) else speech.say("office", name=month.office)
    if last is not None and last.language == language:
        for name in ("issuer", "reports_to", "sends_to", "copies_to"):
            setattr(bulletin, name, getattr(last, name))
    return bulletin


def discard_bulletin(*, by: User, at: datetime, pk: int) -> None:
    """Throw away a draft; the evaluation on which it rests stays. Raises: NotFound, NotPermitted, WrongState."""
    with transaction.atomic(), pghistory.context(user=by.pk, action="discard_bulletin"):
        bulletin = locked_bulletin(pk)
        require(by, "bulletin.write", bulletin, on=timezone.localdate(at))
        if not bulletin.is_draft:
            raise WrongState(_("This bulletin is issued already."))
        bulletin.jobs.all().delete()
        bulletin.delete()
