"""Programs of others that may report: each with a key of its own."""

import hashlib

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from citymgmt.people.models import SubDistrict, User


def digest_of_key(key: str) -> str:
    """As a key is kept."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


@pghistory.track(exclude=["digest"])
class ApiClient(models.Model):
    """A program that may report to a sub-district by Open311; its key is shown once and kept as a hash."""

    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT, related_name="+", verbose_name=_("sub-district"))
    name = models.CharField(_("name"), max_length=60)
    contact = models.CharField(_("who answers for it"), max_length=120)
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the key
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        verbose_name = _("program that reports")
        verbose_name_plural = _("programs that report")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["subdistrict", "name"], name="api_client_name_unique")]

    def __str__(self) -> str:
        return self.name
