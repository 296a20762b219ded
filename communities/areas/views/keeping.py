"""Pages to keep the register of residential areas: enter, correct, assess, take a step."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from citymgmt.form_pages import ASKING, form_page, sent, sent_with_files
from citymgmt.people.permissions import require, require_role
from citymgmt.refusals import NotFound, WrongState
from citymgmt.worktime.steps import Step
from communities import maps
from communities.areas import actions
from communities.areas.actions.frame import NOT_NOW
from communities.areas.forms import AreaForm, AssessForm, NewAreaForm, RevisionForm, StepForm
from communities.areas.lifecycle import ASSESS, KEEP, REVISE, STAGES, STEPS
from communities.areas.querysets import standard_of, visible_area
from communities.models import ResidentialArea

FACTS = ("name", "kind", "building_count", "household_count", "floor_area_m2", "built_year")
KEPT = (*FACTS, "address", "longitude", "latitude")
PLACE = "areas/place.html"


@require_http_methods(ASKING)
def new_area(request: Any) -> HttpResponse:
    """Enter a residential area. Raises: NotPermitted."""
    require_role(request.user, KEEP)
    form = NewAreaForm(sent(request), user=request.user, permission=KEEP, on=request.on)

    def act(told: dict[str, Any]) -> None:
        actions.enter_area(by=request.user, at=request.at, told=form.told(), request_key=str(told["request_key"]))

    return form_page(
        request,
        form,
        act,
        about=_("Residential areas"),
        template=PLACE,
        title=_("New residential area"),
        lead=_("One without property management begins its way as being improved."),
        button=_("Save"),
        done=_("The area is entered."),
        back_url=reverse("areas:list"),
        drawing=_drawing(form),
    )


@require_http_methods(ASKING)
def change_area(request: Any, pk: int) -> HttpResponse:
    """Correct what was entered. Raises: NotFound, NotPermitted."""
    found = _kept(request, pk, REVISE)
    kept = {name: getattr(found, name) for name in KEPT} | {"version": found.version, "community": found.community_id}
    form = RevisionForm(sent(request), initial=kept, user=request.user, permission=KEEP, on=request.on)

    def act(told: dict[str, Any]) -> None:
        given = {"told": form.told(), "version": told["version"], "request_key": str(told["request_key"])}
        actions.revise_area(pk=pk, by=request.user, at=request.at, **given)

    words = {"title": _(REVISE.label), "button": _("Save"), "done": _("The entry is corrected.")}
    around: dict[str, Any] = {"back_url": found.get_absolute_url(), "drawing": _drawing(form, found)}
    return form_page(request, form, act, about=found.name, template=PLACE, **words, **around)


def _drawing(form: AreaForm, area: ResidentialArea | None = None) -> maps.Drawn | None:
    """The map on which the place is picked, with the pin where it is known."""
    areas = [maps.area(one) for one in form.communities if one.boundary]
    is_known = area is not None and area.longitude is not None
    return maps.drawing(areas=areas, pin=maps.on_map(area.longitude, area.latitude) if area and is_known else None)


@require_http_methods(ASKING)
def assess(request: Any, pk: int) -> HttpResponse:
    """Assess whether an area is ready, criterion by criterion. Raises: NotFound, NotPermitted, WrongState."""
    found = _possible(request, pk, ASSESS)
    standard = standard_of(found.community.subdistrict_id)
    latest = found.assessments.first()
    kept = {one["key"]: one for one in latest.scores} if latest else {}
    form = AssessForm(*sent_with_files(request), criteria=standard, area=found, kept=kept, on=request.on)

    def act(told: dict[str, Any]) -> None:
        keys: dict[str, Any] = {"version": told["version"], "request_key": str(told["request_key"])}
        given: dict[str, Any] = {"told": form.told(), "photos": form.contents}
        actions.assess_area(pk=pk, by=request.user, at=request.at, **keys, **given)

    words = {"title": _(ASSESS.label), "button": _("Save"), "done": _("The assessment is kept.")}
    lead = _("Ready is who reaches %(threshold)s of 100, with every condition met that must be.")
    around = {"lead": lead % {"threshold": standard.threshold}, "back_url": found.get_absolute_url()}
    return form_page(request, form, act, about=found.name, template="areas/assess.html", **words, **around)


@require_http_methods(ASKING)
def act_on(request: Any, pk: int, action: str) -> HttpResponse:
    """Take a step of the table. Raises: NotFound, NotPermitted, WrongState."""
    step = STEPS.get(action)
    if step is None or step is ASSESS:
        raise NotFound
    found = _possible(request, pk, step)
    form = StepForm(*sent_with_files(request), step=step, area=found, on=request.on)

    def act(told: dict[str, Any]) -> None:
        keys: dict[str, Any] = {"version": told["version"], "request_key": str(told["request_key"])}
        actions.act_on_area(action, pk=pk, by=request.user, at=request.at, photos=form.contents, **keys, **form.given)

    words = {"title": _(step.label), "button": _("Save"), "done": _("The step is recorded.")}
    lead = _(step.law) if step.law else ""
    return form_page(request, form, act, about=found.name, **words, lead=lead, back_url=found.get_absolute_url())


def _possible(request: Any, pk: int, step: Step) -> ResidentialArea:
    """The area, if the person may take this step there and its stage allows it.

    Raises: NotFound, NotPermitted, WrongState.
    """
    found = _kept(request, pk, step)
    if request.method != "POST" and found.state not in step.sources:
        told = {"action": _(step.label), "state": _(STAGES[found.state].label)}
        raise WrongState(_(NOT_NOW) % told, state=found.state)
    return found


def _kept(request: Any, pk: int, step: Step) -> ResidentialArea:
    """The area, if the person may do this there. Raises: NotFound, NotPermitted."""
    found = visible_area(request.user, pk, request.on)
    require(request.user, step.permission, found, on=request.on)
    return found
