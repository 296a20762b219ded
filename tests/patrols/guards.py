"""What tests of guard posts begin with: a post at a food market, guarded by a crew on working days from 7 to 9."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from citymgmt.people.models import User
from communities.models import KeyPlace
from communities.placed import PlaceTold
from patrols.guards.actions import Arrival, HoursTold, PostTold, arrive, plan_watches, save_hours, save_post
from patrols.guards.models import GuardEvent, GuardHours, GuardPost, GuardWatch
from patrols.teams.actions import Position
from tests.office import District, Street, china
from tests.patrols.teams import Crew, crew_of

EVENING = china("2026-03-01 20:00")  # a Sunday
SEVEN = china("2026-03-02 07:00")
TODAY = date(2026, 3, 2)
POINT = (Decimal("113.3300000"), Decimal("23.1300000"))
THERE = Position(113.33, 23.13, 20.0)


@dataclass
class Guard:
    """A crew with a post at a key place, and its hours."""

    crew: Crew
    place: KeyPlace
    post: GuardPost
    hours: GuardHours

    @property
    def street(self) -> Street:
        """Whose post it is."""
        return self.crew.district.street

    @property
    def people(self) -> list[User]:
        """The members in the order in which turns begin: by log-in."""
        return sorted(self.crew.members, key=lambda one: one.username)

    def plan(self, at: datetime = EVENING, **changed: Any) -> list[GuardWatch]:
        """The watches of the month, planned by the leader at a moment."""
        plan_watches(**{"by": self.crew.leader, "at": at, "team": self.crew.team.pk, "month": TODAY, **changed})
        return self.watches()

    def watches(self) -> list[GuardWatch]:
        """Those that stand, in their order."""
        return list(GuardWatch.objects.exclude(state="withdrawn").order_by("period", "place", "pk"))

    def more_hours(self, starts: time, ends: time, **changed: Any) -> GuardHours:
        """Other hours of the post."""
        told = HoursTold(**{"days": "working", "starts": starts, "ends": ends, **changed})
        return save_hours(by=self.crew.leader, at=EVENING, post=self.post.pk, told=told)

    def come(self, watch: GuardWatch, at: datetime = SEVEN, by: User | None = None, **told: Any) -> GuardEvent:
        """Somebody arrives at a watch: whose it is."""
        person = by or watch.user
        assert person is not None
        return arrive(pk=watch.pk, by=person, at=at, told=Arrival(**{"position": THERE, **told}))


def market_in(district: District) -> KeyPlace:
    """A food market in the first community."""
    return KeyPlace.objects.create(
        community=district.street.communities[0],
        kind="market",
        name_zh="榕荫市场",
        address="榕荫路1号",
        longitude=POINT[0],
        latitude=POINT[1],
    )


def told_of(crew: Crew, at_place: KeyPlace, /, **changed: Any) -> PostTold:
    """A post at a key place as a person writes it: everything else is that of the place."""
    told = PostTold("榕荫市场东门", crew.team.pk, PlaceTold(0), date(2026, 1, 1), key_place=at_place.pk)
    return replace(told, **changed)


def guard_of(district: District) -> Guard:
    """The post of the first street's crew."""
    crew, place = crew_of(district), market_in(district)
    post = save_post(by=crew.leader, at=EVENING, told=told_of(crew, place))
    told = HoursTold("working", time(7), time(9))
    return Guard(crew, place, post, save_hours(by=crew.leader, at=EVENING, post=post.pk, told=told))
