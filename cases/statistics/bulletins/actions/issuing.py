"""Issue a bulletin: it gets its number, its figures are published, and nobody changes it any more."""

from datetime import datetime

import pghistory
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.statistics.actions.evaluations import publish_evaluation
from cases.statistics.bulletins.actions.locking import check_version, hold_office, locked_bulletin
from cases.statistics.bulletins.models import Bulletin
from cases.statistics.bulletins.notices import tell_issued
from cases.statistics.bulletins.querysets import issued_of, next_number
from cases.statistics.models import Evaluation
from cases.statistics.querysets import published_of
from citymgmt.jobs import Job
from citymgmt.paperwork.actions import begin_files
from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.refusals import KeyReused, NotFound, Stale, WrongState
from citymgmt.worktime.repeats import scoped_key


def issue_bulletin(
    *, by: User, at: datetime, pk: int, version: int, replaces: int | None = None, request_key: str | None = None
) -> Bulletin:
    """Issue the text that the person saw, in place of the issued one of its month (`replaces`), if there is one; its
    evaluation is published if it waits. It gets the next number of the year in which it is issued. A resend acts once.

    Raises: NotFound, NotPermitted, WrongState, Stale (another text, or another one is issued than the person saw),
    KeyReused.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action="issue_bulletin"):
        hold_office(_office_of(pk))
        bulletin, key = locked_bulletin(pk), scoped_key(by, request_key)
        require(by, "bulletin.issue", bulletin, on=timezone.localdate(at))
        if not bulletin.is_draft:
            if key and bulletin.issue_key == key:
                return bulletin
            raise WrongState(_("This bulletin is issued already."))
        if key and Bulletin.objects.filter(issue_key=key).exists():
            raise KeyReused
        check_version(bulletin, version)
        holding = issued_of(bulletin.subdistrict_id, bulletin.month)
        if replaces != (holding.pk if holding else None):
            raise Stale(_("Another bulletin of this month was issued meanwhile. Look at it first."))
        _publish(bulletin.evaluation_id, by, at)
        bulletin.replaces, bulletin.issue_key = holding, key
        return _issued(bulletin, by, at)


def _office_of(pk: int) -> int:
    rows = Bulletin.objects.filter(pk=pk) if 0 < pk < 2**63 else Bulletin.objects.none()
    found = rows.values_list("subdistrict_id", flat=True).first()
    if found is None:
        raise NotFound
    return found


def _publish(evaluation_id: int, by: User, at: datetime) -> None:
    """Publish the evaluation unless it is published; refuse one that was replaced since. Raises: WrongState."""
    evaluation = Evaluation.objects.select_related("replaced_by").get(pk=evaluation_id)
    if getattr(evaluation, "replaced_by", None) is not None:
        told = _("The evaluation of this month was replaced meanwhile. Discard this draft and draft it anew.")
        raise WrongState(told)
    if evaluation.published_at is None:
        holding = published_of(evaluation.subdistrict_id, evaluation.period)
        publish_evaluation(by=by, at=at, pk=evaluation.pk, replaces=holding.pk if holding else None)


def _issued(bulletin: Bulletin, by: User, at: datetime) -> Bulletin:
    bulletin.issued_at, bulletin.issued_by = at, by
    bulletin.year = timezone.localdate(at).year
    bulletin.number = next_number(bulletin.subdistrict_id, bulletin.year)
    bulletin.version += 1
    bulletin.jobs.filter(state=Job.State.WAITING).delete()  # before the row changes, as when a text is saved
    columns = ("issued_at", "issued_by", "year", "number", "version", "replaces", "issue_key")
    bulletin.save(update_fields=list(columns))
    begin_files(bulletin, at)
    tell_issued(bulletin, at)
    return bulletin
