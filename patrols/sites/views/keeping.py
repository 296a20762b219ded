"""Pages to keep construction sites: enter and change them, their permits, inspect, make a case of a fault."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from citymgmt.form_pages import ASKING, form_page, sent
from citymgmt.found import one_of
from citymgmt.people.permissions import require, require_role
from patrols.sites import actions
from patrols.sites.actions.registering import TEXTS
from patrols.sites.forms import InspectionForm, PermitForm, SiteForm
from patrols.sites.models import Site, SitePermit
from patrols.sites.querysets import visible_site


def _kept(request: Any, pk: int, permission: str = "site.keep") -> Site:
    """The site, if the person may do this there. Raises: NotFound, NotPermitted."""
    found = visible_site(request.user, pk, request.on)
    require(request.user, permission, found, on=request.on)
    return found


def _form(request: Any, **initial: Any) -> SiteForm:
    asked = {"user": request.user, "permission": "site.keep", "on": request.on}
    return SiteForm(sent(request), initial=initial or None, **asked)


@require_http_methods(ASKING)
def new_site(request: Any) -> HttpResponse:
    """Enter a construction site. Raises: NotPermitted."""
    require_role(request.user, "site.keep")
    form = _form(request)

    def act(_told: dict[str, Any]) -> None:
        actions.save_site(by=request.user, at=request.at, told=form.told())

    words = {"title": _("New construction site"), "button": _("Save"), "done": _("The site is saved.")}
    return form_page(request, form, act, about=_("Construction sites"), **words, back_url=reverse("sites:list"))


@require_http_methods(ASKING)
def change_site(request: Any, pk: int) -> HttpResponse:
    """Change a construction site. Raises: NotFound, NotPermitted."""
    found = _kept(request, pk)
    names = (*TEXTS, "state", "from_on", "until_on", "address", "longitude", "latitude")
    kept = {name: getattr(found, name) for name in names}
    form = _form(request, **kept, community=found.community_id, key_place=found.key_place_id)

    def act(_told: dict[str, Any]) -> None:
        actions.save_site(by=request.user, at=request.at, told=form.told(), pk=found.pk)

    words = {"title": found.name, "button": _("Save"), "done": _("The site is saved.")}
    return form_page(request, form, act, about=found.name, **words, back_url=reverse("sites:site", args=[pk]))


@require_http_methods(ASKING)
def new_permit(request: Any, pk: int) -> HttpResponse:
    """Enter a permit of a site. Raises: NotFound, NotPermitted."""
    return _permit_page(request, _kept(request, pk), None)


@require_http_methods(ASKING)
def change_permit(request: Any, pk: int, permit: int) -> HttpResponse:
    """Change a permit of a site. Raises: NotFound, NotPermitted."""
    found = _kept(request, pk)
    return _permit_page(request, found, one_of(SitePermit.objects.filter(site=found), permit))


def _permit_page(request: Any, site: Site, row: SitePermit | None) -> HttpResponse:
    typed = {name: getattr(row, name) for name in ("kind", "number", "expires_on")} if row else None
    form = PermitForm(sent(request), initial=typed)

    def act(_told: dict[str, Any]) -> None:
        pk = row.pk if row else None
        actions.save_permit(by=request.user, at=request.at, site=site.pk, told=form.told(), pk=pk)

    words = {"title": _("Permit") if row else _("New permit"), "button": _("Save"), "done": _("The permit is saved.")}
    return form_page(request, form, act, about=site.name, **words, back_url=reverse("sites:site", args=[site.pk]))


@require_http_methods(ASKING)
def inspect(request: Any, pk: int) -> HttpResponse:
    """Enter what was seen on a site. Raises: NotFound, NotPermitted."""
    found = _kept(request, pk, "site.inspect")
    form = InspectionForm(sent(request))

    def act(told: dict[str, Any]) -> None:
        key = str(told["request_key"])
        given = {"looks": form.looks(), "note": told["note"], "request_key": key}
        actions.inspect_site(by=request.user, at=request.at, site=found.pk, **given)

    return form_page(
        request,
        form,
        act,
        about=found.name,
        title=_("Inspect the site"),
        lead=_("Dust: the six times one hundred percent. What is not met can become a case afterwards, with one tap."),
        button=_("Save the inspection"),
        done=_("The inspection is saved."),
        back_url=reverse("sites:site", args=[found.pk]),
    )


@require_POST
def fault_case(request: Any, pk: int) -> HttpResponse:
    """Make a case of a fault. Raises: NotFound, NotPermitted, WrongState."""
    case = actions.log_fault(by=request.user, at=request.at, pk=pk)
    messages.success(request, _("The case %(number)s is logged.") % {"number": case.number})
    return redirect(case.get_absolute_url())
