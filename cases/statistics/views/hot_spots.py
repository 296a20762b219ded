"""Hot spots: where the same disorder comes again and again, and the history of each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.keyset import keys_of, page_by_key
from cases.listing import NEWEST_FIRST
from cases.models import Case
from cases.named import kept_names, named
from cases.statistics.forms import SpotForm
from cases.statistics.models import Dimension
from cases.statistics.named import name_of
from cases.statistics.spots import DAYS, LEAST, Spot, Where, cases_at, hot_spots, latest_at
from cases.statistics.views.counted import COLUMNS
from cases.statistics.views.opening import counted_anew
from cases.views.lists.cells import rows_of
from cases.views.lists.pages import PortalRequest
from citymgmt.pages import ROWS_PER_PAGE, needs
from citymgmt.worktime.rules import current_rules
from communities.models import KeyPlace


@dataclass(frozen=True)
class SpotRow:
    """A hot spot as the page shows it."""

    place: str
    community: str
    disorder: str
    count: int
    recurrences: int
    last_at: datetime
    url: str  # of its whole history
    recent_url: str  # of the cases that it counts


@needs("statistics.view")
@counted_anew
def hot_spots_page(request: PortalRequest) -> HttpResponse:
    """The places with the most recurrences in ninety days."""
    spots = hot_spots(request.user, request.on, request.at)
    latest = latest_at(spots)
    rows = [_row(spot, latest[spot.last_case_id]) for spot in spots]
    return render(request, "statistics/hot_spots.html", {"rows": rows, "days": DAYS, "least": LEAST})


def _row(spot: Spot, latest: Case) -> SpotRow:
    return SpotRow(
        _place_name(spot, latest),
        str(latest.community or ""),
        name_of(Dimension.DISORDER, str(spot.disorder_id)),
        spot.count,
        spot.recurrences,
        spot.last_at,
        spot_url(spot),
        f"{spot_url(spot)}&recent=1",
    )


def _place_name(spot: Spot, latest: Case) -> str:
    key_place = kept_names()[KeyPlace].get(spot.key_place_id or 0)
    return str(key_place or latest.address or latest.number)


def spot_url(spot: Spot) -> str:
    """The address of a spot's history."""
    asked: dict[str, Any] = {"disorder": spot.disorder_id}
    asked |= {"key_place": spot.key_place_id} if spot.key_place_id else {"cell": spot.cell}
    return f"{reverse('statistics:spot')}?{urlencode(asked)}"


@needs("statistics.view")
@counted_anew
def spot(request: PortalRequest) -> HttpResponse:
    """The history of a spot: every case of its disorder there, or those of ninety days, newest first.

    422 when the address names none. Where the person sees no case, the place is not named either.
    """
    form = SpotForm(request.GET)
    if not form.is_valid():
        return render(request, "statistics/spot.html", {"form": form}, status=422)
    told = form.cleaned_data
    where = Where(told["disorder"], told["key_place"], told["cell"])
    found = cases_at(request.user, request.on, where, request.at if told["recent"] else None)
    page = page_by_key(named(found), keys_of(Case, [NEWEST_FIRST]), request.GET.get("cursor", ""), ROWS_PER_PAGE)
    context = {
        "form": form,
        "title": _title(told, page.object_list) if page.object_list else "",
        "count": found.count(),
        "days": DAYS if told["recent"] else None,
        "columns": COLUMNS,
        "rows": rows_of(page.object_list, COLUMNS, current_rules(), request.at),
        "page": page,
    }
    return render(request, "statistics/spot.html", context)


def _title(told: dict[str, Any], cases: list[Case]) -> str:
    disorder = name_of(Dimension.DISORDER, str(told["disorder"]))
    key_place = kept_names()[KeyPlace].get(told["key_place"] or 0)
    place = str(key_place or cases[0].address or _("this place"))
    return f"{place}: {disorder}"
