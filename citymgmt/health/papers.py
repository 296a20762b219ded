"""What the look at the portal is told of the files of papers."""

from typing import Any

from citymgmt.health.registry import JobKind
from citymgmt.paperwork.models import PaperJob


def paper_jobs(name: str, label: Any, advice: Any, jobs: type[PaperJob]) -> JobKind:
    """The making of the files of one kind of paper: what failed or could not be made whole, and what waits."""
    counting = f"""
        SELECT count(*) FILTER (WHERE state = 'failed' OR trouble <> ''), count(*) FILTER (WHERE state = 'waiting'),
               min(created_at) FILTER (WHERE state = 'waiting')
        FROM {jobs._meta.db_table}
    """
    return JobKind(name, label, advice, counting)
