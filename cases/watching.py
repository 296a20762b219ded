"""What cases add to the look at the portal: photos and exports that wait or failed, and open cases by rung."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from citymgmt.health.guard import Ask
from citymgmt.health.registry import Gauge, JobKind, register_gauge, register_jobs

HIGHEST_RUNG = 9  # labels stay bounded whatever ladder an office keeps


# photos that failed by our fault (not by the picture's), and those that wait to be developed
PHOTOS = """
    SELECT (SELECT count(*) FROM cases_photo
            WHERE case_id IS NULL AND state = 'refused' AND reason IN ('stuck', 'lost')), count(*), min(created_at)
    FROM cases_photo WHERE state = 'waiting'
"""
# files of the last week (older jobs are removed) that could not be written, and those that wait
EXPORTS = """
    SELECT count(*) FILTER (WHERE state = 'failed'), count(*) FILTER (WHERE state = 'waiting'),
           min(created_at) FILTER (WHERE state = 'waiting')
    FROM cases_exportjob
"""


def open_cases(ask: Ask) -> Mapping[tuple[str, ...], float]:
    """Open cases by rung of the ladder and whether they are overdue; reads open cases only (a partial index)."""
    rows = ask(
        "SELECT least(rung, %s)::text, coalesce(due_at < now(), false), count(*)"
        " FROM cases_case WHERE closed_at IS NULL GROUP BY 1, 2",
        [HIGHEST_RUNG],
    )
    return {(rung, "yes" if is_overdue else "no"): float(count) for rung, is_overdue, count in rows}


def register() -> None:
    """Say it once, when the app is ready."""
    told = _("They are not made anew by themselves: the person uploads or asks again. worker.log says why.")
    register_jobs(JobKind("photos", _("Photos to be developed"), told, PHOTOS))
    register_jobs(JobKind("exports", _("Exports to be written"), told, EXPORTS))
    register_gauge(Gauge("citymgmt_cases_open", "Open cases.", ["rung", "overdue"], open_cases))
