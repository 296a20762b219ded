"""What a meeting resolves, in words, and what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.meetings.models import AgendaItem, Meeting
from cases.meetings.models.resolution import LONGEST_LIMIT_DAYS
from cases.meetings.querysets import units_of
from citymgmt.refusals import Invalid
from citymgmt.written import faults_of, in_lines
from communities.models import KeyPlace

LONGEST_TEXT, LONGEST_PLACE = 2000, 200  # characters


@dataclass(frozen=True)
class Wording:
    """What a meeting resolves: `lead` and `supporting` are ids of member units; either `limit_days` or `due_on`."""

    text: str
    lead: int
    supporting: Sequence[int] = ()
    limit_days: int | None = None
    due_on: date | None = None
    item: int | None = None
    key_place_id: int | None = None
    place: str = ""

    @property
    def plain(self) -> dict[str, Any]:
        """For telling a resend from another request."""
        return {**self.__dict__, "supporting": sorted(self.supporting)}


def checked_columns(wording: Wording, meeting: Meeting, at: datetime) -> dict[str, Any]:
    """The columns of a wording for a meeting of its office. Raises: Invalid."""
    text, place = in_lines(wording.text), wording.place.strip()
    told = {
        "text": faults_of(text, LONGEST_TEXT, is_needed=True, is_one_line=False),
        "place": faults_of(place, LONGEST_PLACE),
    }
    wrong: dict[str, Any] = {name: faults for name, faults in told.items() if faults}
    wrong.update(_wrong_limit(wording, at))
    wrong.update(_wrong_units(wording, meeting))
    if wording.item is not None and not AgendaItem.objects.filter(meeting=meeting, pk=wording.item).exists():
        wrong["item"] = _("This is no item of the meeting.")
    if not _is_place_of(meeting, wording.key_place_id):
        wrong["key_place"] = _("Choose one of the key places of the office.")
    if wrong:
        raise Invalid(fields=wrong)
    return {
        "text": text,
        "lead_id": wording.lead,
        "supporting": sorted({pk for pk in wording.supporting if pk != wording.lead}),
        "limit_days": wording.limit_days,
        "due_on": wording.due_on,
        "item_id": wording.item,
        "key_place_id": wording.key_place_id,
        "place": place,
    }


def _is_place_of(meeting: Meeting, pk: int | None) -> bool:
    places = KeyPlace.objects.filter(community__subdistrict=meeting.subdistrict_id)
    return pk is None or places.filter(pk=pk).exists()


def _wrong_units(wording: Wording, meeting: Meeting) -> dict[str, str]:
    known = {unit.pk for unit in units_of(meeting.subdistrict_id, [wording.lead, *wording.supporting])}
    wrong = {"lead": {wording.lead}, "supporting": set(wording.supporting)}
    return {name: _("Choose one of the member units.") for name, pks in wrong.items() if not pks <= known}


def _wrong_limit(wording: Wording, at: datetime) -> dict[str, str]:
    if (wording.limit_days is None) == (wording.due_on is None):
        return {"limit_days": _("Give either a number of working days or a day.")}
    if wording.limit_days is not None and not 1 <= wording.limit_days <= LONGEST_LIMIT_DAYS:
        return {"limit_days": _("From 1 to %(most)s working days.") % {"most": LONGEST_LIMIT_DAYS}}
    if wording.due_on is not None and wording.due_on < timezone.localdate(at):
        return {"due_on": _("This day is over.")}
    return {}
