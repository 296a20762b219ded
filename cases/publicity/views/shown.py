"""What pages of the room show alike: a thing as a row of a list, its steps as buttons, its history."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.publicity.actions.frame import NOT_NOW
from cases.publicity.lifecycle import Life
from citymgmt.history import Event
from citymgmt.people.models import User
from citymgmt.people.permissions import reaches_as_far
from citymgmt.photos.shown import Shown
from citymgmt.refusals import NotFound, WrongState
from citymgmt.worktime.steps import Stage, Step


@dataclass(frozen=True)
class Row:
    """A thing of a list: its stage as a badge, and whether it is overdue."""

    thing: Any
    stage: Stage
    is_late: bool

    @property
    def label(self) -> str:
        """The stage in words."""
        return _(self.stage.label)


def row_of(life: Life, thing: Any, request: Any) -> Row:
    """A thing as it stands now."""
    return Row(thing, life.stages[thing.state], thing.due_at is not None and thing.due_at < request.at)


@dataclass(frozen=True)
class Happened:
    """An event as a history shows it."""

    event: Event
    label: str
    icon: str
    tone: str
    detail: str
    photos: Sequence[Shown]


def history_of(life: Life, thing: Any) -> list[Happened]:
    """The events of a thing, the newest first, each with its photos."""
    rows: Iterable[Any] = thing.events.select_related("by").prefetch_related("photos").order_by("-seq")
    return [
        Happened(
            one,
            _(label),
            icon,
            tone,
            _detail(life, one),
            [Shown(photo, "publicity:photo") for photo in one.photos.all()],
        )
        for one in rows
        for label, icon, tone in [life.look(one.kind)]
    ]


def _detail(life: Life, event: Event) -> str:
    """The step of the ladder; of a person's step nothing, for the facts stand beside."""
    told: Mapping[str, Any] = event.changes[life.subject]
    return str(told.get("ladder_code", "")) if event.by_id is None else ""


def buttons_of(life: Life, thing: Any, user: User, address: str, seeing: str) -> list[tuple[Step, str, str]]:
    """What may happen to a thing next, by the table and the person's rights: each with its label and address."""
    return [
        (one, _(one.label), reverse(address, args=[thing.pk, one.action]))
        for one in life.possible(thing.state)
        if one.carried and reaches_as_far(user, one.permission, seeing)
    ]


def step_of(life: Life, action: str) -> Step:
    """The step of an address that has a form of its own. Raises: NotFound."""
    step = life.steps.get(action)
    if step is None or not step.carried:
        raise NotFound
    return step


def check_possible(life: Life, thing: Any, step: Step, request: HttpRequest) -> None:
    """Whether the stage of a thing allows a step that is only looked at yet; sent, the action says so on the form.

    Raises: WrongState.
    """
    if request.method != "POST" and thing.state not in step.sources:
        told = {"action": _(step.label), "state": _(life.stages[thing.state].label)}
        raise WrongState(_(NOT_NOW) % told, state=thing.state)
