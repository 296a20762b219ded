"""Named questions of Open311: programs by their key, services, what a program may read."""

from collections.abc import Mapping

from django.db.models import Q, QuerySet

from cases.intake.models import ApiClient, Publication, PublicUpdate, Topic
from cases.intake.models.clients import digest_of_key
from cases.intake.open311.asking import Asked, Span
from citymgmt.people.kept import Kept
from citymgmt.people.models import SubDistrict


def client_of(key: str) -> ApiClient | None:
    """The program of a key that has not ended."""
    found = ApiClient.objects.filter(digest=digest_of_key(key), ended_at=None)
    return found.select_related("subdistrict").first()


def _read_topics() -> Mapping[int, Topic]:
    return {topic.pk: topic for topic in Topic.objects.order_by("position", "code")}


kept_topics = Kept(_read_topics, Topic)


def services() -> dict[str, Topic]:
    """What can be reported, by its code, in order."""
    return {topic.code: topic for topic in kept_topics().values() if topic.is_active and not topic.is_stop}


def readable_by(client: ApiClient | None, of: SubDistrict | None) -> QuerySet[Publication]:
    """What a program may read: everything public, and what it reported itself; of one office or of all."""
    rows = Publication.objects.all() if client is None else Publication.every.filter(_readable(client))
    return rows if of is None else rows.filter(subdistrict=of)


def updates_readable_by(client: ApiClient | None, of: SubDistrict | None) -> QuerySet[PublicUpdate]:
    """How these came to their stages, the oldest first."""
    rows = PublicUpdate.objects.filter(_readable(client, "publication__")).select_related("publication")
    return (rows if of is None else rows.filter(publication__subdistrict=of)).order_by("at", "id")


def _readable(client: ApiClient | None, path: str = "") -> Q:
    public = Q(**{f"{path}is_public": True})
    return public if client is None else public | Q(**{f"{path}client": client})


def requests_asked(rows: QuerySet[Publication], asked: Asked) -> QuerySet[Publication]:
    """Those of the rows that are asked for, the newest first, without the cut into pages."""
    newest = rows.order_by("-requested_at", "-case_id")
    if asked.ids:
        return newest.filter(number__in=asked.ids)
    found = _within(_within(newest, "requested_at", asked.requested), "updated_at", asked.updated)
    if asked.codes:
        wanted = [topic.pk for topic in kept_topics().values() if topic.code in asked.codes]
        found = found.filter(topic__in=wanted)
    if asked.statuses:
        found = found.filter(status__in=asked.statuses)
    if asked.box:
        box = asked.box
        found = found.filter(longitude__range=(box.west, box.east), latitude__range=(box.south, box.north))
    return found


def updates_asked(rows: QuerySet[PublicUpdate], asked: Asked) -> QuerySet[PublicUpdate]:
    """Those of the updates that are asked for."""
    if asked.ids:
        return rows.filter(publication__number__in=asked.ids)
    return _within(rows, "at", asked.updated)


def _within(rows: QuerySet, name: str, span: Span | None) -> QuerySet:
    if span is None:
        return rows
    found = rows.filter(**{f"{name}__gte": span.start})
    return found if span.end is None else found.filter(**{f"{name}__lte": span.end})
