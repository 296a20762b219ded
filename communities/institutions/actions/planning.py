"""Visits are planned: those of a quarter evenly for the whole office, or one by hand; how often, the office says."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pghistory
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.faults import refuse
from citymgmt.people.models import SubDistrict, User
from citymgmt.people.permissions import require
from citymgmt.refusals import Invalid, WrongState, refusing
from citymgmt.worktime.rules import current_rules, hold_rules
from communities.institutions.actions.frame import check_active, keeping
from communities.institutions.lifecycle import PLANNED
from communities.institutions.planning import Wanted, spread, turns
from communities.institutions.quarters import Quarter
from communities.institutions.querysets import last_visits, times_of, visitors_of, visits_by_institution
from communities.models import Institution, InstitutionKind, InstitutionVisit, VisitRule
from communities.models.institutions import MOST_TIMES
from communities.querysets import locked_office

PLAN = "institution.plan"
ONE_DAY, FARTHEST = timedelta(days=1), timedelta(days=366)


@dataclass(frozen=True)
class Planned:
    """What planning a quarter came to."""

    visits: int
    institutions: int


def plan_quarter(*, by: User, at: datetime, quarter: Quarter) -> Planned:
    """Plan the visits that the office's institutions still lack in a quarter, evenly over its working days from
    tomorrow on, in each community by itself. Doing it again plans only what is missing by then.

    Raises: NotFound, NotPermitted, WrongState (no working day is left).
    """
    today = timezone.localdate(at)
    with transaction.atomic(), pghistory.context(user=by.pk, action="plan_quarter"):
        hold_rules()
        office = locked_office(by.subdistrict_id)
        require(by, PLAN, office, on=today)
        days = _days_of(quarter, today)
        if not days:
            raise WrongState(_("No working day of this quarter is left."))
        found = list(_missing(office, quarter, days))
        InstitutionVisit.objects.bulk_create(
            InstitutionVisit(institution_id=pk, state=PLANNED, planned_on=day, planned_by=by) for pk, day in found
        )
        return Planned(len(found), len({pk for pk, _day in found}))


def _days_of(quarter: Quarter, today: date) -> list[date]:
    """The working days of a quarter that are still to come."""
    calendar, first = current_rules().calendar, max(quarter.first, today + ONE_DAY)
    days = (first + number * ONE_DAY for number in range((quarter.last - first).days + 1))
    return [day for day in days if calendar.is_working(day)]


def _missing(office: SubDistrict, quarter: Quarter, days: Sequence[date]) -> Iterator[tuple[int, date]]:
    """The visits that are lacking, each with its day; no institution twice on a day."""
    rows = Institution.objects.filter(community__subdistrict=office, is_active=True).order_by("pk")
    places: dict[int, list[Institution]] = defaultdict(list)
    for one in rows:
        places[one.community_id].append(one)
    keys = [one.pk for of_place in places.values() for one in of_place]
    there, seen, times = visits_by_institution(quarter, keys), last_visits(keys), times_of(office.pk)
    for of_place in places.values():
        yield from _plan_of(of_place, there, seen, times, days)


def _plan_of(
    institutions: Sequence[Institution],
    there: Mapping[int, Sequence[InstitutionVisit]],
    seen: Mapping[int, date],
    times: Mapping[str, int],
    days: Sequence[date],
) -> Iterator[tuple[int, date]]:
    wanted = [
        Wanted(one.pk, max(0, times[one.kind] - len(there.get(one.pk, ()))), seen.get(one.pk)) for one in institutions
    ]
    waiting = [visit for one in institutions for visit in there.get(one.pk, ()) if visit.is_planned]
    taken = {(visit.institution_id, visit.planned_on) for visit in waiting}
    load = Counter(visit.planned_on for visit in waiting if visit.planned_on is not None)
    return (pair for pair in dict.fromkeys(spread(turns(wanted), days, load)) if pair not in taken)


def plan_visit(*, by: User, at: datetime, institution: int, on: date, visitor: int | None = None) -> InstitutionVisit:
    """Plan a visit for a day; `visitor` is the id of the officer or deputy who is to go, without one whoever acts for
    the community. The same again changes nothing.

    Raises: NotFound, NotPermitted, WrongState (no longer active), Invalid.
    """
    today = timezone.localdate(at)
    again = refusing(WrongState(_("A visit on this day is planned already.")), "visit_planned_once_a_day")
    with again, keeping(institution, "plan_visit", permission=PLAN, by=by, at=at) as found:
        check_active(found)
        if not today <= on <= today + FARTHEST:
            raise Invalid(fields={"on": _("A day from today on, at most a year ahead.")})
        if visitor is not None and not visitors_of(found, on).filter(pk=visitor).exists():
            raise Invalid(fields={"visitor": _("This person does not answer for the community on that day.")})
        same = {"institution": found, "planned_on": on, "state": PLANNED}
        row, _made = InstitutionVisit.objects.get_or_create(**same, visitor_id=visitor, defaults={"planned_by": by})
        return row


def save_visit_rule(*, by: User, at: datetime, times: Mapping[str, int]) -> None:
    """Say how often in a quarter the office visits its institutions, by kind. The same again changes nothing.

    Raises: NotFound, NotPermitted, Invalid.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action="save_visit_rule"):
        office = locked_office(by.subdistrict_id)
        require(by, PLAN, office, on=timezone.localdate(at))
        limits = {"fewest": 0, "most": MOST_TIMES}
        wrong = [kind for kind, number in times.items() if not 0 <= number <= MOST_TIMES]
        refuse({kind: _("Choose a number from %(fewest)s to %(most)s.") % limits for kind in wrong})
        refuse({kind: _("Choose one of these.") for kind in times if kind not in InstitutionKind.values})
        before = times_of(office.pk)
        for kind, number in times.items():
            if before[kind] != number:
                VisitRule.objects.update_or_create(subdistrict=office, kind=kind, defaults={"times": number})
