"""Pages to look at owners' committees: the list, and one with its legal steps and votes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from citymgmt.pages import needs, page_of
from citymgmt.people.permissions import reaches_as_far, visible_to
from citymgmt.worktime.steps import Stage
from communities.committees.lifecycle import (
    DECIDE,
    DUE_FOR,
    EVENTS,
    FILED,
    PATH,
    RECORD_VOTE,
    REELECTING,
    STAGES,
    STEP,
    VOTE,
    possible,
)
from communities.committees.querysets import due_first, result_of_vote, visible_committee
from communities.committees.quorum import MATTERS, Test
from communities.committees.wording import detail_of, lines, shares, verdict
from communities.models import CommitteeEvent, OwnersCommittee, OwnersVote


@dataclass(frozen=True)
class Row:
    """A committee of a list: its stage as a badge, what is due, and whether it is overdue."""

    committee: OwnersCommittee
    stage: Stage
    is_overdue: bool
    due_for: str

    @property
    def label(self) -> str:
        """The stage in words."""
        return _(self.stage.label)


def row_of(committee: OwnersCommittee, request: Any) -> Row:
    """The row of a committee as it stands now."""
    is_overdue = committee.due_at is not None and committee.due_at < request.at
    due_for = DUE_FOR.get(committee.state, "")
    return Row(committee, STAGES[committee.state], is_overdue, _(due_for) if due_for else "")


@require_safe
@needs("committee.view")
def committee_list(request: Any) -> HttpResponse:
    """The owners' committees that the person sees, what is due first first. Raises: NotPermitted."""
    seen = visible_to(request.user, OwnersCommittee.objects.select_related("area__community"), on=request.on)
    page = page_of(request, due_first(seen))
    context = {"page": page, "rows": [row_of(one, request) for one in page]}
    return render(request, "committees/list.html", context)


@dataclass(frozen=True)
class ShownVote:
    """A vote with what it came to."""

    vote: OwnersVote
    matter: str
    verdict: str
    lines: Sequence[tuple[str, str, Test, str]]


@dataclass(frozen=True)
class Told:
    """An event as the history shows it."""

    event: CommitteeEvent
    label: str
    icon: str
    tone: str
    detail: str


@require_safe
def committee(request: Any, pk: int) -> HttpResponse:
    """A committee: which legal step it has reached, what is due next, its votes, its history. Raises: NotFound."""
    found = visible_committee(request.user, pk, request.on)
    rights = {name: reaches_as_far(request.user, name, "committee.view") for name in (STEP, DECIDE, VOTE)}
    context = {
        "committee": found,
        "area": found.area,
        "row": row_of(found, request),
        "path": [(_(STAGES[key].label), STAGES[key].icon, key == _on_path(found.state)) for key in PATH],
        "shares": shares(found),
        "steps": [(one, _(one.label)) for one in possible(found.state) if rights[one.permission]],
        "may_vote": rights[VOTE] and found.state in RECORD_VOTE.sources,
        "votes": [_shown(one) for one in found.votes.all()],
        "events": _history(found),
        "back_url": reverse("committees:list"),
    }
    return render(request, "committees/committee.html", context)


def _on_path(state: str) -> str:
    """Where on the drawn way a committee stands; one whose re-election is prepared is in office."""
    return FILED if state == REELECTING else state


def _shown(vote: OwnersVote) -> ShownVote:
    result = result_of_vote(vote)
    return ShownVote(vote, _(MATTERS[vote.matter]), verdict(result), lines(result))


def _history(found: OwnersCommittee) -> list[Told]:
    rows = found.events.select_related("by").order_by("-seq")
    return [Told(one, _(label), icon, tone, detail_of(one)) for one in rows for label, icon, tone in [EVENTS[one.kind]]]
