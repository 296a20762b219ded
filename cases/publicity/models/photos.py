"""Photos that are evidence of an event of the room: an item put out, a forum held, a suggestion carried out."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.publicity.models.forums import ForumEvent
from cases.publicity.models.items import ItemEvent
from cases.publicity.models.suggestions import SuggestionEvent
from citymgmt.history import never_removed
from citymgmt.people.models import User
from citymgmt.photos.stored import StoredPhoto


def of(model: type[models.Model]) -> models.ForeignKey:
    """To an event of this kind, where the photo is of one."""
    return models.ForeignKey(model, models.PROTECT, null=True, blank=True, related_name="photos")


class PublicityPhoto(StoredPhoto):
    """A photo, kept with one event of one of three kinds."""

    item_event = of(ItemEvent)
    forum_event = of(ForumEvent)
    suggestion_event = of(SuggestionEvent)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("photo of publicity")
        verbose_name_plural = _("photos of publicity")
        ordering = ["id"]
        constraints = [
            *StoredPhoto.Meta.constraints,
            models.CheckConstraint(
                condition=Q(item_event__isnull=False, forum_event=None, suggestion_event=None)
                | Q(item_event=None, forum_event__isnull=False, suggestion_event=None)
                | Q(item_event=None, forum_event=None, suggestion_event__isnull=False),
                name="publicityphoto_of_one_event",
            ),
        ]
        indexes = [*StoredPhoto.Meta.indexes]
        triggers = never_removed("A photo of publicity")

    def __str__(self) -> str:
        return f"photo {self.pk}"

    @property
    def label(self) -> str:
        """What a reader who cannot see it is told."""
        return gettext("Photo of the step")
