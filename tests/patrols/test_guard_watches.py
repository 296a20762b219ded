"""A watch on the phone: arrive, take over, leave, be absent; nobody came; who is told; presence follows."""

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from citymgmt.outbox.models import Message
from citymgmt.people.models import User
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, WrongState
from citymgmt.worktime import sweep
from patrols.guards.actions import (
    Arrival,
    HoursTold,
    arrive,
    assign_watch,
    leave_post,
    recheck_watches,
    report_absence,
    save_hours,
    save_post,
)
from patrols.guards.models import GuardEvent, GuardWatch, WatchPhoto
from patrols.guards.presence import MINUTE, Presence
from patrols.guards.querysets import presence_at
from patrols.guards.verification import verify_watches
from patrols.teams.actions import LeaveTold, Position, grant_member_leave
from tests.office import District, china
from tests.patrols.guards import EVENING, SEVEN, THERE, TODAY, Guard, guard_of, told_of
from tests.photos.pictures import photo
from tests.racing import race

NINE = china("2026-03-02 09:00")
LATE = china("2026-03-20 00:00")


@pytest.fixture
def guard(district: District) -> Guard:
    return guard_of(district)


def first_of(guard: Guard) -> tuple[GuardWatch, User]:
    watch = guard.plan()[0]
    assert watch.user is not None
    return watch, watch.user


def kinds(watch: GuardWatch) -> list[tuple[str, datetime]]:
    return [(row.kind, row.at) for row in watch.events.order_by("seq")]


def test_who_is_within_the_radius_has_arrived_and_leaves_at_the_end(guard: Guard) -> None:
    watch, me = first_of(guard)
    guard.come(watch, SEVEN + 3 * MINUTE)
    leave_post(pk=watch.pk, by=me, at=NINE)
    watch.refresh_from_db()
    assert (watch.state, watch.arrived_at, watch.left_at, watch.late_minutes) == ("done", SEVEN + 3 * MINUTE, NINE, 3)
    assert (watch.metres, watch.accuracy_m, watch.is_by_word) == (0, 20, False)
    assert dict(verify_watches()) == {f"guard watch {one.pk}": [] for one in GuardWatch.objects.all()}


@pytest.mark.parametrize(
    ("told", "is_there"),
    [
        ({"position": Position(113.3312, 23.13, 10)}, False),  # 123 m off: 113 with what the device may be wrong by
        ({"position": Position(113.3312, 23.13, 30)}, True),
        ({"position": Position(113.33, 23.13, 501)}, False),
        ({"position": None}, False),
        ({"position": None, "is_by_word": True}, False),
        ({"position": None, "is_by_word": True, "note": "手机没有信号"}, True),
        ({"position": Position(float("nan"), 0, 1)}, False),
        ({"note": "x" * 301}, False),
        ({"relieves": 10**12}, False),
    ],
    ids=repr,
)
def test_where_one_must_be(guard: Guard, told: dict[str, Any], is_there: bool) -> None:
    watch, _me = first_of(guard)
    if is_there:
        guard.come(watch, **told)
    else:
        with pytest.raises(Invalid):
            guard.come(watch, **told)
    watch.refresh_from_db()
    assert watch.state == ("present" if is_there else "planned")


def test_from_an_hour_before_until_the_end_and_only_whose_watch_it_is(guard: Guard) -> None:
    watch, me = first_of(guard)
    for at in (SEVEN - 61 * MINUTE, NINE):
        with pytest.raises(WrongState):
            guard.come(watch, at)
    watch = guard.watches()[1]
    street, other = guard.street, guard.crew.district.other
    for person, refusal in (
        (me, WrongState),
        (street.clerk, NotPermitted),
        (street.officer, NotPermitted),
        (other.member, NotFound),
        (other.clerk, NotFound),
    ):
        for act in (lambda **given: arrive(told=Arrival(THERE), **given), leave_post):
            with pytest.raises(refusal):
                act(pk=watch.pk, by=person, at=watch.starts_at)
    with pytest.raises(NotFound):
        arrive(pk=2**40, by=me, at=SEVEN, told=Arrival(THERE))


