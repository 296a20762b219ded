"""Who is told what of meetings and resolutions: one table, and the wording of each message.

Steps of the ladder name their recipients in their own rows. A unit stands for those who read for it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.meetings.ics import MEETING, enclosed
from cases.meetings.lifecycle import event_kind
from cases.meetings.models import Meeting, MemberUnit, Resolution, ResolutionEvent
from cases.meetings.outside.mailing import post
from cases.meetings.readers import Reader, all_readers, readers_of
from citymgmt.outbox.actions import Letter
from citymgmt.outbox.addressees import Addressee, enclose
from citymgmt.outbox.telling import Rule, recipients_of
from citymgmt.outbox.telling import register as register_words
from citymgmt.people.addressing import Key, people_behind
from citymgmt.people.models import NoticeGroup
from citymgmt.worktime.rules import Rules

DEADLINES, ANSWERS = NoticeGroup.DEADLINES, NoticeGroup.ANSWERS
INVITED, MOVED, CALLED_OFF, LEFT_OUT = "meeting_invite", "meeting_move", "meeting_cancel", "meeting_leave_out"

TABLE: Mapping[str, Rule] = {
    event_kind("enact"): Rule(("lead", "supporting"), _("Resolution %(number)s is yours: %(text)s")),
    event_kind("progress"): Rule(("clerks",), _("Resolution %(number)s: progress reported"), group=ANSWERS),
    event_kind("report_done"): Rule(("clerks", "leaders"), _("Resolution %(number)s is reported as done")),
    event_kind("agree"): Rule(("lead", "supporting"), _("Resolution %(number)s is carried out"), group=ANSWERS),
    event_kind("go_on"): Rule(("lead", "supporting"), _("Resolution %(number)s is not done yet"), True),
    event_kind("urge"): Rule(("lead", "supporting"), _("Resolution %(number)s: you are urged"), True, group=DEADLINES),
    event_kind("prolong"): Rule(("lead", "supporting"), _("Resolution %(number)s has more time"), group=DEADLINES),
    event_kind("withdraw"): Rule(("lead", "supporting"), _("Resolution %(number)s is withdrawn"), group=ANSWERS),
    event_kind("recalculate"): Rule(("lead",), _("Resolution %(number)s: deadline recalculated"), group=DEADLINES),
    # steps of the ladder: recipients are data
    event_kind("warn"): Rule((), _("Resolution %(number)s is due soon"), group=DEADLINES),
    event_kind("overdue"): Rule((), _("Resolution %(number)s is overdue"), True, group=DEADLINES),
    event_kind("supervise"): Rule((), _("Resolution %(number)s is supervised"), True, group=DEADLINES),
    event_kind("to_agenda"): Rule((), _("Resolution %(number)s goes back to the next meeting"), True, group=DEADLINES),
    event_kind("to_district"): Rule(
        (), _("Resolution %(number)s was reported to the district government"), True, group=DEADLINES
    ),
}
OF_MEETINGS: Mapping[str, Rule] = {
    INVITED: Rule(("units",), _("You are invited: %(title)s, %(when)s, %(place)s")),
    MOVED: Rule(("units",), _("Changed: %(title)s, %(when)s, %(place)s"), True),
    CALLED_OFF: Rule(("units",), _("Called off: %(title)s, %(when)s"), True),
    LEFT_OUT: Rule(("units",), _("Your unit need not come any more: %(title)s, %(when)s")),
}
LONGEST_TOLD = 60  # characters of a resolution in a message


def register() -> None:
    """Give the outbox the wording of all kinds, when the app is ready."""
    register_words(TABLE)
    register_words(OF_MEETINGS)
    for kind in OF_MEETINGS:
        enclose(kind, enclosed)


def enqueue(events: Sequence[ResolutionEvent], rules: Rules) -> None:
    """Insert the outbox rows of these events: a fixed number of queries however many events there are."""
    told = [event for event in events if event.kind in TABLE]
    if not told:
        return
    units = _units([event.resolution for event in told])
    concerned = [(event, *_concerned(event, units, rules)) for event in told]
    readers = readers_of({unit.pk: unit for _event, found, _keys in concerned for unit in found}.values(), told[-1].at)
    behind = people_behind({key for _event, _units, keys in concerned for key in keys})
    post(
        _letter(event, reader)
        for event, found, keys in concerned
        for reader in _each_once(chain([readers[unit.pk] for unit in found], [behind.get(key, []) for key in keys]))
        if not _is_who_acted(reader, event)
    )


def _each_once(groups: Iterable[Sequence[Reader]]) -> Iterable[Reader]:
    return dict.fromkeys(chain.from_iterable(groups))


def _is_who_acted(reader: Reader, event: ResolutionEvent) -> bool:
    if isinstance(reader, Addressee):
        return reader.number == event.unit_id
    return reader.pk == event.by_id


def _letter(event: ResolutionEvent, reader: Reader) -> Letter:
    resolution = event.resolution
    return Letter(
        dedupe=f"resolution.{resolution.pk}.{event.seq}",
        kind=event.kind,
        recipient=reader,
        at=event.at,
        params={"number": resolution.number, "text": resolution.text[:LONGEST_TOLD]},
        link=resolution.get_absolute_url(),
        is_urgent=TABLE[event.kind].is_urgent,
    )


def _units(resolutions: Iterable[Resolution]) -> Mapping[int, MemberUnit]:
    ids = {pk for one in resolutions for pk in (one.lead_id, *one.supporting)}
    return {
        unit.pk: unit for unit in MemberUnit.objects.filter(pk__in=ids).select_related("organisation", "subdistrict")
    }


def _concerned(
    event: ResolutionEvent, units: Mapping[int, MemberUnit], rules: Rules
) -> tuple[list[MemberUnit], set[Key]]:
    """The units that are told of the event, and behind which addresses everybody else stands."""
    resolution = event.resolution
    told: list[MemberUnit] = []
    keys: set[Key] = set()
    for name in recipients_of(TABLE[event.kind], event, "resolution", rules):
        if name == "lead":
            told.append(units[resolution.lead_id])
        elif name == "supporting":
            told.extend(units[pk] for pk in resolution.supporting if pk in units)
        elif name == "government":
            keys.add((name, units[resolution.lead_id].subdistrict.district_code))
        else:
            keys.add((name, resolution.subdistrict_id))
    return told, keys


def tell_units(kind: str, meeting: Meeting, units: Iterable[MemberUnit], at: datetime) -> None:
    """Tell those who read for these units of a meeting, once for each version of it, in the caller's transaction."""
    when = f"{timezone.localtime(meeting.starts_at):%Y-%m-%d %H:%M}"
    post(
        Letter(
            dedupe=f"meeting.{meeting.pk}.{meeting.version}.{kind}",
            kind=kind,
            recipient=reader,
            at=at,
            params={"title": meeting.title, "when": when, "place": meeting.place, MEETING: meeting.pk},
            link=meeting.get_absolute_url(),
            is_urgent=OF_MEETINGS[kind].is_urgent,
        )
        for reader in all_readers(units, at)
    )
