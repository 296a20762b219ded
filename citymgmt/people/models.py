"""Who: sub-districts, organisations and users, with the database's own guard over roles and scope."""

import uuid
from typing import Any

import pghistory
import pgtrigger
from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken

from citymgmt.people.roles import DEPARTMENT_ROLES, SUBDISTRICT_ROLES, TEAM_ROLES, Role

digits_6 = RegexValidator(r"^[0-9]{6}\Z", _("Six digits."))
digits_9 = RegexValidator(r"^[0-9]{9}\Z", _("Nine digits."))


def in_language(chinese: str, english: str) -> str:
    """The wording in the reader's language; Chinese where there is no English."""
    return english if english and (get_language() or "").startswith("en") else chinese


class TableVersion(models.Model):
    """The version of a table whose rows are kept in memory (`citymgmt.people.kept`): another one after each change."""

    table = models.CharField(max_length=63, primary_key=True)
    version = models.UUIDField()

    def __str__(self) -> str:
        return self.table


def tells_version(*columns: str) -> pgtrigger.Trigger:
    """A statement trigger: whoever changes the table, or these columns of it, by whatever way, gives it a new version.

    Changes of one such table wait for each other until they are committed.
    """
    updates = pgtrigger.UpdateOf(*columns) if columns else pgtrigger.Update  # type: ignore[no-untyped-call]
    return pgtrigger.Trigger(
        name="tell_version",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | updates | pgtrigger.Delete | pgtrigger.Truncate,
        func="""
            INSERT INTO people_tableversion ("table", version) VALUES (TG_TABLE_NAME, gen_random_uuid())
            ON CONFLICT ("table") DO UPDATE SET version = excluded.version;
            RETURN NULL;
        """,
    )


class Bilingual(models.Model):
    """A thing with a Chinese name and, where there is one, an English name."""

    name_zh = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=160, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return in_language(self.name_zh, self.name_en)


@pghistory.track()
class SubDistrict(Bilingual):
    """A sub-district (街道): one office runs its city management. Code: 9-digit statistical code."""

    code = models.CharField(_("code"), max_length=9, unique=True, validators=[digits_9])
    district_code = models.CharField(_("district code"), max_length=6, validators=[digits_6], db_index=True)
    district_name = models.CharField(_("district"), max_length=60)

    class Meta:
        verbose_name = _("sub-district")
        verbose_name_plural = _("sub-districts")
        ordering = ["code"]
        triggers = [tells_version()]


@pghistory.track()
class Organisation(Bilingual):
    """An office, a team of a sub-district, or a department (or utility) of the district."""

    class Kind(models.TextChoices):
        OFFICE = "office", _("sub-district office")
        CLEANING_TEAM = "cleaning_team", _("cleaning team")
        ENFORCEMENT_TEAM = "enforcement_team", _("enforcement team")
        PEST_TEAM = "pest_team", _("pest-control team")
        DEPARTMENT = "department", _("district department")
        ENTERPRISE = "enterprise", _("utility enterprise")
        UNIT = "unit", _("specialist unit")
        GOVERNMENT = "government", _("district government")

    OF_SUBDISTRICT = (Kind.OFFICE, Kind.CLEANING_TEAM, Kind.ENFORCEMENT_TEAM, Kind.PEST_TEAM)
    OF_DISTRICT = (Kind.DEPARTMENT, Kind.ENTERPRISE, Kind.UNIT, Kind.GOVERNMENT)

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    key = models.SlugField(_("key"), max_length=30, help_text=_("Short code, for example cgj."))
    short_zh = models.CharField(_("short name"), max_length=60, blank=True)
    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT, null=True, blank=True, verbose_name=_("sub-district"))
    district_code = models.CharField(_("district code"), max_length=6, validators=[digits_6])
    matters_zh = models.TextField(_("matters"), blank=True, help_text=_("What this body answers for."))
    matters_en = models.TextField(_("matters (English)"), blank=True)
    reply_limit_days = models.PositiveSmallIntegerField(_("reply limit in working days"), default=5)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["district_code", "key"]
        triggers = [tells_version()]
        constraints = [
            models.UniqueConstraint(
                fields=["district_code", "key", "subdistrict"],
                nulls_distinct=False,
                name="organisation_key_unique",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=["office", "cleaning_team", "enforcement_team", "pest_team"],
                    subdistrict__isnull=False,
                )
                | Q(kind__in=["department", "enterprise", "unit", "government"], subdistrict__isnull=True),
                name="organisation_kind_fits_place",
            ),
        ]

    @property
    def matters(self) -> str:
        """What the body answers for, in the reader's language."""
        return in_language(self.matters_zh, self.matters_en)


class Users(UserManager):
    """Users by log-in name."""

    def create_superuser(
        self, username: str, email: str | None = None, password: str | None = None, **extra: Any
    ) -> Any:
        """Refused in favour of roles: an administrator is made, without the other two powers."""
        extra.setdefault("role", Role.ADMIN)
        return self.create_user(username, email, password, **extra)


class NoticeGroup(models.TextChoices):
    """What messages are about, as people choose among them."""

    WORK = "work", _("new work")
    DEADLINES = "deadlines", _("deadlines and urges")
    ANSWERS = "answers", _("answers and results")
    MENTIONS = "mentions", _("mentions by colleagues")


