"""What a person may do with a resolution now: buttons, and the panel in which one note goes with either answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.meetings.actions.resolving import LINK, REVISE
from cases.meetings.lifecycle import OPEN, REPORTED, TRANSITIONS, Transition
from cases.meetings.models import Resolution
from cases.meetings.resolution_forms import ActForm
from citymgmt.forms import new_request_key
from citymgmt.people.models import User
from citymgmt.people.permissions import allows

PANELS: Mapping[str, tuple[Any, tuple[str, str]]] = {  # in which state which two actions share a note
    OPEN: (gettext_lazy("Report"), ("progress", "report_done")),
    REPORTED: (gettext_lazy("Is it carried out?"), ("agree", "go_on")),
}
LOOKS = {"main": "btn-primary", "danger": "btn-outline-danger"}


@dataclass(frozen=True)
class ActButton:
    """An action as a button: `is_one_tap` acts at once, others open their form."""

    label: str
    css_class: str
    url: str
    is_one_tap: bool
    request_key: str


@dataclass(frozen=True)
class Panel:
    """A note, and the buttons that send it."""

    title: Any
    form: ActForm
    buttons: list[ActButton]


def can(user: User, resolution: Resolution, transition: Transition) -> bool:
    """Whether role and state allow an action on a resolution that the person sees."""
    return resolution.state in transition.sources and allows(user, transition.permission)


def button_of(resolution: Resolution, transition: Transition) -> ActButton:
    """The button of an action."""
    own = {"revise": "meetings:revise-resolution", "link": "meetings:link-resolution"}.get(transition.action)
    url = reverse(own, args=[resolution.number]) if own else act_url(resolution, transition.action)
    is_one_tap = not own and not transition.carries
    return ActButton(
        _(transition.label), LOOKS.get(transition.tone, "btn-outline-secondary"), url, is_one_tap, new_request_key()
    )


def act_url(resolution: Resolution, action: str) -> str:
    """Where an action is done."""
    return reverse("meetings:act-resolution", args=[resolution.number, action])


def _shown_beside(resolution: Resolution) -> tuple[str, ...]:
    return PANELS[resolution.state][1] if resolution.state in PANELS else ()


def buttons_of(user: User, resolution: Resolution) -> list[ActButton]:
    """The buttons of a page, without what its panel offers."""
    return [button_of(resolution, one) for one in _possible(user, resolution)]


def _possible(user: User, resolution: Resolution) -> Iterator[Transition]:
    beside = _shown_beside(resolution)
    ordered = sorted(TRANSITIONS.values(), key=lambda one: one.tone == "danger")
    main = [one for one in ordered if one.tone == "main"]
    for one in (*main, REVISE, LINK, *(one for one in ordered if one not in main)):
        if one.action not in beside and can(user, resolution, one):
            yield one


def panel_of(user: User, resolution: Resolution) -> Panel | None:
    """The panel of the present state, for whoever may do what it offers."""
    names = _shown_beside(resolution)
    offered = [TRANSITIONS[name] for name in names]
    if not offered or not all(can(user, resolution, one) for one in offered):
        return None
    form = ActForm(transition=offered[0], initial={"version": resolution.version}, auto_id="panel_%s")
    form.fields["note"].required = False
    buttons = sorted((button_of(resolution, one) for one in offered), key=lambda one: one.css_class != LOOKS["main"])
    return Panel(PANELS[resolution.state][0], form, buttons)
