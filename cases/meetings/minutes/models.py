"""What is kept of minutes: the paper from draft to issue, its files and jobs, and who received it."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.meetings.minutes.keeping import file_triggers, minutes_triggers
from cases.meetings.models.meeting import Meeting
from cases.meetings.models.receipts import UnitReceipt
from citymgmt.paperwork.models import PaperFile, PaperJob
from citymgmt.people.models import SubDistrict

LONGEST_TITLE, LONGEST_ISSUER, LONGEST_COPIES, LONGEST_OPENING = 100, 60, 300, 3000  # characters
SAID_OF_MINUTES = (  # what the audit trail keeps: all that people write or decide
    "subdistrict", "meeting", "language", "title", "issuer", "opening", "reports_to", "sends_to", "copies_to", "reason",
    "state", "version", "drafted_at", "drafted_by", "checked_at", "checked_by", "signed_at", "signed_by", "issued_at",
    "issued_by", "year", "number", "replaces",
)  # fmt: skip


@pghistory.track(fields=list(SAID_OF_MINUTES), model_name="MinutesEvent")
class Minutes(models.Model):
    """The minutes of a meeting: draft, checked, signed, issued (起草、核稿、签发、印发).

    While they are a draft, agenda, attendance and resolutions are read from the meeting; once checked, `content` keeps
    them as they were, and the meeting's texts rest until they are taken back or a correction is drafted. `version`
    counts texts and steps. `year` and `number` name issued ones (〔2026〕3号). `replaces` are the issued ones whose
    place a correction takes, with its `reason`.
    """

    class Language(models.TextChoices):
        CHINESE = "zh-hans", _("Chinese")
        ENGLISH = "en", _("English")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        CHECKED = "checked", _("checked")
        SIGNED = "signed", _("signed")
        ISSUED = "issued", _("issued")

    AT_REST = (State.CHECKED, State.SIGNED)  # in these nothing of the meeting's text changes

    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT, related_name="+", verbose_name=_("sub-district"))
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="minutes", verbose_name=_("meeting"))
    language = models.CharField(
        _("language of the paper"), max_length=8, choices=Language.choices, default=Language.CHINESE
    )
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    issuer = models.CharField(_("issued by"), max_length=LONGEST_ISSUER)
    opening = models.TextField(_("opening"), max_length=LONGEST_OPENING, blank=True)
    reports_to = models.CharField(_("reported to"), max_length=LONGEST_COPIES, blank=True)
    sends_to = models.CharField(_("sent to"), max_length=LONGEST_COPIES, blank=True)
    copies_to = models.CharField(_("distributed to"), max_length=LONGEST_COPIES, blank=True)
    reason = models.CharField(_("reason of the correction"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.DRAFT)
    content = models.JSONField(null=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    drafted_at = models.DateTimeField(_("drafted at"))
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("drafted by")
    )
    checked_at = models.DateTimeField(_("checked at"), null=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("checked by")
    )
    signed_at = models.DateTimeField(_("signed at"), null=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("signed by")
    )
    issued_at = models.DateTimeField(_("issued at"), null=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("issued by")
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True)
    number = models.PositiveSmallIntegerField(_("number"), null=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name=_("replaces")
    )

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")
        ordering = ["-id"]
        triggers = minutes_triggers()
        constraints = [
            models.UniqueConstraint(fields=["subdistrict", "year", "number"], name="minutes_number_unique"),
            models.UniqueConstraint(fields=["meeting"], condition=~Q(state="issued"), name="minutes_one_in_the_making"),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(state="issued", replaces=None), name="minutes_one_first_issue"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", content=None, checked_by=None, signed_by=None, issued_by=None)
                | Q(state="checked", checked_by__isnull=False, signed_by=None, issued_by=None)
                | Q(state="signed", checked_by__isnull=False, signed_by__isnull=False, issued_by=None)
                | Q(state="issued", checked_by__isnull=False, signed_by__isnull=False, issued_by__isnull=False),
                name="minutes_step_by_step",
            ),
            models.CheckConstraint(condition=Q(state="draft") | Q(content__isnull=False), name="minutes_keep_content"),
            models.CheckConstraint(
                condition=Q(signed_by=None) | ~Q(signed_by=F("checked_by")), name="minutes_four_eyes"
            ),
            models.CheckConstraint(
                condition=Q(state="issued", year__isnull=False, number__gte=1, issued_at__isnull=False)
                | ~Q(state="issued") & Q(year=None, number=None, issued_at=None),
                name="minutes_issued_with_number",
            ),
            models.CheckConstraint(condition=Q(replaces=None) | ~Q(reason=""), name="minutes_corrected_with_a_reason"),
            models.CheckConstraint(condition=~Q(replaces=F("id")), name="minutes_replace_others"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Their page."""
        return reverse("meetings:minutes", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        """Whether their text can be changed."""
        return self.state == self.State.DRAFT

    @property
    def is_issued(self) -> bool:
        """Whether nothing of them changes any more."""
        return self.state == self.State.ISSUED


class MinutesFile(PaperFile):
    """A file of one text of minutes."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="files", db_index=False)

    class Meta:
        triggers = file_triggers()
        constraints = [models.UniqueConstraint(fields=["minutes", "version", "kind"], name="minutes_file_unique")]

    def __str__(self) -> str:
        return f"{self.minutes_id} {self.version} {self.kind}"


class MinutesJob(PaperJob):
    """The making of the files of one text of minutes."""

    subject = "minutes"
    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="jobs", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["minutes", "version"], name="minutes_job_unique")]
        indexes = [models.Index(fields=["id"], condition=Q(state="waiting"), name="minutes_job_waiting")]

    def __str__(self) -> str:
        return f"{self.minutes_id} {self.version} {self.state}"


@pghistory.track(exclude=["id"])
class Receipt(UnitReceipt):
    """That a unit has received issued minutes (签收)."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="receipts")

    class Meta(UnitReceipt.Meta):
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        ordering = ["minutes", "unit__kind", "unit_id"]
        constraints = [
            *UnitReceipt.Meta.constraints,
            models.UniqueConstraint(fields=["minutes", "unit"], name="receipt_of_a_unit_once"),
        ]

    def __str__(self) -> str:
        return f"{self.minutes_id} {self.unit_id}"
