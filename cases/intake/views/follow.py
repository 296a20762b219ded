"""Follow a report by number and secret: what happened in plain words, add to it, judge its end, have data erased."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.actions.reporters import erase_reporter
from cases.intake.actions.following import add_information, judge_closing, report_of_secret
from cases.intake.actions.reporting import MOST_PHOTOS
from cases.intake.exporting import everything_kept
from cases.intake.forms import AddForm, FollowForm, GuestForm, JudgeForm
from cases.intake.guests import FormKey, count_post, count_try, count_wrong
from cases.intake.models import Report
from cases.intake.publishing import stage_of
from cases.intake.querysets import closing_of, joined_to, target_of
from cases.intake.questions import answers_in_words
from cases.intake.views.guests import COOKIE, NotFollowed, followed, fresh_key, open_to_all, remember
from cases.intake.words import lines_of
from cases.models import Case, CaseEvent, Photo, Reporter
from citymgmt.photos.actions import received
from citymgmt.refusals import Invalid, KeyReused, NotFound, WrongState, mark


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def follow(request: Any) -> HttpResponse:
    """Ask for number and secret; with the right ones the report is open here for half an hour. Raises: TooMany."""
    if request.method != "POST":
        return render(request, "intake/follow.html", {"form": FollowForm()})
    form = FollowForm(request.POST)
    if form.is_valid():
        count_try(request)
        try:
            report = report_of_secret(**form.cleaned_data)
        except NotFound:
            count_wrong(request, form.cleaned_data["number"])
            form.add_error(None, _("There is no report with this number and secret. Check both."))
        else:
            return remember(HttpResponseRedirect(reverse("intake:followed")), report, request.at)
    return render(request, "intake/follow.html", {"form": form}, status=422)


@require_safe
@open_to_all
def detail(request: Any) -> HttpResponse:
    """What became of the report, and what the resident can do."""
    try:
        report = followed(request)
    except NotFollowed:
        return HttpResponseRedirect(reverse("intake:follow"))
    return _page(request, report)


def _page(request: Any, report: Report, sent: dict[str, GuestForm] | None = None, status: int = 200) -> HttpResponse:
    own, target = report.case, target_of(report)
    events = CaseEvent.objects.filter(case__in={own.pk, target.pk}).order_by("at", "case", "seq")
    lines = lines_of(event for event in events if _is_told(event, own, target))
    replies = {reply.event_id: reply for reply in target.replies.all()}
    told = {event_id: reply.text for event_id, reply in replies.items()}
    judgement = own.judgements.order_by("-id").first()
    is_judged = judgement is not None and judgement.closing_seq == closing_of(target)
    forms = sent or {}
    context = {
        "report": report,
        "case": target,
        "own": own,
        "lines": lines[::-1],
        "answers": [(reply.at, told[event_id]) for event_id, reply in sorted(replies.items(), reverse=True)],
        "additions": report.additions.order_by("-id"),
        "asked": list(answers_in_words(report.topic, report.answers)),
        "photos": Photo.objects.filter(case__in={own.pk, target.pk}, uploaded_by=None).count(),
        "joined": joined_to(target),
        "stage": stage_of(target.state),
        "judgement": judgement,
        "add_form": _form(request, AddForm, forms.get("add")) if target.is_open else None,
        "judge_form": None if target.is_open or is_judged else _form(request, JudgeForm, forms.get("judge")),
        "erase_form": _form(request, GuestForm, None),
        "is_known": Reporter.objects.filter(case=own, erased_at=None).exists(),
    }
    return render(request, "intake/followed.html", context, status=status)


def _is_told(event: CaseEvent, own: Case, target: Case) -> bool:
    """The own report's events, and the others since it was added to that case."""
    return event.case_id == own.pk or event.at >= own.created_at


def _form(request: Any, kind: Callable[..., GuestForm], sent: GuestForm | None) -> GuestForm:
    """A form as it was sent, or a fresh one; with a key either way."""
    if sent is not None:
        return sent
    prefix = kind.__name__.lower()
    return kind(initial={"token": fresh_key(request.at).signed}, auto_id=f"{prefix}_%s")


@require_POST
@open_to_all
def add(request: Any) -> HttpResponse:
    """Add words and photos. Raises: NotFollowed, TooMany."""
    report = followed(request)
    count_post(request)
    form = AddForm(request.POST, auto_id="addform_%s")

    def act(key: str, given: Any) -> None:
        files = (file.read() for file in request.FILES.getlist("photos"))
        with received(files, MOST_PHOTOS) as uploads:
            add_information(report=report, text=given["text"], at=request.at, key=key, uploads=uploads)

    return _done(request, report, "add", form, act, _("Thank you: it is with the office."))


@require_POST
@open_to_all
def judge(request: Any) -> HttpResponse:
    """Say whether it is solved. Raises: NotFollowed, TooMany."""
    report = followed(request)
    count_post(request)
    form = JudgeForm(request.POST, auto_id="judgeform_%s")

    def act(key: str, given: Any) -> None:
        told = {name: given[name] for name in ("is_solved", "score", "words")}
        judge_closing(report=report, at=request.at, key=key, **told)

    return _done(request, report, "judge", form, act, _("Thank you for your judgement."))


@require_POST
@open_to_all
def erase(request: Any) -> HttpResponse:
    """Erase name, telephone and e-mail of this report, for good. Raises: NotFollowed, TooMany."""
    report = followed(request)
    count_post(request)

    def act(key: str, given: Any) -> None:
        erase_reporter(number=report.case.number, by=None, at=request.at, request_key=key)

    return _done(request, report, "erase", GuestForm(request.POST), act, _("Your contact data are erased."))


def _done(
    request: Any, report: Report, name: str, form: GuestForm, act: Callable[[str, Any], None], said: str
) -> HttpResponse:
    """Do what a form asks and show the page again; refused, with what was typed."""
    key = FormKey.read(request.POST.get("token", ""), request.at)
    if key is None:
        form.add_error(None, _("The form had lain open for too long. Nothing is lost: please send it once more."))
    elif form.is_valid():
        try:
            act(f"{name}.{key.key}", form.cleaned_data)
        except (Invalid, KeyReused, WrongState) as refused:
            mark(form, refused)
        else:
            messages.success(request, said)
            return HttpResponseRedirect(reverse("intake:followed"))
    form.data = {**request.POST.dict(), "token": fresh_key(request.at).signed}
    return _page(request, report, {name: form}, status=422)


@require_safe
@open_to_all
def kept(request: Any) -> HttpResponse:
    """Everything that is kept of this report and who sent it, as a file. Raises: NotFollowed."""
    answer = JsonResponse(everything_kept(followed(request)), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer.headers["Content-Disposition"] = 'attachment; filename="report.json"'
    return answer


@require_POST
@open_to_all
def leave(request: Any) -> HttpResponse:
    """Forget the report in this browser."""
    answer = HttpResponseRedirect(reverse("intake:follow"))
    answer.delete_cookie(COOKIE, path="/follow/")
    return answer
