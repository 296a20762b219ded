"""The demo teams have a duty calendar around now, attendance, a leave that leaves a gap, and certificates."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Count

from cases.demo import prepare
from citymgmt.outbox.models import Message
from citymgmt.worktime import sweep
from patrols.cleanliness.demo import make_cleanliness
from patrols.cleanliness.models import BlindSpot, SampleDraw, SamplePoint
from patrols.cleanliness.querysets import is_true, together
from patrols.demo import make_teams
from patrols.findings.demo import make_findings
from patrols.findings.models import Finding, FindingPhoto
from patrols.findings.querysets import counted
from patrols.guards import lifecycle as of_guards
from patrols.guards.demo import make_guards
from patrols.guards.models import ConditionLook, GuardWatch
from patrols.guards.querysets import presence_at
from patrols.guards.verification import verify_watches
from patrols.pests.demo import make_pests
from patrols.pests.indices import PESTS
from patrols.pests.limits import SEEDED, judged
from patrols.pests.models import BreedingSite, DensitySurvey, PestOperation
from patrols.pests.querysets import tally
from patrols.rounds.demo import walk_rounds
from patrols.rounds.lifecycle import STATES
from patrols.rounds.models import PatrolRound, Route, RoutePlan, RoutePoint
from patrols.rounds.planned_demo import make_plans
from patrols.rounds.verification import verify_rounds
from patrols.sites.demo import make_sites
from patrols.sites.models import Site
from patrols.sites.querysets import open_faults
from patrols.teams.models import Attendance, Certificate, Duty, MemberLeave
from patrols.teams.querysets import gaps_in, shifts_of
from patrols.teams.rotation import ONE_DAY
from tests.office import china


@pytest.mark.parametrize("now", ["2026-11-24 10:30", "2026-10-08 07:00", "2027-02-28 23:00"])
def test_the_demo_teams_have_a_calendar(db: None, now: str) -> None:
    moment = china(now)
    prepare(passwords={}, now=moment)
    count = make_teams(moment)
    assert count == 4
    leaves = list(MemberLeave.objects.select_related("team"))
    assert len(leaves) == count
    for leave in leaves:
        days = (leave.from_on, leave.until_on)
        there = list(Duty.objects.filter(team=leave.team, on__range=days))
        assert len(gaps_in(shifts_of(leave.team), there, *days)) == 2
        before = Duty.objects.filter(team=leave.team, on__lt=leave.from_on - 3 * ONE_DAY).count()
        assert before >= 38
    assert set(Attendance.objects.values_list("is_late", flat=True)) == {False, True}
    assert Certificate.objects.count() == 3 * count
    assert Message.objects.filter(kind="certificate_expiring", channel="in_app").count() == count
    rows = Duty.objects.count()
    assert (make_teams(moment), Duty.objects.count()) == (0, rows)


def test_without_the_demo_office_there_are_none(db: None) -> None:
    assert make_teams(china("2026-11-24 10:30")) == 0


def test_the_demo_teams_have_routes_that_are_planned_from_today_on(db: None) -> None:
    moment = china("2026-11-24 10:30")
    prepare(passwords={}, now=moment)
    make_teams(moment)
    assert (make_plans(moment), make_plans(moment)) == (8, 0)
    assert {plan.from_on.isoformat() for plan in RoutePlan.objects.all()} == {"2026-11-24"}
    assert RoutePoint.objects.count() >= 60
    assert min(Route.objects.annotate(count=Count("points")).values_list("count", flat=True)) >= 4


def test_the_demo_office_has_construction_sites_with_something_amiss(db: None) -> None:
    moment = china("2026-11-24 10:30")
    prepare(passwords={}, now=moment)
    assert (make_sites(moment), make_sites(moment)) == (16, 0)
    faults = [one for some in open_faults(Site.objects.values_list("pk", flat=True)).values() for one in some]
    assert sorted((one.item, one.case is not None) for one in faults) == [
        *[("hoarding", True)] * 2, *[("wetting", True)] * 2,
    ]  # fmt: skip
    assert set(Site.objects.values_list("state", flat=True)) == set(Site.State.values)
    assert Message.objects.filter(kind="site_permit_expiring").exists()


def test_without_the_demo_office_there_are_no_sites(db: None) -> None:
    assert make_sites(china("2026-11-24 10:30")) == 0


def test_the_demo_teams_walk_miss_and_find(db: None, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    moment = china("2026-11-24 10:30")
    prepare(passwords={}, now=moment)
    make_teams(moment)
    assert (walk_rounds(moment), make_findings(moment)) == (0, 0)  # no routes yet
    make_plans(moment)
    assert walk_rounds(moment) > 8
    assert walk_rounds(moment) == 0
    sweep.run(moment)
    assert set(PatrolRound.objects.values_list("state", flat=True)) == set(STATES)
    assert make_findings(moment) > 8
    assert make_findings(moment) == 0
    assert min(counted(Finding.objects.all())) >= 2
    assert FindingPhoto.objects.filter(state="ready").exists()
    assert dict(verify_rounds()) == {f"round {pk}": [] for pk in PatrolRound.objects.values_list("pk", flat=True)}


def test_the_demo_guards_stand_are_late_and_missed(db: None) -> None:
    now = china("2026-11-24 17:30")
    prepare(passwords={}, now=now)
    assert (make_guards(now), make_guards(now)) == (6, 0)
    states = set(GuardWatch.objects.values_list("state", flat=True))
    assert states == set(of_guards.STATES) - {of_guards.WITHDRAWN}
    rate = presence_at(GuardWatch.objects.all(), now).percent
    assert rate is not None
    assert 75 <= rate < 95
    assert 80 < sum(ConditionLook.objects.values_list("score", flat=True)) / ConditionLook.objects.count() < 98
    assert all(wrong == [] for _name, wrong in verify_watches())


def test_the_demo_pest_team_has_a_year_of_records(db: None) -> None:
    now = china("2026-11-05 10:30")
    prepare(passwords={}, now=now)
    assert (make_pests(now), make_pests(now)) == (1, 0)
    assert DensitySurvey.objects.count() == 9 * 5 * 12
    assert {one.checked_by is None for one in PestOperation.objects.select_related("checked_by")} == {False, True}
    found = tally(DensitySurvey.objects.all(), date(2025, 12, 1), now.date())
    levels = {
        month: {pest: judged(pest, found.of(months=[date(2026, month, 1)]), SEEDED).level for pest in PESTS}
        for month in (4, 7)
    }
    assert levels[4] == dict.fromkeys(PESTS, "C")
    assert levels[7] == {"rodent": "C", "mosquito": None, "fly": None, "cockroach": "C"}
    assert BreedingSite.objects.filter(closed_on=None).count() == 4


def test_the_demo_office_has_streets_samples_and_blind_spots(db: None) -> None:
    now = china("2026-11-24 10:30")
    prepare(passwords={}, now=now)
    assert make_cleanliness(now) > 0
    assert make_cleanliness(now) == 0
    assert all(is_true(draw) for draw in SampleDraw.objects.order_by("pk"))
    found = together(SamplePoint.objects.exclude(score=None)).rate
    assert found is not None
    assert 0.8 < found.low < found.share < found.high < 0.95
    assert SamplePoint.objects.filter(score=None).exists()
    assert set(BlindSpot.objects.values_list("is_watched", flat=True)) == {True, False}
