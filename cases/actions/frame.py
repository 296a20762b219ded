"""The frame of every action on a case: lock, permit, settle, compare, check the state, record, write.

A body of an action gets a `Desk` and records on it; it never locks, permits or writes by itself.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cases import settling, workflow
from cases.actions.attaching import attach
from cases.conditions import Condition, Look, OpenParts, conditions_of, hindrance
from cases.history import Journal, Parts, Values
from cases.mentions import mentions_in
from cases.models import Case, CaseEvent, Escalation, TimeRequest
from cases.querysets import locked_cases, moment_of_event, pending_request
from citymgmt.people.models import User
from citymgmt.people.permissions import permits, require
from citymgmt.refusals import Invalid, NotPermitted, Stale, WrongState
from citymgmt.worktime import repeats
from citymgmt.worktime.acting import catch_up
from citymgmt.worktime.repeats import digest_of, scoped_key
from citymgmt.worktime.rules import Rules, current_rules


@dataclass
class Desk:
    """What lies before an action: the locked case, who acts, when, and the journal to record in."""

    case: Case
    transition: workflow.Transition
    by: User | None
    at: datetime
    journal: Journal
    request_key: str | None = None
    request_digest: str = ""
    part: Any = None
    _is_first: bool = field(default=True, init=False)

    @property
    def rules(self) -> Rules:
        """The calendar and ladders in force."""
        return self.journal.rules

    @property
    def on(self) -> date:
        """The local day of the action."""
        return timezone.localdate(self.at)

    @property
    def look(self) -> Look:
        """What conditions are asked about; a pending request only where the action asks for time or decides on it."""
        asks = self.transition.permission == "request.create"
        request = self.part if self.transition.part == "request" else pending_request(self.case) if asks else None
        parts = OpenParts(self.journal.escalations.get(self.case.pk), request)
        return Look(self.by, self.case, parts, self.at)

    def check(self, conditions: Iterable[Condition]) -> None:
        """Raises: the refusal of the first condition that does not hold."""
        refusal = hindrance(conditions, self.look)
        if refusal is not None:
            raise refusal

    def record(
        self,
        *,
        note: str = "",
        to: str | None = None,
        changes: Values | None = None,
        parts: Parts = (),
        kind: str = "",
    ) -> CaseEvent:
        """Record the action's event; the state follows the workflow table unless `to` is given."""
        key = self.request_key if self._is_first else None
        self._is_first = False
        return self.journal.record(
            self.case,
            kind or self.transition.action,
            at=self.at,
            by=self.by,
            to=to or self.transition.target,
            note=note.strip(),
            changes=changes,
            parts=parts,
            request_key=key,
            request_digest=self.request_digest if key else "",
        )


Body = Callable[..., CaseEvent]  # records on the desk what it carries
ACTIONS: dict[str, Body] = {}


def action(name: str) -> Callable[[Body], Body]:
    """Make a function the body of the workflow's action `name`."""

    def register(body: Body) -> Body:
        ACTIONS[name] = body
        return body

    return register


def perform(
    name: str,
    *,
    number: str,
    by: User | None,
    at: datetime,
    version: int | None = None,
    request_key: str | None = None,
    **given: Any,
) -> CaseEvent:
    """Do the action `name` of the workflow table on the case `number` and return its event.

    `version` is what the person saw; `request_key` makes a resend return the first event. `given` is what the
    action carries, as Python values. Raises: NotFound, NotPermitted, KeyReused, Stale, WrongState, Invalid.
    """
    transition = workflow.TRANSITIONS[name]
    digest = digest_of(name, number, given)

    def act(*, is_settled: bool = False) -> CaseEvent:
        case = _locked(number, given)
        _check_settled(case, at, is_settled)
        earlier = earlier_answer(by, request_key, digest)
        if earlier is not None:
            return earlier
        require(by, transition.permission, case, on=timezone.localdate(at), is_fresh=True)
        desk = _laid_out(case, transition, by, at, version)
        desk.request_key, desk.request_digest = scoped_key(by, request_key), digest
        _check_carried(transition, given)
        desk.check(conditions_of(name))
        event = ACTIONS[name](desk, **{key: value for key, value in given.items() if key != "photos"})
        event.mentions = mentions_in(event.note, case, by, desk.on, _departments(desk))
        desk.journal.write()
        attach(event, given.get("photos") or (), by)
        return event

    try:
        return once(act, by, request_key, digest)
    except _FallenDue:
        _catch_up(number, at)
    return once(partial(act, is_settled=True), by, request_key, digest)


class _FallenDue(Exception):
    """Something fell due on the case: it is recorded by itself, so that a refusal of the action does not undo it."""


def _check_settled(case: Case, at: datetime, is_settled: bool) -> None:
    if not is_settled and case.next_check_at is not None and case.next_check_at <= at:
        raise _FallenDue


def _departments(desk: Desk) -> list[int]:
    """The department that has the case after the action, which may not be written yet."""
    escalation = desk.journal.escalations.get(desk.case.pk)
    return [escalation.department_id] if escalation else []


