"""Shifts, area, rotation and single duties of a team: what is taken, what is refused, twice changes nothing."""

from datetime import date, time
from typing import Any

import pytest

from citymgmt.refusals import Invalid, NotFound, NotPermitted, WrongState
from patrols.teams.actions import (
    LeaveTold,
    ShiftTold,
    add_duty,
    grant_member_leave,
    make_usual_shifts,
    move_duty,
    remove_duty,
    save_shift,
    set_area,
)
from patrols.teams.models import Duty, Rotation, Shift, Team, TeamArea
from tests.patrols.teams import NOW, ONE_DAY, TODAY, Crew

TEN = date(2026, 3, 10)


def save(crew: Crew, by: Any = None, pk: int | None = None, at: Any = NOW, **changed: Any) -> Shift:
    told = {"name_zh": "晨班", "name_en": "Dawn", "starts": time(4), "ends": time(8), "fewest": 2}
    by, shift = by or crew.leader, ShiftTold(**{**told, **changed})
    return save_shift(by=by, at=at, team=crew.team.pk, told=shift, pk=pk)


def test_the_usual_shifts_are_added_once(crew: Crew) -> None:
    assert make_usual_shifts(by=crew.clerk, at=NOW, team=crew.team.pk) == []
    rows = [(one.name_zh, one.starts, one.ends, one.fewest) for one in Shift.objects.order_by("starts")]
    assert rows == [
        ("早班", time(6), time(14), 1), ("中班", time(14), time(22), 1), ("夜班", time(22), time(6), 1),
    ]  # fmt: skip


def test_a_shift_is_saved_and_the_same_again_changes_nothing(crew: Crew) -> None:
    one = save(crew)
    assert save(crew) == one
    assert save(crew, pk=one.pk, ends=time(9)).ends == time(9)
    assert Shift.objects.count() == 4


WRONG = [
    ({"name_zh": ""}, "name_zh"), ({"name_zh": "早班"}, "name_zh"), ({"name_zh": "字" * 31}, "name_zh"),
    ({"name_en": "\x00"}, "name_en"), ({"ends": time(4)}, "ends"), ({"fewest": 101}, "fewest"),
    ({"fewest": -1}, "fewest"),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "field"), WRONG, ids=repr)