def test_the_next_one_relieves_and_the_first_watch_ends(guard: Guard) -> None:
    guard.more_hours(time(9), time(11))
    first, second, third, *_rest = guard.plan()
    guard.come(first)
    with pytest.raises(Invalid):
        guard.come(second, NINE, relieves=third.pk)  # nobody stands on it
    event = guard.come(second, NINE + 20 * MINUTE, relieves=first.pk)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.left_at, second.relieves) == ("done", NINE + 20 * MINUTE, first)
    assert kinds(first)[-1] == ("guard_relieved", NINE + 20 * MINUTE)
    assert event.by == second.user
    end = second.ends_at
    leave_post(pk=second.pk, by=second.user, at=end)
    # the first stayed until the second came: no minute was without a guard
    assert presence_at(GuardWatch.objects.filter(on=TODAY), end) == Presence(240 * MINUTE, 240 * MINUTE)
    assert presence_at([second], end).percent == 83


def test_ones_own_watch_before_ends_by_itself_and_nobody_stands_at_two_posts(guard: Guard) -> None:
    guard.more_hours(time(9), time(11))
    first, second, *_rest = guard.plan()
    assign_watch(pk=second.pk, by=guard.crew.leader, at=EVENING, user=first.user_id, reason="连班")
    guard.come(first)
    second.refresh_from_db()
    guard.come(second, NINE)
    first.refresh_from_db()
    assert (first.state, first.left_at) == ("done", NINE)
    gate = save_post(by=guard.crew.leader, at=EVENING, told=told_of(guard.crew, guard.place, name_zh="西门"))
    told = HoursTold("every", time(11), time(12))
    save_hours(by=guard.crew.leader, at=EVENING, post=gate.pk, told=told)
    guard.plan(NINE)
    there = GuardWatch.objects.filter(post=gate).order_by("period")[0]
    assign_watch(pk=there.pk, by=guard.crew.leader, at=NINE, user=first.user_id, reason="对调")
    with pytest.raises(WrongState):
        arrive(pk=there.pk, by=first.user, at=second.ends_at, told=Arrival(THERE))


def test_who_leaves_early_says_why_and_the_portal_ends_what_nobody_ended(guard: Guard) -> None:
    watch, me = first_of(guard)
    with pytest.raises(WrongState):
        leave_post(pk=watch.pk, by=me, at=SEVEN)
    guard.come(watch)
    for note in ("", "\x00"):
        with pytest.raises(Invalid):
            leave_post(pk=watch.pk, by=me, at=NINE - 11 * MINUTE, note=note)
    sweep.run(NINE + timedelta(hours=2))
    watch.refresh_from_db()
    assert (watch.state, watch.left_at) == ("done", NINE)
    assert kinds(watch)[-1] == ("guard_close", NINE + timedelta(hours=2))
    with pytest.raises(WrongState):
        leave_post(pk=watch.pk, by=me, at=NINE + timedelta(hours=3))


def test_a_resend_acts_once_and_another_request_needs_another_key(guard: Guard, media: Path) -> None:
    watch, me = first_of(guard)
    given: dict[str, Any] = {"pk": watch.pk, "by": me, "request_key": "k"}
    pictures = [photo(64, 48)]
    once = arrive(**given, at=SEVEN, told=Arrival(THERE), photos=pictures)
    assert arrive(**given, at=SEVEN + MINUTE, told=Arrival(THERE), photos=pictures) == once
    assert WatchPhoto.objects.count() == 1
    with pytest.raises(KeyReused):
        arrive(**given, at=SEVEN, told=Arrival(THERE, note="别的"), photos=pictures)
    with pytest.raises(WrongState):
        arrive(pk=watch.pk, by=me, at=SEVEN, told=Arrival(THERE))
    left = leave_post(pk=watch.pk, by=me, at=NINE, request_key="l")
    assert leave_post(pk=watch.pk, by=me, at=NINE + MINUTE, request_key="l") == left


