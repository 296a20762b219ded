"""Whose meetings and resolutions a person sees: the office all of its own; departments, teams and officers those in
which their unit sits or which it has to carry out.
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.meetings.circulars.models import Circular, CircularReceipt
from cases.meetings.minutes.models import Minutes, Receipt
from cases.meetings.models import AgendaItem, Evidence, Meeting, MeetingRule, MemberUnit, Resolution, Seat
from citymgmt.people.models import User
from citymgmt.people.permissions import TABLE, Scope, ScopeQuery
from citymgmt.people.permissions import register as register_scope
from communities.querysets import communities_of


def _office(user: User, on: date) -> Q:
    return Q(subdistrict_id=user.subdistrict_id)


def _units_of_body(user: User, on: date) -> QuerySet[MemberUnit]:
    return MemberUnit.objects.filter(organisation_id=user.organisation_id or 0)


def _units_of_officer(user: User, on: date) -> QuerySet[MemberUnit]:
    return MemberUnit.objects.filter(community_id__in=communities_of(user, on))


def units_of_user(user: User, on: date) -> QuerySet[MemberUnit] | None:
    """The units through which a person sees resolutions; None for whoever sees all of the office."""
    scope = TABLE["resolution.view"].get(user.role)
    if scope is Scope.SUBDISTRICT:
        return None
    return UNITS[scope](user, on) if scope in UNITS else MemberUnit.objects.none()


UNITS = {Scope.DEPARTMENT: _units_of_body, Scope.TEAM: _units_of_body, Scope.COMMUNITY: _units_of_officer}


def _meetings(scope: Scope) -> ScopeQuery:
    """Meetings to which the person's unit was invited."""
    states = (Meeting.State.INVITED, Meeting.State.HELD, Meeting.State.CANCELLED)
    return lambda user, on: Q(
        Exists(Seat.objects.filter(meeting=OuterRef("pk"), unit__in=UNITS[scope](user, on))), state__in=states
    )


def _resolutions(scope: Scope) -> ScopeQuery:
    """Resolutions in force that the person's unit leads or supports."""

    def query(user: User, on: date) -> Q:
        ids = list(UNITS[scope](user, on).values_list("pk", flat=True))
        supports = [Q(supporting__contains=pk) for pk in ids]
        theirs = Q(lead_id__in=ids)
        for one in supports:
            theirs |= one
        return theirs & ~Q(state="draft")

    return query


def _evidence(query: ScopeQuery) -> ScopeQuery:
    """Photos of reports on the resolutions in reach."""
    return lambda user, on: Q(event__resolution__in=Resolution.objects.filter(query(user, on)))


def _seats(scope: Scope) -> ScopeQuery:
    return lambda user, on: Q(unit__in=UNITS[scope](user, on)) & ~Q(meeting__state=Meeting.State.PLANNED)


def _minutes(scope: Scope) -> ScopeQuery:
    """Issued minutes of meetings in which the person's unit has a seat."""
    seats = Seat.objects.filter(meeting=OuterRef("meeting"))
    return lambda user, on: Q(Exists(seats.filter(unit__in=UNITS[scope](user, on))), state=Minutes.State.ISSUED)


def _circulars(scope: Scope) -> ScopeQuery:
    """Issued circulars that were sent to the person's unit."""
    receipts = CircularReceipt.objects.filter(circular=OuterRef("pk"))
    return lambda user, on: Q(Exists(receipts.filter(unit__in=UNITS[scope](user, on))))


def _receipts(scope: Scope) -> ScopeQuery:
    return lambda user, on: Q(unit__in=UNITS[scope](user, on))


def register() -> None:
    """Say it once, when the app is ready."""
    office = {Scope.SUBDISTRICT: _office}
    of_meeting = {Scope.SUBDISTRICT: lambda user, on: Q(meeting__subdistrict_id=user.subdistrict_id)}
    register_scope(MemberUnit, view="meeting.register", queries=office)
    register_scope(MeetingRule, view="meeting.register", queries=office)
    register_scope(Meeting, view="meeting.view", queries={**office, **{one: _meetings(one) for one in UNITS}})
    register_scope(Seat, view="meeting.view", queries={**of_meeting, **{one: _seats(one) for one in UNITS}})
    register_scope(AgendaItem, view="meeting.plan", queries=of_meeting)
    resolutions = {**office, **{one: _resolutions(one) for one in UNITS}}
    register_scope(Resolution, view="resolution.view", queries=resolutions)
    evidence = {scope: _evidence(query) for scope, query in resolutions.items()}
    register_scope(Evidence, view="resolution.view", queries=evidence)
    register_scope(Minutes, view="minutes.view", queries={**office, **{one: _minutes(one) for one in UNITS}})
    register_scope(Circular, view="circular.view", queries={**office, **{one: _circulars(one) for one in UNITS}})
    of_circular = {Scope.SUBDISTRICT: lambda user, on: Q(circular__subdistrict_id=user.subdistrict_id)}
    received = {**of_circular, **{one: _receipts(one) for one in UNITS}}
    register_scope(CircularReceipt, view="circular.view", queries=received)
    of_minutes = {Scope.SUBDISTRICT: lambda user, on: Q(minutes__subdistrict_id=user.subdistrict_id)}
    register_scope(Receipt, view="minutes.view", queries={**of_minutes, **{one: _receipts(one) for one in UNITS}})