def test_a_shift_that_is_none_is_refused(crew: Crew, changed: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        save(crew, **changed)
    assert set(refused.value.fields) == {field}


def test_hours_stay_while_duties_lie_ahead(crew: Crew) -> None:
    same = {"pk": crew.day.pk, "name_zh": "早班", "name_en": "Day", "starts": time(6), "ends": time(14)}
    crew.put(crew.members[0], TEN)
    for changed, field in (({"ends": time(15)}, "starts"), ({"is_active": False}, "is_active")):
        with pytest.raises(Invalid) as refused:
            save(crew, **{**same, **changed})
        assert set(refused.value.fields) == {field}
    assert save(crew, **same, is_active=True).fewest == 2
    assert not save(crew, **same, is_active=False, at=NOW + 9 * ONE_DAY).is_active


def test_a_team_has_at_most_six_shifts(crew: Crew) -> None:
    for name in "一二三":
        save(crew, name_zh=name)
    with pytest.raises(Invalid) as refused:
        save(crew, name_zh="四")
    assert set(refused.value.fields) == {"is_active"}
    save(crew, name_zh="四", is_active=False)


def test_a_shift_of_another_team_is_none_of_this(crew: Crew) -> None:
    other = Shift.objects.create(team_id=crew.district.other.team.pk, name_zh="早班", starts=time(6), ends=time(14))
    with pytest.raises(NotFound):
        save(crew, pk=other.pk)
    with pytest.raises(Invalid):
        crew.put(crew.members[0], TEN, other)
    with pytest.raises(NotFound):
        save(crew, by=crew.district.other.clerk)
    with pytest.raises(NotPermitted):
        save(crew, by=crew.members[0])


def test_only_teams_are_teams(crew: Crew) -> None:
    assert set(Team.objects.values_list("pk", flat=True)) == {crew.team.pk, crew.district.other.team.pk}
    with pytest.raises(NotFound):
        make_usual_shifts(by=crew.clerk, at=NOW, team=crew.district.cgj.pk)


def test_the_area_is_of_the_sub_district(crew: Crew) -> None:
    first, second = crew.district.street.communities
    told = {"by": crew.leader, "at": NOW, "team": crew.team.pk}
    for _time in range(2):
        set_area(**told, communities=[first.pk, second.pk])
    kept = TeamArea.objects.get(community=second).pk
    set_area(**told, communities=[second.pk])
    assert list(TeamArea.objects.values_list("pk", "community")) == [(kept, second.pk)]
    for wrong in (crew.district.other.communities[0].pk, 0, 2**70):
        with pytest.raises(Invalid):
            set_area(**told, communities=[wrong])


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"cycle": [0, 0]}, "cycle"), ({"cycle": [2**62]}, "cycle"), ({"members": []}, "members"), ({"step": 15}, "step"),
     ({"members": [0]}, "members"), ({"since": date(1999, 1, 1)}, "since")],
    ids=repr,
)  # fmt: skip
def test_a_rotation_that_is_none_is_refused(crew: Crew, changed: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        crew.rotate(**changed)
    assert set(refused.value.fields) == {field}
    with pytest.raises(Invalid):
        crew.rotate([crew.day.pk] * 15)
    with pytest.raises(Invalid):
        crew.rotate(members=[crew.members[0].pk] * 2)
    assert not Rotation.objects.exists()


def test_a_rotation_is_kept_and_changed(crew: Crew) -> None:
    crew.rotate()
    crew.rotate()
    crew.rotate(step=2)
    kept = Rotation.objects.get()
    assert (kept.step, len(kept.cycle), kept.members) == (2, 6, [one.pk for one in crew.members])


def test_a_duty_is_added_once_moved_and_removed(crew: Crew) -> None:
    duty = crew.put(crew.members[0], TEN)
    assert crew.put(crew.members[0], TEN) == duty
    told = {"by": crew.clerk, "at": NOW, "team": crew.team.pk, "pk": duty.pk}
    for _time in range(2):
        assert move_duty(**told, user=crew.members[1].pk).user == crew.members[1]
    remove_duty(**told)
    assert not Duty.objects.exists()
    with pytest.raises(NotFound):
        remove_duty(**told)


def test_nobody_is_on_duty_twice_at_once_or_while_away(crew: Crew) -> None:
    first, second = crew.members[:2]
    crew.put(first, TEN)
    other = crew.put(second, TEN)
    with pytest.raises(Invalid):
        crew.put(first, TEN, save(crew, starts=time(5), ends=time(7)))
    told = {"by": crew.clerk, "at": NOW, "team": crew.team.pk}
    with pytest.raises(Invalid):
        move_duty(**told, pk=other.pk, user=first.pk)
    grant_member_leave(**told, told=LeaveTold(crew.members[2].pk, TEN, TEN))
    with pytest.raises(Invalid):
        crew.put(crew.members[2], TEN, crew.night)


def test_only_what_lies_ahead_is_changed(crew: Crew) -> None:
    for on in (date(2026, 3, 1), TODAY, date(2027, 3, 4), date(1, 1, 1), date.max):
        with pytest.raises(Invalid) as refused:
            crew.put(crew.members[0], on)
        assert set(refused.value.fields) == {"on"}
    duty = crew.put(crew.members[0], TODAY, crew.evening)
    told = {"by": crew.leader, "at": duty.period.lower, "team": crew.team.pk, "pk": duty.pk}
    with pytest.raises(WrongState):
        move_duty(**told, user=crew.members[1].pk)
    with pytest.raises(WrongState):
        remove_duty(**told)


def test_who_may_not_put_anybody_on_duty(crew: Crew) -> None:
    street, other = crew.district.street, crew.district.other
    nobody = {street.member: NotPermitted, street.leader: NotPermitted, street.admin: NotFound, other.clerk: NotFound}
    for by, refusal in nobody.items():
        with pytest.raises(refusal):
            add_duty(by=by, at=NOW, team=crew.team.pk, shift=crew.day.pk, on=TEN, user=crew.members[0].pk)
    with pytest.raises(Invalid):
        crew.put(crew.clerk, TEN)
