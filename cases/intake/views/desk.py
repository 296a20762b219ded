"""The office and its residents: what is to be reviewed, whom to call back, what they think, and answers."""

from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.available import masked
from cases.intake.actions import answering as actions
from cases.intake.actions.answering import (
    answer_resident,
    record_call,
    record_call_in_vain,
    reopen_unsolved,
    uphold_closing,
)
from cases.intake.desk_forms import AnswerForm, CallForm, PeriodForm, ReviewForm
from cases.intake.models import Addition, Judgement, Report
from cases.intake.querysets import cases_to_call_back, joined_to, judged_between, judgements_to_review
from cases.intake.questions import answers_in_words
from cases.intake.satisfaction import rates_of
from cases.models import Case
from cases.querysets import visible_case
from cases.views.lists.pages import PortalRequest
from citymgmt.forms import PortalForm
from citymgmt.pages import needs
from citymgmt.people.models import SubDistrict
from citymgmt.people.permissions import allows, require_role, visible_to
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, WrongState, mark

PAGE = 25
USUAL_PERIOD = timedelta(days=30)


def _office(request: PortalRequest) -> SubDistrict:
    if request.user.subdistrict is None:
        raise NotPermitted
    return request.user.subdistrict


def _tabs(request: PortalRequest, here: str) -> dict[str, Any]:
    """What all three lists show above them."""
    names = {"to-review": _("To review"), "call-back": _("Call back"), "judged": _("Judged")}
    if not allows(request.user, "judgement.record"):
        del names["call-back"]
    return {"tabs": [(reverse(f"intake:{name}"), label, name == here) for name, label in names.items()]}


@require_safe
@needs("judgement.view")
def to_review(request: PortalRequest) -> HttpResponse:
    """Residents who say that it is not solved; who waits longest first."""
    page = Paginator(judgements_to_review(_office(request)), PAGE).get_page(request.GET.get("page"))
    may_review = allows(request.user, "judgement.review")
    context = {**_tabs(request, "to-review"), "page": page, "may_review": may_review}
    return render(request, "intake/to_review.html", context)


@require_safe
@needs("judgement.record")
def call_back(request: PortalRequest) -> HttpResponse:
    """Whom to call back: closed cases whose reporters left a telephone; who waits longest first."""
    page = Paginator(cases_to_call_back(_office(request), request.at), PAGE).get_page(request.GET.get("page"))
    rows = [(case, masked(case.reporter)) for case in page]
    return render(request, "intake/call_back.html", {**_tabs(request, "call-back"), "page": page, "rows": rows})


@require_safe
@needs("judgement.view")
def judged(request: PortalRequest) -> HttpResponse:
    """What residents think, by community, and each judgement of the period."""
    form = PeriodForm(request.GET)
    is_valid = form.is_valid()
    given = form.cleaned_data if is_valid else {}
    until = given.get("until") or request.on
    since = given.get("since") or until - USUAL_PERIOD
    rows = judged_between(_office(request), _morning(since), _morning(until + timedelta(days=1)))
    rows = rows.select_related("case", "case__community", "case__category")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    counted = rows.order_by("case__community__code", "id")
    by_community = [(name, rates_of(own)) for name, own in groupby(counted, key=lambda one: one.case.community)]
    context = {
        **_tabs(request, "judged"),
        "form": form,
        "since": since,
        "until": until,
        "page": page,
        "rates": rates_of(counted),
        "by_community": by_community,
        "is_filtered": any(given.values()),
    }
    return render(request, "intake/judged.html", context, status=200 if is_valid else 422)


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: PortalRequest, pk: int) -> HttpResponse:
    """Open a case again that a resident calls unsolved, or let its closing stand. Raises: NotFound, NotPermitted."""
    seen = visible_to(request.user, Judgement.objects.filter(pk=pk if pk < 2**63 else 0), on=request.on)
    judgement = seen.select_related("case", "case__merged_into", "case__category").first()
    if judgement is None:
        raise NotFound
    require_role(request.user, "judgement.review")
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        act = reopen_unsolved if "reopen" in request.POST else uphold_closing
        given = {"reason": form.cleaned_data["reason"], "request_key": str(form.cleaned_data["request_key"])}
        try:
            act(pk=pk, by=request.user, at=request.at, **given)
        except (Invalid, KeyReused, WrongState) as refused:
            mark(form, refused)
        else:
            messages.success(request, _("The review is done."))
            return HttpResponseRedirect(reverse("intake:to-review"))
    target = judgement.case.merged_into or judgement.case
    context = {"judgement": judgement, "case": target, "form": form, "may_reopen": target.state == "closed"}
    return render(request, "intake/review.html", context, status=422 if form.errors else 200)


