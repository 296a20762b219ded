"""Named questions about stations and their checks."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from cases.models import Case
from citymgmt.found import MOST_ID, one_of
from citymgmt.people.models import User
from citymgmt.people.permissions import visible_to
from citymgmt.refusals import NotFound
from patrols.stations.checklist import VALUE
from patrols.stations.lifecycle import MISSED, PLANNED
from patrols.stations.models import CheckAnswer, ChecklistItem, CheckPhoto, DailyCheck, Station
from patrols.teams.models import Team

AROUND = ("subdistrict", "community", "team")


def visible_station(user: User, pk: int, on: date) -> Station:
    """Raises: NotFound."""
    rows = Station.objects.select_related(*AROUND).defer("community__boundary")
    return one_of(visible_to(user, rows, on=on), pk)


def stations_seen(user: User, on: date) -> QuerySet[Station]:
    """The stations that a person sees, by kind and name; those in use first."""
    rows = visible_to(user, Station.objects.all(), on=on).select_related("community", "team")
    return rows.defer("community__boundary").order_by("-is_active", "kind", "name_zh", "id")


def visible_check(user: User, pk: int, on: date) -> DailyCheck:
    """Raises: NotFound."""
    rows = DailyCheck.objects.select_related("station__community", "station__team", "team", "done_by")
    return one_of(visible_to(user, rows.defer("station__community__boundary"), on=on), pk)


def visible_check_photo(user: User, pk: int, on: date) -> CheckPhoto:
    """The photo of this id, if the person may see its check. Raises: NotFound."""
    seen = visible_to(user, DailyCheck.objects.all(), on=on)
    return one_of(CheckPhoto.objects.filter(answer__daily_check__in=seen), pk)


def locked_check(pk: int) -> DailyCheck:
    """A check, locked after its station. Raises: NotFound."""
    station = DailyCheck.objects.filter(pk=pk).values_list("station", flat=True).first() if 0 < pk < MOST_ID else None
    if station is None:
        raise NotFound
    place = one_of(Station.objects.select_for_update(of=("self",), no_key=True), station)
    found = one_of(DailyCheck.objects.select_for_update(of=("self",), no_key=True), pk)
    found.station = place
    return found


def items_of(subdistrict_id: int, kind: str) -> list[ChecklistItem]:
    """The items in use for stations of a kind, in their order."""
    rows = ChecklistItem.objects.filter(subdistrict=subdistrict_id, kind=kind, is_active=True)
    return list(rows.select_related("category").order_by("position", "id"))


def stations_to_plan(on: date) -> QuerySet[Station]:
    """The stations that are open on a day, have a checklist, and have no check for the day yet."""
    items = ChecklistItem.objects.filter(subdistrict=OuterRef("subdistrict"), kind=OuterRef("kind"), is_active=True)
    planned = DailyCheck.objects.filter(station=OuterRef("pk"), on=on)
    rows = Station.objects.filter(Exists(items), ~Exists(planned), is_active=True)
    return rows.filter(open_days__contains=[on.isoweekday()]).order_by("pk")


def checks_on(stations: Iterable[Station], on: date) -> Mapping[int, DailyCheck]:
    """The checks of a day by the id of their station."""
    rows = DailyCheck.objects.filter(station__in=[one.pk for one in stations], on=on).order_by("station")
    return {one.station_id: one for one in rows}


def missed_of(stations: Iterable[Station], today: date) -> Mapping[int, int]:
    """How many missed checks of earlier days nobody has excused or made up, by the id of their station."""
    ids = [one.pk for one in stations]
    rows = DailyCheck.objects.filter(station__in=ids, state__in=(PLANNED, MISSED), on__lt=today)
    found: dict[int, int] = {}
    for station in rows.order_by("station").values_list("station", flat=True):
        found[station] = found.get(station, 0) + 1
    return found


def checks_between(station: Station, first: date, last: date) -> list[DailyCheck]:
    """The checks of a station from the first to the last day, in order."""
    rows = DailyCheck.objects.filter(station=station, on__range=(first, last))
    return list(rows.select_related("done_by").order_by("on"))


def measured_between(station: Station, first: date, last: date) -> list[CheckAnswer]:
    """What was measured in a station from the first to the last day, each item by itself, in order of days."""
    rows = CheckAnswer.objects.filter(
        daily_check__station=station, daily_check__on__range=(first, last), answer=VALUE, value__isnull=False
    )
    return list(rows.select_related("daily_check").order_by("item__position", "item", "daily_check__on"))


def answers_of(check: DailyCheck) -> list[CheckAnswer]:
    """The answers of a check in their order, with photo and case."""
    return list(check.answers.select_related("category", "case", "photo").order_by("ordinal"))


def open_case_of(answer: CheckAnswer, station: Station) -> Case | None:
    """The case that the same item of the same station has led to and that has not ended; the newest."""
    rows = CheckAnswer.objects.filter(item=answer.item_id, daily_check__station=station, case__closed_at=None)
    found = rows.filter(case__isnull=False).select_related("case").order_by("-daily_check__on", "-id").first()
    return found.case if found else None


def teams_of(subdistrict_id: int | None) -> list[Team]:
    """The teams of a sub-district."""
    return list(Team.objects.filter(subdistrict=subdistrict_id).order_by("kind", "key"))
