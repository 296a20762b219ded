"""What is kept of monthly bulletins: text and figures, their files, and the jobs that make these."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.statistics.bulletins.keeping import bulletin_triggers, file_triggers
from citymgmt.paperwork.models import PaperFile, PaperJob
from citymgmt.people.models import SubDistrict

LONGEST_TITLE, LONGEST_ISSUER, LONGEST_COPIES = 100, 60, 300  # characters
SAID_OF_BULLETINS = (  # what the audit trail keeps: all that people write or decide
    "subdistrict", "month", "language", "title", "issuer", "sections", "reports_to", "sends_to", "copies_to", "version",
    "drafted_at", "drafted_by", "saved_at", "saved_by", "issued_at", "issued_by", "year", "number", "replaces",
)  # fmt: skip


@pghistory.track(fields=list(SAID_OF_BULLETINS), model_name="BulletinEvent")
class Bulletin(models.Model):
    """The bulletin of a month: text that people edit, on figures that stay as they were when it was drafted.

    `month` is its first day. `sections` lists the parts in their order, each with `key`, `heading`, `text` (paragraphs,
    one a line) and `is_left_out`. `snapshot` is what `bulletins.snapshots` took beside the frozen evaluation. `version`
    counts the texts: each saving makes the next one, so does issuing. `year` and `number` name an issued one (第N期).
    """

    class Language(models.TextChoices):
        CHINESE = "zh-hans", _("Chinese")
        ENGLISH = "en", _("English")

    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT, related_name="+", verbose_name=_("sub-district"))
    evaluation = models.ForeignKey("statistics.Evaluation", models.PROTECT, related_name="bulletins")
    month = models.DateField(_("month"))
    language = models.CharField(
        _("language of the paper"), max_length=8, choices=Language.choices, default=Language.CHINESE
    )
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    issuer = models.CharField(_("issued by"), max_length=LONGEST_ISSUER)
    sections = models.JSONField(_("text"), default=list)
    reports_to = models.CharField(_("reported to"), max_length=LONGEST_COPIES, blank=True)
    sends_to = models.CharField(_("sent to"), max_length=LONGEST_COPIES, blank=True)
    copies_to = models.CharField(_("distributed to"), max_length=LONGEST_COPIES, blank=True)
    snapshot = models.JSONField(default=dict)
    version = models.PositiveIntegerField(_("version"), default=1)
    drafted_at = models.DateTimeField(_("drafted at"))
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("drafted by")
    )
    saved_at = models.DateTimeField(_("saved at"))
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("saved by"))
    issued_at = models.DateTimeField(_("issued at"), null=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("issued by")
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True)
    number = models.PositiveSmallIntegerField(_("number"), null=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name=_("replaces")
    )
    request_key = models.CharField(max_length=120, null=True, unique=True)
    save_key = models.CharField(max_length=120, null=True, unique=True)
    issue_key = models.CharField(max_length=120, null=True, unique=True)

    class Meta:
        verbose_name = _("monthly bulletin")
        verbose_name_plural = _("monthly bulletins")
        triggers = bulletin_triggers()
        constraints = [
            models.CheckConstraint(
                condition=Q(issued_at=None, issued_by=None, year=None, number=None, replaces=None)
                | Q(issued_at__isnull=False, issued_by__isnull=False, year__isnull=False, number__gte=1),
                name="bulletin_issued_with_number",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="bulletin_month_by_its_first_day"),
            models.CheckConstraint(condition=~Q(replaces=F("id")), name="bulletin_replaces_another"),
            models.UniqueConstraint(fields=["subdistrict", "year", "number"], name="bulletin_number_unique"),
            models.UniqueConstraint(
                fields=["subdistrict", "month"], condition=Q(issued_at=None), name="bulletin_one_draft"
            ),
            models.UniqueConstraint(
                fields=["subdistrict", "month"],
                condition=Q(issued_at__isnull=False, replaces=None),
                name="bulletin_one_issued",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("statistics:bulletin", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        """Whether it can still be changed."""
        return self.issued_at is None


class BulletinFile(PaperFile):
    """A file of one text of a bulletin."""

    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="files", db_index=False)

    class Meta:
        triggers = file_triggers()
        constraints = [models.UniqueConstraint(fields=["bulletin", "version", "kind"], name="bulletin_file_unique")]

    def __str__(self) -> str:
        return f"{self.bulletin_id} {self.version} {self.kind}"


class BulletinJob(PaperJob):
    """The making of the files of one text of a bulletin."""

    subject = "bulletin"
    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="jobs", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bulletin", "version"], name="bulletin_job_unique")]
        indexes = [models.Index(fields=["id"], condition=Q(state="waiting"), name="bulletin_job_waiting")]

    def __str__(self) -> str:
        return f"{self.bulletin_id} {self.version} {self.state}"