@require_safe
def of_case(request: PortalRequest, number: str) -> HttpResponse:
    """What a resident reported, added, was answered and thinks; a part of the case's page, or a page of its own.

    Raises: NotFound.
    """
    case = visible_case(request.user, number, request.on)
    return _of_case(request, case)


def _of_case(
    request: PortalRequest, case: Case, form: AnswerForm | None = None, status: int = 200, secret: str = ""
) -> HttpResponse:
    report = Report.objects.filter(case=case).select_related("topic", "client").first()
    may_answer = allows(request.user, "resident.reply") and case.subdistrict_id == request.user.subdistrict_id
    context = {
        "may_answer": may_answer,
        "secret": secret,
        "case": case,
        "report": report,
        "asked": list(answers_in_words(report.topic, report.answers)) if report else [],
        "joined": joined_to(case),
        "additions": Addition.objects.filter(event__case=case).select_related("report__client").order_by("-id"),
        "replies": case.replies.select_related("by").order_by("-id"),
        "judgements": case.judgements.order_by("-id"),
        "form": (form or AnswerForm(auto_id="answer_%s")) if may_answer else None,
        "follow_form": PortalForm(auto_id="follow_%s") if may_answer and report is None else None,
    }
    template = "intake/_of_case.html" if request.htmx else "intake/of_case.html"
    return render(request, template, context, status=status)


@require_http_methods(["POST"])
def answer(request: PortalRequest, number: str) -> HttpResponse:
    """Answer the resident. Raises: NotFound, NotPermitted."""
    case = visible_case(request.user, number, request.on)
    require_role(request.user, "resident.reply")
    form = AnswerForm(request.POST, auto_id="answer_%s")
    if not form.is_valid():
        return _of_case(request, case, form, 422)
    given = {"text": form.cleaned_data["text"], "request_key": str(form.cleaned_data["request_key"])}
    try:
        answer_resident(number=number, by=request.user, at=request.at, **given)
    except (Invalid, KeyReused, WrongState) as refused:
        mark(form, refused)
        return _of_case(request, case, form, 422)
    if request.htmx:
        return _of_case(request, visible_case(request.user, number, request.on))
    messages.success(request, _("The resident can read it now."))
    return HttpResponseRedirect(case.get_absolute_url())


@require_http_methods(["POST"])
def let_follow(request: PortalRequest, number: str) -> HttpResponse:
    """Give whoever reported a case at the desk its secret, which is shown once. Raises: NotFound, NotPermitted."""
    case = visible_case(request.user, number, request.on)
    require_role(request.user, "resident.reply")
    form = PortalForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("The form was damaged. Load the page again."))
    key = str(form.cleaned_data["request_key"])
    told: dict[str, Any] = {"by": request.user, "at": request.at, "request_key": key}
    _report, secret = actions.let_follow(number=number, form_key=f"desk.{key}", **told)
    return _of_case(request, case, secret=secret)


@require_http_methods(["GET", "HEAD", "POST"])
def call(request: PortalRequest, number: str) -> HttpResponse:
    """Write what came of calling a reporter back. Raises: NotFound, NotPermitted."""
    case = visible_case(request.user, number, request.on)
    require_role(request.user, "judgement.record")
    form = CallForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _record(request, case, form.cleaned_data)
        except (Invalid, KeyReused, WrongState) as refused:
            mark(form, refused)
        else:
            messages.success(request, _("Noted."))
            return HttpResponseRedirect(reverse("intake:call-back"))
    return render(request, "intake/call.html", {"case": case, "form": form}, status=422 if form.errors else 200)


def _record(request: PortalRequest, case: Case, given: dict[str, Any]) -> None:
    told: dict[str, Any] = {"number": case.number, "by": request.user, "at": request.at}
    told["request_key"] = str(given["request_key"])
    if given["outcome"] != "judged":
        record_call_in_vain(outcome=given["outcome"], **told)
        return
    record_call(is_solved=given["is_solved"], score=given["score"], words=given["words"], **told)
