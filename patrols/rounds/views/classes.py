"""Pages of the classes of places: how often each is to be seen."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.views.lists.pages import PortalRequest
from citymgmt.form_pages import ASKING, form_page, sent
from citymgmt.found import one_of
from citymgmt.pages import needs
from citymgmt.people.permissions import allows, require_role
from patrols.rounds.actions import add_usual_classes, save_place_class
from patrols.rounds.models import PlaceClass
from patrols.rounds.planning_forms import ClassForm
from patrols.rounds.wording import frequency

COLUMNS = ("code", "name_zh", "name_en", "times", "days", "minutes", "is_active")


@require_safe
@needs("round.view")
def class_list(request: PortalRequest) -> HttpResponse:
    """The classes of places, those seen most often first."""
    rows = sorted(PlaceClass.objects.order_by("code"), key=lambda one: (not one.is_active, one.wish.step))
    context = {
        "rows": [(one, frequency(one.wish)) for one in rows],
        "back_url": reverse("rounds:routes"),
        "may_keep": allows(request.user, "round.classes"),
    }
    return render(request, "patrols/rounds/planning/classes.html", context)


@require_POST
def usual(request: PortalRequest) -> HttpResponse:
    """Enter the usual classes that are missing. Raises: NotPermitted."""
    count = add_usual_classes(by=request.user, at=request.at)
    messages.success(
        request, ngettext("%(count)s class was added.", "%(count)s classes were added.", count) % {"count": count}
    )
    return redirect("rounds:classes")


@require_http_methods(ASKING)
def new_class(request: PortalRequest) -> HttpResponse:
    """Enter a class of places. Raises: NotPermitted."""
    require_role(request.user, "round.classes")
    return _class_page(request, None)


@require_http_methods(ASKING)
def change_class(request: PortalRequest, pk: int) -> HttpResponse:
    """Change a class of places. Raises: NotPermitted, NotFound."""
    require_role(request.user, "round.classes")
    return _class_page(request, one_of(PlaceClass.objects.all(), pk))


def _class_page(request: PortalRequest, row: PlaceClass | None) -> HttpResponse:
    form = ClassForm(sent(request), initial={name: getattr(row, name) for name in COLUMNS} if row else None)

    def act(_told: dict[str, Any]) -> None:
        save_place_class(by=request.user, at=request.at, told=form.told(), pk=row.pk if row else None)

    return form_page(
        request,
        form,
        act,
        about=_("Classes of places"),
        title=row.name if row else _("New class"),
        lead=_("Plans in force stay as they are; the next plan of a route follows the change."),
        button=_("Save"),
        done=_("The class is saved."),
        back_url=reverse("rounds:classes"),
    )
