"""Pages to look at: the stations with what is to be done today, one station with its last days, one check."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.models import Case
from citymgmt.files import private_file
from citymgmt.people.permissions import allows, permits, require_role, visible_to
from citymgmt.photos.stored import photo_store
from citymgmt.refusals import NotFound
from patrols.stations.lifecycle import EVENTS, FAULTY, MAKE_UP, PLANNED, STATES
from patrols.stations.models import CheckAnswer, CheckEvent, DailyCheck, Station
from patrols.stations.models.register import WEEK
from patrols.stations.querysets import (
    answers_of,
    checks_between,
    checks_on,
    measured_between,
    missed_of,
    stations_seen,
    visible_check,
    visible_check_photo,
    visible_station,
)
from patrols.teams.rotation import ONE_DAY, days_between

DAYS_BACK = 29 * ONE_DAY
FIRST_SHOWN = {PLANNED: 0, FAULTY: 1}  # what somebody has to do comes first


@dataclass(frozen=True)
class Badge:
    """A state in words, with tone and icon."""

    label: str
    tone: str
    icon: str


def badge_of(check: DailyCheck | None, *, is_open: bool = True) -> Badge:
    """How a day of a station stands; without a check it is closed, or nobody planned one."""
    if check is None:
        return Badge(_("not planned") if is_open else _("closed"), "stopped", "dash-circle")
    state = STATES[check.state]
    label = _("made up later") if check.is_made_up and check.state != FAULTY else _(state.label)
    return Badge(label, state.tone, state.icon)


@dataclass(frozen=True)
class Row:
    """A station of the list with its check of today, and how many earlier ones were missed."""

    station: Station
    check: DailyCheck | None
    badge: Badge
    missed: int

    @property
    def order(self) -> tuple[bool, int]:
        """In use before not, to be done before done."""
        state = self.check.state if self.check else ""
        return (not self.station.is_active, FIRST_SHOWN.get(state, 2))


@require_safe
def station_list(request: Any) -> HttpResponse:
    """The stations that the reader sees, those to be checked today first. Raises: NotPermitted."""
    require_role(request.user, "station.view")
    stations = list(stations_seen(request.user, request.on))
    today, missed = checks_on(stations, request.on), missed_of(stations, request.on)
    rows = [
        Row(one, check, badge_of(check, is_open=one.is_open_on(request.on)), missed.get(one.pk, 0))
        for one in stations
        for check in [today.get(one.pk)]
    ]
    counted = Counter(check.state for check in today.values())
    context = {
        "rows": sorted(rows, key=lambda row: row.order),
        "counts": [(badge_of_state(state), counted[state]) for state in STATES if counted[state]],
        "may_check": allows(request.user, "station.check"),
        "may_keep": allows(request.user, "station.keep"),
        "today": request.on,
    }
    return render(request, "patrols/stations/list.html", context)


def badge_of_state(state: str) -> Badge:
    """A state alone."""
    return Badge(_(STATES[state].label), STATES[state].tone, STATES[state].icon)


@dataclass(frozen=True)
class Day:
    """A day of the strip."""

    on: date
    check: DailyCheck | None
    badge: Badge


@require_safe
def station(request: Any, pk: int) -> HttpResponse:
    """A station: its board, its check of today, its last thirty days, what was measured in them. Raises: NotFound."""
    found = visible_station(request.user, pk, request.on)
    first = request.on - DAYS_BACK
    checks = {one.on: one for one in checks_between(found, first, request.on)}
    may_excuse = permits(request.user, "station.excuse", found, on=request.on)
    context = {
        "station": found,
        "back_url": reverse("stations:list"),
        "today": checks.get(request.on),
        "badge": badge_of(checks.get(request.on), is_open=found.is_open_on(request.on)),
        "open_days": _days_told(found),
        "days": [
            Day(day, checks.get(day), badge_of(checks.get(day), is_open=found.is_open_on(day)))
            for day in days_between(first, request.on)
        ],
        "missed": [one for one in checks.values() if one.waits and one.on < request.on],
        "measured": _charts(measured_between(found, first, request.on)),
        "may_check": allows(request.user, "station.check"),
        "may_excuse": may_excuse,
        "may_keep": permits(request.user, "station.keep", found, on=request.on),
    }
    return render(request, "patrols/stations/station.html", context)


def _days_told(station: Station) -> list[str]:
    """The days of the week on which it is open; empty where these are all."""
    days = [] if len(station.open_days) == len(WEEK) else station.open_days
    return [str(WEEKDAYS[day - 1]) for day in days]


@dataclass(frozen=True)
class Chart:
    """What was measured for one item: a heading, the figures for the drawing, the answers for the table."""

    key: str
    title: str
    figures: Mapping[str, Any]
    answers: Sequence[CheckAnswer]


def _charts(answers: Iterable[CheckAnswer]) -> list[Chart]:
    """A chart for each item, as it was worded last; its limits are those that held on each day."""
    by_item: dict[int, list[CheckAnswer]] = {}
    for answer in answers:
        by_item.setdefault(answer.item_id, []).append(answer)
    return [_chart(item, found) for item, found in by_item.items()]


def _chart(item: int, answers: Sequence[CheckAnswer]) -> Chart:
    series = [{"name": _("measured"), "values": [one.value for one in answers]}]
    limits = ((_("lowest value allowed"), "lowest"), (_("highest value allowed"), "highest"))
    for label, name in limits:
        values = [getattr(one, name) for one in answers]
        if any(value is not None for value in values):
            series.append({"name": str(label), "values": values})
    figures = {"labels": [f"{one.daily_check.on:%m-%d}" for one in answers], "series": series}
    last = answers[-1]
    return Chart(f"measured-{item}", f"{last.name} ({last.unit})", figures, answers)


@dataclass(frozen=True)
class Told:
    """An event as the history shows it."""

    event: CheckEvent
    label: str
    tone: str
    icon: str
    detail: str


@require_safe
def check(request: Any, pk: int) -> HttpResponse:
    """A check: its answers, what became of failed ones, its history. Raises: NotFound."""
    found = visible_check(request.user, pk, request.on)
    answers = answers_of(found)
    cases = [one.case_id for one in answers if one.case_id is not None]
    seen = visible_to(request.user, Case.objects.filter(pk__in=cases), on=request.on) if cases else Case.objects.none()
    may_check = permits(request.user, "station.check", found, on=request.on)
    is_late = found.due_at is not None and request.at >= found.due_at + MAKE_UP
    context = {
        "check": found,
        "station": found.station,
        "badge": badge_of(found),
        "title": _("Daily check of %(day)s") % {"day": found.on},
        "back_url": found.station.get_absolute_url(),
        "answers": answers,
        "cases_seen": set(seen.values_list("pk", flat=True)),
        "events": _history(found),
        "may_check": may_check,
        "may_make": may_check and found.waits and not is_late,
        "may_excuse": found.waits and permits(request.user, "station.excuse", found, on=request.on),
    }
    return render(request, "patrols/stations/check.html", context)


def _history(check: DailyCheck) -> list[Told]:
    """The events of a check, the newest first, each step of the ladder with its code."""
    rows = check.events.select_related("by").order_by("-seq")
    return [
        Told(row, _(kind.label), kind.tone, kind.icon, row.changes["daily_check"].get("ladder_code", ""))
        for row in rows
        for kind in [EVENTS[row.kind]]
    ]


@require_safe
def photo(request: Any, pk: int, size: str) -> HttpResponseBase:
    """The picture of an answer, or its thumbnail. Raises: NotFound, also while there is none."""
    found = visible_check_photo(request.user, pk, request.on)
    digest = found.hash_of(size)
    if not digest:
        raise NotFound
    path = photo_store().path(digest)
    return private_file(request, path, name=f"check-{size}-{found.pk}.jpg", content_type="image/jpeg", etag=digest)
