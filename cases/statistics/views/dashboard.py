"""The dashboard: what stands now, what the period brought, where and whose. Every figure leads to its cases."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.queues import QUEUES
from cases.statistics import figures
from cases.statistics.figures import Earlier, Figure, counted_url
from cases.statistics.forms import PeriodForm
from cases.statistics.indicators import measures_of
from cases.statistics.measures import MEASURES
from cases.statistics.models import Tally
from cases.statistics.periods import Period, backlog
from cases.statistics.querysets import (
    BACKLOG,
    NOTHING,
    Counts,
    is_of_department,
    minutes_to_handle,
    standing,
    sums,
    sums_of_periods,
    trend,
    whole_of,
)
from cases.statistics.rungs import running
from cases.statistics.scoring import current_scoring
from cases.statistics.views.opening import counted_anew, presets_of
from cases.statistics.views.tables import tables
from cases.statistics.wording import in_words, label_of
from cases.views.lists.pages import PortalRequest
from citymgmt.pages import needs
from citymgmt.people.permissions import allows

STANDING_TILES = (
    ("open_now", "folder2-open", ""),
    ("late_now", "alarm", "alert"),
    ("escalated_now", "building-up", "calm"),
    ("suspended_now", "pause-circle", ""),
)
TREND = ("reported", "ended")
RECEIVED = ("reported", "filed", "ended")
RATES = ("handling_on_time_rate", "closing_rate", "overdue_unhandled_rate", "rework_rate")


@needs("statistics.view")
@counted_anew
def dashboard(request: PortalRequest) -> HttpResponse:
    """The figures of what the person may see."""
    form = PeriodForm(request.GET, on=request.on)
    is_valid = form.is_valid()
    period, whole = form.asked, whole_of(request.user, request.on)
    now, earlier, backlog_count = _sums(whole, period, request.on)
    late, due_today = running(request.user, request.on, request.at)
    stands = sums(standing(whole), [code for code, _icon, _tone in STANDING_TILES])
    context = {
        "form": form,
        "period": period,
        "presets": presets_of(form),
        "standing": [*_standing(stands), _due_today(due_today)],
        "rungs": late,
        "may_open_overdue": any(allows(request.user, action) for action in ("case.urge", "case.supervise")),
        "figures": [
            *(figures.count_figure(code, period, now, earlier) for code in RECEIVED),
            *(figures.rate_figure(code, period, now, earlier) for code in RATES),
            _time_to_handle(minutes_to_handle(request.user, request.on, period)),
            figures.backlog_figure(backlog_count, request.on),
            *_score(period, now, earlier),
        ],
        "trend": _trend(whole, period),
        "tables": list(tables(request, period)),
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


def _sums(whole: QuerySet[Tally], period: Period, on: date) -> tuple[Counts, list[Earlier], int]:
    """What counts in the period, and in those with which it is compared, and the backlog of the day, in one query.

    Of a period that still goes on, as many days are compared as have begun.
    """
    before, a_year_before = (earlier.as_far_as(period, on) for earlier in (period.before(), period.a_year_before()))
    if period.goes_on(on):
        compared = [(_("period before, to the same day"), before), (_("a year before, to the same day"), a_year_before)]
    else:
        compared = [(_("period before"), before), (_("a year before"), a_year_before)]
    periods = [period, before, a_year_before, backlog(on)]
    now, *others, standing_still = sums_of_periods(whole, periods, _needed())
    told = [Earlier(label, earlier, counts) for (label, earlier), counts in zip(compared, others, strict=True)]
    return now, told, standing_still[BACKLOG]


def _needed() -> set[str]:
    """The measures of which the figures of the period are made."""
    scoring = current_scoring()
    weighed = [weight.indicator for weight in scoring.weights] if scoring else []
    return {*RECEIVED, BACKLOG, *measures_of((*RATES, *weighed))}


def _score(period: Period, now: Counts, earlier: Sequence[Earlier]) -> Iterator[Figure]:
    """The composite score, when there is one."""
    scoring = current_scoring()
    if scoring is None:
        return
    said = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    url = f"{reverse('statistics:evaluation')}?{urlencode(said)}"
    before = [(one.label, scoring.of(one.counts)) for one in earlier]
    yield figures.score_figure(str(scoring.formula), scoring.of(now), before, url)


def _time_to_handle(minutes: tuple[int | None, int | None]) -> Figure:
    half, most = minutes
    most_said = _("nine of ten within %(most)s") % {"most": in_words(most)}
    return Figure(
        "time_to_handle",
        _("Time to handle"),
        in_words(half),
        _(
            "Median and 90th percentile of the natural time from dispatch to handling, of the cases dispatched in the"
            " period."
        ),
        parts=() if most is None else ((most_said, ""),),
    )


def _trend(whole: QuerySet[Tally], period: Period) -> dict[str, Any]:
    """What was reported and closed by day, week or month, those without anything included: for the chart, and with
    the addresses of its cases for the table.
    """
    found, steps = trend(whole, period, TREND), list(period.steps())
    columns = [[found.get(begin, NOTHING)[code] for begin, _span in steps] for code in TREND]
    urls = [[counted_url(code, span) for code in TREND] for _begin, span in steps]
    labels = [label_of(period.step, span) for _begin, span in steps]
    names = [_(MEASURES[code].label) for code in TREND]
    series = [{"name": name, "values": values} for name, values in zip(names, columns, strict=True)]
    rows = [
        (label, list(zip(values, to, strict=True)))
        for label, values, to in zip(labels, zip(*columns, strict=True), urls, strict=True)
    ]
    return {
        "chart": {"labels": labels, "series": series, "urls": [to[0] for to in urls]},
        "names": names,
        "rows": rows,
    }
