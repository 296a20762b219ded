"""What anybody may read without a log-in: what was promised, how far it is, what residents' representatives said of it.

No name of a private person is on these pages; of photos only those that somebody chose to show.
"""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from citymgmt.form_pages import ASKING, form_page, sent
from citymgmt.pages import page_of
from citymgmt.people.log_in import network_of
from citymgmt.people.rates import count_request
from citymgmt.people.turns import open_to_guests
from communities.models import Project
from communities.projects import actions
from communities.projects.acceptance import counted
from communities.projects.forms import OpinionForm
from communities.projects.kinds import KINDS
from communities.projects.lifecycle import ACCEPTANCE
from communities.projects.public_forms import PublicFilter
from communities.projects.querysets import (
    by_number,
    opinions_of,
    places_of,
    public_photo,
    public_photos,
    public_project,
    public_projects,
    with_parts,
)
from communities.projects.showing import ProjectShown
from communities.projects.views.files import picture
from communities.projects.wording import result_of

OPINIONS_AN_HOUR, HOUR = 10, 3600  # of one network
PAGE = 24


@open_to_guests
@require_safe
def projects(request: Any) -> HttpResponse:
    """What is promised to residents and how far it is, the newest year first."""
    form = PublicFilter(request.GET)
    is_valid = form.is_valid()
    rows = public_projects().select_related("subdistrict", "lead_unit")
    page = page_of(request, with_parts(by_number(rows.filter(form.question()) if is_valid else rows.none())), PAGE)
    places = places_of(list(page))
    context = {
        "form": form,
        "page": page,
        "rows": [ProjectShown(one, request.on, request.at, places.get(one.pk, ())) for one in page],
        "kinds": [(key, _(kind.plural)) for key, kind in KINDS.items()],
        "is_filtered": bool(request.GET),
    }
    return render(request, "projects/public_list.html", context, status=200 if is_valid else 422)


@open_to_guests
@require_http_methods(ASKING)
def project(request: Any, pk: int) -> HttpResponse:
    """A project: its promise, progress beside time, photos, the result of its acceptance; while one is open, what
    residents think. Raises: NotFound, TooMany.
    """
    found = public_project(pk)
    form = OpinionForm(sent(request)) if found.state == ACCEPTANCE or request.method == "POST" else None
    context = {"told": _shown(found, request), "project": found, **_public(found)}
    if form is None:
        return render(request, "projects/public.html", {**context, "form": None})

    def act(told: dict[str, Any]) -> None:
        network = network_of(request)
        count_request(kind="project-opinion", who=network, limit=OPINIONS_AN_HOUR, at=request.at, window=HOUR)
        key = {"form_key": str(told["request_key"])}
        actions.give_opinion(project=pk, at=request.at, verdict=told["verdict"], words=told["words"], **key)

    words = {"about": found.name, "done": _("Thank you. The office reads what you wrote."), "back_url": request.path}
    return form_page(request, form, act, template="projects/public.html", **words, **context)


def _shown(found: Project, request: Any) -> ProjectShown:
    return ProjectShown(found, request.on, request.at, places_of([found]).get(found.pk, ()))


def _public(found: Project) -> dict[str, Any]:
    """Photos, acceptances and opinions of a project, as everybody may see them."""
    acceptances = found.acceptances.order_by("-ordinal") if found.of_kind.asks_acceptance else ()
    told = [(one, result_of(one)) for one in acceptances]
    opinions = opinions_of(found).values_list("verdict", flat=True) if found.state == ACCEPTANCE or told else ()
    return {
        "photos": list(public_photos(found)),
        "acceptances": told,
        "opinion_counts": counted(opinions),
        "is_asked": found.state == ACCEPTANCE,
    }


@open_to_guests
@require_safe
def photo(request: Any, pk: int, photo: int, size: str) -> HttpResponseBase:
    """A photo that is shown to everybody. Raises: NotFound."""
    return picture(request, public_photo(pk, photo), size)
