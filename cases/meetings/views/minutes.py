"""The pages of minutes: as they read, their lines to be written, from step to step, their files and receipts."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.meetings.minutes import actions
from cases.meetings.minutes.composing import file_name, minutes_paper
from cases.meetings.minutes.forms import LINES, DraftForm, LinesForm, kept_values
from cases.meetings.minutes.models import Minutes
from cases.meetings.minutes.querysets import (
    file_of,
    in_force,
    in_the_making,
    next_number,
    visible_minutes,
    visible_receipt,
)
from cases.meetings.models import Meeting
from cases.meetings.querysets import visible_meeting
from cases.meetings.views import papers
from cases.meetings.views.papers import BACK, Step, beside_theirs, files_panel, receipts_seen, sent_again
from cases.views.lists.pages import PortalRequest
from citymgmt.files import saved_file
from citymgmt.forms import DAMAGED, errors_at_the_head
from citymgmt.paperwork import shown
from citymgmt.paperwork.shown import CONTENT_TYPES, WORD_AND_PDF
from citymgmt.people.models import User
from citymgmt.people.permissions import allows, require_role
from citymgmt.refusals import Invalid, NotFound, Stale, WrongState, mark

TONES = {Minutes.State.DRAFT: "waiting", Minutes.State.CHECKED: "work", Minutes.State.SIGNED: "work"}


STEPS: Mapping[str, Step] = {
    "check": Step(
        gettext_lazy("The text is right"), "check2-square", "minutes.write", (Minutes.State.DRAFT,),
        actions.check_minutes, gettext_lazy("The text is checked and rests. A leader can sign it now."),
        (
            gettext_lazy("Text, attendance and resolutions are kept as they are now."),
            gettext_lazy("Nobody can change them until the minutes are issued or taken back."),
            gettext_lazy("The leaders are told that a signature is wanted; it must be another person's."),
        ),
    ),
    "sign": Step(
        gettext_lazy("Sign for issue"), "pen", "minutes.sign", (Minutes.State.CHECKED,), actions.sign_minutes,
        gettext_lazy("The minutes are signed. They can be issued now."),
        (gettext_lazy("With your signature the office can issue these minutes."),),
    ),
    "issue": Step(
        gettext_lazy("Issue"), "megaphone", "minutes.write", (Minutes.State.SIGNED,), actions.issue_minutes,
        gettext_lazy("The minutes are issued. They never change from now on."),
        (
            gettext_lazy("Resolutions that are not in force yet come into force now."),
            gettext_lazy("The units are told and asked to confirm the receipt."),
            gettext_lazy("Neither text nor files can be changed or removed afterwards."),
        ),
    ),
    "take-back": Step(
        gettext_lazy("Take back"), BACK, "minutes.write", Minutes.AT_REST,
        actions.take_back_minutes, gettext_lazy("The minutes are a draft again."),
        (gettext_lazy("They become a draft again; check and signature are given up."),),
    ),
}  # fmt: skip


@require_POST
def draft(request: PortalRequest, pk: int) -> HttpResponse:
    """Draft the minutes of a meeting, or a correction of issued ones. Raises: NotFound, NotPermitted, WrongState."""
    meeting = visible_meeting(request.user, pk, request.on)
    require_role(request.user, "minutes.write")
    form = DraftForm(request.POST)
    if not form.is_valid():
        raise Invalid(DAMAGED)
    told = form.cleaned_data
    try:
        made = actions.draft_minutes(
            by=request.user, at=request.at, meeting=pk, language=told["language"], reason=told["reason"]
        )
    except Invalid as refused:
        mark(form, refused)
        return ask_draft(request, meeting, form)
    return HttpResponseRedirect(reverse("meetings:edit-minutes", args=[made.pk]))


def ask_draft(request: PortalRequest, meeting: Meeting, form: DraftForm) -> HttpResponse:
    """The form that drafts, with what is wrong with it."""
    context = {"meeting": meeting, "form": form, "replaced": in_force(meeting), "head_errors": errors_at_the_head(form)}
    return render(request, "meetings/minutes_draft.html", context, status=422 if form.errors else 200)


@require_safe
def new(request: PortalRequest, pk: int) -> HttpResponse:
    """The form that drafts the minutes of a meeting. Raises: NotFound, NotPermitted, WrongState."""
    meeting = visible_meeting(request.user, pk, request.on)
    require_role(request.user, "minutes.write")
    present = in_the_making(meeting)
    if present is not None:
        return HttpResponseRedirect(present.get_absolute_url())
    if meeting.state != Meeting.State.HELD:
        raise WrongState(_("Minutes are drafted once the meeting was held."))
    return ask_draft(request, meeting, DraftForm())


@require_safe
def minutes(request: PortalRequest, pk: int) -> HttpResponse:
    """Minutes as they read, with their files, receipts and what can be done. Raises: NotFound."""
    found = visible_minutes(request.user, pk, request.on)
    replaced_by = getattr(found, "replaced_by", None)
    context = {
        "minutes": found,
        "state": {"label": _state_of(found, replaced_by), "tone": TONES.get(Minutes.State(found.state), "done")},
        "replaced_by": replaced_by,
        "receipts": receipts_seen(request, found, found.receipts.all(), "minutes.receive"),
        "steps": [(name, one) for name, one in STEPS.items() if _is_possible(one, found, request.user)],
        "may_write": found.is_draft and allows(request.user, "minutes.write"),
        "may_correct": found.is_issued and replaced_by is None and allows(request.user, "minutes.write"),
        **shown.paper_shown(minutes_paper(found)),
        **files_panel(request, found, "minutes", "minutes.write"),
    }
    return render(request, "meetings/minutes.html", context)


def _state_of(found: Minutes, replaced_by: Minutes | None) -> str:
    return _("replaced") if replaced_by is not None and replaced_by.is_issued else found.get_state_display()


def _is_possible(step: Step, found: Minutes, user: User) -> bool:
    is_own = step.act is actions.sign_minutes and found.checked_by_id == user.pk
    return found.state in step.sources and allows(user, step.row) and not is_own


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Show the lines to be written, or keep them. Raises: NotFound, NotPermitted, WrongState."""
    found = visible_minutes(request.user, pk, request.on)
    require_role(request.user, "minutes.write")
    if not found.is_draft:
        raise WrongState(_("These minutes are no draft any more."))
    if request.method != "POST":
        return _edit_page(request, found, LinesForm(initial=kept_values(found)))
    form = LinesForm(request.POST)
    if not form.is_valid():
        return _edit_page(request, found, form, status=422)
    version = form.cleaned_data["version"]
    try:
        actions.save_minutes(by=request.user, at=request.at, pk=pk, version=version, lines=form.lines)
    except Stale:
        return _conflict(request, pk)
    except Invalid as refused:
        mark(form, refused)
        return _edit_page(request, found, form, status=422)
    messages.success(request, _("The text is saved."))
    return HttpResponseRedirect(found.get_absolute_url())


