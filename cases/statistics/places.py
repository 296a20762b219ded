"""Named questions about figures where they are: by community, and the points of cases in the cells of a map."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Avg, Count, F, FloatField, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import Cast, Floor

from cases.models import Case
from cases.statistics.grid import Cells
from cases.statistics.measures import MEASURES, STANDING
from cases.statistics.models import CaseFact, Dimension
from cases.statistics.periods import Period
from cases.statistics.querysets import (
    Asked,
    Counts,
    facts_counted,
    is_of_department,
    standing,
    sums_by,
    tallies_of,
    within,
)
from cases.statistics.sql import AMOUNTS
from citymgmt.people.models import User
from citymgmt.people.permissions import visible_to

A_LITTLE = 1e-6  # degrees: what rounding to the seven decimals of a column may cut off


def counts_by_community(user: User, on: date, measures: Sequence[str], period: Period) -> dict[int, Counts]:
    """What the person may see of these measures of one cohort, by the community's id; nothing where there is nothing.

    Of a department no tallies by community are kept: its facts are summed, which are few.
    """
    if is_of_department(user):
        return _sums_of_facts(user, on, measures, period)
    tallies = tallies_of(user, on).filter(dimension=Dimension.COMMUNITY)
    chosen = standing(tallies) if MEASURES[measures[0]].cohort == STANDING else within(tallies, period)
    return {int(key): counts for key, counts in sums_by(chosen, "key", measures=measures).items()}


def _sums_of_facts(user: User, on: date, measures: Sequence[str], period: Period) -> dict[int, Counts]:
    facts = visible_to(user, CaseFact.objects.all(), on=on).filter(community_id__isnull=False)
    cohort = MEASURES[measures[0]].cohort
    if cohort != STANDING:
        facts = facts.filter(**{f"{cohort}_on__range": (period.first, period.last)})
    rows = facts.order_by("community_id").values_list("community_id")
    summed = rows.annotate(**{f"sum_{code}": _sum_of(code) for code in measures})
    return {key: {code: told or 0 for code, told in zip(measures, row, strict=True)} for key, *row in summed}


def _sum_of(code: str) -> Sum | Count:
    counted = Q(measures__contains=[code])
    return Sum(code, filter=counted) if code in AMOUNTS else Count("pk", filter=counted)


def points_counted(user: User, on: date, asked: Asked) -> QuerySet[CaseFact]:
    """The facts that a figure counts whose cases have a point."""
    facts = facts_counted(user, on, asked).filter(case__longitude__isnull=False)
    # What stands now is open: an index knows the points of open cases
    return facts.filter(case__closed_at__isnull=True) if MEASURES[asked.measure].cohort == STANDING else facts


@dataclass(frozen=True)
class Circle:
    """The points of a cell: how many, their middle, and from where to where they reach, in WGS-84 degrees."""

    zoom: int
    column: int
    row: int
    count: int
    middle: tuple[float, float]
    south_west: tuple[float, float]
    north_east: tuple[float, float]

    @property
    def cell(self) -> str:
        """How an address names the cell."""
        return f"{self.zoom}/{self.column}/{self.row}"


def circles(points: QuerySet[CaseFact], cells: Cells) -> list[Circle]:
    """A circle for each of the cells in which there is a point, in one query."""
    rows = _inside(points, cells).order_by("column", "row").values_list("column", "row")
    found = rows.annotate(
        number=Count("pk"),
        middle_x=Avg("longitude"),
        middle_y=Avg("latitude"),
        west=Min("longitude"),
        south=Min("latitude"),
        east=Max("longitude"),
        north=Max("latitude"),
    )
    return [
        Circle(cells.zoom, int(column), int(row), count, (x, y), (west, south), (east, north))
        for column, row, count, x, y, west, south, east, north in found
    ]


def cases_in(points: QuerySet[CaseFact], cells: Cells) -> QuerySet[Case]:
    """The cases whose points lie in these cells, newest first; as many as the circles say."""
    return Case.objects.filter(pk__in=_inside(points, cells).values("pk")).order_by("-created_at", "-pk")


def _inside(points: QuerySet[CaseFact], cells: Cells) -> QuerySet[Any]:
    """Those in the cells, each with its column and row; the box around them is for the index."""
    size = cells.size
    west, east = cells.west * size - A_LITTLE, (cells.east + 1) * size + A_LITTLE
    south, north = cells.south * size - A_LITTLE, (cells.north + 1) * size + A_LITTLE
    near = points.filter(
        case__longitude__range=(max(west, -180), min(east, 180)),
        case__latitude__range=(max(south, -90), min(north, 90)),
    )
    placed = near.annotate(
        longitude=Cast("case__longitude", FloatField()), latitude=Cast("case__latitude", FloatField())
    )
    gridded = placed.annotate(column=Floor(F("longitude") / size), row=Floor(F("latitude") / size))
    return gridded.filter(column__range=(cells.west, cells.east), row__range=(cells.south, cells.north))
