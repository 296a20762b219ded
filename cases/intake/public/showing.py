"""What the public pages show: rows with the names around them, points for the map, figures without small ones, CSV."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cases.intake.models import Publication, Topic
from cases.intake.open311.querysets import kept_topics
from cases.intake.open311.shapes import agency_of
from cases.intake.publishing import CLOSED, Stage, told_count
from cases.models import Category
from cases.named import Names, kept_names
from citymgmt.people.kept import Kept
from communities.maps import Drawn, area, drawing, on_map
from communities.models import Community

MOST_POINTS = 300
CHUNK = 1000
BULK = (  # the columns of GeoReport Bulk
    "service_request_id", "requested_datetime", "updated_datetime", "closed_date", "status_description", "status_notes",
    "source", "service_name", "service_subtype", "description", "agency_responsible", "address", "lat", "long",
)  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """A published case with what is around it, in the reader's language."""

    row: Publication
    topic: Topic
    community: Community | None
    agency: str

    @property
    def stage(self) -> Stage:
        """How far it is."""
        return self.row.in_words


def shown(rows: Iterable[Publication]) -> Iterator[Shown]:
    """The rows with what is around them, which is in memory."""
    names, topics = kept_names(), kept_topics()
    for row in rows:
        community = names[Community].get(row.community_id or 0)
        yield Shown(row, topics[row.topic_id], community, agency_of(row, names))


# --- the map -----------------------------------------------------------------------------------------------------
def _read_areas(language: str) -> list[tuple[str, Drawn]]:
    found = Community.objects.filter(is_active=True, boundary__isnull=False).order_by("code")
    return [(one.code, area(one, url=f"/public/?community={one.code}")) for one in found]


_kept_areas = Kept(_read_areas, Community)


def map_of(rows: QuerySet[Publication], chosen: Community | None) -> Drawn | None:
    """The communities and the newest of the rows, those at one place as one point; None without either."""
    placed = rows.filter(longitude__isnull=False).order_by("-requested_at", "-case_id")[:MOST_POINTS]
    by_place: dict[tuple[Any, Any], list[Publication]] = {}
    for row in placed:
        by_place.setdefault((row.longitude, row.latitude), []).append(row)
    return drawing(areas=_areas(chosen), cases=[_point(at, found) for at, found in by_place.items()])


def map_of_one(one: Shown) -> Drawn | None:
    """Where a case is, in its community; None without a point."""
    row = one.row
    return drawing(areas=_areas(one.community), pin=on_map(row.longitude, row.latitude)) if row.longitude else None


def _areas(chosen: Community | None) -> list[Drawn]:
    code = chosen.code if chosen else ""
    kept = _kept_areas(get_language() or "")
    return [{**drawn, "tone": "own"} if one == code else drawn for one, drawn in kept]


def _point(at: tuple[Any, Any], found: Sequence[Publication]) -> Drawn:
    first, topics = found[0], kept_topics()
    if len(found) == 1:
        name = f"{topics[first.topic_id].name} · {_(first.in_words.label)}"
    else:
        name = ngettext("%(count)s report here", "%(count)s reports here", len(found)) % {"count": len(found)}
    is_over = all(row.is_closed for row in found)
    url = f"/public/{first.number}/" if len(found) == 1 else ""
    return {"at": on_map(*at), "name": name, "url": url, "tone": "done" if is_over else "public"}


# --- figures -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Figure:
    """How many were reported, and how many of them are closed; small figures are not told."""

    name: str
    query: str
    reported: str
    closed: str


def figures_of(rows: QuerySet[Publication]) -> tuple[list[Figure], list[Figure]]:
    """The figures by community and by topic, those of most reports first."""
    counted = list(
        rows.order_by()
        .values_list("community_id", "topic_id")
        .annotate(reported=Count("pk"), closed=Count("pk", filter=Q(status=CLOSED)))
    )
    communities, topics = kept_names()[Community], kept_topics()
    by_community = _added(((communities.get(one or 0), reported, closed) for one, _topic, reported, closed in counted))
    by_topic = _added(((topics[one], reported, closed) for _community, one, reported, closed in counted))
    return _told(by_community, "community"), _told(by_topic, "topic")


def _added(counted: Iterable[tuple[Any, int, int]]) -> list[tuple[Any, int, int]]:
    found: dict[Any, tuple[int, int]] = {}
    for thing, reported, closed in counted:
        before = found.get(thing, (0, 0))
        found[thing] = (before[0] + reported, before[1] + closed)
    return sorted(((thing, *counts) for thing, counts in found.items()), key=lambda one: (-one[1], str(one[0])))


def _told(added: Iterable[tuple[Any, int, int]], name: str) -> list[Figure]:
    return [
        Figure(
            name=str(thing or _("place not known")),
            query=f"{name}={thing.code}" if thing else "",
            reported=_(told_count(reported)),
            closed=_(told_count(closed)),
        )
        for thing, reported, closed in added
    ]


# --- open data ---------------------------------------------------------------------------------------------------
def bulk_lines(rows: QuerySet[Publication], language: str) -> Iterator[list[str]]:
    """The columns of GeoReport Bulk, then a line for each case, read through a cursor of the server."""
    yield [*BULK]
    found: Iterator[Publication] = rows.order_by("-requested_at", "-case_id").iterator(chunk_size=CHUNK)
    names, topics = kept_names(), kept_topics()
    for row in found:
        with translation.override(language):
            line = _bulk_line(row, topics[row.topic_id], names)
        yield line


def _bulk_line(row: Publication, topic: Topic, names: Names) -> list[str]:
    category = names[Category].get(topic.category_id or 0)
    community = names[Community].get(row.community_id or 0)
    moments = [
        timezone.localtime(at).isoformat(timespec="seconds") if at else ""
        for at in (row.requested_at, row.updated_at, row.closed_at)
    ]
    words = [row.status, "\n".join(filter(None, [_(row.in_words.label), row.reply])), _("citizen's report"), topic.name]
    where = [agency_of(row, names), str(community or ""), *(_degrees(one) for one in (row.latitude, row.longitude))]
    return [row.number, *moments, *words, str(category or ""), row.text, *where]


def _degrees(value: Any) -> str:
    return "" if value is None else f"{value.normalize():f}"
