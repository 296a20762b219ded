"""What is kept of circulars: the paper from draft to issue, its files and jobs, receipts and reminders."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.meetings.circulars.keeping import circular_triggers, file_triggers
from cases.meetings.models.receipts import UnitReceipt
from citymgmt.paperwork.models import PaperFile, PaperJob
from citymgmt.people.models import SubDistrict

LONGEST_TITLE, LONGEST_ISSUER, LONGEST_BODY, LONGEST_REASON = 100, 60, 6000, 500  # characters
SAID_OF_CIRCULARS = (  # what the audit trail keeps: all that people write or decide
    "subdistrict", "kind", "language", "title", "issuer", "body", "recipients", "cases", "confirm_by", "corrects",
    "state", "reason", "version", "drafted_at", "drafted_by", "submitted_at", "submitted_by", "issued_at", "issued_by",
    "year", "number",
)  # fmt: skip


@pghistory.track(fields=list(SAID_OF_CIRCULARS), model_name="CircularEvent")
class Circular(models.Model):
    """A circular: draft, submitted, issued.

    `recipients` are ids of member units, `cases` ids of the cases that it is about. Units, cases and their states are
    read while it is not issued; from then on `content` keeps them as they were. `reason` is why a leader sent it back.
    `version` counts texts and steps. `year` and `number` name an issued one (〔2026〕3号), which may be named by others
    that correct it. `confirm_by` is the last day on which the units are to confirm the receipt.
    """

    class Kind(models.TextChoices):
        INFORMATION = "information", _("information")  # 情况通报
        COMMENDATION = "commendation", _("commendation")  # 表扬通报
        CRITICISM = "criticism", _("criticism")  # 批评通报

    class Language(models.TextChoices):
        CHINESE = "zh-hans", _("Chinese")
        ENGLISH = "en", _("English")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        ISSUED = "issued", _("issued")

    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT, related_name="+", verbose_name=_("sub-district"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.INFORMATION)
    language = models.CharField(
        _("language of the paper"), max_length=8, choices=Language.choices, default=Language.CHINESE
    )
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    issuer = models.CharField(_("issued by"), max_length=LONGEST_ISSUER)
    body = models.TextField(_("text"), max_length=LONGEST_BODY)
    recipients = models.JSONField(_("recipients"), default=list)
    cases = models.JSONField(_("cases"), default=list)
    confirm_by = models.DateField(_("confirm receipt by"), null=True)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="corrected_by", verbose_name=_("corrects")
    )
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.DRAFT)
    reason = models.CharField(_("sent back because"), max_length=LONGEST_REASON, blank=True)
    content = models.JSONField(null=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    drafted_at = models.DateTimeField(_("drafted at"))
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("drafted by")
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("submitted by")
    )
    issued_at = models.DateTimeField(_("issued at"), null=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("issued by")
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True)
    number = models.PositiveSmallIntegerField(_("number"), null=True)
    request_key = models.CharField(max_length=120, null=True, unique=True)

    class Meta:
        verbose_name = _("circular")
        verbose_name_plural = _("circulars")
        ordering = ["-id"]
        triggers = circular_triggers()
        constraints = [
            models.UniqueConstraint(fields=["subdistrict", "year", "number"], name="circular_number_unique"),
            models.CheckConstraint(
                condition=Q(state="draft", submitted_by=None, submitted_at=None, issued_by=None)
                | Q(state="submitted", submitted_by__isnull=False, submitted_at__isnull=False, issued_by=None)
                | Q(state="issued", submitted_by__isnull=False, submitted_at__isnull=False, issued_by__isnull=False),
                name="circular_step_by_step",
            ),
            models.CheckConstraint(
                condition=Q(issued_by=None) | ~Q(issued_by=F("drafted_by")) & ~Q(issued_by=F("submitted_by")),
                name="circular_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(state="issued", year__isnull=False, number__gte=1, issued_at__isnull=False)
                & Q(content__isnull=False)
                | ~Q(state="issued") & Q(year=None, number=None, issued_at=None, content=None),
                name="circular_issued_with_number",
            ),
            models.CheckConstraint(condition=Q(reason="") | Q(state="draft"), name="circular_reason_of_a_draft"),
            models.CheckConstraint(condition=~Q(corrects=F("id")), name="circular_corrects_another"),
        ]
        indexes = [models.Index(fields=["subdistrict", "-id"], name="circular_of_office")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("meetings:circular", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        """Whether its text can be changed."""
        return self.state == self.State.DRAFT

    @property
    def is_issued(self) -> bool:
        """Whether nothing of it changes any more."""
        return self.state == self.State.ISSUED


class CircularFile(PaperFile):
    """A file of one text of a circular."""

    circular = models.ForeignKey(Circular, models.CASCADE, related_name="files", db_index=False)

    class Meta:
        triggers = file_triggers()
        constraints = [models.UniqueConstraint(fields=["circular", "version", "kind"], name="circular_file_unique")]

    def __str__(self) -> str:
        return f"{self.circular_id} {self.version} {self.kind}"


class CircularJob(PaperJob):
    """The making of the files of one text of a circular."""

    subject = "circular"
    circular = models.ForeignKey(Circular, models.CASCADE, related_name="jobs", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["circular", "version"], name="circular_job_unique")]
        indexes = [models.Index(fields=["id"], condition=Q(state="waiting"), name="circular_job_waiting")]

    def __str__(self) -> str:
        return f"{self.circular_id} {self.version} {self.state}"


@pghistory.track(exclude=["id"])
class CircularReceipt(UnitReceipt):
    """That a unit has received an issued circular (签收)."""

    circular = models.ForeignKey(Circular, models.PROTECT, related_name="receipts")

    class Meta(UnitReceipt.Meta):
        verbose_name = _("receipt of a circular")
        verbose_name_plural = _("receipts of circulars")
        ordering = ["circular", "unit__kind", "unit_id"]
        constraints = [
            *UnitReceipt.Meta.constraints,
            models.UniqueConstraint(fields=["circular", "unit"], name="circular_receipt_of_a_unit_once"),
        ]

    def __str__(self) -> str:
        return f"{self.circular_id} {self.unit_id}"


class CircularReminder(models.Model):
    """That those who had not confirmed were reminded, once a day."""

    circular = models.ForeignKey(Circular, models.PROTECT, related_name="reminders", db_index=False)
    on = models.DateField()
    reminded_at = models.DateTimeField()
    reminded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["circular", "-on"]
        constraints = [models.UniqueConstraint(fields=["circular", "on"], name="circular_reminded_once_a_day")]

    def __str__(self) -> str:
        return f"{self.circular_id} {self.on}"
