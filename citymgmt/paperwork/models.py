"""A file of one text of a paper, and the job that makes it. Each kind of paper has models of its own with a foreign key
named `subject`.
"""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from citymgmt.jobs import Job


class PaperFile(models.Model):
    """A file of one text. A draft's go once a newer text is made; those of an issued paper never change."""

    class Kind(models.TextChoices):
        WORD = "docx", _("Word")
        PDF = "pdf", _("PDF")
        EXCEL = "xlsx", _("Excel")

    kind = models.CharField(max_length=4, choices=Kind.choices)
    version = models.PositiveIntegerField()
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        abstract = True


class PaperJob(Job):
    """The making of the files of one text. `step` is what is being made; `trouble` what cannot be."""

    class Step(models.TextChoices):
        CHARTS = "charts", _("charts")
        WORD = "word", _("Word")
        PDF = "pdf", _("PDF")
        LEDGER = "ledger", _("ledger")

    class Trouble(models.TextChoices):
        NO_PANGO = "no_pango", _("The server lacks the library Pango, so there is no PDF. Word and Excel are there.")
        NO_FONT = (
            "no_font",
            _("The server has no Chinese font, so there is no PDF, and Word has no charts. Ask the administrator."),
        )

    subject: ClassVar[str]
    version = models.PositiveIntegerField()
    step = models.CharField(max_length=8, choices=Step.choices, default=Step.CHARTS)
    trouble = models.CharField(max_length=8, choices=Trouble.choices, blank=True)

    class Meta:
        abstract = True

    @property
    def thing(self) -> Any:
        """What the paper is of."""
        return getattr(self, self.subject)
