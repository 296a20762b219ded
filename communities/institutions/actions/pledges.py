"""What an institution promised: made at a visit, kept or not, given more time, taken back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.bulk import next_id
from citymgmt.faults import day_faults, refuse
from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.photos.actions import Upload, keep_uploads, received
from citymgmt.refusals import Invalid, NotFound, WrongState
from citymgmt.worktime import acting
from citymgmt.worktime.acting import Asked, Kind, Recorded, check_fresh
from citymgmt.worktime.clock import Limit, Unit, due
from citymgmt.worktime.repeats import Request, digest_of
from citymgmt.worktime.rules import Rules, current_rules
from citymgmt.written import faults_of
from communities.institutions.actions.frame import MOST_PHOTOS
from communities.institutions.journal import NO_LADDER, Journal, settle_batch, to_be_kept
from communities.institutions.lifecycle import MAKE, OPEN, STATES, TRANSITIONS, VISIT, Transition
from communities.institutions.querysets import locked_institution, locked_pledge, one_of
from communities.models import InstitutionPhoto, InstitutionVisit, Pledge, PledgeEvent
from communities.models.institutions import LONGEST_PLEDGE, LONGEST_REASON

PLEDGE = Kind(Journal, PledgeEvent, settle_batch, locked_pledge, lambda pk: Pledge.objects.filter(pk=pk))
LONGEST_TERM, MOST_WORKING_DAYS = timedelta(days=2 * 366), 250


@dataclass(frozen=True)
class PledgeTold:
    """What was promised, and by when: a day, or so many working days from now."""

    text: str
    by_day: date | None = None
    working_days: int | None = None


# --- made ----------------------------------------------------------------------------------------------------
def make_pledges(visit: InstitutionVisit, told: Sequence[PledgeTold], by: User, at: datetime) -> None:
    """Keep what was promised at a visit, within the transaction that keeps the visit. Raises: Invalid."""
    if told:
        _record_made(visit, told, by, at)


def add_pledge(*, by: User, at: datetime, visit: int, told: PledgeTold, request_key: str | None = None) -> PledgeEvent:
    """Keep one more promise that was made at a visit. A resend acts once.

    Raises: NotFound, NotPermitted, KeyReused, WrongState (nobody was there), Invalid.
    """
    request = Request(PledgeEvent, by, request_key, digest_of(MAKE, str(visit), asdict(told)))

    def act() -> PledgeEvent:
        place = one_of(InstitutionVisit.objects.all(), visit).institution_id
        institution = locked_institution(place)
        if (earlier := request.answer()) is not None:
            return earlier
        require(by, VISIT, institution, on=timezone.localdate(at))
        row = InstitutionVisit.objects.get(pk=visit)
        if not row.is_made:
            raise WrongState(_("A promise is made at a visit. Record the visit first."))
        row.institution = institution
        return _record_made(row, [told], by, at, **request.keys)

    return request.once(act)


def _record_made(
    visit: InstitutionVisit, told: Sequence[PledgeTold], by: User, at: datetime, **keys: Any
) -> PledgeEvent:
    """Write promises of a visit with their first event; gives the last one. Raises: Invalid."""
    on, rules = timezone.localdate(at), current_rules()
    for one in told:
        refuse({"text": faults_of(one.text.strip(), LONGEST_PLEDGE, is_needed=True), **_faults_of_term(one, on)})
    where = {"institution": visit.institution, "visit": visit, "made_on": on, "state": OPEN}
    pledges = [Pledge(id=next_id(Pledge), text=one.text.strip(), **where) for one in told]
    journal = Journal(pledges, rules)
    for pledge, one in zip(pledges, told, strict=True):
        by_day = one.by_day or _counted(one.working_days or 1, at, rules)
        event = journal.record(pledge, MAKE, at=at, by=by, to=OPEN, changes=to_be_kept(by_day, at, rules), **keys)
    journal.write()
    return event


def _faults_of_term(told: PledgeTold, on: date) -> dict[str, Any]:
    if (told.by_day is None) == (told.working_days is None):
        return {"by_day": _("Give a day, or a number of working days.")}
    if told.by_day is not None:
        return {"by_day": _faults_of_day(told.by_day, on)}
    if told.working_days is not None and not 0 < told.working_days <= MOST_WORKING_DAYS:
        limits = {"fewest": 1, "most": MOST_WORKING_DAYS}
        return {"working_days": _("Choose a number from %(fewest)s to %(most)s.") % limits}
    return {}


def _faults_of_day(by_day: date, on: date) -> list[str]:
    return [] if on <= by_day <= on + LONGEST_TERM else [_("A day from today on, at most two years ahead.")]


def _counted(working_days: int, at: datetime, rules: Rules) -> date:
    """The day that is so many working days away: it is what the institution is told, and it stays."""
    return timezone.localdate(due(rules.calendar, at, Limit(working_days, Unit.WORKING_DAY)))


# --- what happens to it next ---------------------------------------------------------------------------------
def act_on_pledge(
    name: str,
    *,
    pk: int,
    by: User,
    at: datetime,
    on: date | None = None,
    by_day: date | None = None,
    note: str = "",
    photos: Iterable[bytes] = (),
    version: int | None = None,
    request_key: str | None = None,
) -> PledgeEvent:
    """Do the action `name` of the table on a promise and return its event; a resend acts once.

    Raises: NotFound, NotPermitted, KeyReused, Stale, WrongState, Invalid (also: kept without any evidence).
    """
    transition = TRANSITIONS.get(name)
    if transition is None:
        raise NotFound

    def body(journal: Journal, pledge: Pledge, moment: datetime) -> Recorded:
        refuse({"note": faults_of(note.strip(), LONGEST_REASON, is_one_line=False)})
        doing = Doing(pledge, moment, journal.rules, on, by_day, note.strip(), uploads)
        return {"to": transition.target, "note": note.strip(), "changes": DOINGS[name](doing)}

    with received(photos, MOST_PHOTOS) as uploads:
        given = {"on": on, "by_day": by_day, "note": note, "photos": [one.digest for one in uploads]}
        return acting.act(
            PLEDGE,
            Asked(transition.kind, pk, by, at, transition.permission, given, request_key),
            body,
            check=partial(_check_now, transition=transition, version=version),
            then=lambda event: keep_uploads(
                InstitutionPhoto, uploads, event.at, institution=event.pledge.institution, event=event, by=by
            ),
        )


def _check_now(pledge: Pledge, transition: Transition, version: int | None) -> None:
    """Whether the action can be done now by whoever saw that version. Raises: Stale, WrongState."""
    check_fresh(pledge, version)
    if pledge.state not in transition.sources:
        told = {"state": STATES[pledge.state].label}
        raise WrongState(_("This is not possible: the promise is now “%(state)s”.") % told, state=pledge.state)


@dataclass(frozen=True)
class Doing:
    """An action on a promise while it is done."""

    pledge: Pledge
    at: datetime
    rules: Rules
    on: date | None
    by_day: date | None
    note: str
    photos: Sequence[Upload]


def _keep(doing: Doing) -> Mapping[str, Any]:
    on, pledge = doing.on, doing.pledge
    if on is None:
        raise Invalid(fields={"on": _("Please fill this in.")})
    faults: dict[str, Any] = {"on": day_faults(on, doing.at)}
    if on < pledge.made_on:
        faults["on"] = _("Not before the day of the promise, %(day)s.") % {"day": pledge.made_on}
    if not doing.note and not doing.photos:
        faults["note"] = _("Show it: a photo, or a note of what somebody saw.")
    refuse(faults)
    return {**NO_LADDER, "done_on": on}


def _break(doing: Doing) -> Mapping[str, Any]:
    if timezone.localdate(doing.at) <= doing.pledge.by_day:
        raise Invalid(_("The institution has until %(day)s.") % {"day": doing.pledge.by_day})
    _need_note(doing)
    return NO_LADDER


def _extend(doing: Doing) -> Mapping[str, Any]:
    _need_note(doing)
    today, by_day = timezone.localdate(doing.at), doing.by_day
    if by_day is None or by_day <= doing.pledge.by_day:
        raise Invalid(fields={"by_day": _("A day after %(day)s.") % {"day": doing.pledge.by_day}})
    refuse({"by_day": _faults_of_day(by_day, today)})
    return to_be_kept(by_day, doing.at, doing.rules)


def _withdraw(doing: Doing) -> Mapping[str, Any]:
    _need_note(doing)
    return NO_LADDER


def _need_note(doing: Doing) -> None:
    refuse({"note": [] if doing.note else [_("Please fill this in.")]})


DOINGS: Mapping[str, Callable[[Doing], Mapping[str, Any]]] = {
    "keep": _keep,
    "break": _break,
    "extend": _extend,
    "withdraw": _withdraw,
}
