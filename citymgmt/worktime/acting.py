"""The one order of actions on timed things with a history: catch up, lock, answer a resend, permit, check, write.

A room says once what its kind of thing is (`Kind`), and gives each action a body that tells what is recorded; a body
never locks, permits or writes.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from django.db import models, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.history import Event
from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.refusals import Stale, WrongState
from citymgmt.worktime.journal import in_order
from citymgmt.worktime.repeats import Request, digest_of
from citymgmt.worktime.rules import current_rules, hold_rules
from citymgmt.worktime.sweep import SettleBatch

Thing = TypeVar("Thing", bound=models.Model)
Happening = TypeVar("Happening", bound=Event)
Recorded = Mapping[str, Any]  # what `Journal.record` takes beside thing, moment and person


@dataclass(frozen=True)
class Kind(Generic[Thing, Happening]):
    """A kind of timed thing, as its actions know it; `key` is what names one: an id, or a number.

    `locked` gives the row, locked after its parents, or raises NotFound; `around` finds the rows that are caught up
    with before, which are more than the one where actions touch its neighbours too.
    """

    journal: Callable[..., Any]  # the class of its journal
    events: type[Happening]
    settle: SettleBatch
    locked: Callable[[Any], Thing]
    around: Callable[[Any], QuerySet[Thing]]


@dataclass(frozen=True)
class Asked:
    """Which action somebody asks for, on what and when; `given` tells a resend from another request."""

    kind: str  # of the event
    key: int | str
    by: User | None
    at: datetime
    permission: str
    given: Mapping[str, Any] = field(default_factory=dict)
    request_key: str | None = None

    def permit(self, thing: models.Model) -> None:
        """Raises: NotFound, NotPermitted."""
        require(self.by, self.permission, thing, on=timezone.localdate(self.at))


def _nothing(what: Any) -> None:
    """What an action does that needs nothing more."""


def act(
    kind: Kind[Thing, Happening],
    asked: Asked,
    body: Callable[[Any, Thing, datetime], Recorded],
    *,
    check: Callable[[Thing], None] = _nothing,
    then: Callable[[Happening], None] = _nothing,
    permit: Callable[[Thing], None] | None = None,
) -> Happening:
    """Do an action and return its event; a resend acts once. `permit` replaces the permission table where somebody
    without a log-in acts, `check` refuses what cannot be now, `body` says what is recorded (given the journal, the
    thing and the moment; it may name another `kind` of event), `then` writes what belongs to the event.

    Raises: NotFound, NotPermitted, KeyReused, and what `check` and `body` raise.
    """
    digest = digest_of(asked.kind, str(asked.key), dict(asked.given))
    request = Request(kind.events, asked.by, asked.request_key, digest)

    def act_now() -> Happening:
        thing = kind.locked(asked.key)
        if (earlier := request.answer()) is not None:
            return earlier
        (permit or asked.permit)(thing)
        check(thing)
        journal, moment = kind.journal([thing], current_rules()), in_order(thing, asked.at)
        told = {"kind": asked.kind, **body(journal, thing, moment), **request.keys}
        event: Happening = journal.record(thing, at=moment, by=asked.by, **told)
        journal.write()
        then(event)
        return event

    catch_up(kind.around(asked.key), asked.at, kind.settle)
    return request.once(act_now)


def catch_up(rows: QuerySet[Any], at: datetime, settle: SettleBatch) -> None:
    """Record by itself what fell due of the rows until `at`, so that a refusal of an action does not undo it."""
    due = rows.filter(next_check_at__lte=at).order_by("pk")
    if due.exists():
        with transaction.atomic():
            hold_rules()
            settle(list(due.select_for_update(of=("self",), no_key=True)), at, current_rules())


def check_fresh(thing: Any, version: int | None) -> None:
    """Whether nobody acted since that version; a step of a ladder disturbs nobody. Raises: Stale."""
    if version is None or version == thing.version:
        return
    since = thing.events.filter(seq__gt=version, by__isnull=False).select_related("by").order_by("seq")
    conflict = since.last() if 1 <= version < thing.version else None
    if conflict is not None:
        told = {"who": conflict.by, "when": f"{timezone.localtime(conflict.at):%m-%d %H:%M}"}
        raise Stale(
            _("Somebody else has changed this in the meantime: %(who)s, %(when)s.") % told, version=thing.version
        )
    if not 1 <= version < thing.version:
        raise Stale(version=thing.version)


class Transition(Protocol):
    """A row of a table of what may happen to a thing next."""

    @property
    def label(self) -> str: ...
    @property
    def sources(self) -> Collection[str]: ...
    @property
    def target(self) -> str | None: ...


def check_state(thing: Any, transition: Transition, states: Mapping[str, Any], sentence: str) -> None:
    """Whether the table allows it in the thing's state. `sentence`, not translated yet, takes `action` and `state`.

    Raises: WrongState.
    """
    if thing.state not in transition.sources:
        told = {"action": _(transition.label), "state": _(states[thing.state].label)}
        raise WrongState(_(sentence) % told, state=thing.state)


def check_of(
    transition: Transition, version: int | None, states: Mapping[str, Any], sentence: str
) -> Callable[[Any], None]:
    """The check of an action by somebody who saw that version: nobody acted since, and the table allows it now.

    It raises: Stale, WrongState.
    """

    def check(thing: Any) -> None:
        check_fresh(thing, version)
        check_state(thing, transition, states, sentence)

    return check


def step_of(
    transition: Transition, given: Mapping[str, Any], body: Callable[[Any, Any, datetime], Recorded]
) -> Callable[[Any, Any, datetime], Recorded]:
    """The body of an action that leads where its table says, with the note that was given, and what `body` adds."""

    def recorded(journal: Any, thing: Any, moment: datetime) -> Recorded:
        note = str(given.get("note") or "").strip()
        return {"to": transition.target, "note": note, **body(journal, thing, moment)}

    return recorded
