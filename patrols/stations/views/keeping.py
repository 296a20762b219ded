"""Pages of the clerk: the register of stations, and the checklists by kind of station."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.models import Category
from citymgmt.form_pages import ASKING, form_page, sent
from citymgmt.found import one_of
from citymgmt.people.permissions import require, require_role, visible_to
from citymgmt.refusals import NotFound
from communities.models import Community
from patrols.stations import actions
from patrols.stations.forms import ItemForm, StationForm
from patrols.stations.models import ChecklistItem, Station, StationKind
from patrols.stations.querysets import teams_of, visible_station

OF_STATION = (
    "kind", "name_zh", "name_en", "address", "unit", "person", "phone", "opens", "closes", "open_days",
    "longitude", "latitude", "is_active",
)  # fmt: skip
OF_ITEM = (
    "name_zh", "name_en", "position", "answer", "unit", "lowest", "highest", "needs_photo", "is_active",
)  # fmt: skip


@require_http_methods(ASKING)
def new_station(request: Any) -> HttpResponse:
    """Enter a station. Raises: NotPermitted."""
    require_role(request.user, "station.keep")
    return _station_page(request, None)


@require_http_methods(ASKING)
def station(request: Any, pk: int) -> HttpResponse:
    """Change a station. Raises: NotFound, NotPermitted."""
    found = visible_station(request.user, pk, request.on)
    require(request.user, "station.keep", found, on=request.on)
    return _station_page(request, found)


def _station_page(request: Any, row: Station | None) -> HttpResponse:
    place = request.user.subdistrict_id
    initial = {name: getattr(row, name) for name in OF_STATION} if row else {}
    if row:
        initial |= {"community": row.community_id, "team": row.team_id}
    communities = Community.objects.filter(subdistrict=place, is_active=True).defer("boundary").order_by("code")
    form = StationForm(sent(request), communities=list(communities), teams=teams_of(place), initial=initial or None)

    def act(_told: dict[str, Any]) -> None:
        pk = row.pk if row else None
        actions.save_station(by=request.user, at=request.at, told=form.told(), pk=pk)

    return form_page(
        request,
        form,
        act,
        about=row.name if row else _("Stations"),
        title=_("Change the station") if row else _("New station"),
        button=_("Save"),
        done=_("The station is saved."),
        back_url=row.get_absolute_url() if row else reverse("stations:list"),
    )


@dataclass(frozen=True)
class Checklist:
    """The items of a kind of station, in use or not."""

    kind: str
    label: str
    items: Sequence[ChecklistItem]


@require_safe
def checklists(request: Any) -> HttpResponse:
    """What is looked at, by kind of station. Raises: NotPermitted."""
    require_role(request.user, "station.keep")
    rows = visible_to(request.user, ChecklistItem.objects.select_related("category"), on=request.on)
    items = list(rows.order_by("-is_active", "position", "id"))
    shown = [
        Checklist(kind, str(label), [one for one in items if one.kind == kind]) for kind, label in StationKind.choices
    ]
    context = {"checklists": shown, "back_url": reverse("stations:list")}
    return render(request, "patrols/stations/checklists.html", context)


@require_POST
def usual_items(request: Any, kind: str) -> HttpResponse:
    """Give a kind of station the usual items. Raises: NotFound, NotPermitted."""
    require_role(request.user, "station.keep")
    made = actions.make_usual_items(by=request.user, at=request.at, kind=_known(kind))
    told = {"count": len(made)}
    messages.success(request, ngettext("%(count)s item was added.", "%(count)s items were added.", len(made)) % told)
    return redirect("stations:checklists")


def _known(kind: str) -> str:
    """Raises: NotFound."""
    if kind not in StationKind.values:
        raise NotFound
    return kind


@require_http_methods(ASKING)
def new_item(request: Any, kind: str) -> HttpResponse:
    """Enter an item of a checklist. Raises: NotFound, NotPermitted."""
    require_role(request.user, "station.keep")
    return _item_page(request, _known(kind), None)


@require_http_methods(ASKING)
def item(request: Any, pk: int) -> HttpResponse:
    """Change an item of a checklist. Raises: NotFound."""
    found = one_of(visible_to(request.user, ChecklistItem.objects.all(), on=request.on), pk)
    return _item_page(request, found.kind, found)


def _item_page(request: Any, kind: str, row: ChecklistItem | None) -> HttpResponse:
    initial = {name: getattr(row, name) for name in OF_ITEM} | {"category": row.category_id} if row else None
    categories = Category.objects.filter(is_active=True).order_by("disorder__sort_order", "code_2026", "code_2013")
    form = ItemForm(sent(request), categories=list(categories), initial=initial)

    def act(_told: dict[str, Any]) -> None:
        pk = row.pk if row else None
        actions.save_item(by=request.user, at=request.at, kind=kind, told=form.told(), pk=pk)

    return form_page(
        request,
        form,
        act,
        about=_("Checklists"),
        title=row.name if row else _("New checklist item"),
        lead=_("%(kind)s. What was checked already keeps its wording and range.") % {"kind": StationKind(kind).label},
        button=_("Save"),
        done=_("The item is saved."),
        back_url=reverse("stations:checklists"),
    )
