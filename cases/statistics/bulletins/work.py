"""The worker's part of bulletins: claim a job, make Word, PDF and Excel, keep each as soon as it is there.

A crash begins anew after the lease, and what is kept already is not made again. Where PDF cannot be made, the job says
so and the other files are there nevertheless.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from cases.statistics.bulletins.actions.files import drop_older_files, keep_file
from cases.statistics.bulletins.composing import paper_of, without_pictures
from cases.statistics.bulletins.ledger import cases_of, ledger_of
from cases.statistics.bulletins.models import Bulletin, BulletinFile, BulletinJob
from cases.statistics.bulletins.snapshots import month_of
from cases.statistics.bulletins.tables import charts_of
from citymgmt.jobs import OvertakenError, claim, finish, note_progress
from citymgmt.papers import charts, pdf, word
from citymgmt.papers.fonts import ChineseFontMissing, PangoMissing

logger = logging.getLogger(__name__)
MOST_AT_ONCE = 3
Kind, Step, Trouble = BulletinFile.Kind, BulletinJob.Step, BulletinJob.Trouble
Now = Callable[[], datetime]


def make_files(now: Now) -> int:
    """Make the files of what waits; returns for how many bulletins. Any number may overlap."""
    made = 0
    for _turn in range(MOST_AT_ONCE):
        job = claim(BulletinJob.objects.all(), now())
        if job is None:
            break
        made += job.state == BulletinJob.State.WAITING and _make(job, now)
    return made


def _make(job: BulletinJob, now: Now) -> bool:
    try:
        turn = _Turn(job, now)
        turn.charts()
        turn.word()
        turn.pdf()
        turn.ledger()
        drop_older_files(job)
        return finish(job, turn.total)
    except OvertakenError:
        logger.warning("bulletin job %s, attempt %s: overtaken by another worker or text", job.pk, job.attempt)
        return False


class _Turn:
    """One worker's turn at a job. Each step of a paper counts as much as a tenth of the ledger, but at least one."""

    def __init__(self, job: BulletinJob, now: Now) -> None:
        self.job, self.now = job, now
        found = Bulletin.objects.select_related("evaluation", "subdistrict").filter(pk=job.bulletin_id).first()
        if found is None or found.version != job.version:
            raise OvertakenError
        self.bulletin, self.paper = found, paper_of(found)
        self.kept = set(found.files.filter(version=job.version).values_list("kind", flat=True))
        self.cases = cases_of(found).count()
        self.step = max(1, self.cases // 10)
        self.total = 3 * self.step + self.cases

    def say(self, step: str, done: int, **columns: str) -> None:
        """Say what is being made and how far it is, and hold the lease. Raises: OvertakenError."""
        if not note_progress(self.job, done, self.now(), step=step, total=max(self.total, 1), **columns):
            raise OvertakenError
        self.job.step, self.job.done = step, done

    def charts(self) -> None:
        """Draw the charts, so that one that cannot be drawn shows before anything is kept."""
        self.say(Step.CHARTS, 0)
        try:
            for chart in charts_of(month_of(self.bulletin)).values():
                charts.png(chart)
        except ChineseFontMissing as error:
            self._cannot(Trouble.NO_FONT, error)
            self.paper = without_pictures(self.paper)

    def word(self) -> None:
        """Make the Word file."""
        self.say(Step.WORD, self.step)
        if Kind.WORD not in self.kept:
            keep_file(self.job, Kind.WORD, word.word(self.paper), self.now())

    def pdf(self) -> None:
        """Make the PDF, or say that this machine cannot."""
        self.say(Step.PDF, 2 * self.step)
        if Kind.PDF in self.kept:
            return
        try:
            content = pdf.pdf(self.paper)
        except ChineseFontMissing as error:
            self._cannot(Trouble.NO_FONT, error)
        except PangoMissing as error:
            self._cannot(Trouble.NO_PANGO, error)
        else:
            keep_file(self.job, Kind.PDF, content, self.now())

    def _cannot(self, trouble: str, error: Exception) -> None:
        logger.error("bulletin job %s: %s", self.job.pk, error)
        self.say(self.job.step, self.job.done, trouble=trouble)

    def ledger(self) -> None:
        """Write the ledger, telling how many cases are written."""
        self.say(Step.LEDGER, 3 * self.step)
        if Kind.EXCEL not in self.kept:
            content = ledger_of(self.bulletin, lambda done: self.say(Step.LEDGER, 3 * self.step + done))
            keep_file(self.job, Kind.EXCEL, content, self.now())
