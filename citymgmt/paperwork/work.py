"""The worker's turn at a paper: say how far it is, make Word and PDF, keep each as soon as it is there.

A crash begins anew after the lease, and what is kept already is not made again. Where PDF cannot be made, the job says
so and the other files are there nevertheless.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from citymgmt.jobs import OvertakenError, claim, finish, note_progress
from citymgmt.papers import pdf, word
from citymgmt.papers.fonts import ChineseFontMissing, PangoMissing
from citymgmt.papers.paper import Paper
from citymgmt.paperwork.actions import drop_older_files, keep_file
from citymgmt.paperwork.models import PaperFile, PaperJob

logger = logging.getLogger(__name__)
MOST_AT_ONCE = 3
Kind, Step, Trouble = PaperFile.Kind, PaperJob.Step, PaperJob.Trouble
Now = Callable[[], datetime]


class Turn:
    """One worker's turn at a job; a kind with further files has a class of its own. `total` counts the steps."""

    def __init__(self, job: Any, thing: Any, paper: Paper, now: Now) -> None:
        self.job, self.thing, self.paper, self.now = job, thing, paper, now
        self.kept = set(thing.files.filter(version=job.version).values_list("kind", flat=True))
        self.step, self.total = 1, 2

    def make(self) -> None:
        """Make everything. Raises: OvertakenError."""
        self.word(0)
        self.pdf(self.step)

    def say(self, step: str, done: int, **columns: str) -> None:
        """Say what is being made and how far it is, and hold the lease. Raises: OvertakenError."""
        if not note_progress(self.job, done, self.now(), step=step, total=max(self.total, 1), **columns):
            raise OvertakenError
        self.job.step, self.job.done = step, done

    def word(self, done: int) -> None:
        """Make the Word file."""
        self.say(Step.WORD, done)
        if Kind.WORD not in self.kept:
            keep_file(self.job, Kind.WORD, word.word(self.paper), self.now())

    def pdf(self, done: int) -> None:
        """Make the PDF, or say that this machine cannot."""
        self.say(Step.PDF, done)
        if Kind.PDF in self.kept:
            return
        try:
            content = pdf.pdf(self.paper)
        except ChineseFontMissing as error:
            self.cannot(Trouble.NO_FONT, error)
        except PangoMissing as error:
            self.cannot(Trouble.NO_PANGO, error)
        else:
            keep_file(self.job, Kind.PDF, content, self.now())

    def cannot(self, trouble: str, error: Exception) -> None:
        """Say what this machine lacks."""
        logger.error("paper job %s: %s", self.job.pk, error)
        self.say(self.job.step, self.job.done, trouble=trouble)


def make_waiting(jobs: Any, turn_of: Callable[[Any, Now], Turn], now: Now) -> int:
    """Make the files of what waits among `jobs`; returns for how many. Any number may overlap. `turn_of` gives the turn
    at a job, or raises OvertakenError where the text is another one by now.
    """
    made = 0
    for _turn in range(MOST_AT_ONCE):
        job = claim(jobs, now())
        if job is None:
            break
        made += job.state == PaperJob.State.WAITING and _make(job, turn_of, now)
    return made


def _make(job: Any, turn_of: Callable[[Any, Now], Turn], now: Now) -> bool:
    try:
        turn = turn_of(job, now)
        turn.make()
        drop_older_files(job)
        return finish(job, turn.total)
    except OvertakenError:
        logger.warning("paper job %s, attempt %s: overtaken by another worker or text", job.pk, job.attempt)
        return False
