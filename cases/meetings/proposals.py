"""What belongs on the agenda of the next meeting: cases that are stuck, escalated or came back, places where the same
happens again and again (other rooms know them, `cases.pressing`), resolutions that are not carried out.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from cases.meetings import lifecycle
from cases.meetings.models import AgendaItem, Meeting, Resolution
from cases.models import Case, Escalation
from cases.pressing import pressing_matters

Reason = AgendaItem.Reason
MOST_OF_A_REASON = 30
RETURNED_WITHIN = timedelta(days=60)  # about two monthly meetings


@dataclass(frozen=True)
class Proposal:
    """Something that asks to be discussed; `key` names it among all of them, in a form."""

    reason: str
    title: str
    background: str
    case: Case | None = None
    resolution: Resolution | None = None

    @property
    def key(self) -> str:
        """`case:12`, `resolution:3`, or the title of what is neither."""
        if self.case is not None:
            return f"case:{self.case.pk}"
        return f"resolution:{self.resolution.pk}" if self.resolution is not None else f"title:{self.title}"


def proposals_for(meeting: Meeting, at: datetime) -> list[Proposal]:
    """All that asks to be discussed and is not on the agenda of the meeting, each once, the most pressing first."""
    taken = _taken(meeting)
    found: dict[str, Proposal] = {}
    for source in (_resolutions, _stuck, _escalated, _returned, _recurring):
        for proposal in source(meeting, at):
            if proposal.key not in taken:
                found.setdefault(proposal.key, proposal)
    return list(found.values())


def _taken(meeting: Meeting) -> set[str]:
    items = meeting.items.values_list("case_id", "resolution_id", "title")
    keys = set[str]()
    for case, resolution, title in items:
        keys |= {f"case:{case}", f"resolution:{resolution}", f"title:{title}"}
    return keys


def _resolutions(meeting: Meeting, at: datetime) -> Iterator[Proposal]:
    """Of earlier meetings: what the ladder brought back, and what is overdue or reported and waits for the office."""
    pressing = Q(is_back=True) | Q(due_at__lt=at) | Q(state=lifecycle.REPORTED)
    rows = Resolution.objects.filter(pressing, subdistrict=meeting.subdistrict_id, state__in=lifecycle.UNFINISHED)
    rows = rows.exclude(meeting=meeting).select_related("lead").order_by("-is_back", "due_at", "id")
    for one in rows[:MOST_OF_A_REASON]:
        title = _("Resolution %(number)s: %(lead)s") % {"number": one.number, "lead": one.lead.name}
        yield Proposal(Reason.RESOLUTION, title, one.text, resolution=one)


def _stuck(meeting: Meeting, at: datetime) -> Iterator[Proposal]:
    """Cases with a department that was supervised or whose silence went to the government (L3, L4)."""
    yield from _with_departments(meeting, Reason.STUCK, rung__gte=1)


def _escalated(meeting: Meeting, at: datetime) -> Iterator[Proposal]:
    yield from _with_departments(meeting, Reason.ESCALATED, rung=0)


def _with_departments(meeting: Meeting, reason: str, **told: int) -> Iterator[Proposal]:
    rows = Escalation.objects.filter(case__subdistrict=meeting.subdistrict_id, state__in=Escalation.OPEN, **told)
    yield from map(_of(reason), rows.select_related("case", "department").order_by("due_at", "id")[:MOST_OF_A_REASON])


def _returned(meeting: Meeting, at: datetime) -> Iterator[Proposal]:
    """Cases that a department returned lately and that are still open."""
    rows = Escalation.objects.filter(
        case__subdistrict=meeting.subdistrict_id,
        case__closed_at=None,
        state=Escalation.State.RETURNED,
        ended_at__gte=at - RETURNED_WITHIN,
    )
    found = rows.select_related("case", "department").order_by("-ended_at", "-id")
    yield from map(_of(Reason.RETURNED), found[:MOST_OF_A_REASON])


def _recurring(meeting: Meeting, at: datetime) -> Iterator[Proposal]:
    for matter in pressing_matters(meeting.subdistrict_id, at):
        yield Proposal(Reason.RECURRING, matter.title, matter.background)


def _of(reason: str) -> Callable[[Escalation], Proposal]:
    def proposal(escalation: Escalation) -> Proposal:
        case = escalation.case
        title = " ".join(f"{case.number} {case.address or case.description}".split())[:100]
        told = _("%(department)s, supervision number %(number)s") % {
            "department": escalation.department.name,
            "number": escalation.number,
        }
        return Proposal(reason, title, f"{case.description}\n{told}", case=case)

    return proposal
