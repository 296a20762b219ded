"""The case. Its columns that follow from events are written by `cases.history` alone."""

from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Reverse
from django.utils.translation import gettext_lazy as _

from cases import workflow
from cases.models.catalogue import CaseStandard, Category
from citymgmt.people.models import Organisation, SubDistrict, User
from citymgmt.worktime.clock import Limit, Unit
from citymgmt.worktime.models import Timed, UnitChoice
from communities.models import Community, KeyPlace, Project


class CaseNumber(models.Model):
    """The last serial number given out on a day in a sub-district; numbers are never used twice."""

    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT, db_index=False)
    on = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subdistrict", "on"], name="case_number_day_unique")]


class Case(Timed):
    """One matter with one answerable person, one deadline and one history.

    `version` is the number of its events. `limit_*`, `condition_*` and `closing_*` are the copy of the
    standard that applied when it was filed. `left` is the time of the limit's own clock that remained when
    the case was suspended. `handled_at` is when handling was last reported back: it decides whether the
    case was on time, over all rounds of rework (the bundled deadline, domain 4.2).
    """

    class Source(models.TextChoices):
        PATROL = "patrol", _("patrol")
        CALL = "call", _("telephone call")
        VISIT = "visit", _("visitor")
        HOTLINE = "hotline", _("12345 hotline")
        PAPER = "paper", _("letter or paper")
        CITIZEN = "citizen", _("citizen's report")
        MEDIA = "media", _("media")
        VIDEO = "video", _("video")
        INSPECTION = "inspection", _("inspection from above")
        LEDGER = "ledger", _("imported ledger")

    class CloseKind(models.TextChoices):
        NORMAL = "normal", _("normal")
        OVERDUE = "overdue", _("overdue")
        ERROR = "error", _("with error")
        SPECIAL = "special", _("special")
        SELF_HANDLED = "self_handled", _("self-handled")

    class Appeal(models.TextChoices):
        NONE = "", _("none")
        PENDING = "pending", _("pending")
        UPHELD = "upheld", _("upheld: exempt from the statistics")
        REJECTED = "rejected", _("rejected")

    # what was reported: facts, written by the actions that log and correct a case
    number = models.CharField(_("case number"), max_length=30)
    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT, db_index=False, verbose_name=_("sub-district"))
    description = models.TextField(_("description"), max_length=2000)
    address = models.CharField(_("address"), max_length=200, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=10, decimal_places=7, null=True, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=9, decimal_places=7, null=True, blank=True)
    source = models.CharField(_("source"), max_length=12, choices=Source.choices)
    is_campaign = models.BooleanField(_("campaign work"), default=False)
    campaign = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, db_index=False, related_name="cases", verbose_name=_("campaign")
    )
    external_ref = models.CharField(_("number in the old ledger"), max_length=60, blank=True)
    created_at = models.DateTimeField(_("reported at"))
    logged_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("logged by")
    )

    # what follows from the events: written by history.record only
    version = models.PositiveIntegerField(default=0)
    state = models.CharField(_("state"), max_length=16, choices=workflow.STATE_CHOICES)
    community = models.ForeignKey(
        Community, models.PROTECT, null=True, blank=True, db_index=False, verbose_name=_("community")
    )
    key_place = models.ForeignKey(
        KeyPlace, models.PROTECT, null=True, blank=True, db_index=False, verbose_name=_("key place")
    )
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, db_index=False, verbose_name=_("category")
    )
    standard = models.ForeignKey(
        CaseStandard, models.PROTECT, null=True, blank=True, db_index=False, verbose_name=_("standard")
    )
    condition_zh = models.CharField(max_length=300, blank=True)
    condition_en = models.CharField(max_length=300, blank=True)
    closing_zh = models.CharField(max_length=200, blank=True)
    closing_en = models.CharField(max_length=200, blank=True)
    limit_value = models.PositiveSmallIntegerField(_("limit"), null=True, blank=True)
    limit_unit = models.CharField(_("unit"), max_length=2, choices=UnitChoice.choices, blank=True)
    department = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("department for escalation"),
    )
    officer = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name=_("officer")
    )
    team = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, db_index=False, related_name="+", verbose_name=_("team")
    )
    handler = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, db_index=False, related_name="+", verbose_name=_("assigned to")
    )
    filed_at = models.DateTimeField(_("filed at"), null=True, blank=True)
    is_due_provisional = models.BooleanField(_("provisional deadline"), default=False)
    handled_at = models.DateTimeField(_("handled at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    close_kind = models.CharField(_("kind of closing"), max_length=12, choices=CloseKind.choices, blank=True)
    closing_note = models.CharField(_("closing condition met"), max_length=300, blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    left = models.DurationField(null=True, blank=True)
    suspended_until = models.DateTimeField(_("suspended until"), null=True, blank=True)
    suspension_count = models.PositiveSmallIntegerField(default=0)
    extension_count = models.PositiveSmallIntegerField(_("extensions"), default=0)
    rework_count = models.PositiveSmallIntegerField(_("rework"), default=0)
    return_count = models.PositiveSmallIntegerField(_("returns"), default=0)
    urge_count = models.PositiveSmallIntegerField(_("urges"), default=0)
    supervision_count = models.PositiveSmallIntegerField(_("supervisions"), default=0)
    was_escalated = models.BooleanField(default=False)
    ladder_code = models.CharField(_("ladder"), max_length=4, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="merged",
        verbose_name=_("merged into"),
    )
    appeal = models.CharField(_("appeal"), max_length=8, choices=Appeal.choices, blank=True, default=Appeal.NONE)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["number"], opclasses=["varchar_pattern_ops"], name="case_number_unique"),
            models.CheckConstraint(
                condition=Q(state__in=[code for code, _label in workflow.STATE_CHOICES]),
                name="case_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(workflow.CLOCKED)) | Q(due_at__isnull=False),
                name="case_clocked_has_deadline",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(workflow.ENDED), closed_at__isnull=False)
                | Q(closed_at__isnull=True) & ~Q(state__in=sorted(workflow.ENDED)),
                name="case_ended_has_moment",
            ),
            models.CheckConstraint(condition=~Q(state="closed") | ~Q(close_kind=""), name="case_closed_has_kind"),
            models.CheckConstraint(
                condition=~Q(state="merged") | Q(merged_into__isnull=False), name="case_merged_has_target"
            ),
            models.CheckConstraint(
                condition=~Q(state="suspended") | Q(suspended_until__isnull=False), name="case_suspended_ends"
            ),
            models.CheckConstraint(condition=Q(extension_count__lte=2), name="case_extended_twice_at_most"),
            models.CheckConstraint(condition=Q(suspension_count__lte=1), name="case_suspended_once_at_most"),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(workflow.ENDED)) | Q(next_check_at__isnull=True),
                name="case_ended_sleeps",
            ),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(longitude__isnull=False, latitude__isnull=False)
                & Q(longitude__range=(-180, 180), latitude__range=(-90, 90)),
                name="case_point_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(campaign__isnull=True) | Q(is_campaign=True), name="case_of_campaign_is_campaign_work"
            ),
            models.UniqueConstraint(
                fields=["subdistrict", "external_ref"],
                condition=~Q(external_ref=""),
                name="case_external_ref_unique",
            ),
        ]
        indexes = [
            models.Index(fields=["next_check_at"], condition=Q(next_check_at__isnull=False), name="case_due_for_sweep"),
            models.Index(fields=["subdistrict", "-created_at", "-id"], name="case_newest"),
            models.Index(fields=["subdistrict", "due_at", "-id"], name="case_by_due"),
            models.Index(fields=["subdistrict", "state", "-created_at", "-id"], name="case_by_state_newest"),
            models.Index(OpClass(Reverse("number"), name="text_pattern_ops"), name="case_by_number_end"),
            models.Index(fields=["subdistrict", "state", "due_at"], name="case_by_state"),
            models.Index(fields=["community", "state", "due_at"], name="case_by_community"),
            models.Index(
                "officer",
                "subdistrict",
                F("due_at").asc(nulls_first=True),
                "id",
                include=["state"],
                condition=Q(closed_at=None),
                name="case_open_of_officer",
            ),
            models.Index(
                "team",
                F("due_at").asc(nulls_first=True),
                "id",
                include=["state", "handler"],
                condition=Q(closed_at=None),
                name="case_open_of_team",
            ),
            models.Index(fields=["subdistrict", "due_at"], condition=Q(closed_at=None), name="case_open_by_place"),
            models.Index(
                fields=["subdistrict", "due_at", "id"],
                include=["state"],
                condition=Q(state__in=sorted(workflow.RUNNING)),
                name="case_running_by_due",
            ),
            models.Index(
                fields=["subdistrict", "ladder_code", "due_at", "id"],
                condition=Q(state__in=sorted(workflow.RUNNING)),
                name="case_running_by_rung",
            ),
            models.Index(fields=["category", "-created_at", "-id"], name="case_by_category"),
            models.Index(fields=["community", "-created_at", "-id"], name="case_by_community_newest"),
            models.Index(fields=["longitude", "latitude"], condition=Q(closed_at=None), name="case_open_by_point"),
            models.Index(
                fields=["key_place", "closed_at"], condition=Q(key_place__isnull=False), name="case_by_key_place"
            ),
            models.Index(fields=["team"], condition=Q(team__isnull=False), name="case_by_team"),
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="case_by_merged_into"),
            models.Index(fields=["community", "address"], condition=~Q(address=""), name="case_by_address"),
            models.Index(
                fields=["subdistrict", "closed_at"],
                include=["state"],
                condition=Q(closed_at__isnull=False),
                name="case_ended_by_place",
            ),
            models.Index(
                fields=["campaign", "-created_at", "-id"],
                include=["closed_at"],
                condition=Q(campaign__isnull=False),
                name="case_by_campaign_newest",
            ),
            models.Index(
                fields=["id"], condition=Q(is_due_provisional=True, closed_at=None), name="case_open_provisional"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """The page of the case."""
        return f"/cases/{self.number}/"

    @property
    def limit(self) -> Limit | None:
        """The limit that applied when the case was filed; None before filing."""
        return Limit(self.limit_value, Unit(self.limit_unit)) if self.limit_value else None

    @property
    def may_have_escalations(self) -> bool:
        """Whether it was escalated, in this round or perhaps in one before; False when it never was."""
        return self.was_escalated or self.round > 1

    @property
    def is_open(self) -> bool:
        """Whether the case has not ended."""
        return self.state not in workflow.ENDED
