"""A resident's report, what the resident adds to it, and what the office answers."""

import hashlib
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.intake.models.clients import ApiClient
from cases.intake.models.topics import Topic
from cases.models import Case, CaseEvent
from citymgmt.history import append_only
from citymgmt.people.models import User

LONGEST_TEXT = 2000
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
CLAIMS = {  # states of updates in Open311 as others extend it, by what a program may say of a request
    "OPEN": _("goes on"),
    "CLOSED": _("closed"),
    "INVESTIGATING": _("being looked into"),
    "IN_PROGRESS": _("being handled"),
    "ACTION_SCHEDULED": _("planned"),
    "FIXED": _("solved"),
    "DUPLICATE": _("reported twice"),
    "NOT_COUNCILS_RESPONSIBILITY": _("not for this office"),
    "NO_FURTHER_ACTION": _("nothing more is done"),
    "INTERNAL_REFERRAL": _("passed on"),
    "REOPEN": _("not solved after all"),
}
CLAIM_CHOICES = [*CLAIMS.items()]


def digest_of_secret(secret: str) -> str:
    """As a secret is kept."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


class Report(models.Model):
    """What somebody without a log-in reported: a case, and a secret by which it is followed. Whoever calls or comes can
    be given one by the desk.

    One that only says "I see that too" is a case merged into the one it joins, so that each has number and secret of
    its own. `answers` are those to the topic's questions by their codes, a list where several can be chosen.
    """

    class Channel(models.TextChoices):
        FORM = "form", _("public form")
        OPEN311 = "open311", _("Open311")
        DESK = "desk", _("given by the desk")

    case = models.OneToOneField(Case, models.PROTECT, related_name="report", verbose_name=_("case"))
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+", verbose_name=_("topic"))
    channel = models.CharField(_("channel"), max_length=8, choices=Channel.choices)
    client = models.ForeignKey(
        ApiClient, models.PROTECT, null=True, blank=True, related_name="reports", verbose_name=_("program")
    )
    is_joined = models.BooleanField(_("joined to another report"), default=False)
    is_private = models.BooleanField(_("not to be published"), default=False)
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the secret
    answers: Any = models.JSONField(_("answers"), default=dict, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=LANGUAGES, default=settings.LANGUAGE_CODE)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(channel="open311", client__isnull=False) | Q(channel__in=["form", "desk"], client=None),
                name="report_channel_has_client",
            )
        ]

    def __str__(self) -> str:
        return f"report of case {self.case_id}"


class Addition(models.Model):
    """What a resident added while the case was open; its photos are with the event, the words are here alone, because
    a history cannot forget. `claim` is the state that a program sent with it, which changes nothing: the office alone
    decides what the case is.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="additions", verbose_name=_("report"))
    event = models.OneToOneField(CaseEvent, models.PROTECT, related_name="+")
    text = models.TextField(_("text"), max_length=LONGEST_TEXT, blank=True)
    claim = models.CharField(_("state, as the sender says"), max_length=30, choices=CLAIM_CHOICES, blank=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("addition")
        verbose_name_plural = _("additions")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(claim__in=["", *CLAIMS]), name="addition_claim_known"),
        ]

    def __str__(self) -> str:
        return f"addition {self.pk}"


class Reply(models.Model):
    """What the office tells whoever reported a case. It stays as it was sent; another one corrects it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="replies", verbose_name=_("case"))
    event = models.OneToOneField(CaseEvent, models.PROTECT, related_name="+")
    text = models.TextField(_("answer"), max_length=LONGEST_TEXT)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("written by"))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("answer to a resident")
        verbose_name_plural = _("answers to residents")
        ordering = ["id"]
        triggers = append_only("The list of answers to residents")

    def __str__(self) -> str:
        return f"reply {self.pk}"
