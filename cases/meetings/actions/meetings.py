"""Plan a meeting, change it, invite to it, call it off, say that it was held."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import Any

import pghistory
from django.db import IntegrityError, transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.meetings import notices
from cases.meetings.actions.agenda import give_back, put_item
from cases.meetings.models import AgendaItem, Meeting, MeetingRule, MemberUnit, Seat
from cases.meetings.proposals import Proposal
from cases.meetings.querysets import hold_office, locked_meeting, rules_in_force, units_of
from cases.meetings.regular import planned_days
from cases.models import Case
from citymgmt.people.models import SubDistrict, User
from citymgmt.people.permissions import require, require_role
from citymgmt.refusals import Invalid, KeyReused, WrongState
from citymgmt.worktime.repeats import scoped_key
from citymgmt.worktime.rules import current_rules, hold_rules
from citymgmt.written import faults_of, in_lines
from communities.models import Project

LONGEST_TITLE, LONGEST_PLACE, LONGEST_REASON = 100, 100, 1000  # characters
AHEAD = timedelta(days=400)  # how far ahead a meeting can be planned
PLANNED_AHEAD = timedelta(days=14)  # when a regular meeting is planned by itself


@dataclass(frozen=True)
class MeetingPlan:
    """When, where and with whom; `units` are ids of member units, `case` or `project` is what a consultation is called
    for."""

    title: str
    starts_at: datetime
    place: str
    units: Sequence[int]
    chair: int | None = None
    recorder: int | None = None
    kind: str = Meeting.Kind.REGULAR
    case: Case | None = None
    project: Project | None = None
    reason: str = ""


def plan_meeting(*, by: User, at: datetime, plan: MeetingPlan, request_key: str | None = None) -> Meeting:
    """Plan a meeting of the person's office; it gets the next number of its year, and the case or project that a
    consultation is called for stands on its agenda. A resend acts once.

    Raises: NotPermitted, NotFound (a case or project outside the scope), Invalid, KeyReused.
    """
    require_role(by, "meeting.plan")
    assert by.subdistrict_id is not None  # whoever may plan works for one
    if plan.case is not None:
        require(by, "case.view", plan.case, on=timezone.localdate(at))
    if plan.project is not None:
        require(by, "project.view", plan.project, on=timezone.localdate(at))
    key = scoped_key(by, request_key)
    with transaction.atomic(), pghistory.context(user=by.pk, action="plan_meeting"):
        office = hold_office(by.subdistrict_id)
        earlier = Meeting.objects.filter(request_key=key).first() if key else None
        if earlier is not None:
            if (earlier.title, earlier.starts_at) != (plan.title.strip(), plan.starts_at):
                raise KeyReused
            return earlier
        units = _checked(plan, office.pk, at)
        meeting = _new_meeting(office, plan, by, at)
        meeting.request_key = key
        meeting.save(force_insert=True)
        _seat(meeting, units)
        _put_first(meeting, by, at)
        return meeting


def _put_first(meeting: Meeting, by: User, at: datetime) -> None:
    """Put the case or the project that a consultation is called for on its agenda."""
    if meeting.called_for is not None:
        case = meeting.called_for
        title = " ".join(f"{case.number} {case.address or case.description}".split())
        put_item(meeting, Proposal(AgendaItem.Reason.BY_HAND, title, case.description, case=case), by, at)
    if meeting.called_for_project is not None:
        project = meeting.called_for_project
        put_item(meeting, Proposal(AgendaItem.Reason.BY_HAND, project.name, project.aim), by, at)


def _new_meeting(office: SubDistrict, plan: MeetingPlan, by: User, at: datetime) -> Meeting:
    year = timezone.localdate(plan.starts_at).year
    return Meeting(
        subdistrict=office,
        kind=plan.kind,
        year=year,
        ordinal=_next_ordinal(office.pk, year),
        called_for=plan.case,
        called_for_project=plan.project,
        reason=in_lines(plan.reason),
        planned_at=at,
        planned_by=by,
        **_columns(plan),
    )


def _columns(plan: MeetingPlan) -> dict[str, Any]:
    return {
        "title": plan.title.strip(),
        "starts_at": plan.starts_at,
        "place": plan.place.strip(),
        "chair_id": plan.chair,
        "recorder_id": plan.recorder,
    }


def _next_ordinal(subdistrict_id: int, year: int) -> int:
    rows = Meeting.objects.filter(subdistrict=subdistrict_id, year=year)
    return (rows.aggregate(last=Max("ordinal"))["last"] or 0) + 1


def _checked(
    plan: MeetingPlan, subdistrict_id: int, at: datetime, planned: Meeting | None = None, seated: Iterable[int] = ()
) -> list[MemberUnit]:
    """The units that are invited; `planned` is the meeting as it is when it is changed. Raises: Invalid."""
    units = units_of(subdistrict_id, plan.units, seated)
    wrong: dict[str, str] = {}
    for name, fault in (*_faults_of_text(plan), *_faults_of_people(plan, subdistrict_id)):
        wrong.setdefault(name, fault)
    is_moved = planned is None or planned.starts_at != plan.starts_at
    if is_moved and not at < plan.starts_at <= at + AHEAD:
        wrong["starts_at"] = _("A meeting begins after now, and within about a year.")
    if len(units) != len(set(plan.units)) or not units:
        wrong["units"] = _("Choose at least one of the member units.")
    if wrong:
        raise Invalid(fields=wrong)
    return units


def _faults_of_text(plan: MeetingPlan) -> Iterator[tuple[str, str]]:
    yield from (("title", fault) for fault in faults_of(plan.title.strip(), LONGEST_TITLE, is_needed=True))
    yield from (("place", fault) for fault in faults_of(plan.place.strip(), LONGEST_PLACE, is_needed=True))
    is_needed = plan.kind == Meeting.Kind.CONSULTATION
    found = faults_of(in_lines(plan.reason), LONGEST_REASON, is_needed=is_needed, is_one_line=False)
    yield from (("reason", fault) for fault in found)


def _faults_of_people(plan: MeetingPlan, subdistrict_id: int) -> Iterator[tuple[str, str]]:
    for name, pk in (("chair", plan.chair), ("recorder", plan.recorder)):
        if pk is not None and not User.objects.filter(pk=pk, subdistrict=subdistrict_id, is_active=True).exists():
            yield name, _("Choose somebody of the office.")


def _seat(meeting: Meeting, units: Iterable[MemberUnit]) -> None:
    """Give each of the units a seat, and take away the others'."""
    wanted = {unit.pk: unit for unit in units}
    Seat.objects.filter(meeting=meeting).exclude(unit__in=wanted).delete()
    seated = set(Seat.objects.filter(meeting=meeting).values_list("unit_id", flat=True))
    Seat.objects.bulk_create([Seat(meeting=meeting, unit=unit) for pk, unit in wanted.items() if pk not in seated])


