"""The tables of the dashboard: what stands and what the period brought, by community, disorder, officer …"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cases.statistics import figures
from cases.statistics.figures import counted_url
from cases.statistics.indicators import INDICATORS
from cases.statistics.measures import MEASURES
from cases.statistics.models import Dimension, Tally
from cases.statistics.named import Keyed, in_order
from cases.statistics.periods import Period
from cases.statistics.querysets import Counts, is_of_department, standing, sums_by, tallies_of, within
from cases.statistics.templatetags.figures import count_cell, rate_cell, who_link
from cases.views.lists.pages import PortalRequest
from citymgmt.html import joined, written
from citymgmt.people.permissions import allows

SHOWN = ("open_now", "late_now", "reported", "to_handle", "handled_on_time", "overdue_unhandled", "ended")
RATE = INDICATORS["handling_on_time_rate"]
DIMENSIONS = (
    Dimension.COMMUNITY,
    Dimension.DISORDER,
    Dimension.OFFICER,
    Dimension.TEAM,
    Dimension.SOURCE,
    Dimension.DEPARTMENT,
)


@dataclass(frozen=True)
class Table:
    """The figures by one dimension, a line for each key of which anything counts; the lines are rows of HTML."""

    dimension: str
    label: str
    headings: list[str]
    lines: list[SafeString]


def tables(request: PortalRequest, period: Period) -> Iterator[Table]:
    """The tables of all dimensions, in one query; none for whom all is of the own department."""
    if is_of_department(request.user):
        return
    found = _counts(tallies_of(request.user, request.on).filter(dimension__in=DIMENSIONS), period)
    may_see_chain = allows(request.user, "chain.view")
    headings = [_(MEASURES[code].label) for code in SHOWN]
    for dimension, counts in found.items():
        lines = [
            _line(keyed, dimension, counts[keyed.key], period, may_see_chain) for keyed in in_order(dimension, counts)
        ]
        yield Table(dimension, str(Dimension(dimension).label), headings, lines)


def _counts(tallies: QuerySet[Tally], period: Period) -> dict[str, dict[str, Counts]]:
    """By dimension and key: what stands and what the period brought, no tally of which holds both."""
    counts = sums_by(standing(tallies) | within(tallies, period), "dimension", "key", measures=SHOWN)
    found: dict[str, dict[str, Counts]] = {dimension: {} for dimension in DIMENSIONS}
    for (dimension, key), told in counts.items():
        found[dimension][key] = told
    return found


def _line(keyed: Keyed, dimension: str, told: Counts, period: Period, may_see_chain: bool) -> SafeString:
    """A row: the name, the counts with the ways to their cases, the rate handled on time."""
    who = joined((" ", who_link(dimension, keyed.key, keyed.name))) if may_see_chain else ""
    cells = joined(count_cell(told[code], counted_url(code, period, dimension, keyed.key)) for code in SHOWN)
    rate = RATE.of(told)
    return written(LINE, keyed.name, who, cells, rate_cell(figures.as_number(rate), figures.percent(rate)))


LINE = '<tr><th scope="row">{}{}</th>{}{}</tr>'
