"""The page that logs a case."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.actions import log_case
from cases.forms import LogForm
from cases.models import Case
from cases.templatetags.cases import moment
from cases.views.case import mark
from cases.views.lists.pages import PortalRequest, needs
from citymgmt.people.models import SubDistrict
from citymgmt.refusals import Invalid, KeyReused


@require_http_methods(["GET", "HEAD", "POST"])
@needs("case.log")
def new(request: PortalRequest) -> HttpResponse:
    """One screen to log a case; afterwards its page, with number, officer and deadline. 422 keeps what was typed."""
    form = LogForm(request.user, request.on, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _show(request, form)
    case = _log(request, form) if form.is_valid() else None
    if case is None:
        return _show(request, form, 422)
    messages.success(request, _said(case))
    return HttpResponseRedirect(f"{case.get_absolute_url()}?logged")


def _log(request: PortalRequest, form: LogForm) -> Case | None:
    """The case as logged; None when the form was refused and says why."""
    street = request.user.subdistrict
    assert isinstance(street, SubDistrict)  # a constraint: every role that may log has one
    key = str(form.cleaned_data["request_key"])
    try:
        event = log_case(
            subdistrict=street, matter=form.told(), by=request.user, at=request.at, request_key=key, **form.terms()
        )
    except (Invalid, KeyReused) as refusal:
        mark(form, refusal)
        return None
    return Case.objects.select_related("officer").get(pk=event.case_id)


def _said(case: Case) -> str:
    """Number, officer and deadline in one sentence."""
    parts = [_("Case %(number)s was logged.") % {"number": case.number}]
    if case.officer is not None:
        parts.append(_("Officer: %(name)s.") % {"name": case.officer})
    if case.due_at is not None:
        parts.append(_("Due: %(when)s.") % {"when": moment(case.due_at)})
    return " ".join(parts)


def _show(request: PortalRequest, form: LogForm, status: int = 200) -> HttpResponse:
    """The page; the script reads what the type-ahead searches, and which place lies in which community."""
    places = form.fields["key_place"].queryset  # type: ignore[attr-defined]
    context = {
        "form": form,
        "catalogue": list(form.catalogue.entries()),
        "places": {str(place.pk): str(place.community_id) for place in places},
    }
    return render(request, "cases/new.html", context, status=status)
