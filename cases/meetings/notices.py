"""Who is told what of meetings and resolutions: one table, and the wording of each message.

Steps of the ladder name their recipients in their own rows. A unit stands for its people in the portal: the liaisons of
its department, the leader of its team, the officer of its community.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.meetings.lifecycle import event_kind
from cases.meetings.models import Meeting, MemberUnit, Resolution, ResolutionEvent
from citymgmt.outbox.actions import Letter, enqueue_letters
from citymgmt.outbox.telling import Rule, recipients_of
from citymgmt.outbox.telling import register as register_words
from citymgmt.people.addressing import Key, people_behind
from citymgmt.people.models import NoticeGroup, Organisation
from citymgmt.worktime.rules import Rules
from communities.querysets import duties_on

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


def enqueue(events: Sequence[ResolutionEvent], rules: Rules) -> None:
    """Insert the outbox rows of these events: a fixed number of queries however many events there are."""
    told = [event for event in events if event.kind in TABLE]
    if not told:
        return
    units = _units([event.resolution for event in told])
    keys = {id(event): _keys_of(event, units, rules) for event in told}
    behind = people_behind({key for found in keys.values() for key in found})
    enqueue_letters(
        _letter(event, user)
        for event in told
        for user in {user.pk: user for key in sorted(keys[id(event)], key=str) for user in behind.get(key, ())}.values()
        if user.pk != event.by_id
    )


def _letter(event: ResolutionEvent, user: Any) -> Letter:
    resolution = event.resolution
    return Letter(
        dedupe=f"resolution.{resolution.pk}.{event.seq}",
        kind=event.kind,
        recipient=user,
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


def _keys_of(event: ResolutionEvent, units: Mapping[int, MemberUnit], rules: Rules) -> set[Key]:
    resolution = event.resolution
    found: set[Key] = set()
    for name in recipients_of(TABLE[event.kind], event, "resolution", rules):
        if name == "lead":
            found.update(keys_of_units([units[resolution.lead_id]], event.at))
        elif name == "supporting":
            found.update(keys_of_units([units[pk] for pk in resolution.supporting if pk in units], event.at))
        elif name == "government":
            found.add((name, units[resolution.lead_id].subdistrict.district_code))
        else:
            found.add((name, resolution.subdistrict_id))
    return found


def keys_of_units(units: Iterable[MemberUnit], at: Any) -> set[Key]:
    """Behind which addresses the people of these units stand, on the day of a moment."""
    units = list(units)
    acting = duties_on(timezone.localdate(at)).acting if any(unit.community_id for unit in units) else {}
    return {key for unit in units if (key := _key(unit, acting)) is not None}


def _key(unit: MemberUnit, acting: Mapping[int, int]) -> Key | None:
    if unit.organisation is not None:
        name = "liaison" if unit.organisation.kind in Organisation.OF_DISTRICT else "team"
        return name, unit.organisation_id
    officer = acting.get(unit.community_id or 0)
    return ("user", officer) if officer else None


def tell_units(kind: str, meeting: Meeting, units: Iterable[MemberUnit], at: Any) -> None:
    """Tell the people of these units of a meeting, once for each version of it, within the caller's transaction."""
    people = people_behind(keys_of_units(units, at))
    when = f"{timezone.localtime(meeting.starts_at):%Y-%m-%d %H:%M}"
    enqueue_letters(
        Letter(
            dedupe=f"meeting.{meeting.pk}.{meeting.version}.{kind}",
            kind=kind,
            recipient=user,
            at=at,
            params={"title": meeting.title, "when": when, "place": meeting.place},
            link=meeting.get_absolute_url(),
            is_urgent=OF_MEETINGS[kind].is_urgent,
        )
        for user in {user.pk: user for users in people.values() for user in users}.values()
    )
