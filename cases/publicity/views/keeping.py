"""Pages to plan publicity, to change a plan and to take a step."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.publicity import actions
from cases.publicity.forms import WHOLE, ItemForm, ItemStepForm, RevisionForm
from cases.publicity.kinds import PHOTO
from cases.publicity.lifecycle import ITEM, KEEP, PLANNED
from cases.publicity.models import PublicityItem
from cases.publicity.querysets import visible_item
from cases.publicity.views.shown import check_possible, step_of
from citymgmt.form_pages import ASKING, form_page, sent, sent_with_files
from citymgmt.people.permissions import require, require_role
from communities import maps
from communities.models import Community
from communities.placed import communities_for

KEPT = ("kind", "theme", "planned_on", "until_on", "quantity", "unit", "address", "maker", "longitude", "latitude")
IDS = ("regulation", "institution", "responsible")
PLACE = "publicity/place.html"


@require_http_methods(ASKING)
def new(request: Any) -> HttpResponse:
    """Plan publicity for one or several communities. Raises: NotPermitted."""
    require_role(request.user, KEEP)
    form = ItemForm(sent(request), user=request.user, on=request.on, initial={"planned_on": request.on})

    def act(told: dict[str, Any]) -> None:
        key = str(told["request_key"])
        given: dict[str, Any] = {"told": form.told(), "communities": form.places, "request_key": key}
        actions.plan_items(by=request.user, at=request.at, **given)

    words = {"title": _("Plan publicity"), "button": _("Plan it"), "done": _("It is planned.")}
    lead = _("One form for several communities: each gets an item of its own, with its own place and photo.")
    back = f"{reverse('publicity:items')}?{urlencode({'state': PLANNED})}"
    return form_page(request, form, act, about=_("Publicity"), **words, lead=lead, back_url=back)


@require_http_methods(ASKING)
def change(request: Any, pk: int) -> HttpResponse:
    """Change what was planned. Raises: NotFound, NotPermitted, WrongState."""
    found = _opened(request, pk)
    step = ITEM.steps["revise"]
    check_possible(ITEM, found, step, request)
    kept = {name: getattr(found, name) for name in KEPT} | {name: getattr(found, f"{name}_id") for name in IDS}
    kept |= {"version": found.version, "community": str(found.community_id or WHOLE)}
    form = RevisionForm(sent(request), initial=kept, user=request.user, on=request.on)

    def act(told: dict[str, Any]) -> None:
        keys: dict[str, Any] = {"version": told["version"], "request_key": str(told["request_key"])}
        actions.revise_item(pk=pk, by=request.user, at=request.at, told=form.told(), community=form.place, **keys)

    words = {"title": _(step.label), "button": _("Save"), "done": _("The plan is changed.")}
    shown: dict[str, Any] = {"back_url": found.get_absolute_url(), "drawing": _drawing(request, found)}
    return form_page(request, form, act, about=found.theme, template=PLACE, **words, **shown)


def _drawing(request: Any, item: PublicityItem) -> maps.Drawn | None:
    """The map on which the place is picked, with the pin where it is known."""
    rows: list[Community] = list(communities_for(request.user, KEEP, request.on))
    is_known = item.longitude is not None and item.latitude is not None
    pin = maps.on_map(item.longitude, item.latitude) if is_known else None
    return maps.drawing(areas=[maps.area(one) for one in rows if one.boundary], pin=pin)


@require_http_methods(ASKING)
def act_on(request: Any, pk: int, action: str) -> HttpResponse:
    """Take a step of the table. Raises: NotFound, NotPermitted, WrongState."""
    step = step_of(ITEM, action)
    found = _opened(request, pk)
    check_possible(ITEM, found, step, request)
    has_photos = action in ("put_out", "take_down")
    form = ItemStepForm(
        *sent_with_files(request), step=step, thing=found, has_photos=has_photos, initial={"on": request.on}
    )

    def act(told: dict[str, Any]) -> None:
        keys: dict[str, Any] = {"version": told["version"], "request_key": str(told["request_key"])}
        actions.act_on_item(action, pk=pk, by=request.user, at=request.at, photos=form.contents, **keys, **form.given)

    words = {"title": _(step.label), "button": _("Save"), "done": _("The step is recorded.")}
    return form_page(
        request, form, act, about=found.theme, **words, lead=_lead(action, found), back_url=found.get_absolute_url()
    )


def _lead(action: str, item: PublicityItem) -> str:
    """What a form says about evidence."""
    if action != "put_out":
        return ""
    if item.told_kind.evidence == PHOTO:
        return _("A photo is needed: it shows that it was put out.")
    return _("The address of the page is needed: it shows that it was put out.")


def _opened(request: Any, pk: int) -> PublicityItem:
    """The item, if the person keeps it. Raises: NotFound, NotPermitted."""
    found = visible_item(request.user, pk, request.on)
    require(request.user, KEEP, found, on=request.on)
    return found
