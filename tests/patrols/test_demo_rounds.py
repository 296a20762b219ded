"""The demo teams walk planned routes, miss some rounds, and find something on their way."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Count
from django.test import override_settings

from cases.demo import prepare
from citymgmt.worktime import sweep
from patrols.demo import make_teams
from patrols.findings.demo import make_findings
from patrols.findings.models import Finding, FindingPhoto
from patrols.findings.querysets import counted
from patrols.rounds.demo import walk_rounds
from patrols.rounds.lifecycle import STATES
from patrols.rounds.models import PatrolRound, Route, RoutePlan, RoutePoint
from patrols.rounds.planned_demo import make_plans
from patrols.rounds.verification import verify_rounds
from tests.office import china

NOW = china("2026-11-24 10:30")


@pytest.fixture(scope="module")
def on_patrol(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, int]]:
    """Teams that walk planned routes, once for the module; how many of each were made. Gone afterwards."""
    media = override_settings(MEDIA_ROOT=str(tmp_path_factory.mktemp("media")))
    with media, django_db_blocker.unblock(), transaction.atomic():
        prepare(passwords={}, now=NOW)
        parts = (make_teams, walk_rounds, make_findings, make_plans)  # neither rounds nor findings without routes
        made = {make.__name__: make(NOW) for make in parts}
        yield made | {f"{make.__name__} then": make(NOW) for make in (walk_rounds, make_findings)}
        transaction.set_rollback(True)


def test_the_demo_teams_have_routes_that_are_planned_from_today_on(on_patrol: dict[str, int], db: None) -> None:
    assert (on_patrol["make_plans"], make_plans(NOW)) == (8, 0)
    assert RoutePlan.objects.filter(period__startswith=NOW.date()).values("route").distinct().count() == 8
    assert RoutePoint.objects.count() >= 60
    assert min(Route.objects.annotate(count=Count("points")).values_list("count", flat=True)) >= 4


def test_the_demo_teams_walk_miss_and_find(on_patrol: dict[str, int], db: None) -> None:
    assert (on_patrol["walk_rounds"], on_patrol["make_findings"]) == (0, 0)  # no routes yet
    assert min(on_patrol["walk_rounds then"], on_patrol["make_findings then"]) > 8
    assert (walk_rounds(NOW), make_findings(NOW)) == (0, 0)
    sweep.run(NOW)
    assert set(PatrolRound.objects.values_list("state", flat=True)) == set(STATES)
    assert min(counted(Finding.objects.all())) >= 2
    assert FindingPhoto.objects.filter(state="ready").exists()
    assert dict(verify_rounds()) == {f"round {pk}": [] for pk in PatrolRound.objects.values_list("pk", flat=True)}
