"""What is done with resolutions: made, worded, put into force, reported on, accepted, withdrawn.

Every action on one that is there: the order of `citymgmt.worktime.acting`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cases.meetings import lifecycle
from cases.meetings.actions.about import cases_seen
from cases.meetings.actions.wording import Wording, checked_columns
from cases.meetings.evidence.actions import attach
from cases.meetings.evidence.models import MOST_PHOTOS
from cases.meetings.journal import Journal, deadline, settle_batch
from cases.meetings.lifecycle import DRAFT, OPEN, TRANSITIONS, Transition, event_kind
from cases.meetings.minutes.querysets import check_not_at_rest
from cases.meetings.models import (
    Meeting,
    MemberUnit,
    Resolution,
    ResolutionCase,
    ResolutionEvent,
    ResolutionNumber,
)
from cases.meetings.models.resolution import LONGEST_LIMIT_DAYS
from cases.meetings.querysets import locked_meeting, locked_resolution
from cases.models import Case
from citymgmt.bulk import next_id
from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.photos.actions import Upload, received
from citymgmt.refusals import Invalid, NotFound, NotPermitted, WrongState
from citymgmt.worktime import acting
from citymgmt.worktime.acting import Asked, Kind, Recorded, check_fresh, check_state
from citymgmt.worktime.repeats import Request, digest_of
from citymgmt.worktime.rules import current_rules
from citymgmt.written import faults_of

LONGEST_NOTE = 2000  # characters


def make_resolution(
    *,
    by: User,
    at: datetime,
    meeting: int,
    wording: Wording,
    cases: Sequence[Case] = (),
    request_key: str | None = None,
) -> ResolutionEvent:
    """Write down what a meeting resolved; it comes into force later. Cases that it is about wait for it.

    Raises: NotFound, NotPermitted, WrongState (the meeting was called off), Invalid, KeyReused.
    """
    asked = {**wording.plain, "cases": [case.pk for case in cases]}
    request = Request(ResolutionEvent, by, request_key, digest_of("resolution_make", str(meeting), asked))

    def act() -> ResolutionEvent:
        held = locked_meeting(meeting)
        if (earlier := request.answer()) is not None:
            return earlier
        require(by, "resolution.write", held, on=timezone.localdate(at))
        if held.state == Meeting.State.CANCELLED:
            raise WrongState(_("This meeting was called off."))
        check_not_at_rest(held)
        changes = checked_columns(wording, held, at)
        parts = _linked(cases_seen(by, cases, at))
        return _make(held, at, by=by, changes=changes, parts=parts, **request.keys)

    return request.once(act)


def _make(meeting: Meeting, at: datetime, **recorded: Any) -> ResolutionEvent:
    """Write a new resolution with the first event of its history."""
    resolution = _new_resolution(meeting, at)
    journal = Journal([resolution], current_rules())
    event = journal.record(resolution, event_kind("make"), at=at, to=DRAFT, **recorded)
    resolution.number = _next_number(meeting, at)  # last: until the commit others wait for theirs
    journal.write()
    return event


def _new_resolution(meeting: Meeting, at: datetime) -> Resolution:
    """A row that is not written yet, with its id."""
    resolution = Resolution(subdistrict_id=meeting.subdistrict_id, meeting=meeting, made_at=at, state=DRAFT)
    resolution.pk = next_id(Resolution)
    return resolution


def _next_number(meeting: Meeting, at: datetime) -> str:
    """The next number of the office in the year of a moment, such as 440106001-2026-R0007."""
    year = timezone.localdate(at).year
    row, _made = ResolutionNumber.objects.select_for_update().get_or_create(
        subdistrict_id=meeting.subdistrict_id, year=year, defaults={"last": 0}
    )
    row.last += 1
    row.save(update_fields=["last"])
    return f"{meeting.subdistrict.code}-{year}-R{row.last:04d}"


def _linked(cases: Sequence[Case], first: int = 1) -> list[tuple[ResolutionCase, dict[str, Any]]]:
    """New parts of a resolution for these cases, with their columns."""
    return [
        (
            ResolutionCase(ordinal=ordinal),
            {"ordinal": ordinal, "case_id": case.pk, "is_waiting": True, "is_linked": True},
        )
        for ordinal, case in enumerate(cases, first)
    ]


Body = Callable[[Journal, Resolution, datetime, Mapping[str, Any]], dict[str, Any]]


def _act(
    name: str,
    transition: Transition,
    number: str,
    by: User | None,
    at: datetime,
    version: int | None,
    request_key: str | None,
    given: Mapping[str, Any],
    body: Callable[[Journal, Resolution, datetime], Mapping[str, Any]],
    for_unit: MemberUnit | None = None,
    uploads: Sequence[Upload] = (),
) -> ResolutionEvent:
    """The frame of every action on a resolution; `body` gives what is recorded beside note and key."""

    def check(resolution: Resolution) -> None:
        check_now(resolution, transition, version)
        if name in CHANGES_MINUTES and resolution.state == DRAFT:
            check_not_at_rest(resolution.meeting)

    def recorded(journal: Journal, resolution: Resolution, moment: datetime) -> Recorded:
        journal.unit_id = for_unit.pk if for_unit else None
        note = str(given.get("note") or "").strip()
        return {"note": note, "to": transition.target, **body(journal, resolution, moment)}

    return acting.act(
        OF_MINUTES if name in CHANGES_MINUTES else RESOLUTION,
        Asked(event_kind(name), number, by, at, transition.permission, given, request_key),
        recorded,
        check=check,
        then=lambda event: attach(event, uploads, by, for_unit),
        permit=partial(_permit_unit, transition=transition, unit=for_unit) if for_unit else None,
    )


def check_now(resolution: Resolution, transition: Transition, version: int | None) -> None:
    """Whether the action can be done now by whoever saw that version. Raises: Stale, WrongState."""
    check_fresh(resolution, version)
    check_state(resolution, transition, lifecycle.STATES, NOT_NOW)


def _permit_unit(resolution: Resolution, transition: Transition, unit: MemberUnit) -> None:
    """Whether somebody without a log-in may do it for a unit. Raises: NotFound, NotPermitted."""
    if resolution.state == DRAFT or unit.pk not in (resolution.lead_id, *resolution.supporting):
        raise NotFound
    if transition.permission != "resolution.report":
        raise NotPermitted


def _locked_after_meeting(number: str) -> Resolution:
    """The resolution, locked after its meeting. Raises: NotFound."""
    found = Resolution.objects.filter(number=number).values_list("meeting", flat=True).first()
    if found is not None:
        locked_meeting(found)
    return locked_resolution(number)


def _numbered(number: str) -> QuerySet[Resolution]:
    return Resolution.objects.filter(number=number)


CHANGES_MINUTES = frozenset({"revise", "withdraw"})  # of a draft they change what the minutes tell
RESOLUTION = Kind(Journal, ResolutionEvent, settle_batch, locked_resolution, _numbered)
OF_MINUTES = replace(RESOLUTION, locked=_locked_after_meeting)
NOT_NOW = gettext_noop("“%(action)s” is not possible: the resolution is now in the state “%(state)s”.")


def act_on_resolution(
    name: str,
    *,
    number: str,
    by: User | None,
    at: datetime,
    version: int | None = None,
    request_key: str | None = None,
    for_unit: MemberUnit | None = None,
    photos: Iterable[bytes] = (),
    **given: Any,
) -> ResolutionEvent:
    """Do the action `name` of the table on a resolution and return its event; a resend acts once. `for_unit` acts who
    came by a link of that unit, and is nobody (`by` None). `photos` are files that show what a report tells.

    Raises: NotFound, NotPermitted, KeyReused, Stale, WrongState, Invalid.
    """
    transition = TRANSITIONS[name]

    def body(journal: Journal, resolution: Resolution, moment: datetime) -> Mapping[str, Any]:
        _check_carried(transition, given)
        return BODIES.get(name, _nothing_more)(journal, resolution, moment, given)

    with received(photos, MOST_PHOTOS) as uploads:
        if uploads:
            given["photos"] = [upload.digest for upload in uploads]
        return _act(name, transition, number, by, at, version, request_key, given, body, for_unit, uploads)


def _check_carried(transition: Transition, given: Mapping[str, Any]) -> None:
    """Raises: Invalid."""
    wrong = {name: _("Please fill this in.") for name in transition.carries if not str(given.get(name) or "").strip()}
    may = {*transition.carries, *transition.may_carry}
    wrong.update({name: _("This action does not carry it.") for name in given if name not in may})
    for fault in faults_of(str(given.get("note") or ""), LONGEST_NOTE, is_one_line=False):
        wrong["note"] = fault
    if wrong:
        raise Invalid(fields=wrong)


def _nothing_more(journal: Journal, resolution: Resolution, at: datetime, given: Mapping[str, Any]) -> dict[str, Any]:
    return {}


def enacted(journal: Journal, resolution: Resolution, at: datetime) -> dict[str, Any]:
    """The columns of a resolution that comes into force. Raises: Invalid for a day that is over."""
    if resolution.due_on is not None and resolution.due_on < timezone.localdate(at):
        raise Invalid(_("%(number)s was due on a day that is over. Word it anew.") % {"number": resolution.number})
    return {**deadline(resolution, at, journal.rules), "enacted_at": at, "watched_from": at}


def _enact(journal: Journal, resolution: Resolution, at: datetime, given: Mapping[str, Any]) -> dict[str, Any]:
    return {"changes": enacted(journal, resolution, at)}


def _report_done(journal: Journal, resolution: Resolution, at: datetime, given: Mapping[str, Any]) -> dict[str, Any]:
    return {"changes": {"reported_at": at, "is_back": False}}


def _agree(journal: Journal, resolution: Resolution, at: datetime, given: Mapping[str, Any]) -> dict[str, Any]:
    return {"changes": {"ended_at": at, "is_back": False}, "parts": _released(resolution)}


def _go_on(journal: Journal, resolution: Resolution, at: datetime, given: Mapping[str, Any]) -> dict[str, Any]:
    """The report counts no longer; the deadline stays, and no step of the ladder comes before this moment."""
    return {"changes": {"reported_at": None, "watched_from": at}}


def _urge(journal: Journal, resolution: Resolution, at: datetime, given: Mapping[str, Any]) -> dict[str, Any]:
    return {"changes": {"urge_count": resolution.urge_count + 1}}


def _prolong(journal: Journal, resolution: Resolution, at: datetime, given: Mapping[str, Any]) -> dict[str, Any]:
    """A new limit counted from now; the ladder begins anew."""
    days = given["limit_days"]
    if not 1 <= days <= LONGEST_LIMIT_DAYS:
        raise Invalid(fields={"limit_days": _("From 1 to %(most)s working days.") % {"most": LONGEST_LIMIT_DAYS}})
    resolution.limit_days, resolution.due_on = days, None
    again = {"rung": 0, "rung_at": None, "ladder_code": "", "watched_from": at, "is_back": False}
    return {"changes": {"limit_days": days, "due_on": None, **deadline(resolution, at, journal.rules), **again}}


def _withdraw(journal: Journal, resolution: Resolution, at: datetime, given: Mapping[str, Any]) -> dict[str, Any]:
    return {"changes": {"ended_at": at, "is_back": False}, "parts": _released(resolution)}


def _released(resolution: Resolution) -> list[tuple[ResolutionCase, dict[str, Any]]]:
    """Its cases wait no longer."""
    return [(part, {"is_waiting": False}) for part in resolution.cases.filter(is_waiting=True)]


BODIES: Mapping[str, Body] = {
    "enact": _enact,
    "report_done": _report_done,
    "agree": _agree,
    "go_on": _go_on,
    "urge": _urge,
    "prolong": _prolong,
    "withdraw": _withdraw,
}
REVISE = Transition("revise", gettext_noop("Change the wording"), "resolution.write", frozenset({DRAFT}))
LINK = Transition("link", gettext_noop("Change the cases"), "resolution.write", frozenset({DRAFT, OPEN}))


def revise_resolution(
    *, number: str, by: User, at: datetime, wording: Wording, version: int | None = None, request_key: str | None = None
) -> ResolutionEvent:
    """Word a resolution anew that is not in force yet. Raises: as `act_on_resolution`."""

    def body(journal: Journal, resolution: Resolution, moment: datetime) -> Mapping[str, Any]:
        return {"changes": checked_columns(wording, resolution.meeting, at)}

    return _act("revise", REVISE, number, by, at, version, request_key, wording.plain, body)


def link_cases(
    *,
    number: str,
    by: User,
    at: datetime,
    cases: Sequence[Case],
    version: int | None = None,
    request_key: str | None = None,
) -> ResolutionEvent:
    """Have a resolution be about exactly these cases, which wait for it. Raises: as `act_on_resolution`."""

    def body(journal: Journal, resolution: Resolution, moment: datetime) -> Mapping[str, Any]:
        wanted = {case.pk: case for case in cases_seen(by, cases, at)}
        parts: list[tuple[ResolutionCase, dict[str, Any]]] = []
        present = list(resolution.cases.order_by("ordinal"))
        for part in present:
            is_linked = wanted.pop(part.case_id, None) is not None
            if is_linked != part.is_linked:
                parts.append((part, {"is_linked": is_linked, "is_waiting": is_linked}))
        return {"parts": [*parts, *_linked(list(wanted.values()), len(present) + 1)]}

    return _act("link", LINK, number, by, at, version, request_key, {"cases": [case.pk for case in cases]}, body)
