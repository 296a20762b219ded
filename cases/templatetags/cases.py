"""How a case looks: its clock, its ladder, its state, the wording of its events. Pure display, no queries.

`{% case_clock case rules request.at %}`     the clock badge: time left in the limit's own unit
`{% case_ladder case rules events %}`        the five rungs, with the moments when they were reached
`{% case_state case.state %}`                the badge of the state; `{{ case.state|state_label }}` its wording alone
`{{ event.kind|event_label }}`, `|event_tone`, `|event_icon`, `{{ event|marked_note }}`
`{{ case|is_overdue:request.at }}`, `{{ case.ladder_code|rung_number }}`, `{{ case.limit|limit_text }}`
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cases import deadlines, workflow
from cases.columns import Column, local_minute
from cases.models import Case, CaseEvent, Photo
from cases.queues import MOST_COUNTED
from cases.workflow import Clock
from citymgmt.people.roles import Role
from citymgmt.people.templatetags.portal import badge_clock, badge_state
from citymgmt.worktime import clock
from citymgmt.worktime.clock import Calendar, Limit, Remaining, Unit
from citymgmt.worktime.rules import Rules
from citymgmt.worktime.wording import limit_in_words

register = template.Library()

STATE_LOOKS: Mapping[str, tuple[str, str]] = {
    "reported": ("waiting", "megaphone"),
    "accepted": ("waiting", "check"),
    "verifying": ("waiting", "search"),
    "filed": ("waiting", "folder-plus"),
    "dispatched": ("active", "send"),
    "handling": ("active", "tools"),
    "escalated": ("district", "building-up"),
    "suspended": ("stopped", "pause-circle"),
    "reported_back": ("waiting", "clipboard-check"),
    "closed": ("done", "check-circle"),
    "declined": ("stopped", "x-circle"),
    "not_filed": ("stopped", "x-circle"),
    "merged": ("stopped", "intersect"),
    "void": ("stopped", "slash-circle"),
}
MANY_HOURS = 48
ROLES = dict(Role.choices)
MARK = '<mark class="mention" title="{}">{}</mark>'
RUNGS = ("R0", "L1", "L2", "L3", "L4")
REACHES: Mapping[str, str] = {
    "warn": "R0",
    "urge_overdue": "L1",
    "escalate_overdue": "L2",
    "escalate": "L2",
    "supervise_department": "L3",
    "report_to_government": "L4",
}
EVENT_LOOKS: Mapping[str, tuple[str, str]] = {
    "report": ("", "megaphone"),
    "redact_photo": ("", "eye-slash"),
    "import": ("", "box-arrow-in-down"),
    "file": ("", "folder-plus"),
    "dispatch": ("", "send"),
    "receive": ("", "inbox"),
    "report_back": ("done", "clipboard-check"),
    "pass": ("done", "check-circle"),
    "self_handle": ("done", "check-circle"),
    "close_special": ("done", "check-circle"),
    "rework": ("soon", "arrow-repeat"),
    "return": ("soon", "arrow-return-left"),
    "reopen": ("soon", "arrow-counterclockwise"),
    "urge": ("soon", "bell"),
    "supervise": ("alert", "exclamation-triangle"),
    "escalate": ("district", "building-up"),
    "acknowledge": ("district", "envelope-open"),
    "reply": ("district", "reply"),
    "return_escalation": ("district", "arrow-return-left"),
    "take_back": ("district", "box-arrow-in-down"),
    "warn": ("soon", "hourglass-split"),
    "urge_overdue": ("alert", "alarm"),
    "escalate_overdue": ("district", "building-up"),
    "supervise_department": ("alert", "exclamation-triangle"),
    "report_to_government": ("alert", "exclamation-octagon"),
    "recalculate": ("soon", "calendar-check"),
    "confirm_deadline": ("", "calendar-check"),
    "note": ("", "chat-left-text"),
}


@dataclass(frozen=True)
class ClockFace:
    """What the badge of a clock shows; `tone` and `text` as in `badge_clock` of the portal's tags."""

    tone: str
    text: str
    title: str = ""


@dataclass(frozen=True)
class Rung:
    """One rung of components/ladder.html."""

    code: str
    label: str
    reached_at: datetime | None
    is_current: bool


@register.filter
def cell(case: Case, column: Column) -> str:
    """The plain text of a case in a column of the list."""
    return ", ".join(text for _label, read in column.cells if (text := str(read(case))))


@register.filter
def counted(count: int) -> str:
    """A figure of `queues.count_at_most`: as it is, or 999+ where counting stopped."""
    return str(count) if count < MOST_COUNTED else f"{MOST_COUNTED - 1}+"


@register.filter
def state_label(state: str) -> str:
    """The wording of a state in the reader's language."""
    return _(workflow.STATES[state].label)


