"""What tests of rounds begin with: a route of three points near each other, and rounds appointed on it."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from citymgmt.bulk import next_id
from citymgmt.people.models import User
from citymgmt.worktime.rules import current_rules
from communities.models import Community
from patrols.rounds.actions.walking import CheckIn, finish_round, see_point, start_round
from patrols.rounds.journal import Journal
from patrols.rounds.lifecycle import APPOINTED, event_kind
from patrols.rounds.models import PatrolRound, PlaceClass, Route, RoutePoint, Visit
from patrols.teams.actions import Position
from patrols.teams.models import Shift
from tests.office import china
from tests.patrols.teams import NOW, TODAY, Crew

EAST, NORTH = 113.2600, 23.1200
STEP = 0.0030  # degrees of longitude, some 307 metres here
MINUTE = timedelta(minutes=1)
APPOINTED_AT = china("2026-02-27 16:00")
NAMES = ("榕荫肉菜市场", "东门公交站", "文昌社区中心")


@dataclass
class Walk:
    """A route with its points, and what is done on it."""

    crew: Crew
    route: Route
    points: list[RoutePoint] = field(default_factory=list)

    @property
    def walker(self) -> User:
        """Who walks where no other is named."""
        return self.crew.members[0]

    def round(self, on: date = TODAY, shift: Shift | None = None) -> PatrolRound:
        """A round appointed for a shift (the day shift: 06:00 to 14:00)."""
        return appointed(self.route, shift or self.crew.day, on)

    def running(self, on: date = TODAY, at: datetime = NOW) -> PatrolRound:
        """A round that the walker has started."""
        found = self.round(on)
        start_round(pk=found.pk, by=self.walker, at=at)
        found.refresh_from_db()
        return found

    def walked(self, on: date = TODAY, at: datetime = NOW) -> PatrolRound:
        """A round walked to its end, all points seen."""
        found = self.running(on, at)
        for ordinal, point in enumerate(self.points, 1):
            told = CheckIn(near(point))
            see_point(pk=found.pk, ordinal=ordinal, by=self.walker, at=at + ordinal * MINUTE, told=told)
        finish_round(pk=found.pk, by=self.walker, at=at + 10 * MINUTE)
        found.refresh_from_db()
        return found


def walk_of(crew: Crew) -> Walk:
    """Three points in the first community of the crew's street."""
    route = route_of(crew.team, crew.district.street.communities[0])
    return Walk(crew, route, list(route.points.order_by("pk")))


def route_of(team: Any, community: Community, place: tuple[float, float] = (EAST, NORTH)) -> Route:
    """A route of three points in a row, the first at a place (longitude, latitude)."""
    kind, _made = PlaceClass.objects.get_or_create(
        code="W1", defaults={"name_zh": "一级", "name_en": "First class", "times": 1, "days": 1}
    )
    route = Route.objects.create(team_id=team.pk, name_zh="东线", name_en="East route")
    for n, name in enumerate(NAMES):
        RoutePoint.objects.create(
            route=route,
            place_class=kind,
            community=community,
            name=name,
            longitude=place[0] + n * STEP,
            latitude=place[1],
            code=f"sign-{route.pk}-{n}",
        )
    return route


def appointed(route: Route, shift: Shift, on: date, at: datetime = APPOINTED_AT) -> PatrolRound:
    """A round of all points of a route in a shift, in the order of their ids, with the first event of its history."""
    starts, ends = china(f"{on} {shift.starts:%H:%M}"), china(f"{on} {shift.ends:%H:%M}")
    ends += timedelta(days=1) if ends <= starts else timedelta()
    made = PatrolRound(
        id=next_id(PatrolRound),
        subdistrict_id=route.team.subdistrict_id,
        team=route.team,
        route=route,
        shift=shift,
        on=on,
        starts_at=starts,
    )
    made.state = APPOINTED
    journal = Journal([made], current_rules())
    parts: list[tuple[Visit, dict[str, Any]]] = [
        (Visit(ordinal=n), {"ordinal": n, "point_id": point.pk})
        for n, point in enumerate(route.points.order_by("pk"), 1)
    ]
    journal.record(made, event_kind("appoint"), at=at, to=APPOINTED, changes={"due_at": ends}, parts=parts)
    journal.write()
    return made


def near(point: RoutePoint, *, metres: float = 20, accuracy_m: float = 15) -> Position:
    """A position so many metres north of a point."""
    return Position(float(point.longitude), float(point.latitude) + metres / 111_195, accuracy_m)
