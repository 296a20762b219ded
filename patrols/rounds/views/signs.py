"""Signs of points to print: the code on each opens its check-in on the phone."""

import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.views.lists.pages import PortalRequest
from citymgmt.qr import qr_code
from patrols.rounds.models import RoutePoint
from patrols.rounds.views.routes import planned_route

NUMBER = re.compile(r"[0-9]{1,9}\Z", re.ASCII)


@dataclass(frozen=True)
class Sign:
    """A sign: the point and its code as a picture."""

    point: RoutePoint
    picture: SafeString


def sign_of(point: RoutePoint) -> Sign:
    """The sign of a point; a quarter of its picture may be scratched (error correction Q)."""
    address = settings.PUBLIC_BASE_URL.rstrip("/") + reverse("rounds:scan", args=[point.code])
    return Sign(point, qr_code(address, title=_("Code of %(point)s") % {"point": point}))


@require_safe
def signs(request: PortalRequest, pk: int) -> HttpResponse:
    """The signs of a route's points, or of the one that `?point=` names. Raises: NotFound, NotPermitted."""
    found = planned_route(request, pk)
    rows = RoutePoint.objects.filter(route=found, is_active=True).select_related("community")
    asked = request.GET.get("point", "")
    if NUMBER.match(asked):
        rows = rows.filter(pk=int(asked))
    context: dict[str, Any] = {
        "route": found,
        "back_url": found.get_absolute_url(),
        "signs": [sign_of(one) for one in rows.order_by("community__code", "name", "pk")],
    }
    return render(request, "patrols/rounds/planning/signs.html", context)
