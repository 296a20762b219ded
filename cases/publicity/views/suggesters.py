"""Who made a suggestion: shown in full with a reason, erased for good, and for the auditor who looked."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.forms.reporters import EraseForm, LookForm
from cases.publicity import actions
from cases.publicity.lifecycle import ERASE, REVEAL
from cases.publicity.models import Suggester, SuggesterLook
from cases.publicity.querysets import visible_suggestion
from citymgmt.form_pages import ASKING, form_page, sent
from citymgmt.pages import needs, page_of
from citymgmt.people.permissions import require_role, visible_to
from citymgmt.refusals import Invalid, mark


@require_http_methods(ASKING)
def look_at(request: Any, pk: int) -> HttpResponse:
    """Ask what it is needed for, then show who made a suggestion, once. Raises: NotFound, NotPermitted."""
    found = visible_suggestion(request.user, pk, request.on)
    require_role(request.user, REVEAL)
    form, who = LookForm(sent(request)), None
    if form.is_bound and form.is_valid():
        who = _revealed(request, pk, form)
    context = {"suggestion": found, "form": form, "who": who}
    is_wrong = form.is_bound and who is None
    return render(request, "publicity/who.html", context, status=422 if is_wrong else 200)


def _revealed(request: Any, pk: int, form: LookForm) -> Suggester | None:
    try:
        return actions.look_at_suggester(pk=pk, by=request.user, at=request.at, **form.cleaned_data)
    except Invalid as invalid:
        mark(form, invalid)
        return None


@require_http_methods(ASKING)
def erase(request: Any, pk: int) -> HttpResponse:
    """Erase who made a suggestion, after asking. Raises: NotFound, NotPermitted."""
    found = visible_suggestion(request.user, pk, request.on)
    require_role(request.user, ERASE)
    form = EraseForm(sent(request))

    def act(told: dict[str, Any]) -> None:
        given = {"note": told["note"], "request_key": str(told["request_key"])}
        actions.erase_suggester(pk=pk, by=request.user, at=request.at, **given)

    words = {"title": _("Erase who suggested it"), "button": _("Erase"), "done": _("Who suggested it is erased.")}
    lead = _("Name and telephone are erased for good; the suggestion goes on without them.")
    return form_page(request, form, act, about=_("Suggestion"), **words, lead=lead, back_url=found.get_absolute_url())


@require_safe
@needs("reporter.looks")
def looks(request: Any) -> HttpResponse:
    """Who saw who made which suggestion, and why; the newest first. Raises: NotPermitted."""
    seen = visible_to(request.user, SuggesterLook.objects.all(), on=request.on)
    page = page_of(request, seen.select_related("suggestion", "by").order_by("-id"))
    return render(request, "publicity/looks.html", {"page": page})
