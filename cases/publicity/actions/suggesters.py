"""Who made a suggestion: looked at with a reason, erased when asked for or when it is no longer needed; as reporters of
cases are.
"""

from datetime import datetime

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.reporters import checked_purpose, cover_words
from cases.publicity.actions.frame import SUGGESTIONS
from cases.publicity.lifecycle import ERASE, REVEAL, SUGGESTION
from cases.publicity.models import Suggester, SuggesterLook, Suggestion, SuggestionEvent
from cases.publicity.querysets import locked_suggestion
from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.refusals import NotFound, WrongState
from citymgmt.worktime import acting
from citymgmt.worktime.acting import Asked

BATCH = 200


@transaction.atomic
def look_at_suggester(*, pk: int, by: User, at: datetime, purpose: str, reason: str = "") -> Suggester:
    """Who made a suggestion, unmasked; that and why `by` looked is written first.

    Raises: NotFound (also when nobody is known), NotPermitted, Invalid.
    """
    purpose, reason = checked_purpose(purpose, reason)
    row = locked_suggestion(pk)
    require(by, REVEAL, row, on=timezone.localdate(at))
    suggester = Suggester.objects.filter(suggestion=row, erased_at=None).first()
    if suggester is None:
        raise NotFound
    SuggesterLook.objects.create(suggestion=row, by=by, at=at, purpose=purpose, reason=reason)
    return suggester


def erase_suggester(
    *, pk: int, by: User, at: datetime, note: str = "", request_key: str | None = None
) -> SuggestionEvent:
    """Erase who made a suggestion, because the person asks for it. A resend acts once.

    Raises: NotFound, NotPermitted, WrongState (nothing is kept), KeyReused.
    """

    def check(row: Suggestion) -> None:
        if not Suggester.objects.filter(suggestion=row, erased_at=None).exists():
            raise WrongState(_("Nothing is kept of who made this suggestion."))

    return acting.act(
        SUGGESTIONS.kind,
        Asked(SUGGESTION.kind("erase"), pk, by, at, ERASE, {"note": note}, request_key),
        lambda journal, row, moment: {"note": note.strip()},
        check=check,
        then=lambda event: _erase(Suggester.objects.filter(suggestion=pk), at),
    )


def _erase(suggesters: QuerySet[Suggester], at: datetime) -> None:
    """Erase them, and what the words of their suggestions, which the caller holds, tell of them."""
    names = dict(suggesters.filter(erased_at=None).values_list("suggestion_id", "name"))
    cover_words(Suggestion, "pk", ("text",), names)
    suggesters.filter(suggestion__in=names).update(name="", phone="", erased_at=at)


def forget_suggesters(*, at: datetime) -> int:
    """Erase who made suggestions that ended more than PERSONAL_DATA_MONTHS ago; returns how many."""
    before = timezone.localdate(at - relativedelta(months=settings.PERSONAL_DATA_MONTHS))
    old, count = Suggester.objects.filter(erased_at=None, suggestion__ended_on__lt=before), 0
    while batch := list(old.order_by("suggestion_id").values_list("suggestion_id", flat=True)[:BATCH]):
        with transaction.atomic():
            rows = Suggestion.objects.filter(pk__in=batch).order_by("pk")
            locked = list(rows.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
            _erase(Suggester.objects.filter(suggestion__in=locked), at)
        count += len(batch)
    return count