def test_what_nobody_took_climbs_its_ladder_and_is_missed(guard: Guard) -> None:
    watch, me = first_of(guard)
    sweep.run(LATE)
    steps = [
        ("guard_urge", china("2026-03-02 07:15")),
        ("guard_supervise", china("2026-03-02 08:15")),
        ("guard_miss", NINE),
    ]
    assert kinds(watch)[1:] == steps
    watch.refresh_from_db()
    assert (watch.state, watch.ladder_code, watch.next_check_at) == ("missed", "G2", None)
    rows = Message.objects.filter(link=watch.get_absolute_url()).order_by("kind", "recipient__username")
    assert [(row.kind, row.recipient.username) for row in rows] == [
        ("guard_supervise", "clerk1"),
        ("guard_supervise", "clerkb1"),
        ("guard_supervise", "leader1"),
        ("guard_supervise", "teamleader1"),
        ("guard_urge", me.username),
        ("guard_urge", "teamleader1"),
    ]
    report_absence(pk=watch.pk, by=guard.crew.leader, at=LATE, reason="台风停岗")
    watch.refresh_from_db()
    assert watch.state == "absent"
    assert presence_at([watch], LATE) == Presence(120 * MINUTE)
    with pytest.raises(WrongState):
        report_absence(pk=watch.pk, by=guard.crew.leader, at=LATE, reason="台风停岗")


def test_a_short_watch_is_missed_before_its_ladder_ends(guard: Guard) -> None:
    guard.more_hours(time(6), time(6, 30))
    watch = guard.plan()[0]
    sweep.run(LATE)
    assert [kind for kind, _at in kinds(watch)] == ["guard_plan", "guard_urge", "guard_miss", "guard_supervise"]
    assert recheck_watches(LATE) == GuardWatch.objects.filter(state__in=("planned", "missed")).count() > 0


def test_absence_is_told_by_oneself_or_a_leader_with_a_reason(guard: Guard) -> None:
    watch, me = first_of(guard)
    stranger = next(one for one in guard.people if one != me)
    for person in (stranger, guard.street.officer, guard.street.leader):
        with pytest.raises(NotPermitted):
            report_absence(pk=watch.pk, by=person, at=EVENING, reason="家中有事")
    with pytest.raises(Invalid):
        report_absence(pk=watch.pk, by=me, at=EVENING, reason=" ")
    report_absence(pk=watch.pk, by=me, at=EVENING, reason="家中有事")
    sweep.run(NINE)
    assert [kind for kind, _at in kinds(watch)] == ["guard_plan", "guard_absence"]
    told = Message.objects.filter(kind="guard_absence").values_list("recipient__username", flat=True)
    assert list(told) == ["teamleader1"]


def test_an_open_watch_is_taken_by_whoever_of_the_team_is_free(guard: Guard) -> None:
    for one in guard.people:
        away = LeaveTold(one.pk, TODAY, TODAY)
        grant_member_leave(by=guard.crew.leader, at=EVENING, team=guard.crew.team.pk, told=away)
    watch = guard.plan()[0]
    assert watch.user is None
    with pytest.raises(Invalid):
        guard.come(watch, by=guard.people[0])  # away
    guard.come(watch, by=guard.crew.leader)
    watch.refresh_from_db()
    assert (watch.user, watch.state) == (guard.crew.leader, "present")


def test_of_two_who_take_an_open_watch_at_once_one_has_it(committed: District) -> None:
    guard = guard_of(committed)
    watch = guard.plan()[0]
    GuardWatch.objects.filter(pk=watch.pk).update(user=None, turn_of=None)
    first, second = guard.people[2:]  # whose own watches are on other days
    done = race([lambda by=by: guard.come(watch, by=by) for by in (first, second)])
    assert sorted(type(one).__name__ for one in done) == ["GuardEvent", "WrongState"]
    assert GuardEvent.objects.filter(guard_watch=watch, kind="guard_arrive").count() == 1
    GuardWatch.objects.filter(pk=watch.pk).update(turn_of=guard.people[0])
