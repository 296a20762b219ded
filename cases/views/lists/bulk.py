"""Bulk dispatch: one press for many cases; each is done for itself, and says what became of it."""

from dataclasses import dataclass, replace

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cases.actions import perform
from cases.list_forms import BulkDispatchForm
from cases.models import Case, CaseEvent
from cases.querysets import seen_by
from cases.views.lists.pages import PortalRequest, needs
from citymgmt.refusals import Refusal


@dataclass(frozen=True)
class Outcome:
    """What became of one of the chosen cases: the event, or why not."""

    number: str
    event: CaseEvent | None = None
    refusal: str = ""
    officer: str = ""
    is_seen: bool = False


@require_POST
@needs("case.dispatch")
def bulk(request: PortalRequest) -> HttpResponse:
    """Dispatch the chosen cases to the acting officers of their communities."""
    form = BulkDispatchForm(request.POST)
    if not form.is_valid():
        return render(request, "cases/bulk.html", {"form": form, "outcomes": [], "lead": ""}, status=422)
    key = str(form.cleaned_data["request_key"])
    outcomes = [_dispatch(request, number, version, key) for number, version in form.cleaned_data["case"]]
    context = {"form": form, "outcomes": _with_officers(request, outcomes), "lead": _summary(outcomes)}
    return render(request, "cases/bulk.html", context)


def _summary(outcomes: list[Outcome]) -> str:
    done = sum(1 for outcome in outcomes if outcome.event)
    wording = ngettext("%(done)s of %(all)s case dispatched.", "%(done)s of %(all)s cases dispatched.", len(outcomes))
    return wording % {"done": done, "all": len(outcomes)}


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


def _dispatch(request: PortalRequest, number: str, version: int, key: str) -> Outcome:
    """One case; the key of the form makes sending the page twice the same as once."""
    try:
        event = perform(
            "dispatch",
            number=number,
            by=request.user,
            at=request.at,
            version=version,
            request_key=f"{key}:{number}",
        )
    except Refusal as refusal:
        return Outcome(number, refusal=str(refusal))
    return Outcome(number, event)