@register.filter
def event_label(kind: str) -> str:
    """The wording of an event kind in the reader's language."""
    return _(workflow.event_label(kind))


@register.filter
def event_tone(kind: str) -> str:
    """The tone of an event for components/timeline_item.html; empty for calm."""
    return EVENT_LOOKS.get(kind, ("", ""))[0]


@register.filter
def of_event(photos: Mapping[int, list[Photo]], event: CaseEvent) -> list[Photo]:
    """The photos of one event, of those of its case by event id."""
    return photos.get(event.pk, [])


@register.filter
def marked_note(event: CaseEvent) -> str:
    """The note of an event of `history_of` as HTML; whom it mentions is marked, with present name and role."""
    people: Mapping[str, Any] = getattr(event, "mentioned", None) or {}
    parts: list[tuple[str, ...]] = []
    end = 0
    for mention in event.mentions:
        person = people.get(str(mention.user_id))
        title = f"{person['name']} · {ROLES.get(person['role'], '')}" if person else ""
        parts += [("{}", event.note[end : mention.start]), (MARK, title, event.note[mention.start : mention.end])]
        end = mention.end
    parts.append(("{}", event.note[end:]))
    return mark_safe("".join(format_html(*part) for part in parts))


@register.filter
def event_icon(kind: str) -> str:
    """The icon of an event; empty for a plain dot."""
    return EVENT_LOOKS.get(kind, ("", ""))[1]


@register.filter
def event_change(event: CaseEvent) -> str:
    """From which state to which an event led; empty when the state stayed."""
    if not event.from_state or event.from_state == event.to_state:
        return ""
    return f"{state_label(event.from_state)} → {state_label(event.to_state)}"


@register.filter
def rung_number(code: str) -> int:
    """0 for R0 to 4 for L4, as in the class rung-chip-0; for a code that is not empty."""
    return RUNGS.index(code) if code in RUNGS else 0


@register.filter
def is_overdue(case: Case, at: datetime) -> bool:
    """Whether the clock of the case runs past its deadline at that moment."""
    return deadlines.is_overdue(case, at)


@register.filter
def limit_text(limit: Limit | None) -> str:
    """A limit in words, for example 2 urgent hours (2个紧急工作时); empty without one."""
    return limit_in_words(limit.value, limit.unit) if limit else ""


@register.simple_tag
def case_clock(case: Case, rules: Rules, at: datetime) -> SafeString:
    """The clock badge of a case."""
    return _badge(clock_face(case, rules, at))


@register.simple_tag
def case_state(state: str) -> SafeString:
    """The badge of a case's state."""
    return _state_badge(state, get_language())


@cache
def _state_badge(state: str, language: str | None) -> SafeString:
    """The badge in the reader's language, which must be the given one."""
    return badge_state(state_label(state), *STATE_LOOKS[state])


@register.simple_tag
def due_clock(due_at: datetime, rules: Rules, at: datetime) -> SafeString:
    """The clock badge of something due at a moment in working days, as a department's acknowledgement or reply."""
    left = clock.remaining(rules.calendar, at, due_at, Unit.WORKING_DAY)
    tone = "overdue" if left.is_overdue else "on-time" if left.days else "soon"
    return _badge(ClockFace(tone, _with_sign(left, Unit.WORKING_DAY), _("due %(when)s") % {"when": moment(due_at)}))


@register.inclusion_tag("components/ladder.html")
def case_ladder(case: Case, rules: Rules, events: Iterable[CaseEvent] = ()) -> dict[str, list[Rung]]:
    """The five rungs of a case, from the events of its present round, or from its last rung alone."""
    return {"rungs": ladder_rungs(case, rules, events)}


def _badge(face: ClockFace) -> SafeString:
    return badge_clock(face.tone, face.text, face.title)


def clock_face(case: Case, rules: Rules, at: datetime) -> ClockFace:
    """How the clock of a case stands at a moment: time left or overdue, paused, resting, or none."""
    what = workflow.STATES[case.state].clock
    if what is Clock.PAUSED:
        return _paused(case, rules.calendar)
    if what is Clock.RUNS and case.due_at is not None and case.limit_unit:
        return _running(case, rules, case.due_at, at)
    if what is Clock.RUNS and case.due_at is not None:  # an old ledger's case: a deadline without a limit
        tone = "overdue" if at > case.due_at else "on-time"
        return ClockFace(tone, _("overdue") if at > case.due_at else _("in time"), _due_title(case))
    return _at_rest(case)


def _running(case: Case, rules: Rules, due_at: datetime, at: datetime) -> ClockFace:
    left = clock.remaining(rules.calendar, at, due_at, Unit(case.limit_unit))
    tone = "overdue" if left.is_overdue else "soon" if _is_soon(case, at) else "on-time"
    mark = _(" (provisional)") if case.is_due_provisional else ""
    return ClockFace(tone, _with_sign(left, Unit(case.limit_unit)) + mark, _due_title(case))


