"""What the statistics add to the look at the portal: how many cases wait to be counted, and since when; how many are
still to be counted anew by changed rules, and when that last went on; files of bulletins.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import connections, router
from django.utils.translation import gettext_lazy as _

from cases.statistics.models import BulletinJob, Stale
from cases.statistics.sql import LATE, RUNNING
from citymgmt.health.guard import Ask
from citymgmt.health.papers import paper_jobs
from citymgmt.health.registry import Gauge, JobKind, register_gauge, register_jobs

MOST = 100_000  # changes looked at: after a migration of a large portal there are more, and a look must be short
# Those that changed wait since then, those whose deadline has passed since that moment. None can fail.
WAITING = f"""
    SELECT 0, named.cases + late.cases, least(named.since, late.since)
    FROM (SELECT count(DISTINCT case_id) AS cases, min(named_at) AS since
          FROM (SELECT case_id, named_at FROM statistics_stale ORDER BY id LIMIT {MOST}) AS first) AS named,
         (SELECT count(*) AS cases, min(due_at) AS since {LATE.format(running=RUNNING, at="now()", most=MOST)}) AS late
"""
# Before it begins, the cases as PostgreSQL estimates them wait since the change; then those that are left, since the
# last batch. None can fail.
ANEW_WAITING = """
    SELECT 0, CASE WHEN noted.since IS NULL THEN coalesce(walk.total - walk.done, 0) ELSE greatest(estimate, 1) END,
           coalesce(noted.since, walk.moved_at)
    FROM (SELECT min(named_at) AS since FROM statistics_ruleschanged) AS noted
    LEFT JOIN statistics_countinganew AS walk ON true
    CROSS JOIN (SELECT reltuples::bigint AS estimate FROM pg_class WHERE oid = 'cases_case'::regclass) AS cases
"""


def seconds_behind(ask: Ask) -> Mapping[tuple[str, ...], float]:
    """How long the case that waits longest has waited to be counted; 0 when none waits."""
    rows = ask(
        f"SELECT coalesce(extract(epoch FROM now() - since), 0) FROM ({WAITING}) AS asked(failed, waiting, since)"
    )
    return {(): float(rows[0][0])}


def waiting_since() -> datetime | None:
    """Since when the case waits that waits longest to be counted, where facts are read now; None when none does."""
    with connections[router.db_for_read(Stale)].cursor() as cursor:
        cursor.execute(f"SELECT since FROM ({WAITING}) AS asked(failed, waiting, since)")
        return cursor.fetchone()[0]


def register() -> None:
    """Say it once, when the app is ready."""
    register_jobs(JobKind("statistics", _("Cases to be counted in the figures"), "", WAITING))
    register_jobs(JobKind("statistics_anew", _("Cases to be counted anew by changed rules"), "", ANEW_WAITING))
    advice = _("Open the bulletin and have its files made again. worker.log says why they could not be made.")
    register_jobs(paper_jobs("bulletins", _("Files of bulletins to be made"), advice, BulletinJob))
    told = "How long the case that waits longest has waited to be counted in the figures."
    register_gauge(Gauge("citymgmt_statistics_lag_seconds", told, [], seconds_behind))
