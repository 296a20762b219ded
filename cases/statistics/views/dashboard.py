"""The dashboard: what stands now, what the period brought, where and whose. Every figure leads to its cases."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.querysets import seen_by
from cases.queues import QUEUES
from cases.statistics import figures
from cases.statistics.figures import counted_url
from cases.statistics.forms import PeriodForm
from cases.statistics.indicators import INDICATORS
from cases.statistics.measures import MEASURES
from cases.statistics.models import Dimension, Tally
from cases.statistics.named import in_order
from cases.statistics.periods import Period
from cases.statistics.querysets import (
    Counts,
    is_of_department,
    minutes_to_handle,
    standing,
    sums,
    sums_by,
    sums_of_periods,
    tallies_of,
    trend,
    whole_of,
    within,
)
from cases.statistics.scoring import current_scoring
from cases.statistics.views.opening import counted_anew, presets_of
from cases.statistics.wording import in_words
from cases.views.lists.pages import PortalRequest, needs
from citymgmt.people.permissions import allows

STANDING_TILES = (
    ("open_now", "folder2-open", ""),
    ("late_now", "alarm", "alert"),
    ("escalated_now", "building-up", "calm"),
    ("suspended_now", "pause-circle", ""),
)
RECEIVED = ("reported", "filed", "ended")
RATES = ("handling_on_time_rate", "closing_rate", "overdue_unhandled_rate", "rework_rate")
IN_TABLE = ("reported", "to_handle", "handled_on_time", "overdue_unhandled", "ended")
TABLES = (
    Dimension.COMMUNITY,
    Dimension.DISORDER,
    Dimension.OFFICER,
    Dimension.TEAM,
    Dimension.SOURCE,
    Dimension.DEPARTMENT,
)


@dataclass(frozen=True)
class Line:
    """A row of a table: a community, disorder …, its counts with their addresses, and its rate on time."""

    name: str
    cells: list[tuple[int, str]]
    rate: str
    share: float | None


@dataclass(frozen=True)
class Table:
    """The figures by one dimension."""

    dimension: str
    label: str
    headings: list[str]
    lines: list[Line]


@needs("statistics.view")
@counted_anew
def dashboard(request: PortalRequest) -> HttpResponse:
    """The figures of what the person may see."""
    form = PeriodForm(request.GET, on=request.on)
    is_valid = form.is_valid()
    period, whole = form.asked, whole_of(request.user, request.on)
    now, before, a_year_before = sums_of_periods(whole, (period, period.before(), period.a_year_before()))
    earlier = {_("before"): before, _("a year before"): a_year_before}
    late, due_today = _running(request)
    figured = _trend(whole, period)
    stands = sums(standing(whole), [code for code, _icon, _tone in STANDING_TILES])
    context = {
        "form": form,
        "period": period,
        "presets": presets_of(form),
        "standing": [*_standing(stands), _due_today(due_today)],
        "rungs": late,
        "may_open_overdue": allows(request.user, "case.supervise"),
        "counts": [figures.count_figure(code, period, now, earlier) for code in RECEIVED],
        "rates": [figures.rate_figure(code, period, now, earlier) for code in RATES],
        "score": _score(now, earlier),
        "times": _times(minutes_to_handle(request.user, request.on, period)),
        "trend": figured,
        "trend_rows": _rows_of(figured),
        "tables": list(_tables(request, period)),
        "of_department": is_of_department(request.user),
    }
    return render(request, "statistics/dashboard.html", context, status=200 if is_valid else 422)


def _standing(stands: Counts) -> list[dict[str, Any]]:
    return [
        {
            "label": _(MEASURES[code].label),
            "value": stands[code],
            "url": counted_url(code),
            "icon": icon,
            "tone": tone if stands[code] else "",
        }
        for code, icon, tone in STANDING_TILES
    ]


def _due_today(count: int) -> dict[str, Any]:
    queue = QUEUES["due_today"]
    url = f"{reverse('cases:list')}?queue=due_today"
    return {"label": queue.label, "value": count, "url": url, "icon": queue.icon, "tone": "soon" if count else ""}


@dataclass(frozen=True)
class Rung:
    """A rung of the ladder and how many overdue cases stand on it; without a code: none yet."""

    code: str
    count: int

    @property
    def key(self) -> str:
        """How the page of the overdue names it."""
        return self.code or "none"

    @property
    def number(self) -> int:
        """Its place on the ladder."""
        return int(self.code[1:])


def _running(request: PortalRequest) -> tuple[list[Rung], int]:
    """How many overdue cases stand on each rung, and how many are due later today, in one query."""
    overdue, due_today = (QUEUES[key].query(request.at) for key in ("overdue", "due_today"))
    running = seen_by(request.user, request.on).filter(overdue | due_today).order_by()
    found = running.values_list("ladder_code").annotate(
        late=Count("pk", filter=overdue), soon=Count("pk", filter=due_today)
    )
    rows = sorted(found)
    return [Rung(code, late) for code, late, _soon in rows if late], sum(soon for _code, _late, soon in rows)


def _score(now: Counts, earlier: Mapping[str, Counts]) -> dict[str, Any]:
    scoring = current_scoring()
    if scoring is None:
        return {"formula": None}
    told = [(label, figures.points(scoring.of(counts))) for label, counts in earlier.items()]
    return {"formula": scoring.formula, "value": figures.points(scoring.of(now)), "earlier": told}


def _times(minutes: tuple[int | None, int | None]) -> list[str]:
    return [in_words(one) for one in minutes]


def _trend(whole: QuerySet[Tally], period: Period) -> dict[str, Any]:
    """What was reported and closed by day, week or month, days without anything included."""
    found = trend(whole, period, ("reported", "ended"))
    days = list(_steps(period, sorted(found)))
    return {
        "labels": [day.isoformat() for day in days],
        "series": [
            {"name": _(MEASURES[code].label), "values": [found[day][code] if day in found else 0 for day in days]}
            for code in ("reported", "ended")
        ],
        "urls": [counted_url("reported", Period(day, day)) if period.days <= 62 else "" for day in days],
    }


def _rows_of(figured: dict[str, Any]) -> list[dict[str, Any]]:
    """The same as rows of a table."""
    columns = [series["values"] for series in figured["series"]]
    return [
        {"day": day, "values": values}
        for day, values in zip(figured["labels"], zip(*columns, strict=True), strict=True)
    ]


def _steps(period: Period, found: list[date]) -> Iterator[date]:
    if period.days > 62:
        yield from found
        return
    for count in range(period.days):
        yield period.first + timedelta(days=count)


def _tables(request: PortalRequest, period: Period) -> Iterator[Table]:
    """The tables of all dimensions, in two queries."""
    if is_of_department(request.user):
        return
    tallies = tallies_of(request.user, request.on).filter(dimension__in=TABLES)
    stands = sums_by(standing(tallies), "dimension", "key", measures=("open_now", "late_now"))
    came = sums_by(within(tallies, period), "dimension", "key", measures=IN_TABLE)
    for dimension in TABLES:
        keys = {key for of, key in (*stands, *came) if of == dimension}
        lines = [
            _line(
                dimension,
                keyed.key,
                keyed.name,
                stands.get((dimension, keyed.key)),
                came.get((dimension, keyed.key)),
                period,
            )
            for keyed in in_order(dimension, keys)
        ]
        yield Table(dimension, str(Dimension(dimension).label), _headings(), [line for line in lines if line])


def _headings() -> list[str]:
    return [_(MEASURES[code].label) for code in ("open_now", "late_now", *IN_TABLE)]


def _line(dimension: str, key: str, name: str, stands: Counts | None, came: Counts | None, period: Period) -> Line:
    told = {**dict.fromkeys(("open_now", "late_now", *IN_TABLE), 0), **(stands or {}), **(came or {})}
    rate = INDICATORS["handling_on_time_rate"].of(told)
    cells = [(told[code], counted_url(code, period, dimension, key)) for code in ("open_now", "late_now", *IN_TABLE)]
    return Line(name, cells, figures.percent(rate), figures.as_number(rate))