def _conflict(request: PortalRequest, pk: int) -> HttpResponse:
    """What was typed, each field beside what somebody else has saved, ready to be saved on top of that."""
    found = visible_minutes(request.user, pk, request.on)
    return _edit_page(
        request, found, LinesForm(sent_again(request, found.version)), status=409, theirs=kept_values(found)
    )


def _edit_page(
    request: PortalRequest, found: Minutes, form: LinesForm, status: int = 200, theirs: dict[str, Any] | None = None
) -> HttpResponse:
    context = {
        "minutes": found,
        "form": form,
        "head_errors": errors_at_the_head(form),
        "lines": beside_theirs(form, LINES, theirs),
        "is_conflict": theirs is not None,
        **shown.paper_shown(minutes_paper(found)),
    }
    return render(request, "meetings/minutes_edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: PortalRequest, pk: int, name: str) -> HttpResponse:
    """Ask whether to go a step, or go it. Raises: NotFound, NotPermitted, WrongState, Stale, Invalid."""
    found = visible_minutes(request.user, pk, request.on)
    if name not in STEPS:
        raise NotFound
    asked = STEPS[name]
    require_role(request.user, asked.row)
    page = {"back_label": _("The minutes as they read"), "first": ""}
    if request.method == "POST":
        return papers.go(request, found, asked, page)
    if found.state not in asked.sources:
        raise WrongState(_("The minutes are now in the state “%(state)s”.") % {"state": found.get_state_display()})
    if name == "issue":
        told = {"number": next_number(found.subdistrict_id, request.on.year), "year": request.on.year}
        page["first"] = _("They become No. %(number)s of %(year)s.") % told
    return papers.ask(request, found, asked, page)


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask whether to throw a draft away, or do it. Raises: NotFound, NotPermitted, WrongState, Invalid."""
    found = visible_minutes(request.user, pk, request.on)
    require_role(request.user, "minutes.write")
    if not found.is_draft:
        raise WrongState(_("These minutes are no draft any more."))
    page = {
        "back_label": _("The minutes as they read"),
        "lost": _("Title, opening and distribution are lost. What was discussed and resolved stays with the meeting."),
    }
    return papers.discard(request, found, actions.discard_minutes, found.meeting.get_absolute_url(), page)


@require_POST
def make(request: PortalRequest, pk: int) -> HttpResponse:
    """Have Word and PDF made of the present text. Raises: NotFound, NotPermitted, WrongState, Invalid."""
    return papers.make(request, visible_minutes(request.user, pk, request.on), "minutes.write", actions.ask_files)


@require_safe
def files(request: PortalRequest, pk: int) -> HttpResponse:
    """The files alone, asked for again and again while they are being made. Raises: NotFound."""
    found = visible_minutes(request.user, pk, request.on)
    return render(request, "papers/_files.html", files_panel(request, found, "minutes", "minutes.write"))


@require_safe
def minutes_file(request: PortalRequest, pk: int, kind: str) -> HttpResponseBase:
    """A file of minutes, to be saved under its official name. Raises: NotFound."""
    found = visible_minutes(request.user, pk, request.on)
    if kind not in WORD_AND_PDF:
        raise NotFound
    file = file_of(found, kind)
    return saved_file(bytes(file.content), name=file_name(found, kind), content_type=CONTENT_TYPES[kind])


@require_POST
def receive(request: PortalRequest, pk: int) -> HttpResponse:
    """Confirm a receipt. Raises: NotFound, NotPermitted, Invalid."""
    visible_receipt(request.user, pk, request.on)
    require_role(request.user, "minutes.receive")
    papers.check_key(request)
    found = actions.confirm_receipt(by=request.user, at=request.at, pk=pk)
    messages.success(request, _("The receipt is confirmed."))
    return HttpResponseRedirect(reverse("meetings:minutes", args=[found.minutes_id]))
