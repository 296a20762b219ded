"""Plans of rounds: what is appointed, for which shifts, once; what is refused; and what withdrawing leaves."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from psycopg2.extras import DateRange

from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, Stale, WrongState
from citymgmt.worktime.models import CalendarDay, LadderStep
from citymgmt.worktime.rules import current_rules
from patrols.rounds.actions import RouteTold, save_point, save_route, withdraw_plan
from patrols.rounds.drafting import draft_of, drawn_up, last_seen
from patrols.rounds.journal import Journal
from patrols.rounds.lifecycle import event_kind
from patrols.rounds.models import PatrolRound, Route, RoutePlan, RoutePoint, Visit
from patrols.teams.actions import ShiftTold, save_shift
from patrols.teams.models import Shift
from tests.office import china
from tests.patrols.rounds.routes import NOW, TOMORROW, add_points, plan_of, plan_told, point_told, route_of
from tests.patrols.teams import TODAY, Crew

pytestmark = pytest.mark.usefixtures("english")

WEEK = timedelta(days=7)
REASON = "道路施工，改线"


@pytest.fixture
def route(crew: Crew) -> Route:
    """A route with ten points: seen daily, weekly, twice a week."""
    made = route_of(crew)
    add_points(crew, made, ["hot"] * 3 + ["blind"] * 4 + ["estate"] * 3)
    return made


def refused(act: Callable[[], object]) -> list[str]:
    with pytest.raises(Invalid) as found:
        act()
    return sorted(found.value.fields)


def test_rounds_begin_and_are_due_with_their_shifts_also_past_midnight(crew: Crew, route: Route) -> None:
    plan = plan_of(crew, route)
    hours = set(PatrolRound.objects.filter(on=TOMORROW).values_list("shift", "starts_at", "due_at"))
    assert hours <= {
        (crew.day.pk, china("2026-03-03 06:00"), china("2026-03-03 14:00")),
        (crew.evening.pk, china("2026-03-03 14:00"), china("2026-03-03 22:00")),
        (crew.night.pk, china("2026-03-03 22:00"), china("2026-03-04 06:00")),
    }
    shifts = set(PatrolRound.objects.values_list("shift", flat=True))
    assert shifts == {crew.day.pk, crew.evening.pk, crew.night.pk}
    assert {one.next_check_at == one.due_at for one in PatrolRound.objects.all()} == {True}
    assert (plan.from_on, plan.until_on, plan.made_by, plan.made_at) == (
        TOMORROW, date(2026, 3, 9), crew.leader, NOW)  # fmt: skip


def test_the_history_begins_with_its_visits_in_the_order_of_the_walk(crew: Crew, route: Route) -> None:
    plan = plan_of(crew, route)
    draft = draft_of(route, plan_told(), current_rules().calendar, NOW)
    walks = {(one.on, draft.shifts[one.part].pk): list(one.keys) for one in draft.rounds}
    assert len(walks) == PatrolRound.objects.filter(plan=plan).count()
    for one in PatrolRound.objects.filter(plan=plan):
        visits = list(one.visits.order_by("ordinal").values_list("ordinal", "point"))
        assert visits == list(enumerate(walks[one.on, one.shift_id], 1))
        event = one.events.get()
        assert (event.kind, event.by, event.at, event.to_state, one.state) == (
            "round_appoint", crew.leader, NOW, "appointed", "appointed")  # fmt: skip
        assert datetime.fromisoformat(event.changes["round"]["due_at"]) == one.due_at
        assert event.changes["visit.1"] == {"ordinal": 1, "point_id": visits[0][1]}


def test_the_same_seed_gives_the_same_plan_and_another_one_another(crew: Crew, route: Route) -> None:
    calendar = current_rules().calendar
    digests = [draft_of(route, plan_told(seed=seed), calendar, NOW).digest for seed in (7, 7, 8)]
    assert digests[0] == digests[1] != digests[2]


def test_seventy_points_in_a_month_are_within_a_day_of_their_wishes(crew: Crew) -> None:
    """A bar of issue 7; counted in the rows."""
    route = route_of(crew)
    codes = ["street2", "hot", "site", "estate", "blind"]
    points = add_points(crew, route, [codes[number % 5] for number in range(70)])
    plan_of(crew, route, plan_told(30))
    allowed = {"street2": 1, "hot": 1, "site": 3, "estate": 4, "blind": 7}
    for point in points:
        days = sorted(set(Visit.objects.filter(point=point).values_list("round__on", flat=True)))
        bounds = [TODAY, *days, TOMORROW + timedelta(days=30)]
        longest = max((other - one).days for one, other in pairwise(bounds))
        assert longest <= allowed[point.place_class.code] + 1, point
    assert Counter(Visit.objects.values_list("round__on", flat=True)).keys() == {
        TOMORROW + timedelta(days=number) for number in range(30)
    }


def test_a_round_costs_few_statements_and_a_visit_none(crew: Crew) -> None:
    def cost(points: int, days: int) -> tuple[int, int]:
        route = route_of(crew, f"{points} {days}")
        add_points(crew, route, ["hot"] * points)
        with CaptureQueriesContext(connection) as found:
            plan_of(crew, route, plan_told(days))
        return len(found), PatrolRound.objects.filter(route=route).count()

    cost(1, 1)  # rules and people are read once
    few, many, longer = cost(6, 10), cost(30, 10), cost(6, 20)
    assert few == many
    assert (longer[0] - few[0]) / (longer[1] - few[1]) <= 2


def test_sent_twice_it_is_one_plan(crew: Crew, route: Route) -> None:
    one = plan_of(crew, route, request_key="a")
    assert plan_of(crew, route, request_key="a") == one
    assert RoutePlan.objects.count() == 1
    with pytest.raises(KeyReused):
        plan_of(crew, route, plan_told(seed=8), request_key="a")


def test_two_plans_of_a_route_for_a_day_are_refused_in_words_and_by_the_database(crew: Crew, route: Route) -> None:
    plan_of(crew, route)
    for first in (TOMORROW, TOMORROW + WEEK - timedelta(days=1)):
        assert refused(lambda first=first: plan_of(crew, route, plan_told(first=first))) == ["first"]
    plan_of(crew, route, plan_told(first=TOMORROW + WEEK))
    days = DateRange(TOMORROW, TOMORROW + WEEK)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoutePlan.objects.create(route=route, period=days, seed=1, made_by=crew.leader, made_at=NOW)


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"first": TODAY}, "first"), ({"first": date(2027, 3, 5)}, "first"), ({"first": date(1, 1, 1)}, "first"),
     ({"count": 0}, "count"), ({"count": 63}, "count"), ({"seed": -1}, "seed"), ({"seed": 2**31}, "seed")],
)  # fmt: skip
def test_days_that_cannot_be_are_refused(crew: Crew, route: Route, changed: dict[str, Any], field: str) -> None:
    assert refused(lambda: plan_of(crew, route, plan_told(**changed))) == [field]
    assert not RoutePlan.objects.exists()


def test_nothing_to_plan_with_is_told(crew: Crew) -> None:
    route = route_of(crew)
    with pytest.raises(WrongState, match="no active points"):
        plan_of(crew, route)
    add_points(crew, route, ["blind"])
    given: dict[str, Any] = {"by": crew.leader, "at": NOW, "team": crew.team.pk}
    save_route(**given, told=RouteTold("东片", is_active=False), pk=route.pk)
    assert refused(lambda: plan_of(crew, route)) == []
    save_route(**given, told=RouteTold("东片"), pk=route.pk)
    Shift.objects.update(is_active=False)
    with pytest.raises(WrongState, match="no shifts"):
        plan_of(crew, route)


def test_rounds_too_long_for_anybody_are_refused(crew: Crew, route: Route, monkeypatch: Any) -> None:
    monkeypatch.setattr("patrols.rounds.drafting.MOST_A_ROUND", 1)
    assert refused(lambda: plan_of(crew, route)) == []


def test_what_changed_since_one_looked_is_told(crew: Crew, route: Route) -> None:
    draft = draft_of(route, plan_told(), current_rules().calendar, NOW)
    save_point(by=crew.leader, at=NOW, route=route.pk, told=point_told(crew, 20, "hot"))
    with pytest.raises(Stale):
        plan_of(crew, route, seen=draft.digest)
    fresh = draft_of(route, plan_told(), current_rules().calendar, NOW)
    assert plan_of(crew, route, seen=fresh.digest)


@pytest.mark.parametrize(("who", "refusal"), [("other", NotFound), ("member", NotPermitted), ("leader", NotPermitted)])
def test_who_may_not_plan(crew: Crew, route: Route, who: str, refusal: type[Exception]) -> None:
    plan = plan_of(crew, route)
    street = crew.district.street
    person = {"other": crew.district.other.clerk, "member": street.member, "leader": street.leader}[who]
    with pytest.raises(refusal):
        plan_of(crew, route, plan_told(first=TOMORROW + WEEK), by=person)
    with pytest.raises(refusal):
        withdraw_plan(by=person, at=NOW, pk=plan.pk, reason=REASON)


def test_on_days_off_nobody_walks_where_that_is_wanted(crew: Crew, route: Route) -> None:
    CalendarDay.objects.create(on=date(2026, 3, 5), kind=CalendarDay.Kind.HOLIDAY, name_zh="假日")
    CalendarDay.objects.create(on=date(2026, 3, 8), kind=CalendarDay.Kind.MAKEUP, name_zh="补班")
    plan_of(crew, route, plan_told(avoids_holidays=True))
    days = {date(2026, 3, day) for day in (3, 4, 6, 8, 9)}  # the 5th is a holiday, the 7th a Saturday
    assert set(PatrolRound.objects.values_list("on", flat=True)) == days


def test_days_that_are_all_off_give_no_plan(crew: Crew, route: Route) -> None:
    weekend = plan_told(2, first=date(2026, 3, 7), avoids_holidays=True)
    with pytest.raises(Invalid, match="No round falls on these days"):
        plan_of(crew, route, weekend)
    assert not RoutePlan.objects.exists()


def test_a_plan_takes_up_where_the_last_one_ended(crew: Crew, route: Route) -> None:
    """Between the last visit of a plan and the first of the next no more than a week and a day lies either."""
    plan_of(crew, route, plan_told(10))
    plan_of(crew, route, plan_told(10, first=TOMORROW + timedelta(days=10), seed=99))
    for point in RoutePoint.objects.filter(place_class__code="blind"):
        days = sorted(Visit.objects.filter(point=point).values_list("round__on", flat=True))
        assert max((other - one).days for one, other in pairwise(days)) <= 8


def test_what_was_excused_is_not_counted_as_seen(crew: Crew, route: Route) -> None:
    plan = plan_of(crew, route)
    points = list(RoutePoint.objects.values_list("pk", flat=True))
    assert set(last_seen(points, TOMORROW + WEEK)) == set(points)
    withdraw_plan(by=crew.leader, at=NOW, pk=plan.pk, reason=REASON)
    assert last_seen(points, TOMORROW + WEEK) == {}


def test_a_plan_reads_back_as_it_was_drafted(crew: Crew, route: Route) -> None:
    draft = draft_of(route, plan_told(), current_rules().calendar, NOW)
    kept = drawn_up(plan_of(crew, route), current_rules().calendar)
    assert (kept.digest, kept.figures) == (draft.digest, draft.figures)


# --- withdrawing -----------------------------------------------------------------------------------------------
def start(round_: PatrolRound, crew: Crew, at: Any) -> None:
    journal = Journal([round_], current_rules())
    changes = {"walker_id": crew.leader.pk, "started_at": at}
    journal.record(round_, event_kind("start"), by=crew.leader, at=at, to="walking", changes=changes)
    journal.write()


def test_withdrawing_excuses_what_lies_ahead_and_nobody_has_begun(crew: Crew, route: Route) -> None:
    plan = plan_of(crew, route)
    at = china("2026-03-04 15:00")
    begun = PatrolRound.objects.filter(starts_at__lt=at).order_by("-starts_at")[0]
    start(begun, crew, at)
    over = set(PatrolRound.objects.filter(due_at__lte=at).values_list("pk", flat=True))
    withdraw_plan(by=crew.leader, at=at, pk=plan.pk, reason=REASON)
    states = dict(PatrolRound.objects.values_list("pk", "state"))
    assert over
    for pk, state in states.items():
        assert state == ("walking" if pk == begun.pk else "appointed" if pk in over else "excused")
    one = PatrolRound.objects.filter(state="excused")[0]
    event = one.events.get(seq=2)
    assert (event.kind, event.by, event.at, event.note, one.ended_at, one.next_check_at) == (
        "round_withdraw", crew.leader, at, REASON, at, None)  # fmt: skip
    assert RoutePlan.objects.get().withdrawn_at == at
    assert withdraw_plan(by=crew.leader, at=at + WEEK, pk=plan.pk, reason="").withdrawn_at == at
    assert plan_of(crew, route, plan_told(first=date(2026, 3, 5)), at=at)


def test_what_counts_as_missed_before_the_shift_ends_is_not_excused(crew: Crew, route: Route) -> None:
    """An office may have its ladder end before the deadline; what fell due until then is recorded first."""
    LadderStep.objects.filter(code__in=["P1", "P2"]).update(is_active=False)
    LadderStep.objects.filter(code="P3").update(anchor="due", delay_value=0, lead_value=1)
    plan, at = plan_of(crew, route), china("2026-03-03 09:00")
    missed = set(PatrolRound.objects.filter(next_check_at__lte=at).values_list("pk", flat=True))
    assert missed
    withdraw_plan(by=crew.leader, at=at, pk=plan.pk, reason=REASON)
    states = dict(PatrolRound.objects.filter(due_at__gt=at).values_list("pk", "state"))
    assert states == {pk: "missed" if pk in missed else "excused" for pk in states}
    assert set(states.values()) == {"missed", "excused"}


def test_withdrawing_needs_a_reason(crew: Crew, route: Route) -> None:
    plan = plan_of(crew, route)
    for reason in (" ", "x" * 1001):
        assert refused(lambda reason=reason: withdraw_plan(by=crew.leader, at=NOW, pk=plan.pk, reason=reason)) == [
            "reason"
        ]
    with pytest.raises(NotFound):
        withdraw_plan(by=crew.leader, at=NOW, pk=2**70, reason=REASON)


def test_a_shift_of_rounds_ahead_keeps_its_hours(crew: Crew, route: Route) -> None:
    """Rounds have their moments from the plan: what changes of the shift later does not move them."""
    plan_of(crew, route)
    before = list(PatrolRound.objects.order_by("pk").values_list("starts_at", "due_at"))
    told = ShiftTold("早班", "Day", crew.day.starts, crew.evening.starts.replace(hour=13))
    save_shift(by=crew.leader, at=NOW, team=crew.team.pk, told=told, pk=crew.day.pk)
    assert list(PatrolRound.objects.order_by("pk").values_list("starts_at", "due_at")) == before
