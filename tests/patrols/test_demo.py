"""The demo teams have a duty calendar around now, attendance, a leave that leaves a gap, and certificates."""

from datetime import date

import pytest
from django.db import transaction

from cases.demo import prepare
from citymgmt.outbox.models import Message
from patrols.demo import make_pests, make_teams
from patrols.pests.indices import PESTS
from patrols.pests.limits import SEEDED, judged
from patrols.pests.models import BreedingSite, DensitySurvey, PestOperation
from patrols.pests.querysets import Tally, tally
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


def test_the_demo_pest_team_has_a_year_of_records(db: None) -> None:
    for now in (china("2026-02-01 08:00"), china("2026-11-24 10:30")):
        with transaction.atomic():
            prepare(passwords={}, now=now)
            assert (make_pests(now), make_pests(now)) == (1, 0)
            assert DensitySurvey.objects.count() >= 9 * 5 * 11
            assert set(PestOperation.objects.values_list("checked_by__isnull", flat=True)) == {False, True}
            found = tally(DensitySurvey.objects.all(), date(2026, 1, 1), now.date())
            judged_in = {month: _levels(found, month) for month in (date(2026, 1, 1),)}
            assert judged_in[date(2026, 1, 1)] == {"rodent": "C", "mosquito": "C", "fly": "C", "cockroach": "C"}
            assert BreedingSite.objects.filter(closed_on=None).count() == 4
            transaction.set_rollback(True)


def _levels(found: Tally, month: date) -> dict[str, str | None]:
    return {pest: judged(pest, found.of(months=[month]), SEEDED).level for pest in PESTS}
