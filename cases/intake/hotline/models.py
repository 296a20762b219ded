"""What is kept of the hotline's work orders: order, replies, the sheets that come and those that go."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.intake.hotline.limits import Kind, Urgency
from cases.models import Case, CaseEvent
from citymgmt.history import append_only
from citymgmt.people.models import SubDistrict, User
from citymgmt.sealed import SealedText
from citymgmt.worktime.models import Timed

LONGEST_NUMBER, LONGEST_TITLE, LONGEST_REPLY, LONGEST_FILE_NAME = 40, 200, 2000, 120  # characters
KINDS = {
    Kind.CONSULTATION.value: _("enquiry"),
    Kind.HELP.value: _("request for help"),
    Kind.COMPLAINT.value: _("complaint or report"),
    Kind.SUGGESTION.value: _("suggestion"),
}
URGENCIES = {
    Urgency.NORMAL.value: _("ordinary"),
    Urgency.URGENT.value: _("urgent"),
    Urgency.CRITICAL.value: _("very urgent"),
}


class HotlineOrder(Timed):
    """A work order of the hotline (12345 工单): a case, under the hotline's number, with the limits by which it judges.

    The case keeps its own limit by the standards. `finish_due_at` and `accept_due_at` are as the hotline set them, else
    by our table of limits from `sent_at`, or from `called_at` where that is not told; `is_finish_ours` says which.
    Who called is kept with the case's reporter alone. `replied_at` is when the first final reply was written;
    `exported_at` when the last one left, empty again while another waits to leave. `due_at` is by what it climbs the
    ladder "hotline": the limit for finishing, until it is replied.
    """

    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT, related_name="+", verbose_name=_("sub-district"))
    case = models.OneToOneField(Case, models.PROTECT, related_name="hotline_order", verbose_name=_("case"))
    number = models.CharField(_("number of the order"), max_length=LONGEST_NUMBER)
    kind = models.CharField(_("kind of call"), max_length=8, choices=KINDS.items())
    urgency = models.CharField(_("urgency"), max_length=8, choices=URGENCIES.items())
    title = models.CharField(_("title"), max_length=LONGEST_TITLE, blank=True)
    called_at = models.DateTimeField(_("called at"))
    sent_at = models.DateTimeField(_("sent to us at"), null=True, blank=True)
    accept_due_at = models.DateTimeField(_("to be accepted by"))
    finish_due_at = models.DateTimeField(_("to be finished by"))
    is_finish_ours = models.BooleanField(_("limit by our table"), default=False)
    replied_at = models.DateTimeField(_("replied at"), null=True, blank=True)
    exported_at = models.DateTimeField(_("sent back at"), null=True, blank=True)

    class Meta:
        verbose_name = _("order of the hotline")
        verbose_name_plural = _("orders of the hotline")
        ordering = ["finish_due_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["subdistrict", "number"], name="hotline_number_unique"),
            models.CheckConstraint(condition=~Q(number=""), name="hotline_has_number"),
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="hotline_kind_known"),
            models.CheckConstraint(condition=Q(urgency__in=list(URGENCIES)), name="hotline_urgency_known"),
            models.CheckConstraint(
                condition=Q(accept_due_at__gte=F("called_at"), finish_due_at__gte=F("called_at")),
                name="hotline_due_after_call",
            ),
            models.CheckConstraint(
                condition=Q(exported_at=None) | Q(replied_at__isnull=False), name="hotline_sent_back_has_reply"
            ),
            models.CheckConstraint(
                condition=Q(replied_at=None, due_at=F("finish_due_at"))
                | Q(replied_at__isnull=False, due_at=None, next_check_at=None),
                name="hotline_climbs_until_replied",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_check_at"], condition=Q(next_check_at__isnull=False), name="hotline_due_for_sweep"
            ),
            models.Index(fields=["subdistrict", "finish_due_at", "id"], name="hotline_by_due"),
            models.Index(
                fields=["subdistrict", "finish_due_at", "id"], condition=Q(replied_at=None), name="hotline_unreplied"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("intake:hotline-order", args=[self.pk])


class HotlineReply(models.Model):
    """What the hotline is told of an order, while it is worked on or in the end. It stays; another one corrects it."""

    order = models.ForeignKey(HotlineOrder, models.PROTECT, related_name="replies", verbose_name=_("order"))
    event = models.OneToOneField(CaseEvent, models.PROTECT, related_name="+")
    text = models.TextField(_("text of the reply"), max_length=LONGEST_REPLY)
    is_final = models.BooleanField(_("final"))
    is_solved = models.BooleanField(_("solved"), null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("written by"))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("reply to the hotline")
        verbose_name_plural = _("replies to the hotline")
        ordering = ["id"]
        triggers = append_only("The list of replies to the hotline")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_final=True, is_solved__isnull=False) | Q(is_final=False, is_solved=None),
                name="hotline_final_reply_says_solved",
            )
        ]

    def __str__(self) -> str:
        return f"reply {self.pk}"


class HotlineExport(models.Model):
    """A sheet of replies that went back to the hotline; its rows stay as they were."""

    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT, related_name="+", verbose_name=_("sub-district"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("made by"))
    at = models.DateTimeField(_("made at"))
    request_key = models.CharField(max_length=120, unique=True)

    class Meta:
        verbose_name = _("sheet of replies")
        verbose_name_plural = _("sheets of replies")
        ordering = ["-id"]
        triggers = append_only("The list of sheets of replies")
        indexes = [models.Index(fields=["subdistrict", "-id"], name="hotline_export_newest")]

    def __str__(self) -> str:
        return f"sheet of replies {self.pk}"


class HotlineExportRow(models.Model):
    """A reply as it stands in the sheet with which it left; each leaves once."""

    export = models.ForeignKey(HotlineExport, models.PROTECT, related_name="rows", verbose_name=_("sheet of replies"))
    reply = models.OneToOneField(HotlineReply, models.PROTECT, related_name="export_row", verbose_name=_("reply"))
    cells = models.JSONField(_("cells"))

    class Meta:
        verbose_name = _("row of a sheet of replies")
        verbose_name_plural = _("rows of sheets of replies")
        ordering = ["id"]
        triggers = append_only("The rows of a sheet of replies")

    def __str__(self) -> str:
        return f"row {self.pk}"


class HotlineSheet(models.Model):
    """A sheet of orders that somebody uploaded, read and waiting to be taken in.

    `rows` are its orders as they were read, sealed since they name callers; they are gone once all are taken in.
    `faults` are a line each, with the source sentence of what is wrong and what fills it, without anything of what
    stands there. `done` counts the rows that are through.
    """

    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT, related_name="+", verbose_name=_("sub-district"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("uploaded by"))
    at = models.DateTimeField(_("uploaded at"))
    name = models.CharField(_("file"), max_length=LONGEST_FILE_NAME)
    rows = SealedText(_("rows"), blank=True)
    faults = models.JSONField(_("wrong rows"), default=list)
    total = models.PositiveIntegerField(_("rows"))
    done = models.PositiveIntegerField(_("rows done"), default=0)
    new = models.PositiveIntegerField(_("new orders"), default=0)
    finished_at = models.DateTimeField(_("taken in at"), null=True, blank=True)
    request_key = models.CharField(max_length=120, unique=True)

    class Meta:
        verbose_name = _("sheet of orders")
        verbose_name_plural = _("sheets of orders")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(new__lte=F("done"), done__lte=F("total")), name="hotline_sheet_counts"),
            models.CheckConstraint(condition=Q(finished_at=None) | Q(rows=""), name="hotline_sheet_done_is_empty"),
        ]
        indexes = [models.Index(fields=["subdistrict", "-id"], name="hotline_sheet_newest")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("intake:hotline-sheet", args=[self.pk])

    @property
    def known(self) -> int:
        """How many of the rows that are through had a known number."""
        return self.done - self.new

    @property
    def percent(self) -> int:
        """How much is taken in, in whole percent."""
        return self.done * 100 // max(self.total, 1)
