"""Who reported a case: kept apart, looked at with a reason, erased when asked for or when it is no longer needed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import models, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.frame import once_beside, record_beside
from cases.masking import covered
from cases.models import Case, CaseEvent, Reporter, ReporterLook
from cases.models.reporter import LONGEST_REASON
from cases.querysets import locked_cases
from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.refusals import Invalid, NotFound, WrongState
from citymgmt.written import faults_of

BATCH = 200
ERASED = {"name": "", "phone": "", "email": ""}
# Where residents' words stand: a model, its way to the case, the texts. Rooms above add theirs when the app is ready.
told_in: list[tuple[type[models.Model], str, Sequence[str]]] = [(Case, "pk", ("description", "address"))]


def look_at_reporter(*, number: str, by: User, at: datetime, purpose: str, reason: str = "") -> Reporter:
    """Who reported a case, unmasked; that and why `by` looked is written first.

    Raises: NotFound (also when nobody is known), NotPermitted, Invalid.
    """
    purpose, reason = checked_purpose(purpose, reason)
    with transaction.atomic():
        case = locked_cases(number)[number]
        require(by, "reporter.reveal", case, on=timezone.localdate(at))
        reporter = Reporter.objects.filter(case=case, erased_at=None).first()
        if reporter is None:
            raise NotFound
        ReporterLook.objects.create(case=case, by=by, at=at, purpose=purpose, reason=reason)
        return reporter


def checked_purpose(purpose: str, reason: str) -> tuple[str, str]:
    """Why somebody looks at personal data, as it is kept. Raises: Invalid."""
    fields: dict[str, Any] = {}
    if purpose not in ReporterLook.Purpose.values:
        fields["purpose"] = _("Say what you need it for.")
    faults = faults_of(reason.strip(), LONGEST_REASON, is_needed=purpose == ReporterLook.Purpose.OTHER)
    if faults:
        fields["reason"] = faults
    if fields:
        raise Invalid(fields=fields)
    return purpose, reason.strip()


def erase_reporter(
    *, number: str, by: User | None, at: datetime, note: str = "", request_key: str | None = None
) -> CaseEvent:
    """Erase who reported a case, because the person asks for it; `by` None is the person. A resend acts once.

    Raises: NotFound, NotPermitted, WrongState (nothing is kept), KeyReused.
    """

    def erase(case: Case, digest: str) -> CaseEvent:
        require(by, "reporter.erase", case, on=timezone.localdate(at))
        if not _erase(Reporter.objects.filter(case=case), at):
            raise WrongState(_("Nothing is kept of who reported this case."))
        return record_beside(case, "erase_reporter", by=by, at=at, note=note, key=request_key, digest=digest)

    return once_beside("erase_reporter", number, erase, by=by, request_key=request_key, asked={"note": note})


def _erase(reporters: QuerySet[Reporter], at: datetime) -> int:
    """Erase them, and what the words around their cases, which the caller holds, tell of them; returns how many."""
    names = dict(reporters.filter(erased_at=None).values_list("case_id", "name"))
    for model, path, texts in told_in:
        cover_words(model, path, texts, names)
    return reporters.filter(case__in=names).update(**ERASED, erased_at=at)


def cover_words(model: type[models.Model], path: str, texts: Sequence[str], names: Mapping[int, str]) -> None:
    """Cover in these texts what tells who somebody is; `names` by the id of what each row is about, on its `path`."""
    changed = []
    for row in model._default_manager.filter(**{f"{path}__in": names}).annotate(about=F(path)).order_by("pk"):
        before = [getattr(row, text) for text in texts]
        after = [covered(text, [names[row.about]]) for text in before]
        if before != after:
            changed.append(row)
            for text, told in zip(texts, after, strict=True):
                setattr(row, text, told)
    if changed:
        model._default_manager.bulk_update(changed, texts)


def old_reporters(at: datetime) -> QuerySet[Reporter]:
    """Those of cases that ended more than PERSONAL_DATA_MONTHS ago."""
    before = at - relativedelta(months=settings.PERSONAL_DATA_MONTHS)
    return Reporter.objects.filter(erased_at=None, case__closed_at__lt=before)


def forget_reporters(*, at: datetime) -> int:
    """Erase who reported cases that ended long ago; returns how many. One that is opened again meanwhile keeps its."""
    return sum(_forget_batches(at))


def _forget_batches(at: datetime) -> Iterator[int]:
    while batch := list(old_reporters(at).order_by("case_id").values_list("case_id", flat=True)[:BATCH]):
        with transaction.atomic():
            ended = Case.objects.filter(pk__in=batch, closed_at__isnull=False).order_by("pk")
            locked = list(ended.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
            yield _erase(Reporter.objects.filter(case__in=locked), at)
