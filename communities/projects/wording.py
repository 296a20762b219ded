"""Projects in words: what an event says beside its note, what an acceptance came to."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from communities.models import ProjectAcceptance, ProjectEvent, ProjectGoal, ProjectTaskEvent
from communities.projects.acceptance import Count, content_needed
from communities.projects.progress import percent
from communities.projects.showing import plain


def detail_of(event: ProjectEvent, goals: Mapping[int, ProjectGoal]) -> str:
    """What an event of a project says: the step of the ladder; or its day and what was reached of which goal."""
    told = event.changes["project"]
    if event.by_id is None:
        return str(told.get("ladder_code", ""))
    parts = [str(told.get("reported_on") or told.get("stepped_on") or "")]
    for name, values in event.changes.items():
        kind, _dot, ordinal = name.partition(".")
        goal = goals.get(int(ordinal)) if kind == "goal" and "achieved" in values else None
        if goal is not None and event.seq > 1:
            reached = plain(Decimal(values["achieved"]))
            parts.append(f"{goal.measure}: {reached} {goal.unit}")
        if kind == "acceptance":
            parts.append(_counts(Count(values["satisfied"], values["fairly"], values["dissatisfied"])))
    return " · ".join(part for part in parts if part)


def task_detail(event: ProjectTaskEvent) -> str:
    """What an event of a task says: the step of the ladder, the day on which it was done, or by when it is to be."""
    told = event.changes["task"]
    if event.by_id is None:
        return str(told.get("ladder_code", ""))
    return str(told.get("done_on") or told.get("due_on") or "")


def _counts(count: Count) -> str:
    told: Mapping[str, Any] = {"yes": count.satisfied, "fairly": count.fairly, "no": count.dissatisfied}
    return _("%(yes)s satisfied, %(fairly)s fairly satisfied, %(no)s not satisfied") % told


def result_of(acceptance: ProjectAcceptance) -> str:
    """What an acceptance came to, and what was needed."""
    count = Count(acceptance.satisfied, acceptance.fairly, acceptance.dissatisfied)
    told = {
        "content": count.satisfied + count.fairly,
        "voices": count.voices,
        "percent": percent(count.share),
        "needed": content_needed(count.voices, acceptance.needed_percent),
        "needed_percent": acceptance.needed_percent,
    }
    return (
        _(
            "%(content)s of %(voices)s representatives are satisfied or fairly satisfied (%(percent)s %%); "
            "%(needed)s were needed (%(needed_percent)s %%)."
        )
        % told
    )
