"""What people keep of the list of cases: views with a name, and the columns they look at."""

from urllib.parse import urlencode

from django.db import models
from django.utils.translation import gettext_lazy as _

from citymgmt.people.models import SubDistrict, User, tells_version


class SavedView(models.Model):
    """A named query string of the list of cases with its columns; shared ones are seen by the whole office.

    The one without a name holds the columns in which the person looks at everything else.
    """

    owner = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("owner"))
    subdistrict = models.ForeignKey(
        SubDistrict, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("sub-district")
    )
    name = models.CharField(_("name"), max_length=40, blank=True)
    query = models.CharField(max_length=2000, blank=True)
    columns = models.JSONField(default=list)
    is_shared = models.BooleanField(_("shared with the office"), default=False)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name", "id"]
        triggers = [tells_version()]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="saved_view_name_unique"),
            models.CheckConstraint(
                condition=models.Q(is_shared=False) | models.Q(subdistrict__isnull=False),
                name="saved_view_shared_in_an_office",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The list of cases as the view shows it."""
        columns = urlencode({"columns": ",".join(self.columns), "view": self.pk})
        return f"/cases/?{self.query}&{columns}".replace("?&", "?")
