"""A campaign that runs, for tests of the rooms above that name one."""

from datetime import date
from typing import Any

from communities.models import Project
from communities.projects.actions import ProjectTold, act_on_project, enter_project
from tests.office import Street, china

AT = china("2026-03-04 09:00")
TODAY = date(2026, 3, 4)


def campaign(street: Street, kind: str = "campaign", **told: Any) -> Project:
    """A campaign of an office in March that runs since today."""
    usual = {"name": "占道经营专项整治", "aim": "x", "responsible": street.leader.pk}
    days = {"first_on": date(2026, 3, 1), "last_on": date(2026, 3, 31)}
    plan = ProjectTold(**{**usual, **days, **told})
    made = enter_project(by=street.clerk, at=AT, kind=kind, told=plan, request_key=None).project
    act_on_project("start", pk=made.pk, by=street.leader, at=AT, on=TODAY)
    return Project.objects.get(pk=made.pk)


def step(project: Project, street: Street, name: str) -> None:
    """What the leader does with it, today."""
    act_on_project(name, pk=project.pk, by=street.leader, at=AT, on=TODAY, note="x")
