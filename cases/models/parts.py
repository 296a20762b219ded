"""Parts of a case with a life of their own: escalations, and requests for more time."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from citymgmt.history import Part
from citymgmt.people.models import Organisation, User
from citymgmt.worktime.models import Clocked, UnitChoice


class Escalation(Part, Clocked):
    """A case reported up to a district department (上报区职能部门), with the department's own clocks.

    `due_at` is when the department must acknowledge, and once it has, when it must reply.
    """

    class State(models.TextChoices):
        SENT = "sent", _("sent")
        ACKNOWLEDGED = "acknowledged", _("acknowledged")
        REPLIED = "replied", _("replied")
        RETURNED = "returned", _("returned by the department")
        TAKEN_BACK = "taken_back", _("taken back")

    OPEN = (State.SENT, State.ACKNOWLEDGED)

    case = models.ForeignKey(Case, models.PROTECT, db_index=False, related_name="escalations")
    number = models.CharField(_("supervision number"), max_length=40)
    department = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, verbose_name=_("department")
    )
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.SENT)
    is_automatic = models.BooleanField(_("automatic"), default=False)
    reason = models.TextField(_("reason"), blank=True)
    sent_at = models.DateTimeField(_("sent at"))
    acknowledged_at = models.DateTimeField(_("acknowledged at"), null=True, blank=True)
    reply_due_at = models.DateTimeField(_("reply due"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    reply = models.TextField(_("reply"), blank=True)
    urge_count = models.PositiveSmallIntegerField(_("urges"), default=0)

    class Meta:
        verbose_name = _("escalation")
        verbose_name_plural = _("escalations")
        ordering = ["-sent_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["number"], name="escalation_number_unique"),
            models.UniqueConstraint(fields=["case", "ordinal"], name="escalation_ordinal_unique"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=["sent", "acknowledged"]), name="one_open_escalation"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["sent", "acknowledged"], ended_at__isnull=True, due_at__isnull=False)
                | Q(ended_at__isnull=False) & ~Q(state__in=["sent", "acknowledged"]),
                name="escalation_open_has_deadline",
            ),
        ]
        indexes = [
            models.Index(
                fields=["department", "due_at", "id"], condition=Q(ended_at=None), name="escalation_open_of_department"
            ),
            models.Index(fields=["due_at", "id"], condition=Q(ended_at=None), name="escalation_open_by_due"),
            models.Index(
                fields=["department", "-ended_at", "-id"],
                condition=Q(ended_at__isnull=False),
                name="escalation_ended_of_department",
            ),
            models.Index(
                fields=["-ended_at", "-id"], condition=Q(ended_at__isnull=False), name="escalation_ended_newest"
            ),
            models.Index(fields=["department", "-id"], name="escalation_by_department"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Whether the department still has to do something."""
        return self.state in self.OPEN


class TimeRequest(Part):
    """A request for an extension or a suspension, decided on two levels (domain 5.4)."""

    class Kind(models.TextChoices):
        EXTENSION = "extension", _("extension")
        SUSPENSION = "suspension", _("suspension")

    class State(models.TextChoices):
        ASKED = "asked", _("waiting for review")
        REVIEWED = "reviewed", _("waiting for approval")
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("no longer needed")

    PENDING = (State.ASKED, State.REVIEWED)

    case = models.ForeignKey(Case, models.PROTECT, db_index=False, related_name="time_requests")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    reason = models.TextField(_("reason"))
    extra_value = models.PositiveSmallIntegerField(_("more time"), null=True, blank=True)
    extra_unit = models.CharField(_("unit"), max_length=2, choices=UnitChoice.choices, blank=True)
    until = models.DateTimeField(_("suspended until"), null=True, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"))
    reviewed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reviewed by")
    )
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    class Meta:
        verbose_name = _("request for time")
        verbose_name_plural = _("requests for time")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "ordinal"], name="time_request_ordinal_unique"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=["asked", "reviewed"]), name="one_pending_request"
            ),
            models.CheckConstraint(
                condition=Q(kind="extension", extra_value__isnull=False, extra_value__gte=1, until=None)
                | Q(kind="suspension", extra_value=None, until__isnull=False),
                name="time_request_says_how_long",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("asked_by")),
                name="time_request_four_eyes_review",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved")
                | Q(reviewed_by__isnull=False)
                & Q(decided_by__isnull=False)
                & ~Q(decided_by=F("reviewed_by"))
                & ~Q(decided_by=F("asked_by")),
                name="time_request_two_levels",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "id"], condition=Q(state__in=["asked", "reviewed"]), name="request_pending")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.case_id}.{self.ordinal}"

    @property
    def is_pending(self) -> bool:
        """Whether the request still waits for review or approval."""
        return self.state in self.PENDING