def all_groups() -> list[str]:
    """All groups of messages."""
    return [group.value for group in NoticeGroup]


SHOWN_OF_USERS = (
    "username",
    "display_name",
    "role",
    "subdistrict_id",
    "organisation_id",
    "office_phone",
    "is_active",
)


TOLD_OF_USERS = (  # all but the last log-in, which changes without anybody's doing
    *SHOWN_OF_USERS, "password", "is_superuser", "is_staff", "first_name", "last_name", "email", "date_joined", "post",
    "language", "mail_choice", "mail_groups", "mail_rhythm", "mail_hour", "quiet_from", "quiet_until",
)  # fmt: skip


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    pghistory.ManualEvent("password"),  # type: ignore[no-untyped-call]  # that it changed, not to what
    exclude=["password", "last_login"],
)
class User(AbstractUser):  # type: ignore[django-manager-missing]  # of tokens, which knox makes
    """A person with at most one role; the role and the place in the organisation give the scope."""

    class MailChoice(models.TextChoices):
        NONE = "none", _("no e-mail")
        URGENT = "urgent", _("urgent matters only")
        ALL = "all", _("everything")

    class MailRhythm(models.TextChoices):
        AT_ONCE = "at_once", _("at once, each by itself")
        HOURLY = "hourly", _("gathered, every hour")
        DAILY = "daily", _("gathered, once each working day")

    role = models.CharField(_("role"), max_length=20, choices=Role.choices, blank=True)
    display_name = models.CharField(_("name"), max_length=60, blank=True)
    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT, null=True, blank=True, verbose_name=_("sub-district"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, verbose_name=_("organisation")
    )
    post = models.CharField(_("post"), max_length=60, blank=True)
    office_phone = models.CharField(_("office phone"), max_length=30, blank=True)
    language = models.CharField(
        _("language"), max_length=10, default="zh-hans", choices=[("zh-hans", "中文"), ("en", "English")]
    )
    mail_choice = models.CharField(_("e-mail"), max_length=10, choices=MailChoice.choices, default=MailChoice.URGENT)
    mail_groups = ArrayField(
        models.CharField(max_length=10, choices=NoticeGroup.choices),
        verbose_name=_("e-mail about"),
        default=all_groups,
        blank=True,
    )
    mail_rhythm = models.CharField(
        _("rhythm of e-mail"), max_length=10, choices=MailRhythm.choices, default=MailRhythm.AT_ONCE
    )
    mail_hour = models.PositiveSmallIntegerField(_("hour of the gathered e-mail"), default=9)
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)

    objects = Users()  # type: ignore[misc]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["username"]
        triggers = [tells_version(*TOLD_OF_USERS)]
        constraints = [
            models.CheckConstraint(
                condition=~Q(role__in=sorted(SUBDISTRICT_ROLES)) | Q(subdistrict__isnull=False),
                name="user_role_needs_subdistrict",
            ),
            models.CheckConstraint(
                condition=~Q(role__in=sorted(TEAM_ROLES | DEPARTMENT_ROLES)) | Q(organisation__isnull=False),
                name="user_role_needs_organisation",
            ),
            models.CheckConstraint(condition=Q(is_superuser=False), name="user_nobody_is_above_the_table"),
            models.CheckConstraint(condition=Q(mail_hour__range=(0, 23)), name="user_mail_hour_of_a_day"),
        ]
        indexes = [
            models.Index(fields=["role", "subdistrict"]),
            models.Index(fields=["role", "organisation"]),
        ]

    def __str__(self) -> str:
        return self.display_name or self.username

    @property
    def district_code(self) -> str:
        """The district in which the person works, from the sub-district or the organisation; empty when neither."""
        if self.subdistrict is not None:
            return self.subdistrict.district_code
        return self.organisation.district_code if self.organisation is not None else ""


@pghistory.track(exclude=["digest", "token_key", "number", "last_used_on"])
class ApiToken(AbstractAuthToken):
    """A token of the API: only the hash of its secret is kept. `number` names it in addresses.

    Knox's own model is exchanged for it (KNOX_TOKEN_MODEL) rather than joined to it, so that the query which finds
    the token also brings its name and its last use.
    """

    number = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=60, blank=True)
    last_used_on = models.DateField(_("last used on"), null=True, blank=True)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created", "number"]
        constraints = [
            models.CheckConstraint(condition=Q(expiry__isnull=False), name="api_token_ends"),
            models.UniqueConstraint(fields=["user", "name"], condition=~Q(name=""), name="api_token_name_unique"),
        ]

    def __str__(self) -> str:
        return self.name or str(_("without a name"))


class RateCount(models.Model):
    """How many requests somebody made in a window of time; `name` says who and of which kind.

    The table is unlogged: its commits wait for no disk, and after a crash it is empty, which forgives a minute.
    """

    name = models.CharField(max_length=80, primary_key=True)
    window_at = models.DateTimeField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(count__gt=0), name="rate_count_positive")]
        indexes = [models.Index(fields=["window_at"])]

    def __str__(self) -> str:
        return self.name
