"""Plan a month from the rotation: turns, leave, substitutes, what was done by hand stays, twice changes nothing."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from psycopg2.extras import DateTimeTZRange

from citymgmt.refusals import NotFound, NotPermitted, WrongState
from patrols.teams.actions import (
    LeaveTold,
    Planned,
    end_member_leave,
    grant_member_leave,
    move_duty,
    plan_month,
    remove_duty,
)
from patrols.teams.models import Duty
from patrols.teams.rotation import Short
from tests.office import District
from tests.patrols.teams import NOW, ONE_DAY, TODAY, Crew, crew_of
from tests.racing import race

MARCH = date(2026, 3, 1)


def plan(crew: Crew, by: Any = None, month: date = MARCH, at: Any = NOW) -> Planned:
    return plan_month(by=by or crew.leader, at=at, team=crew.team.pk, month=month)


def away(crew: Crew, who: int, first: date, last: date, substitute: int | None = None) -> Any:
    stands_in = crew.members[substitute].pk if substitute is not None else None
    told = LeaveTold(crew.members[who].pk, first, last, stands_in)
    return grant_member_leave(by=crew.clerk, at=NOW, team=crew.team.pk, told=told)


def test_the_rest_of_the_month_is_planned_and_the_second_time_changes_nothing(crew: Crew) -> None:
    crew.rotate()
    done = plan(crew)
    rows = crew.rows()
    assert (done.added, done.removed) == (len(rows), 0)
    # members stand at day 0..3 of the cycle on 1 March; on the 2nd, 9 o'clock, the day shift has begun
    assert [row for row in rows if row[0] == TODAY] == [
        (TODAY, "Evening", "m2"), (TODAY, "Night", "m3"),
    ]  # fmt: skip
    assert [row for row in rows if row[0] == date(2026, 3, 6)] == [
        (date(2026, 3, 6), "Day", "m2"), (date(2026, 3, 6), "Day", "m3"), (date(2026, 3, 6), "Evening", "m4"),
    ]  # fmt: skip
    assert {row[0] for row in rows} == {date(2026, 3, n) for n in range(2, 32)}
    assert (plan(crew), crew.rows()) == (Planned(0, 0, done.gaps), rows)
    assert plan(crew, at=NOW + 7 * ONE_DAY).added == 0


def test_gaps_are_told_by_day(crew: Crew) -> None:
    crew.rotate([crew.day.pk], members=[crew.members[0].pk])
    gaps = plan(crew).gaps
    assert gaps[:4] == [
        Short(TODAY, crew.day.pk, 1), Short(TODAY, crew.evening.pk, 1), Short(TODAY, crew.night.pk, 1),
        Short(TODAY + ONE_DAY, crew.evening.pk, 1),
    ]  # fmt: skip
    assert len(gaps) == 1 + 2 * 30


@pytest.mark.parametrize("role", ["clerk", "leader", "teamleader", "member", "officer", "admin", "auditor", "liaison"])
def test_who_may(crew: Crew, role: str) -> None:
    crew.rotate()
    by = crew.district.liaison if role == "liaison" else getattr(crew.district.street, role)
    if role in ("clerk", "teamleader"):
        assert plan(crew, by=by).added
        return
    with pytest.raises(NotPermitted if role in ("leader", "member") else NotFound):
        plan(crew, by=by)
    assert crew.rows() == []


def test_another_office_has_no_such_team(crew: Crew) -> None:
    crew.rotate()
    for by in (crew.district.other.clerk, crew.district.other.teamleader):
        with pytest.raises(NotFound):
            plan(crew, by=by)


def test_refused_without_a_rotation_for_what_is_over_and_for_what_is_far(crew: Crew) -> None:
    with pytest.raises(WrongState):
        plan(crew)
    crew.rotate()
    for month in (date(2026, 2, 28), date(2027, 4, 1), date(9999, 12, 1)):
        with pytest.raises(WrongState):
            plan(crew, month=month)


def test_what_was_done_by_hand_stays(crew: Crew) -> None:
    crew.rotate([crew.day.pk], members=[crew.members[0].pk, crew.members[1].pk])
    by_hand = crew.put(crew.members[0], date(2026, 3, 10), crew.evening)
    also = crew.put(crew.members[0], date(2026, 3, 11))
    plan(crew)
    turn = Duty.objects.get(on=date(2026, 3, 12), user=crew.members[0])
    gone = Duty.objects.get(on=date(2026, 3, 13), user=crew.members[0])
    move_duty(by=crew.leader, at=NOW, team=crew.team.pk, pk=turn.pk, user=crew.members[2].pk)
    remove_duty(by=crew.leader, at=NOW, team=crew.team.pk, pk=gone.pk)
    rows = crew.rows()
    assert plan(crew).added == 0
    assert crew.rows() == rows
    assert {by_hand.pk, also.pk} <= set(Duty.objects.values_list("pk", flat=True))
    assert (date(2026, 3, 12), "Day", "m3") in rows
    assert (date(2026, 3, 12), "Day", "member1") not in rows
    assert (date(2026, 3, 13), "Day", "member1") not in rows


def test_whoever_is_away_is_left_out_and_the_substitute_stands_in_if_free(crew: Crew) -> None:
    first, second, third = crew.members[:3]
    crew.rotate([crew.day.pk], members=[first.pk, second.pk])
    away(crew, 0, date(2026, 3, 10), date(2026, 3, 12), substitute=2)
    crew.put(third, date(2026, 3, 11), crew.day)
    away(crew, 1, date(2026, 3, 12), date(2026, 3, 12), substitute=0)
    plan(crew)
    day = {on: [row[2] for row in crew.rows() if row[0] == date(2026, 3, on)] for on in (9, 10, 11, 12, 13)}
    assert day == {
        9: ["m2", "member1"],
        10: ["m2", "m3"],
        11: ["m2", "m3"],  # the third has the day shift once only
        12: ["m3"],  # the first is away and cannot stand in for the second
        13: ["m2", "member1"],
    }
    stands_in = Duty.objects.get(on=date(2026, 3, 10), user=third)
    assert stands_in.turn_of == first
    assert stands_in.is_stand_in


def test_ones_own_turn_comes_before_standing_in(crew: Crew) -> None:
    first, second = crew.members[:2]
    crew.rotate([crew.day.pk], members=[first.pk, second.pk])
    away(crew, 0, date(2026, 3, 10), date(2026, 3, 10), substitute=1)
    plan(crew)
    (duty,) = Duty.objects.filter(on=date(2026, 3, 10))
    assert (duty.user, duty.turn_of) == (second, second)


def test_after_a_leave_was_withdrawn_planning_gives_the_turn_back(crew: Crew) -> None:
    crew.rotate([crew.day.pk], members=[crew.members[0].pk])
    leave = away(crew, 0, date(2026, 3, 10), date(2026, 3, 11), substitute=2).leave
    plan(crew)
    assert (date(2026, 3, 10), "Day", "m3") in crew.rows()
    end_member_leave(by=crew.leader, at=NOW, team=crew.team.pk, pk=leave.pk, last_on=date(2026, 3, 9))
    done = plan(crew)
    assert (done.added, done.removed) == (2, 2)
    assert (date(2026, 3, 10), "Day", "member1") in crew.rows()
    assert (date(2026, 3, 10), "Day", "m3") not in crew.rows()


def test_another_rotation_takes_the_place_of_the_former_from_now_on(crew: Crew) -> None:
    crew.rotate([crew.day.pk], members=[crew.members[0].pk])
    plan(crew)
    crew.rotate([crew.evening.pk], members=[crew.members[1].pk])
    later = NOW + 5 * ONE_DAY
    plan(crew, at=later)
    rows = crew.rows()
    assert (date(2026, 3, 7), "Day", "member1") in rows  # has begun
    assert (date(2026, 3, 8), "Day", "member1") not in rows
    assert (date(2026, 3, 7), "Evening", "m2") in rows
    assert len(rows) == 5 + 25


def test_whoever_left_the_team_has_no_more_turns(crew: Crew) -> None:
    crew.rotate([crew.day.pk], members=[one.pk for one in crew.members[:2]])
    plan(crew)
    crew.members[0].is_active = False
    crew.members[0].save()
    assert plan(crew).removed == 29
    assert {row[2] for row in crew.rows()} == {"m2"}


def test_the_database_keeps_two_duties_apart(crew: Crew) -> None:
    first = crew.put(crew.members[0], date(2026, 3, 10), crew.night)
    begins = first.period.lower + timedelta(hours=7)
    for told in (
        {"shift": crew.night, "on": first.on, "period": first.period},
        {"shift": crew.day, "on": date(2026, 3, 11), "period": DateTimeTZRange(begins, begins + ONE_DAY)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Duty.objects.create(team=crew.team, user=crew.members[0], **told)
    crew.put(crew.members[0], date(2026, 3, 11), crew.day)  # begins as the night ends


def test_two_at_once_plan_the_month_once(committed: District) -> None:
    crew = crew_of(committed)
    crew.rotate()
    runners: list[Callable[[], Any]] = [lambda: plan(crew), lambda: plan(crew, by=crew.clerk)]
    done = race(runners)
    assert sorted(one.added for one in done) == [0, len(crew.rows())]
