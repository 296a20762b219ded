"""Pages of figures: square metres by community and month, and the lines of the account behind each figure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, F, Q, Sum, When
from django.db.models.functions import TruncMonth
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from citymgmt.months import months_until
from citymgmt.pages import needs, page_of
from citymgmt.people.models import User
from citymgmt.people.permissions import visible_to
from communities.models import Community
from communities.placed import communities_for
from patrols.illegal_buildings.figures import KINDS, NEW, REMOVED, ZERO, Sums, Tally, by_community, sums
from patrols.illegal_buildings.forms import FIGURES, AccountFilter, after
from patrols.illegal_buildings.models import AreaEntry
from patrols.illegal_buildings.views.looking import lines_of
from patrols.teams.rotation import ONE_DAY
from patrols.teams.views.looking import month_asked

MONTHS = 12  # that the chart shows


@dataclass(frozen=True)
class Figure:
    """Square metres under their name, and the list that adds up to them."""

    label: str
    m2: Decimal
    url: str


@dataclass(frozen=True)
class Line:
    """A line of a table of figures: its heading, the figures in the order of `KINDS`, what remains."""

    heading: str
    figures: list[Figure]


@require_safe
@needs("building.view")
def figures(request: Any) -> HttpResponse:
    """Square metres of a month by community, and of a year by month. Raises: NotPermitted."""
    month = month_asked(request)
    tallies = tallies_of(request.user, request.on)
    by_place, whole = by_community(tallies, month), sums(tallies, month)
    seen = communities_for(request.user, "building.view", request.on)
    places = Community.objects.filter(Q(pk__in=list(by_place)) | Q(pk__in=seen.values("pk"))).order_by("code")
    months = [(one, sums(tallies, one)) for one in months_until(month, MONTHS)]
    context = {
        "month": month,
        "month_before": month - ONE_DAY,
        "month_after": after(month),
        "community": None,
        "here": "figures",
        "places": [_line(one.name, by_place.get(one.pk, Sums()), month, one.pk) for one in places],
        "whole": _line(_("all together"), whole, month),
        "months": [_line(f"{one:%Y-%m}", told, one) for one, told in reversed(months)],
        "chart": _chart(months),
    }
    return render(request, "patrols/buildings/figures.html", context)


def tallies_of(user: User, on: date) -> list[Tally]:
    """The account as the person sees it, added up by community, month and kind; one query."""
    rows = visible_to(user, AreaEntry.objects.all(), on=on).order_by()
    found = rows.values("building__community_id", "kind", month=TruncMonth("on")).annotate(added=Sum("m2"))
    return [Tally(one["building__community_id"], one["month"], one["kind"], one["added"]) for one in found]


def _line(heading: str, told: Sums, month: date, community: int | None = None) -> Line:
    on = f"{month:%Y-%m}"
    figures = [Figure(str(FIGURES[name]), told.of[name], _account(community, figure=name, month=on)) for name in KINDS]
    return Line(heading, [*figures, Figure(_("remaining"), told.remaining, _account(community, until=on))])


def _account(community: int | None, **asked: str) -> str:
    where = {"community": str(community)} if community else {}
    return f"{reverse('buildings:account')}?{urlencode({**asked, **where})}"


def _chart(months: Iterable[tuple[date, Sums]]) -> dict[str, Any]:
    """What the drawing of lines takes."""
    rows = list(months)
    return {
        "labels": [f"{month:%Y-%m}" for month, _told in rows],
        "series": [
            {"name": _("new"), "values": [float(told.of[NEW]) for _month, told in rows]},
            {"name": _("removed"), "values": [float(told.of[REMOVED]) for _month, told in rows]},
            {"name": _("remaining"), "values": [float(told.remaining) for _month, told in rows]},
        ],
    }


@require_safe
@needs("building.view")
def account(request: Any) -> HttpResponse:
    """The lines of the account behind a figure, with their sum. Raises: NotPermitted."""
    communities = list(communities_for(request.user, "building.view", request.on))
    form = AccountFilter(request.GET, communities=communities)
    is_valid = form.is_valid()
    seen = visible_to(request.user, AreaEntry.objects.select_related("building__community"), on=request.on)
    rows = seen.filter(form.question()) if is_valid else seen.none()
    page = page_of(request, rows.order_by("-on", "-id"))
    signed = Case(When(kind__in=KINDS[NEW], then=F("m2")), default=-F("m2"))
    context = {
        "form": form,
        "page": page,
        "lines": lines_of(list(page)),
        "total": rows.order_by().aggregate(added=Sum(signed))["added"] or ZERO,
        "here": "figures",
    }
    return render(request, "patrols/buildings/account.html", context, status=200 if is_valid else 422)
