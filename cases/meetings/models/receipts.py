"""That a unit has received a paper of the office (签收)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.meetings.models.units import MemberUnit


class UnitReceipt(models.Model):
    """A receipt of a unit, confirmed by somebody with a log-in or by the unit's link. Each kind of paper has a model of
    its own with a foreign key to the paper.
    """

    unit = models.ForeignKey(MemberUnit, models.PROTECT, related_name="+", verbose_name=_("member unit"))
    received_at = models.DateTimeField(_("received at"), null=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("received by")
    )
    is_by_link = models.BooleanField(default=False)  # by somebody without a log-in, for the unit

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(received_at=None, received_by=None, is_by_link=False)
                | Q(received_at__isnull=False, received_by__isnull=False, is_by_link=False)
                | Q(received_at__isnull=False, received_by=None, is_by_link=True),
                name="%(class)s_by_somebody",
            )
        ]
