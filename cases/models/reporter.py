"""Who reported a case: personal data in one table, sealed, apart from case and events; and who looked at it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from citymgmt.history import append_only
from citymgmt.people.models import User
from citymgmt.sealed import SealedText

LONGEST_REASON = 200


class Reporter(models.Model):
    """Who reported a case, as far as the person said so; `erased_at` says when nothing of it was kept any longer.

    Source: PIPL art. 6, 19, 47 (domain 10.2).
    """

    case = models.OneToOneField(Case, models.CASCADE, related_name="reporter", verbose_name=_("case"))
    name = SealedText(_("name of the reporter"), blank=True)
    phone = SealedText(_("telephone of the reporter"), blank=True)
    email = SealedText(_("e-mail of the reporter"), blank=True)
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True)

    class Meta:
        verbose_name = _("reporter")
        verbose_name_plural = _("reporters")
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(name="", phone="", email=""), name="reporter_erased_is_empty"
            )
        ]
        indexes = [models.Index(fields=["case"], condition=Q(erased_at=None), name="reporter_kept")]

    def __str__(self) -> str:
        return f"reporter of case {self.case_id}"

    @property
    def is_known(self) -> bool:
        """Whether anything of the person is kept."""
        return bool(self.name or self.phone or self.email)


class ReporterLook(models.Model):
    """That somebody saw who reported a case, unmasked, and why. Rows are neither changed nor deleted."""

    class Purpose(models.TextChoices):
        ASK_BACK = "ask_back", _("to ask back about the matter")
        ANSWER = "answer", _("to tell what was done, or to call back")
        REQUEST = "request", _("the person asked for it")
        OTHER = "other", _("something else")

    case = models.ForeignKey(Case, models.PROTECT, related_name="+", verbose_name=_("case"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("who looked"))
    at = models.DateTimeField(_("when"))
    purpose = models.CharField(_("purpose"), max_length=8, choices=Purpose.choices)
    reason = models.CharField(_("reason"), max_length=LONGEST_REASON, blank=True)

    class Meta:
        verbose_name = _("look at a reporter")
        verbose_name_plural = _("looks at reporters")
        ordering = ["-id"]
        triggers = append_only("The list of looks at reporters")
        constraints = [
            models.CheckConstraint(condition=~Q(purpose="other") | ~Q(reason=""), name="look_says_what_else"),
            models.CheckConstraint(
                condition=Q(purpose__in=["ask_back", "answer", "request", "other"]), name="look_purpose_known"
            ),
        ]
        indexes = [models.Index(fields=["at"], name="look_by_moment")]

    def __str__(self) -> str:
        return f"look {self.pk}"
