"""Who is told of minutes."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from cases.meetings.minutes.models import Minutes
from cases.meetings.models import MemberUnit
from cases.meetings.notices import keys_of_units
from cases.meetings.telling import tell_behind
from citymgmt.outbox.telling import Rule
from citymgmt.outbox.telling import register as register_words
from citymgmt.people.addressing import Key
from citymgmt.people.models import NoticeGroup

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
    _tell(CHECKED, minutes, {("leaders", minutes.subdistrict_id)}, minutes.checked_by_id, at)


def tell_issued(minutes: Minutes, units: Iterable[MemberUnit], at: datetime) -> None:
    """Tell units and leaders that minutes were issued, within the caller's transaction."""
    keys = keys_of_units(units, at) | {("leaders", minutes.subdistrict_id)}
    _tell(ISSUED, minutes, keys, minutes.issued_by_id, at)


def _tell(kind: str, minutes: Minutes, keys: set[Key], but: int | None, at: datetime) -> None:
    dedupe, link = f"minutes.{minutes.pk}.{minutes.version}", minutes.get_absolute_url()
    tell_behind(keys, kind=kind, dedupe=dedupe, title=minutes.title, link=link, at=at, but=but)
