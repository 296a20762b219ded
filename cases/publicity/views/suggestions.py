"""Pages of suggestions: the list, one suggestion, entering and answering."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.masking import masked_name, masked_phone
from cases.publicity import actions
from cases.publicity.filters import SuggestionFilter, places_of
from cases.publicity.forms import SuggestionForm, SuggestionStepForm
from cases.publicity.lifecycle import ANSWER, DECISIONS, ENTER, ERASE, REVEAL, SUGGESTION, SUGGESTION_VIEW, WAYS
from cases.publicity.models import Suggestion
from cases.publicity.querysets import suggestions_seen, visible_suggestion
from cases.publicity.views.shown import buttons_of, check_possible, history_of, row_of, step_of
from citymgmt.form_pages import ASKING, form_page, sent, sent_with_files
from citymgmt.pages import needs, page_of
from citymgmt.people.permissions import allows, permits, require, require_role


def asked_suggestions(request: Any) -> tuple[SuggestionFilter, QuerySet[Suggestion]]:
    """The filter as it was sent, and the suggestions that the person sees by it; none where it is wrong."""
    form = SuggestionFilter(request.GET, at=request.at, places=places_of(request.user, request.on, SUGGESTION_VIEW))
    seen = suggestions_seen(request.user, request.on)
    return form, seen.filter(form.question()) if form.is_valid() else seen.none()


@require_safe
@needs(SUGGESTION_VIEW)
def suggestion_list(request: Any) -> HttpResponse:
    """The suggestions that the person sees, what is due first first. Raises: NotPermitted."""
    form, rows = asked_suggestions(request)
    page = page_of(request, rows)
    context = {
        "here": "suggestions",
        "form": form,
        "page": page,
        "rows": [row_of(SUGGESTION, one, request) for one in page],
        "may_enter": allows(request.user, ENTER),
        "asked": request.GET.urlencode(),
    }
    return render(request, "publicity/suggestions.html", context, status=200 if form.is_valid() else 422)


@require_safe
def suggestion(request: Any, pk: int) -> HttpResponse:
    """One suggestion: its words, what was decided and done, its history. Raises: NotFound."""
    found = visible_suggestion(request.user, pk, request.on)
    who = getattr(found, "suggester", None)
    context = {
        "suggestion": found,
        "row": row_of(SUGGESTION, found, request),
        "way": _(WAYS[found.way]),
        "decision": _(DECISIONS[found.decision]) if found.decision else "",
        "case": _case_of(request, found),
        "who": (masked_name(who.name), masked_phone(who.phone)) if who and who.erased_at is None else None,
        "erased_at": who.erased_at if who else None,
        "may_reveal": allows(request.user, REVEAL),
        "may_erase": allows(request.user, ERASE),
        "steps": buttons_of(SUGGESTION, found, request.user, "publicity:act-suggestion", SUGGESTION_VIEW),
        "history": history_of(SUGGESTION, found),
    }
    return render(request, "publicity/suggestion.html", context)


def _case_of(request: Any, found: Suggestion) -> tuple[str, str] | None:
    """The number of the case that it became, and its address for whoever sees it."""
    if found.case is None:
        return None
    is_seen = permits(request.user, "case.view", found.case, on=request.on)
    return found.case.number, found.case.get_absolute_url() if is_seen else ""


@require_http_methods(ASKING)
def new(request: Any) -> HttpResponse:
    """Write down a suggestion that came by itself. Raises: NotPermitted."""
    require_role(request.user, ENTER)
    form = SuggestionForm(sent(request), user=request.user, on=request.on)

    def act(told: dict[str, Any]) -> None:
        key = str(told["request_key"])
        actions.enter_suggestion(by=request.user, at=request.at, told=form.told(), request_key=key)

    words = {"title": _("Enter a suggestion"), "button": _("Enter"), "done": _("The suggestion is received.")}
    lead = _("Name and telephone are kept apart, sealed, and erased a year after the end.")
    back = reverse("publicity:suggestions")
    return form_page(request, form, act, about=_("Suggestions"), **words, lead=lead, back_url=back)


@require_http_methods(ASKING)
def act_on(request: Any, pk: int, action: str) -> HttpResponse:
    """Take a step of the table. Raises: NotFound, NotPermitted, WrongState."""
    step = step_of(SUGGESTION, action)
    found = visible_suggestion(request.user, pk, request.on)
    require(request.user, ANSWER, found, on=request.on)
    check_possible(SUGGESTION, found, step, request)
    has_photos = action == "carry_out"
    form = SuggestionStepForm(
        *sent_with_files(request),
        step=step,
        thing=found,
        on=request.on,
        has_photos=has_photos,
        initial={"on": request.on},
    )

    def act(told: dict[str, Any]) -> None:
        keys: dict[str, Any] = {"version": told["version"], "request_key": str(told["request_key"])}
        given = {**keys, **form.given, "photos": form.contents}
        actions.act_on_suggestion(action, pk=pk, by=request.user, at=request.at, **given)

    words = {"title": _(step.label), "button": _("Save"), "done": _("The step is recorded.")}
    return form_page(
        request,
        form,
        act,
        about=_("Suggestion"),
        **words,
        lead=f"“{found.text}”",
        back_url=found.get_absolute_url(),
    )
