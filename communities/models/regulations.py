"""Laws, regulations and the office's own rules (管理制度): what holds since when, until when, replaced by what."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from citymgmt.history import append_only
from citymgmt.people.models import SubDistrict, User, tells_version

LONGEST_TITLE, LONGEST_NUMBER, LONGEST_ISSUER, LONGEST_SOURCE, LONGEST_WORDS = 150, 60, 100, 300, 100_000
FOLLOWS = """
IF EXISTS (SELECT 1 FROM communities_regulation WHERE id = NEW.replaced_by_id AND effective_on <= NEW.effective_on
           FOR SHARE)
   OR EXISTS (SELECT 1 FROM communities_regulation WHERE replaced_by_id = NEW.id AND effective_on >= NEW.effective_on
              FOR SHARE)
THEN RAISE EXCEPTION 'A regulation is replaced only by a later one';
END IF;
RETURN NEW;
"""


@pghistory.track(exclude=["request_key", "words", "folded"])
class Regulation(models.Model):
    """A regulation. Without a sub-district it is shared by all offices and kept by the administrator; with one it is
    the office's own. What replaces it took effect later, so that no chain of replacements comes back to itself: the
    database holds that. `words` is its text for reading and searching, `folded` what is searched.
    """

    class Kind(models.TextChoices):
        LAW = "law", _("law")
        STATE = "state", _("administrative regulation")
        RULE = "rule", _("rule of a ministry")
        LOCAL = "local", _("local regulation or rule")
        POLICY = "policy", _("normative document")
        OFFICE = "office", _("rule of the office")

    subdistrict = models.ForeignKey(
        SubDistrict, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sub-district")
    )
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    number = models.CharField(_("document number"), max_length=LONGEST_NUMBER, blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    issuer = models.CharField(_("issuer"), max_length=LONGEST_ISSUER)
    issued_on = models.DateField(_("issued on"))
    effective_on = models.DateField(_("in force from"))
    abolished_on = models.DateField(_("abolished on"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name=_("replaced by")
    )
    source = models.CharField(_("where its text is found"), max_length=LONGEST_SOURCE, blank=True)
    words = models.TextField(_("text"), max_length=LONGEST_WORDS, blank=True)
    folded = models.TextField(blank=True)
    request_key = models.CharField(max_length=120, null=True, blank=True, unique=True)

    class Meta:
        verbose_name = _("regulation")
        verbose_name_plural = _("regulations")
        ordering = ["title", "-effective_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["subdistrict", "title", "effective_on"], name="regulation_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(effective_on__gte=F("issued_on")), name="regulation_issued_first"),
            models.CheckConstraint(
                condition=Q(abolished_on=None) | Q(abolished_on__gte=F("effective_on")), name="regulation_days"
            ),
            models.CheckConstraint(
                condition=Q(replaced_by=None) | Q(abolished_on__isnull=False), name="regulation_replaced_is_abolished"
            ),
            models.CheckConstraint(
                condition=Q(kind="office", subdistrict__isnull=False) | ~Q(kind="office"),
                name="regulation_of_an_office",
            ),
        ]
        triggers = [
            tells_version(),
            pgtrigger.Trigger(
                name="replaced_by_a_later_one",
                level=pgtrigger.Row,
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=FOLLOWS,
            ),
        ]

    def __str__(self) -> str:
        return f"《{self.title}》"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("regulations:regulation", args=[self.pk])

    @property
    def is_shared(self) -> bool:
        """Whether all offices share it."""
        return self.subdistrict_id is None


class RegulationFile(models.Model):
    """A file of a regulation as it came; the latest is the one that counts."""

    regulation = models.ForeignKey(Regulation, models.PROTECT, related_name="files", verbose_name=_("regulation"))
    form = models.CharField(_("form"), max_length=4)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(_("size in bytes"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    created_at = models.DateTimeField(_("entered at"))

    class Meta:
        verbose_name = _("file of a regulation")
        verbose_name_plural = _("files of regulations")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["regulation", "sha256"], name="regulation_file_once")]
        triggers = append_only("A file of a regulation")

    def __str__(self) -> str:
        return f"file {self.pk} of regulation {self.regulation_id}"
