"""Figures as pages show them: a count or a rate, where its cases are, and what it was before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any
from urllib.parse import quote_plus, urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.statistics.indicators import INDICATORS, Indicator
from cases.statistics.measures import COHORTS, MEASURES, STANDING
from cases.statistics.models import Dimension
from cases.statistics.periods import BACKLOG_DAYS, Period, backlog
from cases.statistics.querysets import Counts
from cases.statistics.rounding import as_percent, as_points
from cases.statistics.sources import OF_BACKLOG, Source, sources_of
from cases.statistics.wording import NONE
from citymgmt.addresses import path_of


def counted_url(measure: str, period: Period | None = None, dimension: str = Dimension.ALL, key: str = "") -> str:
    """The address of the cases that a figure counts."""
    by = "" if dimension == Dimension.ALL else f"&by={dimension}&key={quote_plus(key)}"
    days = f"&first={period.first}&last={period.last}" if period and MEASURES[measure].cohort != STANDING else ""
    return f"{path_of('statistics:counted')}?measure={measure}{by}{days}"


def frozen_url(pk: int, measure: str, dimension: str, key: str) -> str:
    """The address of the cases that a figure of a frozen evaluation counted."""
    asked = {"measure": measure} | ({"by": dimension, "key": key} if dimension != Dimension.ALL else {})
    return f"{reverse('statistics:frozen-cases', args=[pk])}?{urlencode(asked)}"


def percent(value: Fraction | None) -> str:
    """A rate in percent to one decimal, rounded half up; "–" when there is none."""
    return NONE if value is None else as_percent(value)


def points(value: Fraction | None) -> str:
    """A score to two decimals, rounded half up; "–" when there is none."""
    return NONE if value is None else as_points(value)


@dataclass(frozen=True)
class Earlier:
    """What counted in a period with which the one shown is compared."""

    label: str
    period: Period
    counts: Counts


@dataclass(frozen=True)
class Change:
    """What a figure was in another period, where its cases are, and how the figure shown differs from it.

    `way` is up, down or same, empty where nothing can be compared; `tone` is done for better, alert for worse.
    """

    label: str
    was: str
    url: str = ""
    difference: str = ""
    way: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Figure:
    """A figure with its wording, definition, where its cases are, and what it was before."""

    code: str
    label: str
    value: str
    definition: str
    url: str = ""
    parts: tuple[tuple[str, str], ...] = ()  # what a rate is made of: text and address
    changes: tuple[Change, ...] = ()
    sources: tuple[Source, ...] = ()  # of its formula


def count_figure(measure: str, period: Period, now: Counts, earlier: Iterable[Earlier]) -> Figure:
    """A count of a period beside other periods."""
    count = now[measure]
    changes = tuple(_count_change(measure, count, one) for one in earlier)
    definition = definition_of_measure(measure)
    return Figure(
        measure, _(MEASURES[measure].label), str(count), definition, counted_url(measure, period), (), changes
    )


def rate_figure(code: str, period: Period, now: Counts, earlier: Iterable[Earlier]) -> Figure:
    """A rate of a period, with its numerator and denominator, beside other periods."""
    indicator = INDICATORS[code]
    changes = tuple(_rate_change(indicator, now, one) for one in earlier)
    parts = tuple(
        (f"{_(MEASURES[part].label)} {now[part]}", counted_url(part, period))
        for part in (indicator.numerator, indicator.denominator)
    )
    value, told = percent(indicator.of(now)), definition_of(indicator)
    return Figure(code, _(indicator.label), value, told, "", parts, changes, indicator.documents)


def backlog_url(on: date, dimension: str = Dimension.ALL, key: str = "") -> str:
    """The address of the cases that are a backlog on a day."""
    return counted_url("suspended_since", backlog(on), dimension, key)


def backlog_figure(count: int, on: date) -> Figure:
    """How many cases are a backlog on a day, whatever the period."""
    sources = sources_of(OF_BACKLOG)
    return Figure("backlog", _("backlog"), str(count), definition_of_backlog(), backlog_url(on), sources=sources)


def definition_of_backlog() -> str:
    """What a backlog (积存) is. Source: domain.md 3.2 and 4.2."""
    return _("Cases that have been suspended for more than %(days)s natural days today, whatever the period.") % {
        "days": BACKLOG_DAYS
    }


def score_figure(label: str, now: Fraction | None, earlier: Iterable[tuple[str, Fraction | None]], url: str) -> Figure:
    """A composite score beside what it was."""
    changes = tuple(_score_change(said, now, was) for said, was in earlier)
    definition = _("Points of the composite score; its parts and weights stand below the evaluation.")
    return Figure("score", label, points(now), definition, url, (), changes)


def definition_of_measure(measure: str) -> str:
    """What a measure counts, in one sentence."""
    cohort = MEASURES[measure].cohort
    when = _("at this moment") if cohort == STANDING else _(COHORTS[cohort].label)
    return _("%(what)s, of the cases %(when)s") % {"what": _(MEASURES[measure].label), "when": when}


def definition_of(indicator: Indicator) -> str:
    """The definition of an indicator: numerator, denominator, period, note, and what of it is a decision of ours."""
    told = _("%(numerator)s ÷ %(denominator)s, of the cases %(when)s.") % {
        "numerator": _(MEASURES[indicator.numerator].label),
        "denominator": _(MEASURES[indicator.denominator].label),
        "when": _(COHORTS[indicator.cohort].label),
    }
    note = f" {_(indicator.note)}" if indicator.note else ""
    decided = _("Decision: %(what)s") % {"what": _(indicator.decision)} if indicator.decision else ""
    return f"{told}{note} {decided}".strip()


def sources_in_words(sources: Iterable[Source]) -> str:
    """The documents from which a formula comes, where no link can stand; empty for none."""
    titles = "; ".join(_(source.title) for source in sources)
    return f"{_('Source:')} {titles}" if titles else ""


def _count_change(measure: str, now: int, earlier: Earlier) -> Change:
    was = earlier.counts[measure]
    url = counted_url(measure, earlier.period)
    if not was:
        return Change(earlier.label, str(was), url)
    way = _way(now, was)
    return Change(earlier.label, str(was), url, f"{SIGNS[way]}{percent(abs(Fraction(now - was, was)))}", way)


def _rate_change(indicator: Indicator, now: Counts, earlier: Earlier) -> Change:
    here, there = indicator.of(now), indicator.of(earlier.counts)
    if here is None or there is None:
        return Change(earlier.label, percent(there))
    way = _way(here, there)
    tone = _tone(way, indicator.more_is_better)
    told = _("%(points)s points") % {"points": percent(abs(here - there)).removesuffix(" %")}
    return Change(earlier.label, percent(there), "", f"{SIGNS[way]}{told}", way, tone)


def _score_change(label: str, now: Fraction | None, was: Fraction | None) -> Change:
    if now is None or was is None:
        return Change(label, points(was))
    way = _way(now, was)
    return Change(label, points(was), "", f"{SIGNS[way]}{points(abs(now - was))}", way, _tone(way, more_is_better=True))


SIGNS = {"up": "+", "down": "−", "same": "±"}


def _way(now: Fraction | int, was: Fraction | int) -> str:
    return "same" if now == was else "up" if now > was else "down"


def _tone(way: str, more_is_better: bool) -> str:
    if way == "same":
        return ""
    return "done" if (way == "up") == more_is_better else "alert"


def as_number(value: Any) -> float | None:
    """A fraction for a chart."""
    return None if value is None else round(float(value), 4)
