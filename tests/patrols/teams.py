"""What tests of teams begin with: an enforcement team of five with the usual shifts, and a rotation of six days."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from citymgmt.people.models import User
from citymgmt.people.roles import Role
from patrols.teams.actions import add_duty, make_usual_shifts, set_rotation
from patrols.teams.models import Duty, Shift, Team
from tests.office import District, china, user

NOW = china("2026-03-02 09:00")  # a Monday
TODAY = date(2026, 3, 2)
ONE_DAY = timedelta(days=1)


@dataclass
class Crew:
    """A team with its leader, its members in their order, and its three shifts."""

    district: District
    team: Team
    leader: User
    members: list[User]
    day: Shift
    evening: Shift
    night: Shift

    @property
    def clerk(self) -> User:
        """Of the team's office."""
        return self.district.street.clerk

    def rotate(self, cycle: list[int] | None = None, **changed: Any) -> None:
        """Day, day, evening, night, off, off, from 1 March on, a day between members."""
        day, evening, night = self.day.pk, self.evening.pk, self.night.pk
        told = {
            "since": date(2026, 3, 1),
            "step": 1,
            "cycle": cycle or [day, day, evening, night, 0, 0],
            "members": [one.pk for one in self.members],
        }
        set_rotation(by=self.leader, at=NOW, team=self.team.pk, **{**told, **changed})

    def put(self, person: User, on: date, shift: Shift | None = None, at: datetime = NOW) -> Duty:
        """Put somebody on a shift by hand (the day shift)."""
        shift = shift or self.day
        return add_duty(by=self.leader, at=at, team=self.team.pk, shift=shift.pk, on=on, user=person.pk)

    def rows(self) -> list[tuple[date, str, str]]:
        """What stands in the calendar: day, shift, person."""
        found = Duty.objects.filter(team=self.team, is_removed=False).order_by("on", "period", "user__username")
        return [(one.on, one.shift.name_en, one.user.username) for one in found.select_related("shift", "user")]


def crew_of(district: District) -> Crew:
    """The first street's team with four members beside its leader."""
    street = district.street
    others = [
        user(f"m{n}", Role.TEAM_MEMBER, subdistrict=street.subdistrict, organisation=street.team) for n in (2, 3, 4)
    ]
    team = Team.objects.get(pk=street.team.pk)
    shifts = make_usual_shifts(by=street.teamleader, at=NOW, team=team.pk)
    return Crew(district, team, street.teamleader, [street.member, *others], *shifts)
