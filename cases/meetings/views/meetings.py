"""The list of meetings, and the page of a meeting."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.meetings.forms import AnswerForm
from cases.meetings.minutes.models import Minutes
from cases.meetings.minutes.querysets import minutes_of
from cases.meetings.models import Meeting, MeetingRule, Seat
from cases.meetings.querysets import (
    meetings_seen_ahead,
    meetings_seen_over,
    rules_in_force,
    seats_answerable,
    seats_of,
    visible_meeting,
)
from cases.meetings.readers import readers_of
from cases.meetings.regular import next_days
from cases.meetings.views.shown import agenda_shown, calendar_file, meeting_badge, sees_all
from cases.models import Case
from cases.views.lists.pages import PortalRequest
from citymgmt.pages import needs, page_of
from citymgmt.people.permissions import allows, permits, visible_to
from citymgmt.worktime.rules import current_rules
from communities.models import Project

MOST_AHEAD, DAYS_SHOWN = 50, 3


@dataclass(frozen=True)
class Row:
    """A meeting of the list with its state, and the answers of the seats that the reader sees."""

    meeting: Meeting
    label: str
    tone: str
    seats: tuple[Seat, ...] = ()

    @property
    def answered(self) -> int:
        """How many have answered."""
        return sum(bool(seat.answer) for seat in self.seats)


@require_safe
@needs("meeting.view")
def meeting_list(request: PortalRequest) -> HttpResponse:
    """The meetings ahead, the earlier ones by page, the regular ones with their next days."""
    ahead = list(meetings_seen_ahead(request.user, request.on)[:MOST_AHEAD])
    page = page_of(request, meetings_seen_over(request.user, request.on))
    context = {
        "ahead": _rows(ahead, _seats_by_meeting(request, ahead)),
        "earlier": _rows(page, {}),
        "page": page,
        "rules": _rules(request),
        "sees_all": sees_all(request.user),
        "may_plan": allows(request.user, "meeting.plan"),
        "may_register": allows(request.user, "meeting.register"),
    }
    return render(request, "meetings/list.html", context)


def _rows(meetings: Iterable[Meeting], seats: dict[int, list[Seat]]) -> list[Row]:
    return [Row(one, *meeting_badge(one), tuple(seats.get(one.pk, ()))) for one in meetings]


def _seats_by_meeting(request: PortalRequest, meetings: list[Meeting]) -> dict[int, list[Seat]]:
    rows = Seat.objects.filter(meeting__in=[one.pk for one in meetings]).order_by("meeting", "unit_id")
    found = defaultdict[int, list[Seat]](list)
    for seat in visible_to(request.user, rows, on=request.on) if meetings else ():
        found[seat.meeting_id].append(seat)
    return found


def _rules(request: PortalRequest) -> list[tuple[MeetingRule, list[date]]]:
    """The regular meetings in force with their next days; empty for whoever does not keep them."""
    if not allows(request.user, "meeting.register"):
        return []
    calendar = current_rules().calendar
    rows = visible_to(request.user, rules_in_force().prefetch_related(None), on=request.on).order_by("id")
    return [(rule, next_days(rule.rhythm, request.on, calendar, DAYS_SHOWN)) for rule in rows]


@require_safe
def meeting(request: PortalRequest, pk: int) -> HttpResponse:
    """A meeting: facts, what can be done, seats, agenda. Raises: NotFound."""
    found = visible_meeting(request.user, pk, request.on)
    label, tone = meeting_badge(found)
    seats = list(seats_of(found))
    minutes = list(visible_to(request.user, minutes_of(found), on=request.on).defer("content", "opening"))
    answerable = {seat.pk for seat in seats_answerable(request.user, [found], request.on)} if _takes(found) else set()
    context = {
        "meeting": found,
        "state": {"label": label, "tone": tone},
        "case_url": _url_of(request, "case.view", found.called_for),
        "project_url": _url_of(request, "project.view", found.called_for_project),
        "seats": [(seat, seat.pk in answerable) for seat in seats],
        "own": [(seat, answer_form(seat)) for seat in seats if seat.pk in answerable],
        "answered": sum(bool(seat.answer) for seat in seats),
        "sees_all": sees_all(request.user),
        "unreached": _unreached(request, found, seats),
        "rules": current_rules(),
        **agenda_shown(request.user, found, request.on),
        "minutes": minutes,
        "may_draft": _may_draft(request, found, minutes),
        **_buttons(request, found, bool(minutes) and not minutes[0].is_draft),
    }
    return render(request, "meetings/meeting.html", context)


@require_safe
def calendar(request: PortalRequest, pk: int) -> HttpResponse:
    """The meeting for the calendar of whoever may see it. Raises: NotFound."""
    return calendar_file(visible_meeting(request.user, pk, request.on))


def _may_draft(request: PortalRequest, meeting: Meeting, minutes: list[Minutes]) -> bool:
    """Whether the person may draft its minutes, or a correction of issued ones."""
    is_held = meeting.state == Meeting.State.HELD
    return is_held and all(one.is_issued for one in minutes) and allows(request.user, "minutes.write")


def _unreached(request: PortalRequest, meeting: Meeting, seats: list[Seat]) -> set[int]:
    """The units that no news of a coming meeting reaches: nobody reads for them, and the office keeps no address."""
    if not (meeting.is_ahead and allows(request.user, "unit.link")):
        return set()
    return {unit for unit, readers in readers_of([seat.unit for seat in seats], request.at).items() if not readers}


def _takes(meeting: Meeting) -> bool:
    """Whether it takes answers."""
    return meeting.state == Meeting.State.INVITED


def answer_form(seat: Seat, sent: Any = None) -> AnswerForm:
    """The form of a unit's answer."""
    return AnswerForm(sent, initial={"answer": seat.answer, "names": seat.names}, auto_id=f"id_{seat.pk}_%s")


def _url_of(request: PortalRequest, action: str, thing: Case | Project | None) -> str:
    """Where what it was called for stands, if the person may look at it."""
    if thing is None or not permits(request.user, action, thing, on=request.on):
        return ""
    return thing.get_absolute_url()


def _buttons(request: PortalRequest, meeting: Meeting, is_at_rest: bool) -> dict[str, bool]:
    """What this person may do with it in its present state; its texts rest once the minutes are checked."""
    may_plan = allows(request.user, "meeting.plan")
    has_begun = request.at >= meeting.starts_at
    is_on = meeting.state != Meeting.State.CANCELLED and not is_at_rest
    return {
        "may_change": may_plan and meeting.is_ahead,
        "may_invite": may_plan and meeting.state == Meeting.State.PLANNED and not has_begun,
        "may_hold": may_plan and meeting.is_ahead and has_begun,
        "may_note": may_plan and is_on and has_begun,
        "may_write": may_plan and is_on,
        "may_resolve": allows(request.user, "resolution.write") and is_on,
        "has_begun": has_begun,
    }
