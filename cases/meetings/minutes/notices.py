"""Who is told of minutes."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from cases.meetings.minutes.models import Minutes
from cases.meetings.models import MemberUnit
from cases.meetings.readers import Reader, all_readers, people_of
from cases.meetings.telling import tell_readers
from citymgmt.outbox.telling import Rule
from citymgmt.outbox.telling import register as register_words
from citymgmt.people.models import NoticeGroup, User

CHECKED, ISSUED = "minutes_check", "minutes_issue"
TABLE: Mapping[str, Rule] = {
    CHECKED: Rule(("leaders",), _("%(title)s: waits for your signature")),
    ISSUED: Rule(("units", "leaders"), _("%(title)s was issued: confirm the receipt"), group=NoticeGroup.ANSWERS),
}


def register() -> None:
    """Give the outbox the wording, when the app is ready."""
    register_words(TABLE)


def tell_checked(minutes: Minutes, at: datetime) -> None:
    """Tell the leaders that minutes wait to be signed, within the caller's transaction."""
    _tell(CHECKED, minutes, _leaders(minutes), minutes.checked_by_id, at)


def tell_issued(minutes: Minutes, units: Iterable[MemberUnit], at: datetime) -> None:
    """Tell units and leaders that minutes were issued, within the caller's transaction."""
    _tell(ISSUED, minutes, [*all_readers(units, at), *_leaders(minutes)], minutes.issued_by_id, at)


def _leaders(minutes: Minutes) -> list[User]:
    return people_of([("leaders", minutes.subdistrict_id)])


def _tell(kind: str, minutes: Minutes, readers: Iterable[Reader], but: int | None, at: datetime) -> None:
    dedupe, link = f"minutes.{minutes.pk}.{minutes.version}", minutes.get_absolute_url()
    tell_readers(readers, kind=kind, dedupe=dedupe, title=minutes.title, link=link, at=at, but=but)
