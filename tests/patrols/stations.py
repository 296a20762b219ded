"""What tests of stations begin with: a public toilet with the usual checklist, checked by the first street's team."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from citymgmt.people.models import User
from patrols.stations.actions import AnswerTold, StationTold, make_check, plan_checks, save_station
from patrols.stations.models import CheckEvent, ChecklistItem, DailyCheck, Station
from patrols.stations.querysets import items_of
from tests.office import District, Street, china

MORNING = china("2026-03-02 07:00")  # a Monday
NOON = china("2026-03-02 12:00")
TODAY = date(2026, 3, 2)
MIDNIGHT = china("2026-03-03 00:00")
ONE_DAY = timedelta(days=1)
GOOD = 500.0  # mg/L


@dataclass
class Yard:
    """A street with a station of its first community."""

    district: District
    station: Station
    items: list[ChecklistItem] = field(default_factory=list)

    @property
    def street(self) -> Street:
        """Whose station it is."""
        return self.district.street

    @property
    def measured(self) -> ChecklistItem:
        """The item that asks for a value."""
        return next(one for one in self.items if one.answer == "value")

    def planned(self, at: datetime = MORNING) -> DailyCheck:
        """The check of the day, planned at a moment."""
        plan_checks(at=at)
        return DailyCheck.objects.get(station=self.station, on=timezone.localdate(at))

    def answers(self, **failed: str) -> list[AnswerTold]:
        """All in order, but those whose place (i0, i1, …) is named with a note."""
        return [self.answer(one, failed.get(f"i{n}", "")) for n, one in enumerate(self.items)]

    def answer(self, item: ChecklistItem, wrong: str = "") -> AnswerTold:
        """An answer in order; a failed one where something is wrong, without a photo."""
        if item.answer == "value":
            return AnswerTold(item.pk, value=1.0 if wrong else GOOD, note=wrong)
        return AnswerTold(item.pk, result="failed" if wrong else "ok", note=wrong)

    def make(self, check: DailyCheck, by: User | None = None, at: datetime = NOON, **failed: str) -> CheckEvent:
        """Make a check by the member of the team."""
        return make_check(by=by or self.street.member, at=at, pk=check.pk, answers=self.answers(**failed))

    def tell(self, **changed: Any) -> StationTold:
        """The station as a person writes it, with changes."""
        return replace(told_of(self.district), **changed)


def told_of(district: District) -> StationTold:
    """A public toilet with a complete board, open day and night."""
    street = district.street
    return StationTold(
        kind="toilet",
        name_zh="榕荫路公厕",
        community=street.communities[0].pk,
        team=street.team.pk,
        unit="甲街环卫站",
        person="陈国强",
        phone="020-85550000",
        opens=time(0),
        closes=time(0),
        address="榕荫路18号",
    )


def yard_of(district: District, **changed: Any) -> Yard:
    """The station, entered by the clerk on the evening before."""
    told = replace(told_of(district), **changed)
    station = save_station(by=district.street.clerk, at=MORNING - ONE_DAY, told=told)
    return Yard(district, station, items_of(station.subdistrict_id, station.kind))
