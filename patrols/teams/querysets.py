"""Named questions about teams."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Q, QuerySet

from citymgmt.found import one_of
from citymgmt.people.models import Organisation, User
from citymgmt.people.permissions import visible_to
from citymgmt.people.roles import Role
from patrols.expiring import Window
from patrols.teams.models import Attendance, Certificate, Duty, MemberLeave, Shift, Team
from patrols.teams.rotation import Short, days_between, shortages


def visible_team(user: User, pk: int, on: date) -> Team:
    """Raises: NotFound."""
    return one_of(visible_to(user, Team.objects.select_related("subdistrict"), on=on), pk)


def locked_team(pk: int) -> Team:
    """The team's row, locked: whoever changes what is planned for it waits here. Raises: NotFound."""
    return one_of(Team.objects.select_for_update(of=("self",), no_key=True), pk)


def members_of(team: Organisation) -> list[User]:
    """Who works in the team now, its leader first."""
    people = User.objects.filter(organisation=team.pk, role__in=(Role.TEAM_LEADER, Role.TEAM_MEMBER), is_active=True)
    return sorted(people.order_by("username"), key=lambda one: one.role != Role.TEAM_LEADER)


def shifts_of(team: Team) -> list[Shift]:
    """The active shifts in the order in which they start."""
    return list(Shift.objects.filter(team=team, is_active=True).order_by("starts", "id"))


def duties_between(team: Team, first: date, last: date) -> list[Duty]:
    """The duties of these days with who does them and whether they were there, in a fixed order."""
    rows = Duty.objects.filter(team=team, on__range=(first, last), is_removed=False)
    return list(
        rows.select_related("user", "turn_of", "shift", "attendance").order_by("on", "period", "user__username")
    )


def gaps_in(shifts: Sequence[Shift], duties: Sequence[Duty], first: date, last: date) -> list[Short]:
    """What remains short of the fewest people from the first to the last day."""
    counted: dict[tuple[date, int], int] = {}
    for duty in duties:
        counted[duty.on, duty.shift_id] = counted.get((duty.on, duty.shift_id), 0) + 1
    return shortages(days_between(first, last), {one.pk: one.fewest for one in shifts}, counted)


def duties_now(user: User, at: datetime) -> list[Duty]:
    """The duties of a person that run, begin within a day, or ended within half a day; the next first."""
    rows = Duty.objects.filter(
        user=user,
        is_removed=False,
        period__startswith__lte=at + timedelta(hours=24),
        period__endswith__gt=at - timedelta(hours=12),
    )
    return list(rows.select_related("shift", "team", "attendance").order_by("period"))


@dataclass(frozen=True)
class Presence:
    """Of the shifts of a month that are over, how many a person had, was there for, and came late to."""

    ended: int = 0
    present: int = 0
    late: int = 0

    @property
    def percent(self) -> int | None:
        """Present of ended, rounded down; None before the first has ended."""
        return self.present * 100 // self.ended if self.ended else None


def presence_of(team: Team, first: date, last: date, at: datetime) -> Mapping[int, Presence]:
    """The presence of each person in the shifts of these days that are over by `at`, by id of the person."""
    rows = Duty.objects.filter(team=team, on__range=(first, last), is_removed=False, period__endswith__lte=at)
    counted = rows.values("user_id").annotate(
        ended=Count("pk"),
        present=Count("attendance"),
        late=Count("attendance", filter=Q(attendance__is_late=True)),
    )
    return {row["user_id"]: Presence(row["ended"], row["present"], row["late"]) for row in counted.order_by("user_id")}


def leaves_from(team: Team, on: date) -> list[MemberLeave]:
    """The leaves that hold on the day or later, the first first."""
    rows = MemberLeave.objects.filter(team=team, period__endswith__gt=on)
    return list(rows.select_related("user", "substitute").order_by("period", "id"))


def certificates_expiring(within: Window) -> QuerySet[Certificate]:
    """Of people who work in the team still: what expires in these days."""
    rows = Certificate.objects.filter(within.question, user__is_active=True, user__organisation=F("team"))
    return rows.select_related("user", "team").order_by("id")


def attendance_of(duty: Duty) -> Attendance | None:
    """Who was there, if that is known."""
    return Attendance.objects.filter(duty=duty).first()
