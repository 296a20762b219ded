"""The demo teams have a duty calendar around now, attendance, a leave that leaves a gap, and certificates."""

from datetime import date

import pytest

from cases.demo import prepare
from citymgmt.outbox.models import Message
from patrols.cleanliness.demo import make_cleanliness
from patrols.cleanliness.models import BlindSpot, SampleDraw, SamplePoint
from patrols.cleanliness.querysets import is_true, together
from patrols.demo import make_teams
from patrols.guards import lifecycle as of_guards
from patrols.guards.demo import make_guards
from patrols.guards.models import ConditionLook, GuardWatch
from patrols.guards.querysets import presence_at
from patrols.guards.verification import verify_watches
from patrols.illegal_buildings.demo import make_buildings
from patrols.illegal_buildings.lifecycle import STATES as BUILDING_STATES
from patrols.illegal_buildings.models import IllegalBuilding
from patrols.illegal_buildings.verification import verify_buildings
from patrols.pests.demo import MONITORED, make_pests
from patrols.pests.indices import PESTS
from patrols.pests.limits import SEEDED, judged
from patrols.pests.models import BreedingSite, DensitySurvey, PestOperation
from patrols.pests.querysets import tally
from patrols.sites.demo import make_sites
from patrols.sites.models import Site
from patrols.sites.querysets import open_faults
from patrols.teams.models import Attendance, Certificate, Duty, MemberLeave
from patrols.teams.querysets import gaps_in, shifts_of
from patrols.teams.rotation import ONE_DAY
from tests.office import china


@pytest.mark.parametrize("now", ["2026-10-08 07:00", "2027-02-28 23:00"])
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
    assert Message.objects.filter(kind="certificate_expiring").count() == count
    rows = Duty.objects.count()
    assert (make_teams(moment), Duty.objects.count()) == (0, rows)


def test_without_the_demo_office_there_are_none(db: None) -> None:
    assert make_teams(china("2026-11-24 10:30")) == 0


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


def test_the_demo_office_has_illegal_buildings_in_all_stages(db: None) -> None:
    moment = china("2026-11-24 10:30")
    assert make_buildings(moment) == 0  # without the office
    prepare(passwords={}, now=moment)
    assert (make_buildings(moment), make_buildings(moment)) == (26, 0)
    found = set(IllegalBuilding.objects.values_list("state", flat=True))
    assert set(BUILDING_STATES) - found == set()
    assert {number for number, told in verify_buildings() if told} == set()


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
    assert DensitySurvey.objects.count() == 9 * MONITORED * 12
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
