"""Each month a sheet is opened for each community whose office asks something of it."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from citymgmt.bulk import next_id
from citymgmt.worktime.rules import Rules, current_rules, hold_rules
from communities.four_duties.journal import Journal, due_of
from communities.four_duties.lifecycle import BEGIN, OPEN
from communities.four_duties.querysets import duties_asked, without_sheet
from communities.models import Community, Duty, DutyAnswer, DutySheet

BATCH = 200
KEPT = ("name_zh", "name_en", "area", "points", "needs_photo")


def open_sheets(*, at: datetime) -> int:
    """Open the sheets of the month in which `at` lies; returns how many. Repeating it, or doing it at several places at
    once, opens none twice; a month that passed while nobody opened stays without.
    """
    month_on = timezone.localdate(at).replace(day=1)
    count = 0
    while opened := _open_some(month_on, at):
        count += opened
    return count


@transaction.atomic
def _open_some(month_on: date, at: datetime) -> int:
    """Open for some communities that nobody else works on; 0 when there is none left."""
    hold_rules()
    free = without_sheet(month_on).select_for_update(of=("self",), no_key=True, skip_locked=True)
    locked = list(free.values_list("pk", flat=True)[:BATCH])
    communities = list(without_sheet(month_on).filter(pk__in=locked).defer("boundary"))  # as nobody else opens for them
    _record(communities, month_on, at, current_rules())
    return len(communities)


def _record(communities: list[Community], month_on: date, at: datetime, rules: Rules) -> None:
    sheets = [DutySheet(id=next_id(DutySheet), community=one, month_on=month_on, state=OPEN) for one in communities]
    asked = {place: duties_asked(place, month_on) for place in {one.subdistrict_id for one in communities}}
    journal = Journal(sheets, rules)
    changes = {"due_at": due_of(month_on, rules.calendar), "watched_from": at}
    for sheet in sheets:
        parts = [_part(ordinal, duty) for ordinal, duty in enumerate(asked[sheet.community.subdistrict_id], 1)]
        journal.record(sheet, BEGIN, at=at, to=OPEN, changes=changes, parts=parts)
    journal.write()


def _part(ordinal: int, duty: Duty) -> tuple[DutyAnswer, dict[str, object]]:
    kept = {name: getattr(duty, name) for name in KEPT}
    return DutyAnswer(ordinal=ordinal), {
        "ordinal": ordinal,
        **kept,
        "own_mark": "",
        "mark": "",
        "note": "",
        "photo_count": 0,
    }


def recheck_sheets(at: datetime) -> int:
    """Have the next sweep look again at what is open, when a rule of time has changed; returns how many these are."""
    return DutySheet.objects.filter(state=OPEN).update(next_check_at=at)
