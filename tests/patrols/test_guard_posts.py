"""Posts and hours are entered; a month is planned from them, fairly and around leave; what a person changed stays."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest

from citymgmt.people.models import User
from citymgmt.refusals import Invalid, NotFound, NotPermitted, WrongState
from communities.placed import PlaceTold
from patrols.guards.actions import (
    HoursTold,
    Planned,
    assign_watch,
    plan_watches,
    report_absence,
    save_hours,
    save_post,
)
from patrols.guards.models import GuardEvent, GuardHours, GuardPost, GuardWatch
from patrols.teams.actions import LeaveTold, grant_member_leave
from patrols.teams.models import Team
from tests.office import DISTRICT, District, china
from tests.patrols.guards import EVENING, POINT, SEVEN, TODAY, Guard, guard_of, told_of
from tests.patrols.teams import ONE_DAY
from tests.racing import race

FRIDAY = TODAY + 4 * ONE_DAY


@pytest.fixture
def guard(district: District) -> Guard:
    return guard_of(district)


def test_a_post_takes_its_place_from_the_key_place_and_the_same_again_changes_nothing(guard: Guard) -> None:
    post = GuardPost.objects.get()
    assert (post.community_id, post.address, post.longitude, post.latitude, post.radius_m) == (
        guard.place.community_id, "榕荫路1号", *POINT, 100,
    )  # fmt: skip
    assert save_post(by=guard.crew.leader, at=EVENING, told=told_of(guard.crew, guard.place)) == post
    save_post(by=guard.crew.clerk, at=EVENING, pk=post.pk, told=told_of(guard.crew, guard.place, radius_m=60))
    assert GuardPost.objects.get().radius_m == 60
    place = PlaceTold(post.community_id, "", *POINT)
    free = told_of(guard.crew, guard.place, name_zh="桥头", key_place=None, place=place)
    assert save_post(by=guard.crew.leader, at=EVENING, told=free).key_place is None


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name_zh": " "}, "name_zh"),
        ({"name_zh": "\x00"}, "name_zh"),
        ({"radius_m": 19}, "radius_m"),
        ({"radius_m": 10**9}, "radius_m"),
        ({"team": 10**12}, "team"),
        ({"key_place": 10**12}, "key_place"),
        ({"place": PlaceTold(10**12)}, "community"),
        ({"key_place": None, "place": PlaceTold(0)}, "longitude"),
        ({"place": PlaceTold(0, "", Decimal(200), Decimal(0))}, "longitude"),
        ({"until_on": date(2025, 1, 1)}, "until_on"),
        ({"from_on": date(1900, 1, 1)}, "from_on"),
    ],
    ids=repr,
)
def test_what_cannot_be_a_post_is_refused(guard: Guard, changed: dict, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        save_post(
            by=guard.crew.leader, at=EVENING, told=told_of(guard.crew, guard.place, **{"name_zh": "西门", **changed})
        )
    assert field in refused.value.fields
    assert GuardPost.objects.count() == 1


def test_a_post_stays_with_its_team_and_its_name_is_of_one_post(guard: Guard) -> None:
    given = {"by": guard.crew.clerk, "at": EVENING}
    other = save_post(**given, told=told_of(guard.crew, guard.place, name_zh="西门"))
    with pytest.raises(Invalid):
        save_post(**given, pk=other.pk, told=told_of(guard.crew, guard.place))
    with pytest.raises(NotFound):
        save_post(**given, told=told_of(guard.crew, guard.place, team=guard.crew.district.other.team.pk))
    GuardPost.objects.filter(pk=other.pk).update(team=guard.crew.district.other.team.pk)
    with pytest.raises(Invalid) as refused:
        save_post(**given, pk=other.pk, told=told_of(guard.crew, guard.place, name_zh="西门"))
    assert "team" in refused.value.fields


def test_who_may_not_plan_posts(guard: Guard) -> None:
    told, street = told_of(guard.crew, guard.place, name_zh="西门"), guard.street
    for person, refusal in (
        (street.member, NotPermitted),
        (street.officer, NotPermitted),
        (street.leader, NotPermitted),
        (guard.crew.district.other.clerk, NotFound),
        (guard.crew.district.other.teamleader, NotFound),
    ):
        with pytest.raises(refusal):
            save_post(by=person, at=EVENING, told=told)
        with pytest.raises(refusal):
            save_hours(by=person, at=EVENING, post=guard.post.pk, told=HoursTold("every", time(1), time(2)))
        with pytest.raises(NotFound if person == street.officer else refusal):  # an officer sees no teams
            plan_watches(by=person, at=EVENING, team=guard.crew.team.pk, month=TODAY)
    with pytest.raises(NotFound):
        save_post(by=guard.crew.clerk, at=EVENING, told=told, pk=2**40)


def test_hours_once_and_of_some_length(guard: Guard) -> None:
    given = {"by": guard.crew.leader, "at": EVENING, "post": guard.post.pk}
    told = HoursTold("working", time(7), time(9))
    assert save_hours(**given, told=told) == guard.hours
    save_hours(**given, told=replace(told, persons=2), pk=guard.hours.pk)
    assert GuardHours.objects.get().persons == 2
    night = save_hours(**given, told=HoursTold("off", time(22), time(1)))
    for wrong, pk in (
        (replace(told, ends=time(7)), None),
        (replace(told, persons=0), None),
        (replace(told, persons=21), None),
        (replace(told, days="never"), None),
        (told, None),  # entered already, for two
        (told, night.pk),
    ):
        with pytest.raises(Invalid):
            save_hours(**given, told=wrong, pk=pk)


def test_a_month_is_planned_evenly_on_working_days_and_again_changes_nothing(guard: Guard) -> None:
    watches = guard.plan()
    assert len(watches) == 22  # working days of March 2026
    assert {one.on.weekday() for one in watches} == set(range(5))
    assert [one.user_id for one in watches[:4]] == [one.pk for one in guard.people]  # the leader stands none
    counts = [sum(one.user_id == person.pk for one in watches) for person in guard.people]
    assert sorted(counts) == [5, 5, 6, 6]
    assert (watches[0].starts_at, watches[0].due_at) == (SEVEN, china("2026-03-02 07:15"))
    given = {"by": guard.crew.leader, "at": EVENING, "team": guard.crew.team.pk, "month": TODAY}
    assert plan_watches(**given) == Planned()
    assert GuardEvent.objects.count() == 22


def test_planned_late_only_what_lies_ahead(guard: Guard) -> None:
    assert guard.plan(SEVEN)[0].on == TODAY + ONE_DAY
    with pytest.raises(WrongState):
        guard.plan(china("2026-04-01 08:00"))
    with pytest.raises(WrongState):
        guard.plan(month=date(2028, 1, 1))


def test_as_many_as_nobody_can_stand_are_open_side_by_side(guard: Guard) -> None:
    guard.more_hours(time(12), time(13), persons=len(guard.people) + 2)
    noon = [one.user for one in guard.plan() if one.on == TODAY and one.hours_id != guard.hours.pk]
    assert {one for one in noon if one} == set(guard.people)
    assert noon.count(None) == 2


def test_who_is_away_is_replaced_and_what_nobody_can_stand_is_open(guard: Guard) -> None:
    guard.plan()
    first, second, *others = guard.people
    given = {"by": guard.crew.leader, "at": EVENING, "team": guard.crew.team.pk}
    grant_member_leave(**given, told=LeaveTold(first.pk, TODAY, FRIDAY, substitute=second.pk))
    again = {**given, "month": TODAY}
    assert plan_watches(**again) == Planned(changed=2)
    monday = guard.watches()[0]
    assert (monday.user, monday.turn_of, monday.is_stand_in) == (second, first, True)
    for one in (second, *others):
        grant_member_leave(**given, told=LeaveTold(one.pk, TODAY, TODAY))
    assert plan_watches(**again) == Planned(changed=1, open=1)
    assert guard.watches()[0].user is None
    assert plan_watches(**again) == Planned(open=1)


def test_who_is_on_a_shift_at_these_hours_stands_guard(guard: Guard) -> None:
    last = guard.people[-1]
    guard.crew.put(last, TODAY, at=EVENING)  # 06:00 to 14:00
    assert guard.plan()[0].user == last


def test_who_came_from_another_team_still_stands_where_that_one_planned(guard: Guard) -> None:
    street, guards = guard.street, guard.people
    east = Team.objects.create(
        key="east", kind="enforcement_team", name_zh="东队", district_code=DISTRICT, subdistrict=street.subdistrict
    )
    told = told_of(guard.crew, guard.place, name_zh="西门", team=east.pk)
    gate = save_post(by=guard.crew.clerk, at=EVENING, told=told)
    save_hours(by=guard.crew.clerk, at=EVENING, post=gate.pk, told=HoursTold("working", time(8), time(10)))
    busy = {one.on for one in guard.plan() if one.user == guards[0]}
    User.objects.filter(pk=guards[0].pk).update(organisation=east.pk)
    plan_watches(by=guard.crew.clerk, at=EVENING, team=east.pk, month=TODAY)
    at_gate = GuardWatch.objects.filter(post=gate)
    assert busy
    assert set(at_gate.filter(user=None).values_list("on", flat=True)) == busy
    assert at_gate.filter(user=guards[0]).count() == 22 - len(busy)


def test_other_hours_withdraw_what_they_ask_for_no_more(guard: Guard) -> None:
    guard.plan()
    by_hand = guard.watches()[1]
    mover = guard.people[3]
    assign_watch(pk=by_hand.pk, by=guard.crew.leader, at=EVENING, user=mover.pk, reason="对调")
    told = HoursTold("working", time(7, 30), time(9))
    save_hours(by=guard.crew.leader, at=EVENING, post=guard.post.pk, told=told, pk=guard.hours.pk)
    guard.plan()
    assert GuardWatch.objects.filter(state="withdrawn").count() == 21
    watches = guard.watches()
    assert len(watches) == 22
    assert [one for one in watches if one.starts_at.minute == 0] == [GuardWatch.objects.get(pk=by_hand.pk)]


def test_a_watch_is_moved_by_hand_with_a_reason_before_it_begins(guard: Guard) -> None:
    guard.more_hours(time(8), time(10))
    watch, beside, *_rest = guard.plan()
    free, given = guard.people[3], {"pk": watch.pk, "by": guard.crew.leader, "at": EVENING}
    busy, stranger = beside.user_id, guard.street.officer.pk
    for user, reason in ((free.pk, " "), (free.pk, "\x00"), (busy, "对调"), (stranger, "对调")):
        with pytest.raises(Invalid):
            assign_watch(**given, user=user, reason=reason)
    with pytest.raises(NotPermitted):
        assign_watch(**{**given, "by": free}, user=free.pk, reason="对调")
    with pytest.raises(WrongState):
        assign_watch(**{**given, "at": SEVEN}, user=free.pk, reason="对调")
    report_absence(pk=watch.pk, by=watch.user, at=EVENING, reason="家中有事")
    one = assign_watch(**given, user=free.pk, reason="对调", request_key="k")
    assert assign_watch(**given, user=free.pk, reason="对调", request_key="k") == one
    watch.refresh_from_db()
    assert (watch.user, watch.state, watch.is_by_hand, one.note) == (free, "planned", True, "对调")
    before = GuardEvent.objects.count()
    guard.plan()
    assert GuardEvent.objects.count() == before
    away = LeaveTold(guard.people[2].pk, TODAY, TODAY)
    grant_member_leave(by=guard.crew.leader, at=EVENING, team=guard.crew.team.pk, told=away)
    with pytest.raises(Invalid):
        assign_watch(**given, user=away.user, reason="对调")


def test_two_who_plan_at_once_plan_once(committed: District) -> None:
    guard = guard_of(committed)
    given = {"at": EVENING, "team": guard.crew.team.pk, "month": TODAY}
    done = race([lambda by=by: plan_watches(by=by, **given) for by in (guard.crew.leader, guard.crew.clerk)])
    assert sorted(one.added for one in done) == [0, 22]
    assert GuardWatch.objects.count() == 22
