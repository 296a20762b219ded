"""The list of duties that the office asks of its communities."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from citymgmt.form_pages import ASKING, form_page, sent
from citymgmt.found import one_of
from citymgmt.people.permissions import require_role, visible_to
from communities.four_duties import actions
from communities.four_duties.forms import DutyForm
from communities.four_duties.lifecycle import AREAS
from communities.models import Duty

SHOWN = ("name_zh", "name_en", "area", "points", "position", "rhythm", "needs_photo", "is_active")


@require_safe
def duties(request: Any) -> HttpResponse:
    """What is asked, by the four ways. Raises: NotPermitted."""
    require_role(request.user, "duties.keep")
    rows = list(visible_to(request.user, Duty.objects.all(), on=request.on).order_by("-is_active", "position", "id"))
    areas = [(key, label, [one for one in rows if one.area == key]) for key, label in AREAS.items()]
    return render(request, "four_duties/duties.html", {"areas": areas, "total": len(rows)})


@require_POST
def usual_duties(request: Any) -> HttpResponse:
    """Add the usual duties. Raises: NotPermitted."""
    require_role(request.user, "duties.keep")
    made = actions.make_usual_duties(by=request.user, at=request.at)
    told = {"count": len(made)}
    messages.success(request, ngettext("%(count)s duty was added.", "%(count)s duties were added.", len(made)) % told)
    return redirect("four_duties:duties")


@require_http_methods(ASKING)
def new_duty(request: Any) -> HttpResponse:
    """Enter a duty. Raises: NotPermitted."""
    require_role(request.user, "duties.keep")
    return _page(request, None)


@require_http_methods(ASKING)
def duty(request: Any, pk: int) -> HttpResponse:
    """Change a duty. Raises: NotFound."""
    return _page(request, one_of(visible_to(request.user, Duty.objects.all(), on=request.on), pk))


def _page(request: Any, row: Duty | None) -> HttpResponse:
    form = DutyForm(sent(request), initial={name: getattr(row, name) for name in SHOWN} if row else None)

    def act(_told: dict[str, Any]) -> None:
        actions.save_duty(by=request.user, at=request.at, told=form.told(), pk=row.pk if row else None)

    return form_page(
        request,
        form,
        act,
        about=_("Duties of communities"),
        title=row.name if row else _("New duty"),
        lead=_("Sheets that are open already keep what they ask."),
        button=_("Save"),
        done=_("The duty is saved."),
        back_url=reverse("four_duties:duties"),
    )
