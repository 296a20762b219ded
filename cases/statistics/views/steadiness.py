"""Is work steady? Handling and inspection over the days, bursts, and what was reported before and after each."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.statistics import figures
from cases.statistics.figures import counted_url
from cases.statistics.forms import PeriodForm
from cases.statistics.measures import MEASURES
from cases.statistics.periods import Period, Step
from cases.statistics.querysets import sums_by, whole_of
from cases.statistics.steadiness import WEEK, WEEKS_AROUND, Burst, Steadiness, Verdict, steadiness
from cases.statistics.views.opening import counted_anew, presets_of
from cases.statistics.wording import NONE, label_of
from cases.views.lists.pages import PortalRequest
from citymgmt.pages import needs
from citymgmt.worktime.rules import current_rules

SHOWN = ("handled_then", "inspected_then", "campaign_then")
DAY = timedelta(days=1)


@needs("statistics.view")
@counted_anew
def steadiness_page(request: PortalRequest) -> HttpResponse:
    """The spread of the work of a period over its days, in words, as a chart and as a table."""
    form = PeriodForm(request.GET, on=request.on)
    is_valid, period = form.is_valid(), form.asked
    by_day = _by_day(request, period)
    days = _days_over(period, request.on)
    found = _judged(by_day, days)
    context = {
        "form": form,
        "presets": presets_of(form),
        "period": period,
        "found": found,
        "sentences": sentences(found),
        "figures": _figures(found),
        "bursts": [(burst, told(burst), _burst_url(burst)) for burst in found.bursts],
        "chart": _chart(by_day, days),
        "rows": [(day.isoformat(), [_linked(by_day, day, code) for code in SHOWN]) for day in days],
        "headings": [_(MEASURES[code].label) for code in SHOWN],
    }
    return render(request, "statistics/steadiness.html", context, status=200 if is_valid else 422)


def _by_day(request: PortalRequest, period: Period) -> dict[date, Any]:
    """The sums of each day, from four weeks before the period until four weeks after it."""
    around = WEEKS_AROUND * WEEK
    wide = whole_of(request.user, request.on).filter(on__range=(period.first - around, period.last + around))
    return sums_by(wide, "on", measures=("reported", *SHOWN))


def _days_over(period: Period, on: date) -> list[date]:
    """The days of the period until today."""
    last = min(period.last, on)
    return [period.first + count * DAY for count in range((last - period.first).days + 1)]


def _judged(by_day: dict[date, Any], days: list[date]) -> Steadiness:
    calendar = current_rules().calendar
    handled = {day: by_day[day]["handled_then"] for day in days if day in by_day}
    reported = {day: counts["reported"] for day, counts in by_day.items()}
    campaign = sum(by_day[day]["campaign_then"] for day in days if day in by_day)
    return steadiness(handled, reported, campaign, [day for day in days if calendar.is_working(day)])


def sentences(found: Steadiness) -> list[str]:
    """What the figures say, for who does not read charts."""
    if found.verdict is Verdict.NOTHING:
        return [_("Too little was handled in these days to say whether work is steady.")]
    heads = {
        Verdict.STEADY: _("Work is steady."),
        Verdict.UNEVEN: _("Work is uneven: some working days carry much more than others."),
        Verdict.BURSTS: _("Work comes in bursts."),
    }
    share = _("The busiest fifth of the working days holds %(share)s of all that was handled.")
    lines = [heads[found.verdict], share % {"share": figures.percent(found.busiest_share)}]
    if found.campaign_share:
        lines.append(_("%(share)s of it was campaign work.") % {"share": figures.percent(found.campaign_share)})
    return lines


def told(burst: Burst) -> str:
    """A burst in words: how much it was, and whether it lasted."""
    text = _("In the week from %(monday)s %(count)s cases were handled instead of the usual %(usual)s.") % {
        "monday": burst.monday.isoformat(),
        "count": burst.count,
        "usual": round(burst.usual),
    }
    if burst.lasted is None or burst.reported_before is None or burst.reported_after is None:
        return f"{text} {_('What follows is not known yet.')}"
    around = _("Before it %(before)s matters were reported a week, after it %(after)s: ") % {
        "before": round(burst.reported_before),
        "after": round(burst.reported_after),
    }
    return f"{text} {around}{_('it lasted.') if burst.lasted else _('it did not last.')}"


def _burst_url(burst: Burst) -> str:
    return counted_url("handled_then", Period(burst.monday, burst.monday + 6 * DAY))


def _figures(found: Steadiness) -> list[tuple[str, str, str]]:
    """The measures of evenness: wording, value, definition."""
    gini = NONE if found.gini is None else f"{float(found.gini):.2f}"
    return [
        (
            _("Gini coefficient"),
            gini,
            _("0: every working day alike; near 1: all on one day. Up to 0.25 counts as steady."),
        ),
        (
            _("Busiest fifth of the days"),
            figures.percent(found.busiest_share),
            _("Share of what was handled on the busiest fifth of the working days; 20 % when all are alike."),
        ),
        (
            _("Campaign work"),
            figures.percent(found.campaign_share),
            _("Share of the handled cases that are marked as campaign work."),
        ),
        (
            _("Bursts"),
            ngettext("%(count)s week", "%(count)s weeks", len(found.bursts)) % {"count": len(found.bursts)},
            _("Weeks with at least twice the median of the other weeks, and ten cases more."),
        ),
    ]


def _chart(by_day: dict[date, Any], days: list[date]) -> dict[str, Any]:
    return {
        "labels": [label_of(Step.DAY, Period(day, day)) for day in days],
        "series": [
            {"name": _(MEASURES[code].label), "values": [_count(by_day, day, code) for day in days]}
            for code in ("handled_then", "inspected_then")
        ],
        "urls": [counted_url("handled_then", Period(day, day)) for day in days],
    }


def _count(by_day: dict[date, Any], day: date, code: str) -> int:
    return int(by_day[day][code]) if day in by_day else 0


def _linked(by_day: dict[date, Any], day: date, code: str) -> tuple[int, str]:
    return _count(by_day, day, code), counted_url(code, Period(day, day))
