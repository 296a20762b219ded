"""Named questions about rounds."""

from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from citymgmt.found import one_of
from citymgmt.people.models import User
from citymgmt.people.permissions import visible_to
from citymgmt.refusals import NotFound
from patrols.rounds import lifecycle
from patrols.rounds.models import PatrolRound, Route, RoutePlan, RoutePoint, Visit, VisitPhoto
from patrols.teams.models import DOOR_OPENS, IN_FORCE, Duty

A_DAY = timedelta(days=1)
MOST_POINTS = 2**15  # of a round, as the column holds them


def visible_round(user: User, pk: int, on: date) -> PatrolRound:
    """The round of this id, if the person may see it. Raises: NotFound."""
    rows = PatrolRound.objects.select_related("team", "route", "shift", "walker")
    return one_of(visible_to(user, rows, on=on), pk)


def visible_route(user: User, pk: int, on: date) -> Route:
    """The route of this id, if the person may see it. Raises: NotFound."""
    return one_of(visible_to(user, Route.objects.select_related("team__subdistrict"), on=on), pk)


def visible_plan(user: User, pk: int, on: date) -> RoutePlan:
    """The plan of this id, if the person may see it. Raises: NotFound."""
    rows = RoutePlan.objects.select_related("route__team__subdistrict", "made_by")
    return one_of(visible_to(user, rows, on=on), pk)


def visible_photo(user: User, pk: int, on: date) -> VisitPhoto:
    """The photo of this id, if the person may see its round. Raises: NotFound."""
    return one_of(visible_to(user, VisitPhoto.objects.select_related("visit__round", "visit__point", "by"), on=on), pk)


def locked_round(pk: int) -> PatrolRound:
    """The round of this id, locked until the transaction ends. Raises: NotFound."""
    return one_of(PatrolRound.objects.select_for_update(of=("self",), no_key=True), pk)


def has_point(round_: PatrolRound, ordinal: int) -> None:
    """Raises: NotFound, unless the round has a point with this number."""
    if not (ordinal < MOST_POINTS and round_.visits.filter(ordinal=ordinal).exists()):
        raise NotFound


def walked_by(user: User) -> PatrolRound | None:
    """The round that the person walks now; nobody walks two."""
    return PatrolRound.objects.filter(walker=user, state=lifecycle.WALKING).order_by("pk").first()


def visits_of(round_: PatrolRound) -> list[Visit]:
    """Its points in the order of the walk, each with its photos."""
    rows = Visit.objects.filter(round=round_).select_related("point__place_class", "point__community")
    return list(rows.prefetch_related("photos").order_by("ordinal"))


def through(code: str) -> Exists:
    """Which rounds pass a point of the community of this code."""
    return Exists(Visit.objects.filter(round=OuterRef("pk"), point__community__code=code))


def with_counts(rounds: QuerySet[PatrolRound]) -> QuerySet[PatrolRound]:
    """Rounds with how many points they have (`point_count`) and how many were seen (`seen_count`)."""
    seen = Count("visits", filter=Q(visits__state=Visit.State.SEEN))
    related = rounds.select_related("team", "route", "shift", "walker")
    return related.annotate(point_count=Count("visits"), seen_count=seen)


def own_rounds(user: User, at: datetime, on: date) -> QuerySet[PatrolRound]:
    """What a person has to walk now: what is being walked, and what is appointed for one's shift of this day, or of the
    day before while that lasts or can still be walked late.
    """
    duty = Duty.objects.filter(IN_FORCE, user=user, shift=OuterRef("shift"), on=OuterRef("on"))
    mine = Q(state=lifecycle.APPOINTED, on__range=(on - A_DAY, on), starts_at__lte=at + A_DAY) & Q(Exists(duty))
    rows = PatrolRound.objects.filter(Q(walker=user, state=lifecycle.WALKING) | mine)
    return with_counts(rows).order_by("-state", "starts_at", "pk")


def point_with_code(user: User, code: str, on: date) -> RoutePoint:
    """The point on whose sign this code stands, if the person sees its route. Raises: NotFound."""
    found = visible_to(user, RoutePoint.objects.select_related("route"), on=on).filter(code=code).first()
    if found is None:
        raise NotFound
    return found


def appointed_with(point: RoutePoint, at: datetime) -> PatrolRound | None:
    """The round to be walked now in which this point is; of several the one that is due first."""
    rows = PatrolRound.objects.filter(
        state=lifecycle.APPOINTED, visits__point=point, starts_at__lte=at + DOOR_OPENS
    ).select_related("route", "shift", "team")
    return rows.order_by("due_at", "pk").first()


def coming_with(point: RoutePoint, at: datetime) -> PatrolRound | None:
    """The next round with this point whose time has not come yet."""
    rows = PatrolRound.objects.filter(state=lifecycle.APPOINTED, visits__point=point, starts_at__gt=at + DOOR_OPENS)
    return rows.select_related("route", "shift", "team").order_by("starts_at", "pk").first()
