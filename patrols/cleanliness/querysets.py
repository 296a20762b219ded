"""Named questions about cleanliness."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Avg, Count, F, Q, QuerySet
from django.utils import timezone

from citymgmt.people.models import User
from citymgmt.people.permissions import visible_to
from patrols.cleanliness.checks import FULL
from patrols.cleanliness.models import BlindSpot, SampleDraw, SamplePoint, StreetSegment
from patrols.cleanliness.rates import Rate, rate
from patrols.cleanliness.sampling import Point, Segment, drawn


def segments_seen(user: User, on: date) -> QuerySet[StreetSegment]:
    """The street segments that a person sees, by code; those out of use last."""
    rows = visible_to(user, StreetSegment.objects.select_related("community"), on=on)
    return rows.order_by("-is_active", "code", "id")


def draws_seen(user: User, on: date) -> QuerySet[SampleDraw]:
    """The samples that a person sees, the latest first, with `points_count` and `looked_count` of all their points."""
    counts = {"points_count": Count("points"), "looked_count": Count("points", filter=~Q(points__score=None))}
    return visible_to(user, SampleDraw.objects.select_related("by"), on=on).annotate(**counts).order_by("-at", "-id")


def points_seen(user: User, on: date) -> QuerySet[SamplePoint]:
    """The points that a person sees, as they were drawn."""
    rows = visible_to(user, SamplePoint.objects.select_related("segment__community", "looked_by", "draw"), on=on)
    return rows.order_by("draw", "road_class", "ordinal")


def spots_seen(user: User, on: date) -> QuerySet[BlindSpot]:
    """The blind spots that a person sees: those that are watched first, the oldest of them first."""
    return visible_to(user, BlindSpot.objects.select_related("community"), on=on).order_by(
        "-is_watched", "found_on", "id"
    )


def looked_between(rows: QuerySet[SamplePoint], first: date, last: date) -> QuerySet[SamplePoint]:
    """The points that were looked at on these days."""
    zone = timezone.get_current_timezone()
    begins, ends = (datetime.combine(day, datetime.min.time(), zone) for day in (first, last + timedelta(days=1)))
    return rows.filter(looked_at__gte=begins, looked_at__lt=ends)


@dataclass(frozen=True)
class Measured:
    """The rate of some points and their mean score, both None without a look."""

    rate: Rate | None = None
    score: float | None = None


def measured(rows: QuerySet[SamplePoint], by: str) -> Mapping[int, Measured]:
    """The rate and mean score of points that were looked at, by the value of a column; one query."""
    groups = rows.order_by().values(key=F(by)).annotate(
        looks=Count("score"), fine=Count("pk", filter=Q(score=FULL)), mean=Avg("score")
    )  # fmt: skip
    return {row["key"]: Measured(rate(row["fine"], row["looks"]), row["mean"]) for row in groups}


def together(rows: QuerySet[SamplePoint]) -> Measured:
    """The same of all of them; one query."""
    row = rows.order_by().aggregate(
        looks=Count("score"), fine=Count("pk", filter=Q(score=FULL)), mean=Avg("score")
    )  # fmt: skip
    return Measured(rate(row["fine"], row["looks"]), row["mean"])


def frame_of(segments: Sequence[StreetSegment]) -> list[list[str | int]]:
    """What a sample of these is drawn from, by code."""
    return sorted([one.code, one.road_class, one.length_m] for one in segments)


def drawn_again(draw: SampleDraw) -> list[Point]:
    """The points of a sample, drawn anew from what is kept of it."""
    return drawn([Segment(*row) for row in draw.frame], draw.count, draw.seed)


def is_true(draw: SampleDraw) -> bool:
    """Whether the points of a sample are those of its seed; one query."""
    kept = draw.points.order_by("road_class", "ordinal").values_list("road_class", "ordinal", "code", "metre")
    return [Point(*row) for row in kept] == drawn_again(draw)
