"""Which photos of reports somebody sees: those of the resolutions that they see."""

from datetime import date

from django.db.models import QuerySet

from cases.meetings.evidence.models import Evidence
from cases.meetings.models import MemberUnit, Resolution
from cases.meetings.outside.querysets import resolutions_of
from cases.meetings.querysets import MOST_ID
from citymgmt.people.models import User
from citymgmt.people.permissions import visible_to
from citymgmt.refusals import NotFound


def visible_evidence(user: User, pk: int, on: date) -> Evidence:
    """The photo of this id, if the person may see its resolution. Raises: NotFound."""
    return _only(visible_to(user, Evidence.objects.all(), on=on), pk)


def evidence_of_unit(unit: MemberUnit, pk: int) -> Evidence:
    """The photo of this id, if the unit leads or supports its resolution. Raises: NotFound."""
    return _only(Evidence.objects.filter(event__resolution__in=resolutions_of(unit).order_by().values("pk")), pk)


def _only(rows: QuerySet[Evidence], pk: int) -> Evidence:
    related = rows.select_related("event__resolution", "uploaded_by", "unit")
    found = related.filter(pk=pk).first() if 0 < pk < MOST_ID else None
    if found is None:
        raise NotFound
    return found


def photos_by_event(resolution: Resolution) -> dict[int, list[Evidence]]:
    """The photos of all reports on a resolution, by the id of the event; one query."""
    found: dict[int, list[Evidence]] = {}
    for photo in Evidence.objects.filter(event__resolution=resolution).order_by("event", "ordinal"):
        found.setdefault(photo.event_id, []).append(photo)
    return found
