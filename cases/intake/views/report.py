"""The public form: what, where, photos, who if they like; and the receipt with number and secret."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.forms.logging import PointForm
from cases.intake.actions.reporting import Receipt, join_report, report_matter
from cases.intake.fields import kept_uploads, received_files, told_uploads
from cases.intake.forms import ReportForm
from cases.intake.guests import FormKey, count_post, count_report
from cases.intake.places import community_of
from cases.intake.querysets import open_reports
from cases.intake.views.guests import fresh_key, open_to_all
from cases.models import Case
from cases.named import kept_names
from cases.similar import Similar, similar_among
from citymgmt.people.models import User
from citymgmt.qr import qr_code
from citymgmt.refusals import Invalid, KeyReused, NotFound, mark
from communities import maps
from communities.boards.content import Person
from communities.boards.querysets import person_of
from communities.models import Community
from communities.querysets import acting_officers

NOT_NUMBERS = 40  # characters: longer than any number


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def report(request: Any) -> HttpResponse:
    """The form; sent, the receipt (201). `?topic=` and `?community=` fill in. 422 keeps what was typed and the photos.

    `look` (without JavaScript) only shows what was reported nearby; `join` (a button) says "I see that too" of one.
    Raises: TooMany.
    """
    if request.method != "POST":
        form = ReportForm(topic=request.GET.get("topic", ""), community=request.GET.get("community", ""))
        return _show(request, form, fresh_key(request.at))
    count_post(request)
    form = ReportForm(_posted(request))
    uploads, refused = received_files(request.FILES.getlist("photos"), kept_uploads(request.POST.get("kept", "")))
    for sentence in refused:
        form.add_error("photos", sentence)
    key = FormKey.read(request.POST.get("token", ""), request.at)
    if key is None and "look" not in request.POST:
        form.add_error(None, _("The form had lain open for too long. Nothing is lost: please send it once more."))
    if form.is_valid() and "look" not in request.POST and key is not None:
        receipt = _taken_in(request, form, key, uploads)
        if receipt is not None:
            return _receipt(request, receipt)
    form.data["kept"] = told_uploads(uploads)  # type: ignore[index]  # a copy of what was posted
    status = 200 if "look" in request.POST else 422
    return _show(request, form, key or fresh_key(request.at), len(uploads), status)


def _posted(request: Any) -> Any:
    data = request.POST.copy()
    data.pop("photos", None)
    return data


def _taken_in(request: Any, form: ReportForm, key: FormKey, uploads: Any) -> Receipt | None:
    """The receipt; None when it was refused and the form says why. Raises: TooMany, NotFound."""
    joined = _joined(request, form)
    count_report(request, is_proven=key.is_proven(form.cleaned_data["altcha"]))
    told, form_key = form.told(), key.key
    try:
        if joined is not None:
            return join_report(target=joined, told=told, at=request.at, form_key=form_key)
        return report_matter(subdistrict=form.office, told=told, at=request.at, form_key=form_key, uploads=uploads)
    except KeyReused:
        form.add_error(None, _("This form was sent already, with other words. Load the page anew to report more."))
    except Invalid as invalid:
        mark(form, invalid)
    return None


def _joined(request: Any, form: ReportForm) -> Case | None:
    """The case that the person sees too, if it is one of those offered. Raises: NotFound for any other."""
    number = request.POST.get("join", "")[:NOT_NUMBERS]
    if not number:
        return None
    for one in _similar(request, form):
        if one.case.number == number:
            return one.case
    raise NotFound


def _similar(request: Any, form: ReportForm) -> list[Similar]:
    """Open reports of the same kind nearby. Call it after validation."""
    sought = form.sought
    return similar_among(open_reports(), sought, at=request.at) if sought else []


def _show(request: Any, form: ReportForm, key: FormKey, kept: int = 0, status: int = 200) -> HttpResponse:
    if form.is_bound:
        form.data["token"] = key.signed  # type: ignore[index]  # a copy of what was posted
        form.data["altcha"] = ""  # type: ignore[index]
    else:
        form.initial["token"] = key.signed
    context = {
        "form": form,
        "challenge": key.challenge(),
        "kept": kept,
        "similar": _similar(request, form) if form.is_bound else [],
        "drawing": _drawing(form),
        "wide_errors": [*form.non_field_errors(), *form["topic"].errors],
    }
    return render(request, "intake/report.html", context, status=status)


def _drawing(form: ReportForm) -> maps.Drawn | None:
    """The communities of all offices, and the point that is told so far."""
    given = form.cleaned_data if form.is_bound and hasattr(form, "cleaned_data") else {}
    point = (given.get("longitude"), given.get("latitude"))
    pin = maps.on_map(*point) if None not in point else None
    drawn = Community.objects.filter(is_active=True, boundary__isnull=False).order_by("code")
    return maps.drawing(areas=[maps.area(one) for one in drawn], pin=pin)


def _receipt(request: Any, receipt: Receipt) -> HttpResponse:
    case = receipt.report.case
    follow = f"{settings.PUBLIC_BASE_URL}{reverse('intake:follow')}#{case.number}.{receipt.secret}"
    context = {
        "case": case,
        "secret": receipt.secret,
        "is_joined": receipt.report.is_joined,
        "follow_path": f"{reverse('intake:follow')}#{case.number}.{receipt.secret}",
        "code": qr_code(follow, title=_("Code that opens this report")),
        "officer": _officer(case.community_id, request.on),
        "community": kept_names()[Community].get(case.community_id or 0),
    }
    return render(request, "intake/receipt.html", context, status=201)


def _officer(community_id: int | None, on: Any) -> Person | None:
    """Who answers for the community today, as far as the public may know."""
    acting = acting_officers([community_id], on) if community_id else {}
    found = kept_names()[User].get(acting.get(community_id or 0, 0))
    return person_of(found) if found else None


@require_safe
@open_to_all
def similar(request: Any) -> HttpResponse:
    """The open reports that the one in the form may repeat, as a part of its page; nothing while none is known."""
    form = ReportForm(request.GET.copy())
    form.is_valid()
    return render(request, "intake/_similar.html", {"similar": _similar(request, form)})


@require_safe
@open_to_all
def where(request: Any) -> HttpResponse:
    """Where a point lies: its WGS-84 degrees, its place on the map, and the community whose office looks after it."""
    point = PointForm(request.GET)
    if not point.is_valid():
        return HttpResponse(_("This is no point on the earth."), status=422, content_type="text/plain; charset=utf-8")
    longitude, latitude = point.point()
    found = community_of(longitude, latitude)
    x, y = maps.on_map(longitude, latitude)
    outside = _("The place lies outside our communities. You can still describe it in words.")
    whose = {"community": str(found.pk) if found else "", "sentence": str(found) if found else outside}
    return JsonResponse({"longitude": f"{longitude:.7f}", "latitude": f"{latitude:.7f}", "x": x, "y": y, **whose})