def _is_soon(case: Case, at: datetime) -> bool:
    """Whether the warning was given, or is due and the sweep has yet to give it (`next_check_at` is its moment)."""
    return bool(case.rung) or (case.next_check_at is not None and case.next_check_at <= at)


def _paused(case: Case, calendar: Calendar) -> ClockFace:
    left = remaining_of(case.left or timedelta(), Unit(case.limit_unit or Unit.WORKING_DAY), calendar)
    title = _("suspended until %(when)s") % {"when": moment(case.suspended_until)} if case.suspended_until else ""
    return ClockFace("paused", _with_sign(left, Unit(case.limit_unit or Unit.WORKING_DAY)), title)


def _at_rest(case: Case) -> ClockFace:
    if case.due_at is None:
        return ClockFace("none", _("no deadline"))
    if case.handled_at is None:
        return ClockFace("none", _("clock stopped"), _due_title(case))
    if deadlines.was_on_time(case):
        return ClockFace("on-time", _("handled in time"), _due_title(case))
    return ClockFace("overdue", _("handled late"), _due_title(case))


def _due_title(case: Case) -> str:
    wording = _("due %(when)s (provisional)") if case.is_due_provisional else _("due %(when)s")
    return wording % {"when": moment(case.due_at)}


def remaining_of(left: timedelta, unit: Unit, calendar: Calendar) -> Remaining:
    """A length of the unit's own time in its terms; negative lengths are overdue."""
    day = calendar.working_day if unit.is_office else clock.DAY
    rest = abs(left)
    days, rest = divmod(rest, day) if unit in (Unit.WORKING_DAY, Unit.URGENT_DAY, Unit.NATURAL_DAY) else (0, rest)
    hours, rest = divmod(rest, clock.HOUR)
    return Remaining(left < timedelta(), days, hours, rest // clock.MINUTE)


def _with_sign(left: Remaining, unit: Unit) -> str:
    return _signed(left, unit, get_language())


@lru_cache(maxsize=5000)
def _signed(left: Remaining, unit: Unit, language: str | None) -> str:
    """Time left or overdue in the reader's language, which must be the given one."""
    wording = _("overdue by %(time)s") if left.is_overdue else _("%(time)s left")
    return wording % {"time": _in_words(left, unit)}


def _in_words(left: Remaining, unit: Unit) -> str:
    """The two leading parts that are not nothing; many hours of a clock that never rests are told as days."""
    if unit is Unit.URGENT_HOUR and left.hours >= MANY_HOURS:
        days, hours = divmod(left.hours, 24)
        return _in_words(Remaining(left.is_overdue, days, hours, 0), Unit.URGENT_DAY)
    hour_unit = Unit.WORKING_HOUR if unit is Unit.WORKING_HOUR else Unit.URGENT_HOUR
    parts = [
        _count_of(unit, left.days) if left.days else "",
        _count_of(hour_unit, left.hours) if left.hours else "",
        _("%(count)s min") % {"count": left.minutes} if left.minutes else "",
    ]
    return " ".join([part for part in parts if part][:2]) or _("%(count)s min") % {"count": 0}


def _count_of(unit: Unit, count: int) -> str:
    return COUNTS.get(unit, _days)(count) % {"count": count}


def _days(count: int) -> str:
    return ngettext("%(count)s day", "%(count)s days", count)


COUNTS: Mapping[Unit, Callable[[int], str]] = {
    Unit.WORKING_DAY: lambda count: ngettext("%(count)s working day", "%(count)s working days", count),
    Unit.WORKING_HOUR: lambda count: ngettext("%(count)s working hour", "%(count)s working hours", count),
    Unit.URGENT_HOUR: lambda count: ngettext("%(count)s hour", "%(count)s hours", count),
}


def moment(at: datetime | None) -> str:
    """A moment as people write it here: 2026-03-04 09:00."""
    return local_minute(at)


def ladder_rungs(case: Case, rules: Rules, events: Iterable[CaseEvent]) -> list[Rung]:
    """The rungs with the moments of the present round; events in the order of their numbers."""
    reached: dict[str, Any] = {}
    for event in events:
        if event.kind == "reopen":
            reached.clear()
        if event.kind in REACHES:
            reached[REACHES[event.kind]] = event.at
    if not reached and case.ladder_code:
        reached[case.ladder_code] = case.rung_at
    last = max(reached, key=RUNGS.index, default="")
    labels = {code: row.name for code, row in rules.rows.items()}
    return [Rung(code, labels.get(code, code), reached.get(code), code == last) for code in RUNGS]
