"""A plan of a route before it is in force: its points and shifts as the planning core takes them, and what results."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from math import cos, radians

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.coordinates import EARTH_RADIUS_M
from citymgmt.refusals import Invalid, WrongState
from citymgmt.worktime.clock import Calendar
from patrols.rounds.figures import Figures, figures_of
from patrols.rounds.lifecycle import EXCUSED, MISSED
from patrols.rounds.models import PatrolRound, Route, RoutePlan, RoutePoint, Visit
from patrols.rounds.planning import A_DAY, Days, Place, Round, Stop, planned
from patrols.teams.models import Shift
from patrols.teams.querysets import shifts_of

LONGEST_PLAN, FARTHEST = 62, timedelta(days=366)  # days of a plan; how far ahead it may begin
MOST_A_ROUND = 100  # points on the average
MOST_SEED = 2**31 - 1


@dataclass(frozen=True)
class PlanTold:
    """A plan as a person asks for it: `count` days from `first` on."""

    first: date
    count: int
    avoids_holidays: bool
    seed: int

    @property
    def last(self) -> date:
        """Its last day."""
        return self.first + (self.count - 1) * A_DAY


@dataclass(frozen=True)
class Draft:
    """The rounds of a route in some days, with what they were made of: shifts are the parts of the day in order."""

    route: Route
    days: Days
    seed: int
    shifts: Sequence[Shift]
    points: Mapping[int, RoutePoint]
    stops: Sequence[Stop]
    rounds: Sequence[Round]

    @cached_property
    def figures(self) -> Figures:
        """The plan in numbers."""
        return figures_of(self.stops, self.days, self.rounds)

    @cached_property
    def digest(self) -> str:
        """What tells this plan from any other."""
        told = [(one.on.isoformat(), self.shifts[one.part].pk, one.keys) for one in self.rounds]
        return hashlib.sha256(repr(told).encode()).hexdigest()


def draft_of(route: Route, told: PlanTold, calendar: Calendar, at: datetime) -> Draft:
    """What a plan would be. Raises: WrongState (nothing to plan with), Invalid (days or numbers that cannot be)."""
    check_told(told, at)
    shifts, points = shifts_of(route.team), points_of(route)
    if not shifts:
        raise WrongState(_("The team has no shifts yet. Rounds are walked in shifts: make them first."))
    if not points:
        raise WrongState(_("The route has no active points yet. Add some first."))
    off = days_off(calendar, told) if told.avoids_holidays else frozenset()
    days = Days(told.first, told.count, off, len(shifts))
    stops = stops_of(points.values(), told.first, last_seen(points, told.first))
    _check_load(stops, len(shifts))
    rounds = planned(stops, days, told.seed)
    return Draft(route, days, told.seed, shifts, points, stops, rounds)


def check_told(told: PlanTold, at: datetime) -> None:
    """Whether there can be such a plan. Raises: Invalid."""
    today = timezone.localdate(at)
    sentences = {
        "first": (today < told.first <= today + FARTHEST, _("Choose a day from tomorrow on, at most a year ahead.")),
        "count": (1 <= told.count <= LONGEST_PLAN, _("Choose from 1 to %(most)s days.") % {"most": LONGEST_PLAN}),
        "seed": (0 <= told.seed <= MOST_SEED, _("Choose a number from 0 to %(most)s.") % {"most": MOST_SEED}),
    }
    wrong = {name: sentence for name, (holds, sentence) in sentences.items() if not holds}
    if wrong:
        raise Invalid(fields=wrong)


def _check_load(stops: Iterable[Stop], parts: int) -> None:
    """Raises: Invalid, where rounds would be so long that nobody could walk them."""
    average = sum(float(1 / stop.wish.step) for stop in stops) / parts
    if average > MOST_A_ROUND:
        told = {"count": round(average), "most": MOST_A_ROUND}
        raise Invalid(_("A round would have %(count)s points, more than %(most)s. Make two routes of it.") % told)


def points_of(route: Route) -> dict[int, RoutePoint]:
    """The active points of a route by id, with their classes."""
    rows = RoutePoint.objects.filter(route=route, is_active=True).select_related("place_class", "community")
    return {point.pk: point for point in rows.order_by("pk")}


def days_off(calendar: Calendar, told: PlanTold) -> frozenset[date]:
    """The days of a plan on which offices are closed, by the calendar."""
    days = (told.first + number * A_DAY for number in range(told.count))
    return frozenset(day for day in days if not calendar.is_working(day))


def last_seen(points: Iterable[int], before: date) -> dict[int, date]:
    """On which day each point was or is to be seen last before a day, by id; where nothing is known there is none.

    What was skipped, excused or missed does not count.
    """
    visits = Visit.objects.filter(point__in=list(points), round__on__lt=before).exclude(state=Visit.State.SKIPPED)
    rows = visits.exclude(round__state__in=(EXCUSED, MISSED)).order_by().values("point").annotate(on=Max("round__on"))
    return dict(rows.values_list("point", "on"))


def stops_of(points: Iterable[RoutePoint], first: date, seen: Mapping[int, date]) -> list[Stop]:
    """Points as the planning core takes them, in metres from the first of them."""
    found: list[Stop] = []
    origin: RoutePoint | None = None
    for point in points:
        origin = origin or point
        last = seen.get(point.pk)
        wish, minutes = point.place_class.wish, point.place_class.minutes
        found.append(Stop(point.pk, _place(point, origin), wish, minutes, (last - first).days if last else None))
    return found


def _place(point: RoutePoint, origin: RoutePoint) -> Place:
    """Metres east and north of the origin; a team's area is small enough to be flat."""
    east = radians(float(point.longitude - origin.longitude)) * cos(radians(float(origin.latitude)))
    north = radians(float(point.latitude - origin.latitude))
    return east * EARTH_RADIUS_M, north * EARTH_RADIUS_M


def drawn_up(plan: RoutePlan, calendar: Calendar) -> Draft:
    """A plan in force, or one that was, as it was drawn up: from its rounds, with the classes of now."""
    rows = list(PatrolRound.objects.filter(plan=plan).select_related("shift").order_by("starts_at", "pk"))
    visits: dict[int, list[int]] = {row.pk: [] for row in rows}
    of_plan = Visit.objects.filter(round__plan=plan).order_by("round", "ordinal")
    for row, point in of_plan.values_list("round", "point"):
        visits[row].append(point)
    shifts = sorted({row.shift_id: row.shift for row in rows}.values(), key=lambda one: (one.starts, one.pk))
    part = {shift.pk: number for number, shift in enumerate(shifts)}
    points = _points_in(plan)
    last = plan.until_on or plan.from_on  # a plan always ends
    told = PlanTold(plan.from_on, (last - plan.from_on).days + 1, plan.avoids_holidays, plan.seed)
    off = days_off(calendar, told) if plan.avoids_holidays else frozenset()
    rounds = [Round(row.on, part[row.shift_id], tuple(visits[row.pk])) for row in rows]
    days = Days(told.first, told.count, off, max(1, len(shifts)))
    stops = stops_of(points.values(), told.first, last_seen(points, told.first))
    return Draft(plan.route, days, plan.seed, shifts, points, stops, rounds)


def _points_in(plan: RoutePlan) -> dict[int, RoutePoint]:
    rows = RoutePoint.objects.filter(visits__round__plan=plan).select_related("place_class", "community").distinct()
    return {point.pk: point for point in rows.order_by("pk")}