def record_beside(
    case: Case,
    kind: str,
    *,
    by: User | None,
    at: datetime,
    note: str,
    key: str | None,
    digest: str,
    is_satisfied: bool | None = None,
) -> CaseEvent:
    """Record on a locked case what somebody did to a thing around it; the state stays. Call it within `once`.

    `is_satisfied` is what the event of a judgement tells beside its kind.
    """
    journal = Journal([case], current_rules())
    settling.settle(journal, case, at)
    moment = _in_order(at, _last_moment(case, journal))
    event = journal.record(
        case, kind, at=moment, by=by, note=note.strip(), request_key=scoped_key(by, key), request_digest=digest
    )
    event.mentions = mentions_in(event.note, case, by, timezone.localdate(moment))
    event.is_satisfied = is_satisfied
    journal.write()
    return event


def once_beside(
    name: str,
    number: str,
    write: Callable[[Case, str], CaseEvent],
    *,
    by: User | None,
    request_key: str | None,
    asked: dict[str, Any],
) -> CaseEvent:
    """Write something around a case while its row is locked: `write` is given the case and the digest of what is asked,
    permits, and records beside it. The same key again gives the first event. Raises: NotFound, KeyReused.
    """
    digest = digest_of(name, number, asked)

    def act() -> CaseEvent:
        case = locked_cases(number)[number]
        return earlier_answer(by, request_key, digest) or write(case, digest)

    return once(act, by, request_key, digest)


def _catch_up(number: str, at: datetime) -> None:
    """Record by itself what fell due until `at`."""
    catch_up(Case.objects.filter(number=number), at, settling.settle_batch)


def once(act: Callable[[], CaseEvent], by: User | None, request_key: str | None, digest: str) -> CaseEvent:
    """Act in one transaction; when the same key was written elsewhere meanwhile, give its answer. Raises: KeyReused."""
    return repeats.once(act, lambda: earlier_answer(by, request_key, digest))


def _locked(number: str, given: dict[str, Any]) -> Case:
    """The case of this number, locked, and with it the case that the action carries, as it is now."""
    other = given.get("target")
    if not isinstance(other, Case):
        return locked_cases(number)[number]
    locked = locked_cases(number, other.number)
    given["target"] = locked.get(other.number, other)
    return locked[number]


def _laid_out(case: Case, transition: workflow.Transition, by: User | None, at: datetime, version: int | None) -> Desk:
    """The desk of a locked case: settled until `at`, unchanged since `version`, in a state that fits."""
    journal = Journal([case], current_rules())
    settling.settle(journal, case, at)
    if version is not None:
        _check_fresh(case, journal, version)
    if case.state not in transition.sources:
        raise WrongState(wrong_state_sentence(case, transition), state=case.state)
    at = _in_order(at, _last_moment(case, journal))
    part = _open_part(transition, case, journal)
    if part is not None and by is not None and not permits(by, transition.permission, part, on=timezone.localdate(at)):
        raise NotPermitted(_("This is the matter of another department."))
    return Desk(case, transition, by, at, journal, part=part)


def _in_order(at: datetime, last: datetime) -> datetime:
    """The moment of the action, never before the last event: clocks of hosts differ, and one may have run ahead.

    A case must not stand still until a clock set wrong has been caught up with, so nobody is refused for it.
    """
    return max(at, last)


def _last_moment(case: Case, journal: Journal) -> datetime:
    if journal.events:
        return journal.events[-1].at
    return moment_of_event.first(case.pk, case.version) or case.created_at


def wrong_state_sentence(case: Case, transition: workflow.Transition) -> str:
    """Why an action that the table does not allow in the case's state is refused."""
    return _("“%(action)s” is not possible: the case is now in the state “%(state)s”.") % {
        "action": _(transition.label),
        "state": _(workflow.STATES[case.state].label),
    }


def _check_fresh(case: Case, journal: Journal, seen: int) -> None:
    """Refuse when somebody else acted, or the state changed, since the person looked. Raises: Stale."""
    if seen == case.version:
        return
    if seen > case.version or seen < 1:
        raise Stale(_("This version of the case does not exist."), version=case.version)
    since = [
        *CaseEvent.objects.filter(case=case, seq__gt=seen).select_related("by").order_by("seq"),
        *journal.events,
    ]
    conflict = next((event for event in since if event.by_id or event.from_state != event.to_state), None)
    if conflict is not None:
        raise Stale(
            _("%(who)s has changed this case in the meantime (%(what)s). Please look again.")
            % {"who": conflict.by or _("The portal"), "what": _(workflow.event_label(conflict.kind))},
            version=case.version,
        )


def _open_part(transition: workflow.Transition, case: Case, journal: Journal) -> Escalation | TimeRequest | None:
    if transition.part == "escalation":
        found: Any = journal.escalations.get(case.pk)
    elif transition.part == "request":
        found = pending_request(case)
    else:
        return None
    if found is None:
        raise WrongState
    return found


def _check_carried(transition: workflow.Transition, given: dict[str, Any]) -> None:
    missing = {name: _("Please fill this in.") for name in transition.carries if _is_blank(given.get(name))}
    unknown = set(given) - set(transition.carries) - set(transition.may_carry)
    if unknown:
        missing.update(dict.fromkeys(sorted(unknown), _("This action does not carry it.")))
    if missing:
        raise Invalid(fields=missing)


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def earlier_answer(by: User | None, request_key: str | None, digest: str) -> CaseEvent | None:
    """The event that this very request wrote before, if it did. Raises: KeyReused."""
    return repeats.earlier_answer(CaseEvent, by, request_key, digest)
