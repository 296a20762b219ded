"""What joint meetings add to the look at the portal: photos of reports and files of papers that wait or failed."""

from django.utils.translation import gettext_lazy as _

from cases.meetings.models import CircularJob, MinutesJob
from citymgmt.health.papers import paper_jobs
from citymgmt.health.registry import JobKind, register_jobs

# photos of the last week that failed by our fault (not by the picture's), and those that wait to be developed
EVIDENCE = """
    SELECT (SELECT count(*) FROM meetings_evidence
            WHERE state = 'refused' AND reason IN ('stuck', 'lost') AND created_at > now() - interval '7 days'),
           count(*), min(created_at)
    FROM meetings_evidence WHERE state = 'waiting'
"""


def register() -> None:
    """Say it once, when the app is ready."""
    told = _("They are not made anew by themselves: ask the unit for the photo again. worker.log says why.")
    register_jobs(JobKind("evidence", _("Photos of reports to be developed"), told, EVIDENCE))
    advice = _("Open the minutes and have their files made again. worker.log says why they could not be made.")
    register_jobs(paper_jobs("minutes", _("Files of minutes to be made"), advice, MinutesJob))
    advice = _("Open the circular and have its files made again. worker.log says why they could not be made.")
    register_jobs(paper_jobs("circulars", _("Files of circulars to be made"), advice, CircularJob))
