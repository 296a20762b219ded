"""Links of units."""

import hashlib
from datetime import timedelta

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.meetings.models.units import MemberUnit

SECRET_BYTES = 20  # 160 bits
TO_BE_OPENED = timedelta(days=14)


def digest_of_secret(secret: str) -> str:
    """As it is kept."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


@pghistory.track(exclude=["digest"])
class UnitLink(models.Model):
    """A link for a unit: made by somebody of the office, or for a mail by the portal (`made_by` is empty); opened once
    until `expires_at`, good until `open_until` from then on.
    """

    unit = models.ForeignKey(MemberUnit, models.PROTECT, related_name="links", verbose_name=_("member unit"))
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the secret
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("made by")
    )
    expires_at = models.DateTimeField(_("to be opened by"))
    opened_at = models.DateTimeField(_("opened at"), null=True)
    open_until = models.DateTimeField(_("good until"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        verbose_name = _("link of a unit")
        verbose_name_plural = _("links of units")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="unit_link_expires_later"),
            models.CheckConstraint(
                condition=Q(opened_at=None, open_until=None) | Q(opened_at__isnull=False, open_until__isnull=False),
                name="unit_link_opened_for_a_while",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.made_at:%Y-%m-%d %H:%M}"
