"""The portal's addresses with those of promises."""

from typing import Any

from django.http import HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from citymgmt.people.permissions import require, require_role, visible_to
from citymgmt.refusals import NotFound
from citymgmt.urls import urlpatterns as of_the_portal
from tests.promises.actions import keep_promise
from tests.promises.models import Promise


@require_safe
def promises(request: Any) -> HttpResponse:
    """Those that the person sees."""
    require_role(request.user, "promise.view")
    return HttpResponse(" ".join(map(str, visible_to(request.user, Promise.objects.all(), on=request.on))))


@require_safe
def promise(request: Any, pk: int) -> HttpResponse:
    """One of them."""
    found = Promise.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound
    require(request.user, "promise.view", found, on=request.on)
    return HttpResponse(str(found))


@require_POST
def keep(request: Any, pk: int) -> HttpResponse:
    """Note that it was kept."""
    keep_promise(pk=pk, by=request.user, at=request.at)
    return HttpResponse("kept")


urlpatterns = [
    *of_the_portal,
    path("promises/", promises),
    path("promises/<int:pk>/", promise),
    path("promises/<int:pk>/keep/", keep),
]
