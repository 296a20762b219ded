"""Put a plan of rounds into force, and withdraw one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from psycopg2.extras import DateRange

from citymgmt.bulk import next_id
from citymgmt.found import one_of
from citymgmt.people.models import User
from citymgmt.refusals import Invalid, Stale
from citymgmt.worktime.journal import settle
from citymgmt.worktime.repeats import digest_of, earlier_answer, scoped_key
from citymgmt.worktime.rules import Rules, current_rules, hold_rules
from citymgmt.written import faults_of
from patrols.rounds.actions.routes import team_of
from patrols.rounds.drafting import Draft, PlanTold, check_told, draft_of
from patrols.rounds.journal import EFFECTS, Journal
from patrols.rounds.lifecycle import APPOINTED, EXCUSED, event_kind
from patrols.rounds.models import LONGEST_NOTE, PatrolRound, RoundEvent, Route, RoutePlan, Visit
from patrols.rounds.planning import A_DAY, Round
from patrols.teams.actions.frame import working_on
from patrols.teams.actions.planning import hours_of
from patrols.teams.models import Team


def put_in_force(
    *, by: User, at: datetime, route: int, told: PlanTold, seen: str = "", request_key: str | None = None
) -> RoutePlan:
    """Appoint the rounds of a route for some days ahead, each with its points in the order of the walk.

    `seen` is the digest of the draft that the person looked at. The same request again gives the same plan.
    Raises: NotFound, NotPermitted, WrongState, Invalid (also: days of another plan), Stale (the draft has changed
    since), KeyReused.
    """
    digest = digest_of("round_plan", str(route), {**vars(told), "seen": seen})
    with transaction.atomic():
        hold_rules()
        with working_on(team_of(route), "put_in_force", permission="round.plan", by=by, at=at) as team:
            earlier = earlier_answer(RoundEvent, by, request_key, digest)
            if earlier is not None:
                return RoutePlan.objects.get(rounds=earlier.round_id)
            found = one_of(Route.objects.select_related("team__subdistrict").filter(team=team), route)
            check_free(found, told, at)
            rules = current_rules()
            draft = draft_of(found, told, rules.calendar, at)
            if not draft.rounds:
                raise Invalid(_("No round falls on these days. Choose other days, or more of them."))
            if seen and seen != draft.digest:
                raise Stale(_("The points, classes or shifts have changed since you looked. Look at the plan again."))
            plan = RoutePlan.objects.create(
                route=found,
                period=DateRange(told.first, told.last + A_DAY),
                seed=told.seed,
                avoids_holidays=told.avoids_holidays,
                made_by=by,
                made_at=at,
            )
            _appoint(plan, draft, team, rules, {"request_key": scoped_key(by, request_key), "request_digest": digest})
            return plan


def check_free(route: Route, told: PlanTold, at: datetime) -> None:
    """Whether a plan of these days can come into force. Raises: Invalid (the route is not in use, or planned then)."""
    check_told(told, at)
    if not route.is_active:
        raise Invalid(_("This route is not in use any more."))
    days = DateRange(told.first, told.last + A_DAY)
    there = RoutePlan.objects.filter(route=route, withdrawn_at=None, period__overlap=days).order_by("period").first()
    if there is not None:
        text = _("The route has a plan from %(first)s until %(last)s already. Withdraw it, or choose other days.")
        raise Invalid(fields={"first": text % {"first": there.from_on, "last": there.until_on}})


def _appoint(plan: RoutePlan, draft: Draft, team: Team, rules: Rules, request: dict[str, Any]) -> None:
    """Write the rounds with their visits: a fixed number of statements for each round."""
    rows = [(_row(plan, draft, team, one), one) for one in draft.rounds]
    journal = Journal([row for row, _round in rows], rules)
    for number, (row, walk) in enumerate(rows):
        visits = [
            (Visit(ordinal=ordinal, point_id=key), {"ordinal": ordinal, "point_id": key})
            for ordinal, key in enumerate(walk.keys, 1)
        ]
        journal.record(
            row,
            event_kind("appoint"),
            by=plan.made_by,
            at=plan.made_at,
            to=APPOINTED,
            changes={"due_at": row.due_at},
            parts=visits,
            **(request if number == 0 else {}),
        )
    journal.write()


def _row(plan: RoutePlan, draft: Draft, team: Team, one: Round) -> PatrolRound:
    shift = draft.shifts[one.part]
    starts_at, due_at = hours_of(shift, one.on)
    return PatrolRound(
        pk=next_id(PatrolRound),
        subdistrict=plan.route.team.subdistrict,
        team=team,
        route=plan.route,
        plan=plan,
        shift=shift,
        on=one.on,
        starts_at=starts_at,
        due_at=due_at,
    )


def withdraw_plan(*, by: User, at: datetime, pk: int, reason: str) -> RoutePlan:
    """End a plan: its rounds that nobody has begun and whose shift is not over are excused, for the reason given.

    What was walked or missed stays, and who did not walk in time still answers for it. Withdrawing it again changes
    nothing. Raises: NotFound, NotPermitted, Invalid (no reason).
    """
    route = one_of(RoutePlan.objects.all(), pk).route_id
    with transaction.atomic():
        hold_rules()
        with working_on(team_of(route), "withdraw_plan", permission="round.plan", by=by, at=at):
            plan = one_of(RoutePlan.objects.select_related("route").select_for_update(of=("self",), no_key=True), pk)
            reason = reason.strip()
            faults = faults_of(reason, LONGEST_NOTE, is_needed=True)
            if plan.withdrawn_at is not None:
                return plan
            if faults:
                raise Invalid(fields={"reason": faults})
            _excuse(_ahead(plan, at), by, at, reason)
            plan.withdrawn_at = at
            plan.save(update_fields=["withdrawn_at"])
            return plan


def _ahead(plan: RoutePlan, at: datetime) -> list[PatrolRound]:
    rows = PatrolRound.objects.filter(plan=plan, state=APPOINTED, due_at__gt=at)
    return list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))


def _excuse(rounds: Sequence[PatrolRound], by: User, at: datetime, reason: str) -> None:
    """Never before a round's last event: clocks of hosts differ."""
    journal = Journal(rounds, current_rules())
    events = RoundEvent.objects.filter(round__in=[one.pk for one in rounds]).order_by()
    last: dict[int, datetime] = dict(events.values("round").annotate(last=Max("at")).values_list("round", "last"))
    for one in rounds:
        settle(journal, one, at, EFFECTS)
        if one.state == APPOINTED:
            when = max(at, last[one.pk])
            journal.record(
                one, event_kind("withdraw"), by=by, at=when, to=EXCUSED, note=reason, changes={"ended_at": when}
            )
    journal.write()
