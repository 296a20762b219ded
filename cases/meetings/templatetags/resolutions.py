"""How a resolution looks: its state, its clock, its ladder, the wording of its events.

`{% resolution_state one.state %}`, `{{ one.state|resolution_word }}`,
`{% resolution_clock one rules at %}`, `{% resolution_ladder one rules events %}`
`{{ event.kind|resolution_event }}`, `|resolution_icon`, `|resolution_tone`, `{{ event|resolution_change }}`
`{{ one.ladder_code|step_number }}` for the class rung-chip-…; `{% drafts_form resolutions as form %}`
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cases.meetings import lifecycle
from cases.meetings.journal import LADDER
from cases.meetings.lifecycle import DRAFT, event_kind
from cases.meetings.models import Resolution, ResolutionEvent
from cases.meetings.querysets import is_overdue
from cases.meetings.resolution_forms import EnactForm
from cases.templatetags.cases import Rung, due_clock, moment
from citymgmt.people.permissions import allows
from citymgmt.people.templatetags.portal import badge_clock, badge_state
from citymgmt.worktime.rules import Rules

register = template.Library()

LOOKS: Mapping[str, tuple[str, str]] = {  # of the tones of lifecycle.STATES: tone and icon of a badge
    "new": ("stopped", "pencil"),
    "work": ("active", "tools"),
    "wait": ("waiting", "clipboard-check"),
    "done": ("done", "check-circle"),
    "void": ("stopped", "slash-circle"),
}
EVENT_LOOKS: Mapping[str, tuple[str, str]] = {  # tone and icon in a history
    event_kind("enact"): ("", "send"),
    event_kind("progress"): ("", "chat-left-text"),
    event_kind("report_done"): ("done", "clipboard-check"),
    event_kind("agree"): ("done", "check-circle"),
    event_kind("go_on"): ("soon", "arrow-repeat"),
    event_kind("urge"): ("soon", "bell"),
    event_kind("prolong"): ("soon", "calendar-plus"),
    event_kind("withdraw"): ("", "slash-circle"),
    event_kind("make"): ("", "pencil"),
    event_kind("warn"): ("soon", "hourglass-split"),
    event_kind("overdue"): ("alert", "alarm"),
    event_kind("supervise"): ("alert", "exclamation-triangle"),
    event_kind("to_agenda"): ("alert", "arrow-return-left"),
    event_kind("on_agenda"): ("", "list-ol"),
    event_kind("off_agenda"): ("soon", "arrow-return-left"),
    event_kind("to_district"): ("alert", "exclamation-octagon"),
    event_kind("recalculate"): ("soon", "calendar-check"),
}
BEGINS_ANEW = event_kind("prolong")


@register.simple_tag
def resolution_state(state: str) -> SafeString:
    """The badge of a state."""
    tone, icon = LOOKS[lifecycle.STATES[state].tone]
    return badge_state(_(lifecycle.STATES[state].label), tone, icon)


@register.filter
def resolution_word(state: str) -> str:
    """The wording of a state alone."""
    return _(lifecycle.STATES[state].label)


@register.simple_tag
def resolution_clock(resolution: Resolution, rules: Rules, at: datetime) -> SafeString:
    """The badge of its clock: working time left or overdue while it is carried out; whether it was in time after;
    nothing where there is no deadline.
    """
    if resolution.due_at is None or resolution.state == lifecycle.WITHDRAWN:
        return SafeString()
    if lifecycle.STATES[resolution.state].runs:
        return due_clock(resolution.due_at, rules, at)
    was_late = resolution.reported_at is not None and resolution.reported_at > resolution.due_at
    title = _("due %(when)s") % {"when": moment(resolution.due_at)}
    return (
        badge_clock("overdue", _("reported late"), title)
        if was_late
        else badge_clock("on-time", _("reported in time"), title)
    )


@register.inclusion_tag("components/ladder.html")
def resolution_ladder(resolution: Resolution, rules: Rules, events: Iterable[ResolutionEvent]) -> dict[str, list[Rung]]:
    """The steps of its ladder with the moments when they were reached; more time begins it anew."""
    reached: dict[str, datetime] = {}
    kinds = {kind: effect for effect, kind in lifecycle.EVENT_OF_EFFECT.items()}
    for event in events:
        if event.kind == BEGINS_ANEW:
            reached.clear()
        if event.kind in kinds:
            reached[kinds[event.kind]] = event.at
    steps = sorted((row for row in rules.rows.values() if row.ladder == LADDER), key=lambda row: row.position)
    return {
        "rungs": [
            Rung(row.code, row.name, reached.get(row.effect), row.code == resolution.ladder_code) for row in steps
        ]
    }


@register.filter
def step_number(code: str) -> int:
    """0 for J0 to 4 for J4, as in the class rung-chip-0; for a code that is not empty."""
    return int(code[1:]) if code[:1] == "J" and code[1:].isdigit() else 0


@register.filter
def step_name(code: str, rules: Rules) -> str:
    """What a step of the ladder is called."""
    row = rules.rows.get(code)
    return row.name if row else code


@register.filter
def resolution_event(kind: str) -> str:
    """The wording of an event kind in the reader's language."""
    return _(lifecycle.EVENTS.get(kind, kind))


@register.filter
def resolution_tone(kind: str) -> str:
    """The tone of an event for components/timeline_item.html; empty for calm."""
    return EVENT_LOOKS.get(kind, ("", ""))[0]


@register.filter
def resolution_icon(kind: str) -> str:
    """The icon of an event; empty for a plain dot."""
    return EVENT_LOOKS.get(kind, ("", ""))[1]


@register.filter
def resolution_change(event: ResolutionEvent) -> str:
    """From which state to which an event led; empty when the state stayed."""
    if not event.from_state or event.from_state == event.to_state:
        return ""
    return " → ".join(_(lifecycle.STATES[state].label) for state in (event.from_state, event.to_state))


@register.filter
def is_late(resolution: Resolution, at: datetime) -> bool:
    """Whether it should have been done by a moment and is not."""
    return is_overdue(resolution, at)


@register.simple_tag
def may(user: Any, action: str) -> bool:
    """Whether the role of a person includes a row of the permission table."""
    return allows(user, action)


@register.simple_tag
def drafts_form(resolutions: Iterable[Resolution]) -> EnactForm | None:
    """The hidden fields that put the drafts among them into force; None when there is none."""
    drafts = ",".join(f"{one.number}:{one.version}" for one in resolutions if one.state == DRAFT)
    return EnactForm(initial={"drafts": drafts}) if drafts else None
