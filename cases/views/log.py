"""The page that logs a case, and what it asks while it is being filled in: where a point lies, similar cases."""

import re
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions import log_case, log_into
from cases.forms import LogForm, PointForm
from cases.models import Case
from cases.named import kept_names
from cases.querysets import visible_case
from cases.similar import Similar, similar_cases
from cases.templatetags.cases import moment
from cases.views.lists.pages import PortalRequest
from cases.views.uploads import say_refused, with_uploads
from citymgmt.pages import needs
from citymgmt.people.models import SubDistrict, User
from citymgmt.people.permissions import allows, visible_to
from citymgmt.refusals import Invalid, KeyReused, NotFound, mark
from communities import maps
from communities.models import Community, KeyPlace
from communities.places import community_at
from communities.querysets import acting_officers

NUMBER = re.compile(r"[0-9-]{1,30}\Z")


@require_http_methods(["GET", "HEAD", "POST"])
@needs("case.log")
def new(request: PortalRequest) -> HttpResponse:
    """One screen to log a case; afterwards its page, with number, officer and deadline. 422 keeps what was typed.

    `?key_place=` and `?campaign=` (ids) fill these in. `into` (a button) adds the report to that open case at once;
    `look` (without JavaScript) only shows similar ones.
    """
    if request.method != "POST":
        told = {name: request.GET.get(name, "") for name in ("key_place", "campaign")}
        return _show(request, LogForm(request.user, request.on, **told))
    data, refused = with_uploads(request)
    form = LogForm(request.user, request.on, data)
    say_refused(form, refused)
    target, is_valid = _target(request), form.is_valid()
    if "look" in request.POST or not is_valid:
        return _show(request, form, 200 if "look" in request.POST else 422)
    case = _log(request, form, target)
    if case is None:
        return _show(request, form, 422)
    messages.success(request, _said(case, target))
    return HttpResponseRedirect(f"{(target or case).get_absolute_url()}?logged")


def _target(request: PortalRequest) -> Case | None:
    """The case to which the report is to be added, if one is named. Raises: NotFound."""
    number = request.POST.get("into", "")
    if not number:
        return None
    if not NUMBER.match(number):
        raise NotFound
    return visible_case(request.user, number, request.on)


def _log(request: PortalRequest, form: LogForm, target: Case | None) -> Case | None:
    """The case as logged; None when the form was refused and says why."""
    street = request.user.subdistrict
    assert isinstance(street, SubDistrict)  # a constraint: every role that may log has one
    told: dict[str, Any] = {"subdistrict": street, "matter": form.told(), "by": request.user, "at": request.at}
    told["request_key"] = str(form.cleaned_data["request_key"])
    told["photos"] = form.cleaned_data["photos"]
    try:
        event = log_case(**told, **form.terms()) if target is None else log_into(target=target, **told)
    except (Invalid, KeyReused) as refusal:
        mark(form, refusal)
        return None
    return event.case


def _said(case: Case, target: Case | None) -> str:
    """Number, officer and deadline in one sentence; or to which case it was added."""
    if target is not None:
        numbers = {"number": case.number, "target": target.number}
        return _("Report %(number)s was logged and added to case %(target)s.") % numbers
    parts = [_("Case %(number)s was logged.") % {"number": case.number}]
    officer = kept_names()[User].get(case.officer_id or 0)
    if officer is not None:
        parts.append(_("Officer: %(name)s.") % {"name": officer})
    if case.due_at is not None:
        parts.append(_("Due: %(when)s.") % {"when": moment(case.due_at)})
    return " ".join(parts)


def _show(request: PortalRequest, form: LogForm, status: int = 200) -> HttpResponse:
    """The page; its scripts read what the type-aheads search, who answers where, and what the map draws."""
    context = {
        "form": form,
        "catalogue": list(form.catalogue.entries()),
        "places": [_entry(place) for place in form.places],
        "officers": _officers(request, form),
        "drawing": _drawing(form),
        "similar": _similar(request, form) if form.is_bound else [],
        "may_add": allows(request.user, "case.merge"),
    }
    return render(request, "cases/new.html", context, status=status)


def _entry(place: KeyPlace) -> dict[str, str]:
    """A key place as the type-ahead searches and shows it."""
    words = [place.pinyin, place.name_zh, place.name_en, place.address]
    point = (str(place.longitude), str(place.latitude)) if place.longitude is not None else ("", "")
    return {
        "value": str(place.pk),
        "label": str(place),
        "words": " ".join(words).lower(),
        "note": f"{place.community} · {place.get_kind_display()}",
        "group": str(place.community_id),
        "longitude": point[0],
        "latitude": point[1],
    }


def _officers(request: PortalRequest, form: LogForm) -> dict[str, str]:
    """Who acts today in each community, with the office phone."""
    acting = acting_officers([community.pk for community in form.communities], request.on)
    people = kept_names()[User]
    known = {community: people[person] for community, person in acting.items() if person in people}
    return {
        str(community): " · ".join(filter(None, [str(person), person.office_phone]))
        for community, person in known.items()
    }


def _drawing(form: LogForm) -> maps.Drawn | None:
    """The communities in which the person may log, their key places, and the point that is told so far."""
    given = form.cleaned_data if form.is_bound else {}
    point = (given.get("longitude"), given.get("latitude"))
    pin = maps.on_map(*point) if None not in point else None
    drawn = Community.objects.filter(pk__in=[community.pk for community in form.communities])
    return maps.drawing(areas=maps.areas(drawn), spots=maps.spots(form.places), pin=pin)


def _similar(request: PortalRequest, form: LogForm) -> list[Similar]:
    form.is_valid()
    sought = form.sought
    return similar_cases(request.user, sought, at=request.at, on=request.on) if sought else []


@require_safe
@needs("case.log")
def similar(request: PortalRequest) -> HttpResponse:
    """The open cases that the report in the form may repeat, as a part of its page; nothing while none is known."""
    found = _similar(request, LogForm(request.user, request.on, request.GET))
    context = {"similar": found, "may_add": allows(request.user, "case.merge")}
    return render(request, "cases/_similar.html", context)


@require_safe
@needs("case.log")
def where(request: PortalRequest) -> HttpResponse:
    """Where a point of the map lies: its WGS-84 degrees, and the community, if the person may log there."""
    form = PointForm(request.GET)
    if not form.is_valid():
        return HttpResponse(_("This is no point on the earth."), status=422, content_type="text/plain; charset=utf-8")
    longitude, latitude = form.point()
    pk = community_at(request.user.subdistrict_id or 0, longitude, latitude)
    lying = Community.objects.filter(pk=pk or 0, is_active=True)
    known = visible_to(request.user, lying, on=request.on, action="case.log")
    found = known.defer("boundary").first()
    x, y = maps.on_map(longitude, latitude)
    outside = _("The point lies in none of your communities: choose the community by hand.")
    return JsonResponse(
        {
            "longitude": f"{longitude:.7f}",
            "latitude": f"{latitude:.7f}",
            "x": x,
            "y": y,
            "community": str(found.pk) if found else "",
            "sentence": str(found) if found else outside,
        }
    )
