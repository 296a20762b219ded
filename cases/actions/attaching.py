"""Photos become part of a case: drafts go to the event that they show."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from cases.models import CaseEvent, Photo
from citymgmt.people.models import User
from citymgmt.refusals import Invalid

MOST_PHOTOS = 9  # of one event


def attach(event: CaseEvent, photos: Sequence[Photo], by: User | None) -> None:
    """Give these drafts of `by` to an event just written, within its transaction; what the camera told of the place
    is forgotten. Raises: Invalid for too many, for others' photos, for refused ones and for those taken already.
    """
    if not photos:
        return
    ids = {photo.pk for photo in photos}
    if len(ids) > MOST_PHOTOS:
        raise Invalid(fields={"photos": _("At most %(most)d photos at once.") % {"most": MOST_PHOTOS}})
    drafts = Photo.objects.filter(pk__in=ids, case=None, uploaded_by=by).exclude(state=Photo.State.REFUSED)
    free = list(drafts.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
    if len(free) != len(ids):
        raise Invalid(fields={"photos": _("A photo is not available any more. Please choose it again.")})
    Photo.objects.filter(pk__in=free).update(case=event.case_id, event=event, longitude=None, latitude=None)
