"""The buttons of a case page: what this person may do now, the main things in front."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases import workflow
from cases.models import Case
from citymgmt.forms import new_request_key

IN_FRONT = 3
IN_MENU = frozenset({"note", "correct"})  # always possible, never pressing
LATER = IN_MENU | {"measure", "merge", "answer_supervision"}


@dataclass(frozen=True)
class Button:
    """One action as a button: `is_one_tap` acts at once (a POST of its own), others open their form."""

    action: str
    label: str
    tone: str
    url: str
    is_one_tap: bool
    request_key: str
    confirm: str = ""

    @property
    def css_class(self) -> str:
        """Its look in front."""
        looks = {"main": "btn-primary", "danger": "btn-outline-danger"}
        return looks.get(self.tone, "btn-outline-secondary")


def needs_no_form(transition: workflow.Transition) -> bool:
    """Whether pressing says everything: only a note could be added."""
    return not transition.carries and set(transition.may_carry) <= {"note"}


def button_of(case: Case, transition: workflow.Transition) -> Button:
    """The button of an action on a case."""
    label = _(transition.label)
    return Button(
        action=transition.action,
        label=label,
        tone=transition.tone,
        url=reverse("cases:act", args=[case.number, transition.action]),
        is_one_tap=needs_no_form(transition),
        request_key=new_request_key(),
        confirm=_("%(action)s?") % {"action": label} if transition.tone == "danger" else "",
    )


def buttons_of(case: Case, transitions: Iterable[workflow.Transition]) -> tuple[list[Button], list[Button]]:
    """The buttons in front and those in the menu: main ones first, dangerous ones last, a note always in the menu."""
    ranks: dict[str, Any] = {"main": 0, "plain": 1, "danger": 2}
    ordered = sorted(transitions, key=lambda one: (one.action in IN_MENU, ranks[one.tone], one.action in LATER))
    buttons = [button_of(case, one) for one in ordered]
    front = [button for button in buttons if button.action not in IN_MENU][:IN_FRONT]
    return front, [button for button in buttons if button not in front]
