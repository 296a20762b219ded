"""Who is told of circulars."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.meetings.circulars.models import Circular
from cases.meetings.models import MemberUnit
from cases.meetings.readers import Reader, all_readers, people_of
from cases.meetings.telling import tell_readers
from citymgmt.outbox.telling import Rule
from citymgmt.outbox.telling import register as register_words
from citymgmt.people.models import NoticeGroup

SUBMITTED, SENT_BACK = "circular_submit", "circular_send_back"
ISSUED, REMINDED = "circular_issue", "circular_remind"
TABLE: Mapping[str, Rule] = {
    SUBMITTED: Rule(("leaders",), _("Circular “%(title)s” waits to be issued")),
    SENT_BACK: Rule(("writers",), _("Circular “%(title)s” was sent back"), group=NoticeGroup.ANSWERS),
    ISSUED: Rule(("units",), _("Circular “%(title)s” was issued: confirm the receipt")),
    REMINDED: Rule(("units",), _("Reminder: confirm the receipt of circular “%(title)s”"), group=NoticeGroup.DEADLINES),
}


def register() -> None:
    """Give the outbox the wording, when the app is ready."""
    register_words(TABLE)


def tell_submitted(circular: Circular, at: datetime) -> None:
    """Tell the leaders that a circular waits to be issued, within the caller's transaction."""
    leaders = people_of([("leaders", circular.subdistrict_id)])
    _tell(SUBMITTED, circular, str(circular.version), leaders, circular.submitted_by_id, at)


def tell_sent_back(circular: Circular, writers: Iterable[int], by: int, at: datetime) -> None:
    """Tell those who wrote it (ids of people) that a circular was sent back, within the caller's transaction."""
    _tell(SENT_BACK, circular, str(circular.version), people_of(("user", pk) for pk in writers), by, at)


def tell_issued(circular: Circular, units: Iterable[MemberUnit], at: datetime) -> None:
    """Tell the units that a circular was issued, within the caller's transaction."""
    _tell(ISSUED, circular, str(circular.version), all_readers(units, at), circular.issued_by_id, at)


def tell_reminded(circular: Circular, units: Iterable[MemberUnit], by: int, at: datetime) -> None:
    """Remind these units, each reader at most once a day, within the caller's transaction."""
    _tell(REMINDED, circular, f"remind.{timezone.localdate(at)}", all_readers(units, at), by, at)


def _tell(kind: str, circular: Circular, once: str, readers: Iterable[Reader], but: int | None, at: datetime) -> None:
    dedupe, link = f"circular.{circular.pk}.{once}", circular.get_absolute_url()
    tell_readers(readers, kind=kind, dedupe=dedupe, title=circular.title, link=link, at=at, but=but)
