"""The large screen of the command room.

The page asks for its figures again every minute. Such a request keeps no log-in alive: a session ends at a fixed time
after the log-in (SESSION_COOKIE_AGE), whatever is asked meanwhile. When it has ended the page keeps what it shows, says
so across the whole screen, and shows no log-in page (static/js/screen.js).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cases import workflow
from cases.models import Case, CaseEvent
from cases.queues import QUEUES
from cases.statistics import figures
from cases.statistics.indicators import INDICATORS, measures_of
from cases.statistics.models import Dimension
from cases.statistics.named import in_order
from cases.statistics.periods import this_month, today
from cases.statistics.querysets import Counts, standing, sums, sums_by, sums_of_periods, tallies_of, whole_of, within
from cases.statistics.ranking import ranked
from cases.statistics.rungs import running
from cases.statistics.scoring import current_scoring
from cases.statistics.screen import last_days, last_events, longest_overdue, place_of
from cases.statistics.views.opening import counted_anew
from cases.statistics.wording import in_words
from cases.views.lists.pages import PortalRequest
from citymgmt.context import office_name
from citymgmt.pages import needs

STANDING = (("open_now", "open", ""), ("late_now", "overdue", "alert"), ("escalated_now", "escalated", "district"))
MOST_RANKED, IN_ONE_COLUMN = 30, 15
TREND = ("reported", "ended")
RATE = INDICATORS["handling_on_time_rate"]
FULL = 100  # points of the best score, and the width of the longest bar


@dataclass(frozen=True)
class Tile:
    """A figure of the top row; `beside` says more in small letters."""

    code: str
    label: str
    value: str
    tone: str = ""
    beside: str = ""


@dataclass(frozen=True)
class Bar:
    """A community in the order of its score, with the width of its bar in percent."""

    rank: int | None
    name: str
    points: str
    width: int


@needs("statistics.view")
@counted_anew
def screen(request: PortalRequest) -> HttpResponse:
    """The screen, or for its own asking just the figures."""
    template = "statistics/_board.html" if request.htmx else "statistics/screen.html"
    return render(request, template, {"office": office_name(request.user), **_board(request)})


def _board(request: PortalRequest) -> dict[str, Any]:
    user, on, at = request.user, request.on, request.at
    whole = whole_of(user, on)
    stands = sums(standing(whole), [code for code, _queue, _tone in STANDING])
    of_today, of_month = sums_of_periods(whole, (today(on), this_month(on)), {*TREND, *measures_of([RATE.code])})
    rungs, due_today = running(user, on, at)
    bars, more = _bars(request)
    return {
        "at": request.figures_as_of or at,  # type: ignore[attr-defined]
        "tiles": list(_tiles(stands, due_today, of_today, of_month)),
        "rungs": rungs,
        "late": [(case, place_of(case), _since(case.due_at, at)) for case in longest_overdue(user, on, at)],
        "events": [_told(event, at) for event in last_events(user, on)],
        "bars": bars,
        "more": more,
        "in_two_columns": len(bars) > IN_ONE_COLUMN,
        "trend": _trend(request),
    }


def _tiles(stands: Counts, due_today: int, of_today: Counts, of_month: Counts) -> Iterator[Tile]:
    for code, queue, tone in STANDING:
        yield Tile(code, str(QUEUES[queue].label), str(stands[code]), tone if stands[code] else "")
    yield Tile("due_today", str(QUEUES["due_today"].label), str(due_today), "soon" if due_today else "")
    for code, label in (("reported", _("received today")), ("ended", _("closed today"))):
        beside = _("%(count)s this month") % {"count": of_month[code]}
        yield Tile(code, label, str(of_today[code]), "", beside)
    yield Tile(RATE.code, _(RATE.label), figures.percent(RATE.of(of_month)), "done", _("this month"))


def _bars(request: PortalRequest) -> tuple[list[Bar], int]:
    """The communities of the month by score, and how many more there are than fit."""
    month = this_month(request.on)
    tallies = within(tallies_of(request.user, request.on), month).filter(dimension=Dimension.COMMUNITY)
    counts, scoring = sums_by(tallies, "key"), current_scoring()
    weights = scoring.weights if scoring else ()
    rows = ranked(in_order(Dimension.COMMUNITY, counts), counts, weights, lambda measure, key: "")
    bars = [Bar(row.rank, row.name, row.points, _width(row.score)) for row in rows[:MOST_RANKED]]
    return bars, len(rows) - len(bars)


def _width(score: Any) -> int:
    return 0 if score is None else max(0, min(FULL, round(float(score))))


def _since(moment: datetime | None, at: datetime) -> str:
    return in_words(None if moment is None else max(0, int((at - moment).total_seconds() // 60)))


def _told(event: CaseEvent, at: datetime) -> dict[str, str]:
    """An event in words, without who did it."""
    case: Case = event.case
    what = _(workflow.event_label(event.kind))
    return {"what": what, "number": case.number, "place": place_of(case), "ago": _since(event.at, at)}


def _trend(request: PortalRequest) -> str:
    """The chart's figures as JSON, for an attribute: htmx takes scripts out of what it swaps in."""
    found = last_days(whole_of(request.user, request.on), request.on, TREND)
    told = {
        "labels": [f"{day:%m-%d}" for day in found["days"]],
        "series": [
            {"name": name, "values": values}
            for name, values in zip((_("Reported cases"), _("Closed cases")), found["values"], strict=True)
        ],
    }
    return json.dumps(told, ensure_ascii=False)