def revise_meeting(*, by: User, at: datetime, pk: int, version: int, plan: MeetingPlan) -> Meeting:
    """Change when, where and with whom; once units are invited, those that stay, come in or need not come any more are
    told. At another time the units are asked anew whether they come. The same plan again changes nothing.

    Raises: NotFound, NotPermitted, WrongState, Stale, Invalid.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action="revise_meeting"):
        meeting = _locked_ahead(by, at, pk)
        seated = {seat.unit_id: seat.unit for seat in _seats(meeting)}
        columns = _columns(plan)
        if all(getattr(meeting, name) == value for name, value in columns.items()) and set(seated) == set(plan.units):
            return meeting
        locked_meeting(pk, version)
        units = _checked(plan, meeting.subdistrict_id, at, meeting, seated)
        if meeting.starts_at != plan.starts_at:
            meeting.seats.update(answer="", answered_at=None, names="")
        _keep_columns(meeting, columns)
        _seat(meeting, units)
        if meeting.state == Meeting.State.INVITED:
            _tell_of_change(meeting, seated, units, at)
        return meeting


def _keep_columns(meeting: Meeting, columns: dict[str, Any]) -> None:
    """Raises: Invalid (another meeting of the rule begins then)."""
    for name, value in columns.items():
        setattr(meeting, name, value)
    meeting.version += 1
    try:
        with transaction.atomic():
            meeting.save(update_fields=[*(name.removesuffix("_id") for name in columns), "version"])
    except IntegrityError as error:
        raise Invalid(fields={"starts_at": _("Another of these regular meetings begins then.")}) from error


def _tell_of_change(
    meeting: Meeting, seated: Mapping[int, MemberUnit], units: Sequence[MemberUnit], at: datetime
) -> None:
    wanted = {unit.pk for unit in units}
    notices.tell_units(notices.MOVED, meeting, [unit for unit in units if unit.pk in seated], at)
    notices.tell_units(notices.INVITED, meeting, [unit for unit in units if unit.pk not in seated], at)
    notices.tell_units(notices.LEFT_OUT, meeting, [unit for pk, unit in seated.items() if pk not in wanted], at)


def _locked_ahead(by: User, at: datetime, pk: int) -> Meeting:
    """A meeting that is still to be held. Raises: NotFound, NotPermitted, WrongState."""
    meeting = locked_meeting(pk)
    require(by, "meeting.plan", meeting, on=timezone.localdate(at))
    if not meeting.is_ahead:
        raise WrongState(_("This meeting is over."))
    return meeting


def invite_units(*, by: User, at: datetime, pk: int) -> Meeting:
    """Invite the units of a meeting. Done twice it changes nothing more, so no request key is needed: whoever comes in
    later is told by `revise_meeting`.

    Raises: NotFound, NotPermitted, WrongState (it is over, or has begun already).
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action="invite_units"):
        meeting = _locked_ahead(by, at, pk)
        if meeting.state == Meeting.State.INVITED:
            return meeting
        if at >= meeting.starts_at:
            raise WrongState(_("This meeting has begun already."))
        meeting.state = Meeting.State.INVITED
        meeting.save(update_fields=["state"])
        notices.tell_units(notices.INVITED, meeting, [seat.unit for seat in _seats(meeting)], at)
        return meeting


