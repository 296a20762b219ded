"""Pages of forums: the list, one forum with what was suggested there, planning and recording."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.publicity import actions
from cases.publicity.filters import ForumFilter, places_of
from cases.publicity.forms import ForumForm, ForumRevisionForm, ForumStepForm, SuggestForm
from cases.publicity.lifecycle import ENTER, FORUM, FORUM_KEEP, FORUM_VIEW, GROUPS, HELD, OFF, SUGGESTION
from cases.publicity.models import Forum
from cases.publicity.querysets import forums_seen, visible_forum
from cases.publicity.views.shown import buttons_of, check_possible, history_of, row_of, step_of
from citymgmt.form_pages import ASKING, form_page, sent, sent_with_files
from citymgmt.pages import needs, page_of
from citymgmt.people.permissions import allows, reaches_as_far, require, require_role
from citymgmt.refusals import Invalid, mark

KEPT = ("topic", "place", "chair", "invited")


@require_safe
@needs(FORUM_VIEW)
def forum_list(request: Any) -> HttpResponse:
    """The forums that the person sees, the latest first, with how many came and what was suggested."""
    form = ForumFilter(request.GET, at=request.at, places=places_of(request.user, request.on, FORUM_VIEW))
    seen = forums_seen(request.user, request.on).annotate(suggested=Count("suggestions"))
    page = page_of(request, seen.filter(form.question()) if form.is_valid() else seen.none())
    context = {
        "here": "forums",
        "form": form,
        "page": page,
        "rows": [row_of(FORUM, one, request) for one in page],
        "may_keep": allows(request.user, FORUM_KEEP),
    }
    return render(request, "publicity/forums.html", context, status=200 if form.is_valid() else 422)


@require_http_methods(ASKING)
def forum(request: Any, pk: int) -> HttpResponse:
    """One forum; a line at its end takes in what was suggested there, one after the other. Raises: NotFound,
    NotPermitted, KeyReused.
    """
    found, user = visible_forum(request.user, pk, request.on), request.user
    form = SuggestForm(sent(request), auto_id="suggest_%s")
    if request.method == "POST" and _suggested(request, found, form):
        messages.success(request, _("The suggestion is received."))
        return redirect(f"{found.get_absolute_url()}?suggest=1")
    if "suggest" in request.GET or form.errors:
        form.fields["text"].widget.attrs["autofocus"] = True
    rows = found.suggestions.order_by("-pk")
    context = {
        "forum": found,
        "row": row_of(FORUM, found, request),
        "groups": [(_(label), getattr(found, name)) for name, label in GROUPS.items()] if found.is_held else [],
        "steps": buttons_of(FORUM, found, request.user, "publicity:act-forum", FORUM_VIEW),
        "may_change": not found.is_held and found.state != OFF and reaches_as_far(user, FORUM_KEEP, FORUM_VIEW),
        "suggestions": [row_of(SUGGESTION, one, request) for one in rows],
        "suggest": form if found.state != OFF and reaches_as_far(user, ENTER, FORUM_VIEW) else None,
        "history": history_of(FORUM, found),
    }
    return render(request, "publicity/forum.html", context, status=422 if form.errors else 200)


def _suggested(request: Any, found: Forum, form: SuggestForm) -> bool:
    """Whether what was sent is a suggestion that was taken in; what is wrong is marked on the form."""
    if not form.is_valid():
        return False
    key = str(form.cleaned_data["request_key"])
    try:
        told = form.told(way="forum", forum=found.pk)
        actions.enter_suggestion(by=request.user, at=request.at, told=told, request_key=key)
    except Invalid as refused:
        mark(form, refused)
        return False
    return True


@require_http_methods(ASKING)
def new(request: Any) -> HttpResponse:
    """Plan a forum. Raises: NotPermitted."""
    require_role(request.user, FORUM_KEEP)
    form = ForumForm(sent(request), user=request.user, on=request.on)

    def act(told: dict[str, Any]) -> None:
        actions.plan_forum(by=request.user, at=request.at, told=form.told(), request_key=str(told["request_key"]))

    words = {"title": _("Plan a forum"), "button": _("Plan it"), "done": _("The forum is planned.")}
    return form_page(request, form, act, about=_("Forums"), **words, back_url=reverse("publicity:forums"))


@require_http_methods(ASKING)
def change(request: Any, pk: int) -> HttpResponse:
    """Change what was planned. Raises: NotFound, NotPermitted, WrongState."""
    found, step = _opened(request, pk), FORUM.steps["revise"]
    check_possible(FORUM, found, step, request)
    kept = {name: getattr(found, name) for name in KEPT}
    kept |= {"community": found.community_id, "version": found.version, "held_at": timezone.localtime(found.held_at)}
    form = ForumRevisionForm(sent(request), initial=kept, user=request.user, on=request.on)

    def act(told: dict[str, Any]) -> None:
        keys: dict[str, Any] = {"version": told["version"], "request_key": str(told["request_key"])}
        actions.revise_forum(pk=pk, by=request.user, at=request.at, told=form.told(), **keys)

    words = {"title": _(step.label), "button": _("Save"), "done": _("The plan is changed.")}
    return form_page(request, form, act, about=found.topic, **words, back_url=found.get_absolute_url())


@require_http_methods(ASKING)
def act_on(request: Any, pk: int, action: str) -> HttpResponse:
    """Take a step of the table. Raises: NotFound, NotPermitted, WrongState."""
    step = step_of(FORUM, action)
    found = _opened(request, pk)
    check_possible(FORUM, found, step, request)
    has_photos = step.target == HELD or action == "correct"
    form = ForumStepForm(*sent_with_files(request), step=step, thing=found, has_photos=has_photos)

    def act(told: dict[str, Any]) -> None:
        keys: dict[str, Any] = {"version": told["version"], "request_key": str(told["request_key"])}
        actions.act_on_forum(action, pk=pk, by=request.user, at=request.at, photos=form.contents, **keys, **form.given)

    words = {"title": _(step.label), "button": _("Save"), "done": _("The step is recorded.")}
    return form_page(request, form, act, about=found.topic, **words, back_url=found.get_absolute_url())


def _opened(request: Any, pk: int) -> Forum:
    """The forum, if the person keeps it. Raises: NotFound, NotPermitted."""
    found = visible_forum(request.user, pk, request.on)
    require(request.user, FORUM_KEEP, found, on=request.on)
    return found
