"""Are projects and their tasks what their histories say? Asked by `verify_history` and by the tests' fixture."""

from collections.abc import Iterator

from citymgmt.history import walked
from communities.models import Project, ProjectEvent, ProjectTask, ProjectTaskEvent
from communities.projects.journal import Journal, differences, task_differences


def verify_projects(*, after: int = 0) -> Iterator[tuple[str, list[str]]]:
    """Each project with what its replay and its rows say differently, in batches of ids after `after`."""
    parts = list(Journal.part_models.values())
    for one, events, found in walked(Project, "project", ProjectEvent, parts, after=after):
        yield f"project {one.pk}", differences(one, events, found)


def verify_tasks(*, after: int = 0) -> Iterator[tuple[str, list[str]]]:
    """Each task with what its replay and its row say differently, in batches of ids after `after`."""
    for one, events, _parts in walked(ProjectTask, "task", ProjectTaskEvent, after=after):
        yield f"task of a project {one.pk}", task_differences(one, events)
