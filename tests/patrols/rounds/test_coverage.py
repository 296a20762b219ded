"""Rounds in figures: which count as planned and walked, how even, and which places wait too long."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.statistics.periods import Period
from patrols.rounds.actions.excusing import excuse_round
from patrols.rounds.coverage import coverage_of, waits_of
from patrols.rounds.models import PatrolRound, PlaceClass, RoutePoint
from tests.cases.list_pages import words
from tests.office import china
from tests.patrols.rounds.walks import Walk
from tests.patrols.teams import NOW, TODAY

DAY = timedelta(days=1)
WEEK = Period(TODAY, TODAY + 6 * DAY)


def morning(on: date) -> Any:
    return china(f"{on} 09:00")


@pytest.fixture
def week(walk: Walk) -> Walk:
    """Walked on Monday, and on Tuesday late; missed on Wednesday; excused on Thursday; Friday's is still ahead."""
    walk.walked(TODAY, NOW)
    walk.walked(TODAY + DAY, china(f"{TODAY + DAY} 15:00"))
    walk.round(TODAY + 2 * DAY)
    spared = walk.round(TODAY + 3 * DAY)
    excuse_round(pk=spared.pk, by=walk.crew.leader, at=morning(TODAY + 3 * DAY), note="台风")
    walk.round(TODAY + 4 * DAY)
    return walk


def test_walked_late_and_missed_count_as_planned_and_the_excused_does_not(week: Walk) -> None:
    (found,) = coverage_of(PatrolRound.objects.all(), WEEK, morning(TODAY + 4 * DAY))
    assert (found.team_id, found.planned, found.walked, found.late, found.missed) == (week.crew.team.pk, 3, 2, 1, 0)
    assert (found.share, found.gini, found.is_steady) == (Fraction(2, 3), Fraction(1, 3), False)
    assert coverage_of(PatrolRound.objects.all(), Period(TODAY, TODAY), NOW) == []  # its shift is not over


def test_a_place_waits_since_it_was_seen_or_first_planned(week: Walk) -> None:
    assert waits_of(RoutePoint.objects.all(), TODAY + 2 * DAY) == []
    late = waits_of(RoutePoint.objects.all(), TODAY + 4 * DAY)
    assert [(one.seen_on, one.days, one.allowed, one.excess) for one in late] == [(TODAY + DAY, 3, 1, 2)] * 3
    PlaceClass.objects.update(days=3)
    assert waits_of(RoutePoint.objects.all(), TODAY + 4 * DAY) == []


def test_leaders_read_it_with_few_queries(week: Walk, get: Callable[..., Any], moment: Any, client: Client) -> None:
    moment(morning(TODAY + 4 * DAY))
    leader = week.crew.district.street.leader
    page = words(get(leader, "/rounds/figures/"))
    assert "3 2 66.7 % 1 0 0.33 uneven" in page
    assert "came again within 30 days" in page
    assert "文昌社区中心 East route" in page
    assert "came again" not in words(get(week.crew.members[0], "/rounds/figures/"))
    client.force_login(leader)
    with CaptureQueriesContext(connection) as queries:
        client.get("/rounds/figures/")
    assert len(queries) <= 12
    get(leader, "/rounds/figures/?first=x", 422)
