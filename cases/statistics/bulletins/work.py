"""The worker's part of bulletins: beside Word and PDF the charts, and the ledger as Excel."""

from collections.abc import Callable
from datetime import datetime

from cases.statistics.bulletins.composing import paper_of, without_pictures
from cases.statistics.bulletins.ledger import cases_of, ledger_of
from cases.statistics.bulletins.models import Bulletin, BulletinJob
from cases.statistics.bulletins.snapshots import month_of
from cases.statistics.bulletins.tables import charts_of
from citymgmt.jobs import OvertakenError
from citymgmt.papers import charts
from citymgmt.papers.fonts import ChineseFontMissing
from citymgmt.paperwork.actions import keep_file
from citymgmt.paperwork.work import Kind, Now, Step, Trouble, Turn, make_waiting


def make_files(now: Callable[[], datetime]) -> int:
    """Make the files of what waits; returns for how many bulletins. Any number may overlap."""
    return make_waiting(BulletinJob.objects.all(), _turn_of, now)


def _turn_of(job: BulletinJob, now: Now) -> Turn:
    """Raises: OvertakenError."""
    found = Bulletin.objects.select_related("evaluation", "subdistrict").filter(pk=job.bulletin_id).first()
    if found is None or found.version != job.version:
        raise OvertakenError
    return _BulletinTurn(job, found, paper_of(found), now)


class _BulletinTurn(Turn):
    """Each step of a paper counts as much as a tenth of the ledger, but at least one."""

    def make(self) -> None:
        """Charts, Word, PDF, ledger."""
        self.cases = cases_of(self.thing).count()
        self.step = max(1, self.cases // 10)
        self.total = 3 * self.step + self.cases
        self.charts()
        self.word(self.step)
        self.pdf(2 * self.step)
        self.ledger()

    def charts(self) -> None:
        """Draw the charts, so that one that cannot be drawn shows before anything is kept."""
        self.say(Step.CHARTS, 0)
        try:
            for chart in charts_of(month_of(self.thing)).values():
                charts.png(chart)
        except ChineseFontMissing as error:
            self.cannot(Trouble.NO_FONT, error)
            self.paper = without_pictures(self.paper)

    def ledger(self) -> None:
        """Write the ledger, telling how many cases are written."""
        self.say(Step.LEDGER, 3 * self.step)
        if Kind.EXCEL not in self.kept:
            content = ledger_of(self.thing, lambda done: self.say(Step.LEDGER, 3 * self.step + done))
            keep_file(self.job, Kind.EXCEL, content, self.now())
