"""Pages to keep the register of illegal buildings: enter, correct, take a step."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.querysets import seen_by
from citymgmt.form_pages import ASKING, form_page, sent, sent_with_files
from citymgmt.people.permissions import permits, require, require_role
from citymgmt.refusals import NotFound
from patrols.illegal_buildings import actions
from patrols.illegal_buildings.forms import BuildingForm, CaseForm, RevisionForm, StepForm
from patrols.illegal_buildings.lifecycle import LOG_CASE, RECORD, REVISE, TRANSITIONS
from patrols.illegal_buildings.models import IllegalBuilding
from patrols.illegal_buildings.querysets import case_categories, visible_building

PLACE = ("address", "longitude", "latitude")
KEPT = (*PLACE, "origin", "found_on", "found_by", "structure", "storeys", "area_m2", "text")


@require_http_methods(ASKING)
def new_building(request: Any) -> HttpResponse:
    """Enter an illegal building; `?case=` names the case in which it was reported. Raises: NotPermitted."""
    require_role(request.user, RECORD)
    asked = {"user": request.user, "permission": RECORD, "on": request.on}
    form = BuildingForm(*sent_with_files(request), initial=_of_case(request), **asked)

    def act(told: dict[str, Any]) -> None:
        key = str(told["request_key"])
        given: dict[str, Any] = {"told": form.told(), "photos": form.contents, "request_key": key}
        actions.enter_building(by=request.user, at=request.at, **given)

    return form_page(
        request,
        form,
        act,
        about=_("Illegal buildings"),
        title=_("New illegal building"),
        lead=_("One that is being built is to be stopped within two days. The owner is shown to few."),
        button=_("Save"),
        done=_("The building is entered."),
        back_url=reverse("buildings:list"),
    )


def _of_case(request: Any) -> dict[str, Any]:
    """What a case says of a building; nothing where none is asked for, or none is seen."""
    first = {"found_on": request.on, "found_by": IllegalBuilding.FoundBy.PATROL}
    number = request.GET.get("case", "")
    case = seen_by(request.user, request.on).filter(number=number).first() if number else None
    if case is None:
        return first
    around = {name: getattr(case, name) for name in PLACE}
    found_by = first["found_by"] if case.source == "patrol" else IllegalBuilding.FoundBy.COMPLAINT
    return {**first, **around, "community": case.community_id, "found_by": found_by, "case": case.number}


@require_http_methods(ASKING)
def change_building(request: Any, pk: int) -> HttpResponse:
    """Correct what was entered. Raises: NotFound, NotPermitted."""
    found = _kept(request, pk, REVISE.permission)
    owner = getattr(found, "owner", None)
    kept = {name: getattr(found, name) for name in KEPT} | {"version": found.version, "community": found.community_id}
    kept |= {"owner": owner.name, "phone": owner.phone} if owner else {}
    kept["case"] = found.case.number if found.case else ""
    asked = {"user": request.user, "permission": REVISE.permission, "on": request.on}
    form = RevisionForm(*sent_with_files(request), initial=kept, **asked)

    def act(told: dict[str, Any]) -> None:
        given = {"told": form.told(), "version": told["version"], "request_key": str(told["request_key"])}
        actions.revise_building(pk=pk, by=request.user, at=request.at, **given)

    words = {"title": _(REVISE.label), "button": _("Save"), "done": _("The entry is corrected.")}
    return form_page(request, form, act, about=found.number, **words, back_url=found.get_absolute_url())


@require_http_methods(ASKING)
def act_on(request: Any, pk: int, action: str) -> HttpResponse:
    """Take a step, enter a removal or what was seen. Raises: NotFound, NotPermitted."""
    transition = TRANSITIONS.get(action)
    if transition is None:
        raise NotFound
    found = _kept(request, pk, transition.permission)
    form = StepForm(*sent_with_files(request), transition=transition, building=found, on=request.on)

    def act(told: dict[str, Any]) -> None:
        keys: dict[str, Any] = {"version": told["version"], "request_key": str(told["request_key"])}
        keys |= {name: form.contents(name) for name in ("photos", "papers")}
        actions.act_on_building(action, pk=pk, by=request.user, at=request.at, **keys, **form.given)

    words = {"title": _(transition.label), "button": _("Save"), "done": _("The step is recorded.")}
    lead = _(transition.law) if transition.law else ""
    return form_page(request, form, act, about=found.number, **words, lead=lead, back_url=found.get_absolute_url())


@require_http_methods(ASKING)
def log_case(request: Any, pk: int) -> HttpResponse:
    """Log a case of a building: place and photos are those of its entry. Raises: NotFound, NotPermitted."""
    found = _kept(request, pk, LOG_CASE.permission)
    require_role(request.user, "case.log")
    categories = case_categories()
    first = {
        "version": found.version,
        "text": actions.described(found),
        "category": categories[0].pk if categories else "",
    }
    form = CaseForm(sent(request), initial=first, categories=categories)

    def act(told: dict[str, Any]) -> None:
        keys = {"version": told["version"], "request_key": str(told["request_key"])}
        given = {"category": told["category"].pk, "text": told["text"]}
        actions.log_building_case(pk=pk, by=request.user, at=request.at, **keys, **given)

    lead = _("%(place)s. Place and photos are those of the entry; the case and the building name each other.")
    words = {
        "title": _(LOG_CASE.label),
        "lead": lead % {"place": " · ".join(filter(None, [str(found.community), found.address]))},
        "button": _("Log the case"),
        "done": _("The case is logged."),
    }
    return form_page(request, form, act, about=found.number, **words, back_url=found.get_absolute_url())


def _kept(request: Any, pk: int, permission: str) -> IllegalBuilding:
    """The building, if the person may do this there. Raises: NotFound, NotPermitted."""
    found = visible_building(request.user, pk, request.on)
    require(request.user, permission, found, on=request.on)
    return found


def may(request: Any, building: IllegalBuilding, permission: str) -> bool:
    """Whether the person may do this on the building."""
    return permits(request.user, permission, building, on=request.on)
