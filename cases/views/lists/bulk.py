"""Bulk dispatch and urge: one press for many cases; each is done for itself, and says what became of it."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from cases.actions.bulk import perform_each
from cases.list_forms import BulkForm
from cases.models import Case, CaseEvent
from cases.querysets import seen_by
from cases.views.lists.pages import PortalRequest
from citymgmt.pages import needs


@dataclass(frozen=True)
class Outcome:
    """What became of one of the chosen cases, in words, and who has it now."""

    number: str
    event: CaseEvent | None = None
    refusal: str = ""
    officer: str = ""
    is_seen: bool = False


@dataclass(frozen=True)
class Wording:
    """How a bulk action speaks: its page's title, where its cases wait, and the badges of done and not done."""

    title: Any
    nothing: Any
    back: str
    back_label: Any
    done: Any
    refused: Any


WORDINGS = {
    "dispatch": Wording(
        gettext_lazy("Bulk dispatch"),
        gettext_lazy("Nothing was dispatched"),
        "?queue=to_dispatch",
        gettext_lazy("To dispatch"),
        gettext_lazy("dispatched"),
        gettext_lazy("not dispatched"),
    ),
    "urge": Wording(
        gettext_lazy("Bulk urge"),
        gettext_lazy("Nobody was urged"),
        "?queue=overdue",
        gettext_lazy("Overdue"),
        gettext_lazy("urged"),
        gettext_lazy("not urged"),
    ),
}


@require_POST
@needs("case.dispatch", "case.urge")
def bulk(request: PortalRequest) -> HttpResponse:
    """Dispatch the chosen cases to the acting officers of their communities, or urge those who have them."""
    form = BulkForm(request.POST)
    if not form.is_valid():
        wording = WORDINGS.get(request.POST.get("action", ""), WORDINGS["dispatch"])
        context = {"form": form, "outcomes": [], "lead": "", "wording": wording}
        return render(request, "cases/bulk.html", context, status=422)
    action, key = form.cleaned_data["action"], str(form.cleaned_data["request_key"])
    found = perform_each(action, chosen=form.cleaned_data["case"], by=request.user, at=request.at, request_key=key)
    outcomes = [Outcome(one.number, one.event, str(one.refusal or "")) for one in found]
    context = {
        "form": form,
        "outcomes": _with_officers(request, outcomes),
        "lead": _summary(action, outcomes),
        "wording": WORDINGS[action],
    }
    return render(request, "cases/bulk.html", context)


def _summary(action: str, outcomes: list[Outcome]) -> str:
    done, count = sum(1 for outcome in outcomes if outcome.event), len(outcomes)
    if action == "urge":
        return _("%(done)s of %(all)s urged.") % {"done": done, "all": count}
    wording = ngettext("%(done)s of %(all)s case dispatched.", "%(done)s of %(all)s cases dispatched.", count)
    return wording % {"done": done, "all": count}


def _with_officers(request: PortalRequest, outcomes: list[Outcome]) -> list[Outcome]:
    """The outcomes with who has each case now; cases that the person does not see stay bare numbers."""
    numbers = [outcome.number for outcome in outcomes]
    seen = seen_by(request.user, request.on).filter(number__in=numbers).select_related("officer")
    cases: dict[str, Case] = {case.number: case for case in seen}
    return [
        replace(outcome, officer=str(cases[outcome.number].officer or ""), is_seen=True)
        if outcome.number in cases
        else outcome
        for outcome in outcomes
    ]
