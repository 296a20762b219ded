"""Check in and out: when, once only, late after ten minutes; a leader notes with a reason; presence of a month."""

from datetime import date, timedelta

import pytest

from citymgmt.refusals import Invalid, NotFound, NotPermitted, WrongState
from patrols.teams.actions import Position, check_in, check_out, move_duty, note_presence, remove_duty
from patrols.teams.models import Attendance, Duty
from patrols.teams.querysets import Presence, presence_of
from tests.office import District
from tests.patrols.teams import NOW, ONE_DAY, TODAY, Crew, crew_of
from tests.racing import race

MINUTE = timedelta(minutes=1)


@pytest.fixture
def duty(crew: Crew) -> Duty:
    """The first member's evening today: 14:00 to 22:00."""
    return crew.put(crew.members[0], TODAY, crew.evening)


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(-61, None), (-60, False), (0, False), (10, False), (11, True), (8 * 60 - 1, True), (8 * 60, None)],
)
def test_from_an_hour_before_until_the_end_and_late_after_ten_minutes(
    crew: Crew, duty: Duty, minutes: int, expected: bool | None
) -> None:
    at = duty.period.lower + minutes * MINUTE
    if expected is None:
        with pytest.raises(WrongState):
            check_in(by=crew.members[0], at=at, pk=duty.pk)
        assert not Attendance.objects.exists()
        return
    there = check_in(by=crew.members[0], at=at, pk=duty.pk)
    assert (there.came_at, there.is_late, there.late_minutes) == (at, expected, max(0, minutes))


def test_only_the_first_time_counts(crew: Crew, duty: Duty) -> None:
    begins = duty.period.lower
    check_in(by=crew.members[0], at=begins, pk=duty.pk, position=Position(113.2, 23.1, 12.5))
    check_in(by=crew.members[0], at=begins + 30 * MINUTE, pk=duty.pk)
    there = Attendance.objects.get()
    assert (there.came_at, there.is_late, there.longitude, there.latitude, there.accuracy_m) == (
        begins, False, 113.2, 23.1, 12.5,
    )  # fmt: skip


@pytest.mark.parametrize(
    "position",
    [Position(181, 0, 1), Position(0, -91, 1), Position(float("nan"), 0, 1), Position(0, 0, -1), Position(0, 0, 1e9)],
    ids=repr,
)
def test_a_position_that_is_none_is_refused(crew: Crew, duty: Duty, position: Position) -> None:
    with pytest.raises(Invalid):
        check_in(by=crew.members[0], at=duty.period.lower, pk=duty.pk, position=position)


@pytest.mark.parametrize("who", ["teamleader", "clerk", "leader", "admin"])
def test_nobody_checks_in_for_another(crew: Crew, duty: Duty, who: str) -> None:
    for act in (check_in, check_out):
        with pytest.raises(NotFound):
            act(by=getattr(crew.district.street, who), at=duty.period.lower, pk=duty.pk)


def test_out_once_and_only_after_in(crew: Crew, duty: Duty) -> None:
    me, ends = crew.members[0], duty.period.upper
    with pytest.raises(WrongState):
        check_out(by=me, at=ends, pk=duty.pk)
    check_in(by=me, at=duty.period.lower, pk=duty.pk)
    with pytest.raises(WrongState):
        check_out(by=me, at=ends + timedelta(hours=12, minutes=1), pk=duty.pk)
    check_out(by=me, at=ends, pk=duty.pk)
    assert check_out(by=me, at=ends + MINUTE, pk=duty.pk).left_at == ends


def test_a_leader_notes_presence_with_a_reason_once_the_shift_has_begun(crew: Crew, duty: Duty) -> None:
    told = {"by": crew.leader, "team": crew.team.pk, "pk": duty.pk}
    with pytest.raises(WrongState):
        note_presence(**told, at=duty.period.lower - MINUTE, reason="手机坏了")
    for reason in ("", " ", "x" * 101, "\x00"):
        with pytest.raises(Invalid):
            note_presence(**told, at=duty.period.lower, reason=reason)
    with pytest.raises(NotPermitted):
        note_presence(**{**told, "by": crew.members[1]}, at=duty.period.lower, reason="手机坏了")
    there = note_presence(**told, at=duty.period.lower, reason="手机坏了")
    assert (there.noted_by, there.reason, there.came_at) == (crew.leader, "手机坏了", None)
    assert check_in(by=crew.members[0], at=duty.period.lower, pk=duty.pk) == there


def test_what_somebody_checked_in_for_is_not_moved_or_removed(crew: Crew, duty: Duty) -> None:
    early = duty.period.lower - 30 * MINUTE
    check_in(by=crew.members[0], at=early, pk=duty.pk)
    told = {"by": crew.leader, "at": early, "team": crew.team.pk, "pk": duty.pk}
    with pytest.raises(WrongState):
        move_duty(**told, user=crew.members[1].pk)
    with pytest.raises(WrongState):
        remove_duty(**told)


def test_presence_of_a_month_counts_the_shifts_that_are_over(crew: Crew) -> None:
    first, second = crew.members[:2]
    duties = [crew.put(first, TODAY + n * ONE_DAY, crew.evening) for n in range(4)]
    crew.put(second, TODAY, crew.evening)
    check_in(by=first, at=duties[0].period.lower, pk=duties[0].pk)
    check_in(by=first, at=duties[1].period.lower + 20 * MINUTE, pk=duties[1].pk)
    check_in(by=first, at=duties[3].period.lower, pk=duties[3].pk)
    found = presence_of(crew.team, date(2026, 3, 1), date(2026, 3, 31), duties[3].period.lower)
    assert found == {first.pk: Presence(3, 2, 1), second.pk: Presence(1, 0, 0)}
    assert (found[first.pk].percent, Presence().percent) == (66, None)
    assert presence_of(crew.team, date(2026, 4, 1), date(2026, 4, 30), NOW + 90 * ONE_DAY) == {}


def test_two_at_once_make_one_row(committed: District) -> None:
    crew = crew_of(committed)
    duty = crew.put(crew.members[0], TODAY, crew.evening)
    done = race([lambda: check_in(by=crew.members[0], at=duty.period.lower, pk=duty.pk)] * 2)
    assert len({one.pk for one in done}) == 1
    assert Attendance.objects.count() == 1
