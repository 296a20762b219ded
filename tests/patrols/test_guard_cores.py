"""Pure cores of guard posts: presence against a hand-worked example and a count by minutes; a fair roster; scores."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from patrols.guards.condition import Mean, mean, score
from patrols.guards.presence import MINUTE, NONE, Presence, merged, presence
from patrols.guards.roster import DAYS_OFF, EVERY_DAY, WORKING_DAYS, Hours, Sheet, Slot, Turn, assigned, slots

DAY = date(2026, 3, 2)  # a Monday
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ONE, TWO, THREE = 1, 2, 3
busy = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault


def span(begins: int, ends: int) -> tuple[datetime, datetime]:
    """Minutes after noon."""
    return NOON + begins * MINUTE, NOON + ends * MINUTE


def test_a_day_worked_out_by_hand() -> None:
    # two watches of two hours, one after the other. The first comes 10 minutes early and, because the second comes 25
    # minutes late, stays until 20 after his end. The second leaves 15 minutes before the end.
    planned = [span(0, 120), span(120, 240)]
    present = {ONE: [span(-10, 140)], TWO: [span(145, 225)]}
    # there: 0-140 and 145-225 of 0-240: 140 + 80
    assert presence(planned, present) == Presence(240 * MINUTE, 220 * MINUTE)
    assert presence(planned, present).percent == 91
    assert (presence(planned, present).planned_minutes, presence(planned, present).present_minutes) == (240, 220)


def test_two_where_one_is_planned_count_once_and_one_where_two_are_planned_half() -> None:
    both = {ONE: [span(0, 60)], TWO: [span(30, 60)]}
    assert presence([span(0, 60)], both).present == 60 * MINUTE
    assert presence([span(0, 60), span(0, 60)], both).present == 90 * MINUTE


def test_nothing_planned_has_no_rate() -> None:
    assert presence([], {ONE: [span(0, 60)]}) == Presence()
    assert (Presence().percent, Presence(MINUTE, NONE).percent) == (None, 0)
    assert Presence(MINUTE, MINUTE) + Presence(2 * MINUTE, NONE) == Presence(3 * MINUTE, MINUTE)


SPANS = st.lists(st.tuples(st.integers(-20, 40), st.integers(-20, 40)).map(lambda two: span(*two)), max_size=5)


@busy
@given(SPANS, st.dictionaries(st.integers(1, 3), SPANS, max_size=3))
def test_the_same_as_counted_minute_by_minute(planned: list, present: dict) -> None:
    wanted = there = 0
    for minute in range(-20, 40):
        now = NOON + minute * MINUTE
        needed = sum(begins <= now < ends for begins, ends in planned)
        standing = sum(any(begins <= now < ends for begins, ends in own) for own in present.values())
        wanted, there = wanted + needed, there + min(needed, standing)
    assert presence(planned, present) == Presence(wanted * MINUTE, there * MINUTE)


def test_spans_that_touch_are_one() -> None:
    assert merged([span(5, 9), span(0, 5), span(7, 8), span(20, 20), span(12, 11)]) == [span(0, 9)]


def test_hours_hold_on_their_days_and_may_cross_midnight() -> None:
    hours = [
        Hours(ONE, WORKING_DAYS, time(7), time(9), 2, DAY),
        Hours(TWO, DAYS_OFF, time(22), time(1), 1, DAY, DAY + timedelta(days=5)),
        Hours(THREE, EVERY_DAY, time(6), time(7), 1, DAY + timedelta(days=6)),
    ]
    week = [DAY + timedelta(days=n) for n in range(-1, 7)]
    found = slots(hours, week, lambda day: day.weekday() < 5, UTC)
    assert [(one.hours, one.on.day, one.place) for one in found] == [
        *[(ONE, day, place) for day in range(2, 7) for place in (1, 2)],
        (TWO, 7, 1),
        (THREE, 8, 1),
    ]
    assert found[-2].span == (datetime(2026, 3, 7, 22, tzinfo=UTC), datetime(2026, 3, 8, 1, tzinfo=UTC))
    assert found[-2].length == timedelta(hours=3)


def asked(*begins: int, length: int = 60) -> list[Slot]:
    """Watches of an hour that begin so many minutes after noon."""
    return [Slot(ONE, DAY, place, span(at, at + length)) for place, at in enumerate(begins, 1)]


def test_of_whoever_is_away_the_stand_in_takes_the_watch_and_it_counts_for_both() -> None:
    sheet = Sheet([ONE, TWO, THREE], away={ONE: {DAY: THREE}})
    turns = list(assigned(asked(0, 60, 120), sheet).values())
    assert turns == [Turn(ONE, THREE), Turn(TWO, TWO), Turn(ONE, THREE)]
    assert sheet.load == {ONE: 120 * MINUTE, TWO: 60 * MINUTE, THREE: 120 * MINUTE}


def test_without_a_stand_in_who_is_free_the_next_one_takes_it() -> None:
    at_once = assigned(asked(0, 0), Sheet([ONE, TWO, THREE], away={ONE: {DAY: None}, TWO: {DAY: THREE}}))
    assert list(at_once.values()) == [Turn(ONE, THREE)]  # for the second one nobody is left
    assert assigned(asked(0), Sheet([ONE], away={ONE: {DAY: None}})) == {}


def test_whoever_is_on_a_shift_at_these_hours_comes_first() -> None:
    sheet = Sheet([ONE, TWO, THREE], shifts={TWO: [span(0, 120)], THREE: [span(30, 120)]})
    assert [turn.person for turn in assigned(asked(0, 60), sheet).values()] == [TWO, THREE]


@busy
@given(st.lists(st.tuples(st.integers(0, 900), st.integers(10, 120)), max_size=12), st.integers(1, 6))
def test_nobody_stands_twice_at_once_and_a_watch_stays_open_only_while_all_are_busy(asks: list, people: int) -> None:
    wanted = [Slot(n, DAY, 1, span(at, at + length)) for n, (at, length) in enumerate(sorted(asks))]
    sheet = Sheet(list(range(people)))
    given_to = assigned(wanted, sheet)
    for own in sheet.busy.values():
        assert sum((ends - begins for begins, ends in own), NONE) == sum((e - b for b, e in merged(own)), NONE)
    for slot in wanted:
        if slot not in given_to:
            assert all(sheet.is_busy(one, slot.span) for one in sheet.members)


@busy
@given(st.integers(1, 40), st.integers(1, 6))
def test_watches_of_one_length_are_shared_evenly(count: int, people: int) -> None:
    sheet = Sheet(list(range(people)))
    assigned([Slot(n, DAY, 1, span(n * 60, n * 60 + 60)) for n in range(count)], sheet)
    shares = [len(sheet.busy[one]) for one in sheet.members]
    assert max(shares) - min(shares) <= 1


def test_scores() -> None:
    assert (score([]), score([5, 15]), score([60, 60])) == (100, 80, 0)
    assert (mean([]), mean([80, 90, 90])) == (Mean(0, None), Mean(3, 86.7))
