"""How much of the office is under property management: today by community, and month by month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from citymgmt.months import last_of, months_until
from citymgmt.pages import needs
from citymgmt.people.permissions import visible_to
from communities.areas.coverage import Coverage, coverage
from communities.areas.querysets import counted
from communities.areas.views.looking import around
from communities.areas.wording import percent
from communities.models import Community, ResidentialArea

MONTHS = 24  # that the chart shows


@dataclass(frozen=True)
class Line:
    """A line of a table: what is covered on a day, of what, and the two lists that were counted."""

    heading: str
    told: Coverage
    covered_url: str
    whole_url: str

    @property
    def shares(self) -> list[str]:
        """The shares of areas, households and floor area."""
        return [percent(one) for one in (self.told.areas, self.told.households, self.told.floor_area)]


@require_safe
@needs("area.view")
def coverage_page(request: Any) -> HttpResponse:
    """The shares of areas, households and floor area under contract. Raises: NotPermitted."""
    areas, periods = counted(visible_to(request.user, ResidentialArea.objects.all(), on=request.on))
    places = Community.objects.filter(pk__in={one.community for one in areas}).defer("boundary").order_by("code")
    today = [
        (one, coverage([area for area in areas if area.community == one.pk], periods, request.on)) for one in places
    ]
    days = [min(last_of(month), request.on) for month in months_until(request.on.replace(day=1), MONTHS)]
    months = [(day, coverage(areas, periods, day)) for day in days]
    context = {
        **around(request, "coverage"),
        "whole": _line(_("all together"), months[-1][1], request.on),
        "places": [_line(str(place), told, request.on, place) for place, told in today],
        "months": [_line(f"{day:%Y-%m}", told, day) for day, told in reversed(months)],
        "chart": _chart(months),
    }
    return render(request, "areas/coverage.html", context)


def _line(heading: str, told: Coverage, day: date, place: Community | None = None) -> Line:
    where, address = {"community": str(place.pk)} if place else {}, reverse("areas:list")
    covered = urlencode({"covered_on": day.isoformat(), **where})
    return Line(heading, told, f"{address}?{covered}", f"{address}?{urlencode(where)}")


def _chart(months: Sequence[tuple[date, Coverage]]) -> dict[str, Any]:
    """What the drawing takes: shares of households and of areas, in percent."""
    return {
        "labels": [f"{day:%Y-%m}" for day, _told in months],
        "series": [
            {"name": _("households, %"), "values": [_plain(told.households) for _day, told in months]},
            {"name": _("areas, %"), "values": [_plain(told.areas) for _day, told in months]},
            {"name": _("floor area, %"), "values": [_plain(told.floor_area) for _day, told in months]},
        ],
        "urls": [_line("", told, day).covered_url for day, told in months],
    }


def _plain(share: Fraction | None) -> float:
    return float(Decimal((share or Fraction()).numerator * 1000 // (share or Fraction(1)).denominator) / 10)
