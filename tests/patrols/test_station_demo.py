"""The demo offices have stations with two weeks of checks of every kind, and nothing of it is in English."""

import re

from cases.demo import prepare
from cases.models import Case
from patrols.stations.demo import BEHIND, make_stations
from patrols.stations.models import ChecklistItem, DailyCheck, Station, StationKind
from patrols.stations.verification import verify_checks
from tests.office import china


def test_the_demo_stations_were_checked_daily(db: None) -> None:
    now = china("2026-11-24 10:30")
    prepare(passwords={}, now=now)
    count = make_stations(now)
    assert count >= 25
    assert set(Station.objects.values_list("kind", flat=True)) == set(StationKind.values)
    assert {one for one in Station.objects.values_list("name_zh", flat=True) if re.search("[A-Za-z]", one)} == set()
    states = set(DailyCheck.objects.values_list("state", flat=True))
    assert states == {"planned", "done", "faulty", "missed", "excused"}
    assert DailyCheck.objects.count() >= count * (BEHIND - 2)
    assert Case.objects.filter(source="patrol", description__contains="：").exists()
    assert ChecklistItem.objects.count() >= 35
    assert [told for _name, told in verify_checks() if told] == []
    assert (make_stations(now), Station.objects.count()) == (0, count)


def test_without_the_demo_office_there_are_none(db: None) -> None:
    assert make_stations(china("2026-11-24 10:30")) == 0