def _seats(meeting: Meeting) -> Iterable[Seat]:
    return meeting.seats.select_related("unit__organisation")


def cancel_meeting(*, by: User, at: datetime, pk: int, reason: str) -> Meeting:
    """Call a meeting off; those who were invited are told, and resolutions that the ladder had brought back to it wait
    for the next one again. Done twice it changes nothing more.

    Raises: NotFound, NotPermitted, WrongState (it was held), Invalid.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action="cancel_meeting"):
        hold_rules()
        meeting = locked_meeting(pk)
        require(by, "meeting.plan", meeting, on=timezone.localdate(at))
        if meeting.state == Meeting.State.CANCELLED:
            return meeting
        if not meeting.is_ahead or meeting.resolutions.exists():
            raise WrongState(_("This meeting is over."))
        reason = in_lines(reason)
        if faults := faults_of(reason, LONGEST_REASON, is_needed=True, is_one_line=False):
            raise Invalid(fields={"reason": faults})
        was_invited = meeting.state == Meeting.State.INVITED
        meeting.state, meeting.called_off_because = Meeting.State.CANCELLED, reason
        meeting.version += 1
        meeting.save(update_fields=["state", "called_off_because", "version"])
        give_back(meeting, meeting.items.all(), by, at)
        if was_invited:
            notices.tell_units(notices.CALLED_OFF, meeting, [seat.unit for seat in _seats(meeting)], at)
        return meeting


def hold_meeting(*, by: User, at: datetime, pk: int) -> Meeting:
    """Say that a meeting was held, once it has begun. Done twice it changes nothing more.

    Raises: NotFound, NotPermitted, WrongState.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action="hold_meeting"):
        meeting = locked_meeting(pk)
        require(by, "meeting.plan", meeting, on=timezone.localdate(at))
        if meeting.state == Meeting.State.HELD:
            return meeting
        if not meeting.is_ahead:
            raise WrongState(_("This meeting was called off."))
        if at < meeting.starts_at:
            raise WrongState(_("This meeting has not begun yet."))
        meeting.state = Meeting.State.HELD
        meeting.save(update_fields=["state"])
        return meeting


def plan_due_meetings(*, at: datetime) -> int:
    """Plan the next meeting of each regular one that is near and not planned; returns how many. Any number may run, and
    what was moved or called off is not planned a second time.
    """
    return sum(_plan_next(rule, at) for rule in rules_in_force())


def _plan_next(rule: MeetingRule, at: datetime) -> bool:
    """Plan it in the name of whoever leads the office; nobody there, nothing is planned."""
    found = _next_of(rule, at)
    if found is None:
        return False
    key, starts_at = found
    with transaction.atomic(), pghistory.context(action="plan_due_meetings"):
        office = hold_office(rule.subdistrict_id)
        by = User.objects.filter(subdistrict=office, role="leader", is_active=True).order_by("pk").first()
        is_there = Q(request_key=key) | Q(rule=rule, starts_at=starts_at) & ~Q(state=Meeting.State.CANCELLED)
        if by is None or Meeting.objects.filter(is_there).exists():
            return False
        units = [unit for unit in rule.units.all() if unit.is_active]
        plan = MeetingPlan(rule.title, starts_at, rule.place, [unit.pk for unit in units], chair=by.pk)
        meeting = _new_meeting(office, plan, by, at)
        meeting.rule, meeting.request_key = rule, key
        meeting.save(force_insert=True)
        _seat(meeting, units)
    return True


def _next_of(rule: MeetingRule, at: datetime) -> tuple[str, datetime] | None:
    """The key and the moment of the next meeting of a rule, if it is near."""
    today = timezone.localdate(at)
    days = planned_days(rule.rhythm, today - timedelta(days=1), current_rules().calendar)
    near = takewhile(lambda day: day[1] <= today + PLANNED_AHEAD, days)
    found = ((f"rule:{rule.pk}:{planned:%Y-%m}", _moment(held, rule)) for planned, held in near)
    return next((one for one in found if one[1] > at), None)


def _moment(day: date, rule: MeetingRule) -> datetime:
    return timezone.make_aware(datetime.combine(day, rule.starts))
